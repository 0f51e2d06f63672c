"""Divide the data into what is learnt from and what chooses."""

from typing import NamedTuple

import numpy as np

from training.datasets import Digits, split_validation
from training.errors import DatasetError
from training.ink_digits import InkSplit, draw_digits, draw_variations
from training.settings import Settings


class Split(NamedTuple):
    """What is learnt from, and what chooses: MNIST's images and, where there are pen strokes, drawn ones."""

    training: Digits
    validation: Digits
    ink_validation: Digits | None = None
    drawn: int = 0  # images drawn from pen strokes, the last of `training`


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
    """Add drawn variations of pen strokes to what is learnt from, and other writers to what chooses."""
    print(f"drawing {settings.ink_copies} variations of {len(strokes.training):,} pen digits …", flush=True)
    drawn = draw_variations(strokes.training, settings.ink_copies, settings.seed)
    training = Digits(*(np.concatenate(pair) for pair in zip(split.training, drawn, strict=True)))
    return Split(training, split.validation, draw_digits(strokes.validation), len(drawn.labels))
