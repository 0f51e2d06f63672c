"""Write numbers with the pen strokes of one writer's digits, spaced as people space them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.pendigits import PenDigit, Stroke

LENGTHS = (2, 3, 4, 5, 6)  # digits in a number, each as often

# In heights of the number's middle digit. The writers' own digits differ in height by 11% to 21% besides.
SIZE_JITTER = 0.05  # standard deviation of the logarithm of a digit's size
BASELINE_JITTER = 0.05  # standard deviation of a digit's foot above or below the line
GAP_MEDIAN, GAP_SPREAD = 0.2, 0.6  # lognormal: one gap in six is below 0.11, one in six above 0.36
LEAST_GAP = 0.03
DEEPEST_OVERLAP = 0.2  # uniform from 0, where digits touch or overlap in x
LARGEST_SHARE = 0.5  # of the narrower digit's width, that an overlap takes at most

LATE_STROKE = 0.1  # chance that a digit's last stroke is drawn after all later digits


@dataclass(frozen=True)
class Number:
    """A number as it was written: strokes of [x, y] points in the order of drawing, y down."""

    text: str
    writer: int
    strokes: list[Stroke]
    owners: list[int]  # for each stroke, which digit it belongs to, from 0


def compose_numbers(digits: Sequence[PenDigit], count: int, seed: int, *, touching: bool) -> list[Number]:
    """Write `count` numbers, each by one of the writers of `digits`, each digit equally likely.

    Neighbours stand apart by a lognormal gap, or, `touching`, share a stripe of paper: their boxes touch or
    overlap in x by up to a fifth of a digit's height.
    """
    by_writer: dict[int, dict[int, list[PenDigit]]] = defaultdict(lambda: defaultdict(list))
    for digit in digits:
        by_writer[digit.writer][digit.digit].append(digit)
    rng = np.random.default_rng([seed, int(touching)])
    writers = sorted(by_writer)
    numbers = []
    for _ in range(count):
        writer = writers[rng.integers(len(writers))]
        labels = rng.integers(0, 10, LENGTHS[rng.integers(len(LENGTHS))])
        chosen = [by_writer[writer][label][rng.integers(len(by_writer[writer][label]))] for label in labels]
        numbers.append(write_number(chosen, rng, touching=touching))
    return numbers


def write_number(digits: Sequence[PenDigit], rng: np.random.Generator, *, touching: bool) -> Number:
    """Write these digits, of one writer, in a row."""
    shapes = [[np.asarray(stroke, float) for stroke in digit.strokes] for digit in digits]
    height = float(np.median([_extent(shape)[1] for shape in shapes])) or 1.0
    placed, right, width_before = [], 0.0, 0.0
    for i, shape in enumerate(shapes):
        size = np.exp(rng.normal(0, SIZE_JITTER))
        shape = [stroke * size for stroke in shape]
        width, _ = _extent(shape)
        if touching:
            gap = -min(rng.uniform(0, DEEPEST_OVERLAP) * height, LARGEST_SHARE * min(width, width_before))
        else:
            gap = max(GAP_MEDIAN * np.exp(rng.normal(0, GAP_SPREAD)), LEAST_GAP) * height
        left = right + gap if i else 0.0
        foot = rng.normal(0, BASELINE_JITTER) * height
        points = np.concatenate(shape)
        shift = np.array([left - points[:, 0].min(), foot - points[:, 1].max()])
        placed.append([stroke + shift for stroke in shape])
        right, width_before = left + width, width
    now = [(stroke, i) for i, shape in enumerate(placed) for stroke in shape]
    late = [
        (shape[-1], i)
        for i, shape in enumerate(placed)
        if len(shape) > 1 and i + 1 < len(placed) and rng.random() < LATE_STROKE
    ]
    order = [pair for pair in now if not any(pair[0] is stroke for stroke, _ in late)] + late
    return Number(
        "".join(str(digit.digit) for digit in digits),
        digits[0].writer,
        [np.round(stroke, 2).tolist() for stroke, _ in order],
        [i for _, i in order],
    )


def _extent(shape: Sequence[np.ndarray]) -> tuple[float, float]:
    width, height = np.ptp(np.concatenate(shape), axis=0)
    return float(width), float(height)
