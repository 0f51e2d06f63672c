"""Divide the data into training and validation."""

from typing import NamedTuple

import numpy as np

from training.data.datasets import CLASSES, Digits, split_validation
from training.data.ink_digits import InkSplit, draw_digits, draw_variations
from training.errors import DatasetError
from training.ink.nondigits import draw_nondigits
from training.recipe.settings import Settings

NOT_A_DIGIT = CLASSES  # the label of what is no digit


class Split(NamedTuple):
    """Training and validation digits.

    MNIST's images and, if there are pen strokes, drawn digits and drawn non-digits, label 10.
    """

    training: Digits  # MNIST's, then `drawn` digits of pen strokes, then `nondigits`
    validation: Digits
    ink_validation: Digits | None = None
    drawn: int = 0
    nondigits: int = 0
    nondigit_validation: np.ndarray | None = None  # n×28×28 uint8
    corrections: int = 0  # images made of corrections, at the start of `training`


def divide(digits: Digits, settings: Settings) -> Split:
    """Take the validation digits out of the training images."""
    training, validation = split_validation(digits.labels, settings.validation, settings.split_seed)
    if len(training) < settings.batch_size:
        raise DatasetError(
            f"{len(training):,} training digits do not fill a batch of {settings.batch_size:,}; "
            "lower --batch-size or --validation"
        )
    return Split(*(Digits(digits.images[part], digits.labels[part]) for part in (training, validation)))


def with_ink(split: Split, strokes: InkSplit, settings: Settings) -> Split:
    """Add drawn variations of pen strokes and non-digits to training, and other writers' to validation."""
    print(f"drawing {settings.ink_copies} variations of {len(strokes.training):,} pen digits …", flush=True)
    drawn = draw_variations(strokes.training, settings.ink_copies, settings.seed)
    parts = [split.training, drawn]
    nondigit_validation = None
    if settings.nondigits:
        print(f"drawing {settings.nondigits:,} figures that are no digits …", flush=True)
        images, _ = draw_nondigits("training", settings.nondigits, settings.seed, strokes.training)
        parts.append(Digits(images, np.full(len(images), NOT_A_DIGIT, np.uint8)))
        count = max(1, settings.nondigits // 4)
        nondigit_validation, _ = draw_nondigits("validation", count, settings.seed, strokes.validation)
    return Split(
        Digits(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True))),
        split.validation,
        draw_digits(strokes.validation),
        len(drawn.labels),
        settings.nondigits,
        nondigit_validation,
    )
