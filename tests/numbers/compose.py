"""Write numbers with the pen strokes of one writer's digits, spaced as people space them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from training.ink.strokes import PenDigit, Stroke

LENGTHS = (2, 3, 4, 5, 6)  # digits in a number, each as often

# In heights of the number's middle digit. The writers' own digits differ in height by 11% to 21% besides.
SIZE_JITTER = 0.05  # standard deviation of the logarithm of a digit's size
BASELINE_JITTER = 0.05  # standard deviation of a digit's foot above or below the line
GAP_MEDIAN, GAP_SPREAD = 0.2, 0.6  # lognormal: one gap in six is below 0.11, one in six above 0.36
LEAST_GAP = 0.03
DEEPEST_OVERLAP = 0.2  # uniform from 0, where digits touch or overlap in x
LARGEST_SHARE = 0.5  # of the narrower digit's width, that an overlap takes at most

LATE_STROKE = 0.1  # chance that a digit's last stroke is drawn after all later digits

LONGEST_JOIN = 0.8  # of the way between two digits that are written without lifting the pen, in heights
JOIN = 0.6  # chance that two digits are written so where the way is no longer
BOW = 0.06  # standard deviation of how far such a way is bent, in heights
JOIN_STEP = 0.04  # between two of its points, in heights


class Stretch(NamedTuple):
    """Points of a stroke that belong to one digit: the first and the last of them."""

    digit: int
    first: int
    last: int


@dataclass(frozen=True)
class Number:
    """A number as it was written: strokes of [x, y] points in the order of drawing, y down."""

    text: str
    writer: int | str
    strokes: list[Stroke]
    stretches: list[list[Stretch]]  # for each stroke, the digits that it draws; of most strokes one

    @property
    def owners(self) -> list[list[int]]:
        """For each stroke, which digits it belongs to, from 0."""
        return [[stretch.digit for stretch in of] for of in self.stretches]

    def ink_of(self, digit: int) -> list[Stroke]:
        """The strokes of one digit, without what joins it to its neighbours."""
        pairs = zip(self.strokes, self.stretches, strict=True)
        return [stroke[one.first : one.last + 1] for stroke, of in pairs for one in of if one.digit == digit]

    @property
    def joined(self) -> bool:
        """Whether a stroke goes through several digits."""
        return any(len(of) > 1 for of in self.stretches)


def compose_numbers(
    digits: Sequence[PenDigit], count: int, seed: int, *, touching: bool, joined: bool = False
) -> list[Number]:
    """Write `count` numbers, each by one of the writers of `digits`, each digit that this writer wrote
    equally likely.

    Neighbours stand apart by a lognormal gap, or, `touching`, share a stripe of paper: their boxes touch or
    overlap in x by up to a fifth of a digit's height. In `joined` numbers at least two neighbours are written
    without lifting the pen: where one ends near to where the next begins, a line goes from there to there.
    """
    by_writer: dict[int | str, dict[int, list[PenDigit]]] = defaultdict(lambda: defaultdict(list))
    for digit in digits:
        by_writer[digit.writer][digit.digit].append(digit)
    rng = np.random.default_rng([seed, int(touching) + 2 * int(joined)])
    writers = sorted(by_writer)
    numbers: list[Number] = []
    while len(numbers) < count:
        writer = writers[rng.integers(len(writers))]
        known = sorted(by_writer[writer])
        labels = rng.integers(0, len(known), LENGTHS[rng.integers(len(LENGTHS))])
        choices = [by_writer[writer][known[label]] for label in labels]
        chosen = [of_label[rng.integers(len(of_label))] for of_label in choices]
        number = write_number(chosen, rng, touching=touching, joined=joined)
        if number.joined == joined:
            numbers.append(number)
    return numbers


def compose_lines(digits: Sequence[PenDigit], count: int, seed: int) -> list[Number]:
    """Write two spaced numbers one below the other, with a clear stripe of paper between."""
    rng = np.random.default_rng([seed, 4])
    numbers = compose_numbers(digits, 2 * count, seed, touching=False)
    return [_stack(*numbers[i : i + 2], rng) for i in range(0, 2 * count, 2)]


def _stack(upper: Number, lower: Number, rng: np.random.Generator) -> Number:
    above, below = (np.concatenate([np.asarray(stroke) for stroke in one.strokes]) for one in (upper, lower))
    height = float(np.ptp(above[:, 1]))
    size = height / max(np.ptp(below[:, 1]), 1e-9)  # writers differ in the unit of their tablets
    down = above[:, 1].max() + rng.uniform(0.15, 0.8) * height - size * below[:, 1].min()
    across = above[:, 0].min() + rng.normal(0, 0.3) * height - size * below[:, 0].min()
    moved = [np.round(size * np.asarray(stroke) + [across, down], 2).tolist() for stroke in lower.strokes]
    shifted = [[one._replace(digit=one.digit + len(upper.text)) for one in of] for of in lower.stretches]
    strokes, stretches = [*upper.strokes, *moved], [*upper.stretches, *shifted]
    return Number(upper.text + lower.text, upper.writer, strokes, stretches)


def write_number(
    digits: Sequence[PenDigit], rng: np.random.Generator, *, touching: bool, joined: bool = False
) -> Number:
    """Write these digits, of one writer, in a row."""
    shapes = [[np.asarray(stroke, float) for stroke in digit.strokes] for digit in digits]
    height = float(np.median([np.ptp(np.concatenate(shape)[:, 1]) for shape in shapes])) or 1.0
    placed, right, width_before = [], 0.0, 0.0
    for i, shape in enumerate(shapes):
        size = np.exp(rng.normal(0, SIZE_JITTER))
        points = np.concatenate(shape) * size
        width = float(np.ptp(points[:, 0]))
        if touching:
            gap = -min(rng.uniform(0, DEEPEST_OVERLAP) * height, LARGEST_SHARE * min(width, width_before))
        else:
            gap = max(GAP_MEDIAN * np.exp(rng.normal(0, GAP_SPREAD)), LEAST_GAP) * height
        left = right + gap if i else 0.0
        foot = rng.normal(0, BASELINE_JITTER) * height
        shift = np.array([left - points[:, 0].min(), foot - points[:, 1].max()])
        placed.append([stroke * size + shift for stroke in shape])
        right, width_before = left + width, width
    drawn = _join(placed, height, rng) if joined else _in_order(placed, rng)
    strokes, stretches = [np.round(stroke, 2).tolist() for stroke, _ in drawn], [of for _, of in drawn]
    return Number("".join(str(digit.digit) for digit in digits), digits[0].writer, strokes, stretches)


def _in_order(placed: Sequence[Sequence[np.ndarray]], rng: np.random.Generator) -> list:
    """Strokes with their stretches, some of them drawn late."""
    now, late = [], []
    for i, shape in enumerate(placed):
        drawn = [(stroke, [Stretch(i, 0, len(stroke) - 1)]) for stroke in shape]
        if len(shape) > 1 and i + 1 < len(placed) and rng.random() < LATE_STROKE:
            late.append(drawn.pop())
        now += drawn
    return now + late


def _join(placed: Sequence[Sequence[np.ndarray]], height: float, rng: np.random.Generator) -> list:
    """Strokes with their stretches; where the way is short, the pen is not lifted between two digits."""
    drawn: list[tuple[np.ndarray, list[Stretch]]] = []
    for i, shape in enumerate(placed):
        for at, stroke in enumerate(shape):
            way = stroke[0] - drawn[-1][0][-1] if drawn else np.zeros(2)
            length = float(np.hypot(*way))
            near = i > 0 and at == 0 and length <= LONGEST_JOIN * height and rng.random() < JOIN
            if not near:
                drawn.append((stroke, [Stretch(i, 0, len(stroke) - 1)]))
                continue
            before, stretches = drawn.pop()
            steps = max(int(length / (JOIN_STEP * height)), 1)
            along = np.arange(1, steps)[:, None] / steps
            across = np.array([-way[1], way[0]]) / max(length, 1e-9)
            bow = 4 * along * (1 - along) * rng.normal(0, BOW) * height
            line = before[-1] + along * way + bow * across
            first = len(before) + len(line)
            whole = np.concatenate([before, line, stroke])
            drawn.append((whole, [*stretches, Stretch(i, first, len(whole) - 1)]))
    return drawn
