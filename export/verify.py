"""Refuse a model whose answers differ from the trained one's."""

import numpy as np

from export.errors import ExportError
from training.network.architectures import predict
from training.network.backend import keras

LARGEST_DIFFERENCE = 1e-5  # of a probability, between float32 models
LARGEST_FALL_POINTS = 0.02  # of accuracy, by quantisation


def verify_equal(what: str, model: keras.Model, reference: keras.Model, images: np.ndarray) -> float:
    """Return the largest difference of a probability on n×28×28 images; ExportError if it is too large."""
    difference = float(np.abs(predict(model, images) - predict(reference, images)).max())
    # `not <=` refuses NaN too.
    if not difference <= LARGEST_DIFFERENCE:
        raise ExportError(
            f"the {what} model differs from the trained one by {difference:.2g} in a probability, "
            f"more than {LARGEST_DIFFERENCE:g}; nothing was exported"
        )
    return difference


def holds(before: float, after: float) -> bool:
    """Return whether the accuracy (a share of 1) has not fallen, or hardly; False for NaN."""
    return 100 * (before - after) <= LARGEST_FALL_POINTS + 1e-9


def verify_accuracy(before: float, after: float, quantization: str) -> None:
    """Raise ExportError if quantising lowers the accuracy on validation too much (shares of 1)."""
    if not holds(before, after):
        raise ExportError(
            f"{quantization} lowers the accuracy on validation from {100 * before:.3f}% to {100 * after:.3f}%"
            f" by more than {LARGEST_FALL_POINTS} points; nothing was exported, try another --quantize"
        )
