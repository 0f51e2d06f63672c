"""Digits of UNIPEN's many writers, alone and in the rows in which they wrote them."""

from __future__ import annotations

import numpy as np

from tests.numbers.compose import LENGTHS, Number, Stretch
from training.data.characters import pen_digits
from training.data.unipen import Character
from training.ink.strokes import PenDigit
from training.ink.styles import styles_of

# Each digit of this laboratory has a scale and a place of its own.
NOT_IN_ROWS = ("ibm",)

# In heights of the taller one, between neighbours of a row.
LEAST_GAP, WIDEST_GAP = -0.3, 1.0
FARTHEST_DOWN = 0.5  # from middle to middle
LOWEST = 0.5


def in_rows(digits: list[Character]) -> list[Character]:
    """The digits by laboratories where digits stand beside each other as they were written."""
    return [each for each in digits if each.laboratory not in NOT_IN_ROWS]


def written_rows(digits: list[Character]) -> list[Number]:
    """Numbers of 2 to 6 digits that one writer wrote one after another and beside each other.

    `digits` in the order of UNIPEN's files. Strokes keep the places that they have on the tablet.
    """
    digits = in_rows(digits)
    pens = pen_digits(digits)
    rows: list[list[PenDigit]] = []
    for i, pen in enumerate(pens):
        follows = i > 0 and _file(digits[i]) == _file(digits[i - 1]) and _is_beside(pens[i - 1], pen)
        if follows and len(rows[-1]) < max(LENGTHS):
            rows[-1].append(pen)
        else:
            rows.append([pen])
    return [_as_number(row) for row in rows if len(row) > 1]


def is_slashed(digit: PenDigit) -> bool:
    """Whether a digit is a 0 with a slash of its own."""
    return "slashed 0" in styles_of(digit.digit, digit.strokes)


def _file(character: Character) -> str:
    return character.source.split("#")[0]


def _is_beside(before: PenDigit, digit: PenDigit) -> bool:
    """Whether a digit stands to the right of another, on the same line."""
    one, other = (np.concatenate(each.strokes) for each in (before, digit))
    heights = np.ptp(one[:, 1]), np.ptp(other[:, 1])
    height = max(*heights, 1e-9)
    gap = (other[:, 0].min() - one[:, 0].max()) / height
    down = abs(other[:, 1].max() + other[:, 1].min() - one[:, 1].max() - one[:, 1].min()) / 2 / height
    return LEAST_GAP < gap < WIDEST_GAP and down < FARTHEST_DOWN and min(heights) > LOWEST * height


def _as_number(row: list[PenDigit]) -> Number:
    strokes = [stroke.tolist() for digit in row for stroke in digit.strokes]
    stretches = [[Stretch(i, 0, len(stroke) - 1)] for i, digit in enumerate(row) for stroke in digit.strokes]
    return Number("".join(str(digit.digit) for digit in row), row[0].writer, strokes, stretches)
