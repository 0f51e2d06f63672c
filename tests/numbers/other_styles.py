"""Strokes that others add to a digit: a slash through a 0, a foot under a 1, a bar through a 7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tests.numbers.compose import Number, compose_numbers
from training.ink.strokes import PenDigit, add_slash


def in_another_style(digit: PenDigit, rng: np.random.Generator) -> PenDigit:
    """Add a stroke that others write to a 0, 1 or 7 of one stroke."""
    if len(digit.strokes) > 1:
        return digit
    points = np.array(digit.strokes[0], float)
    corner, extent = points.min(0), np.ptp(points, axis=0)
    if digit.digit == 0:
        return replace(digit, strokes=add_slash(digit.strokes, rng))
    if digit.digit == 7:
        bar = np.array([[0.3, 0.5], [0.85, 0.45]]) + rng.normal(0, 0.07, (2, 2))
        return _with(digit, corner + bar * extent)
    if digit.digit == 1:
        foot = np.array([[-0.2, 0.0], [0.2, 0.0]]) + rng.normal(0, 0.03, (2, 2))
        return _with(digit, points[points[:, 1].argmax()] + foot * extent[1])
    return digit


def slash_zeros(digits: Sequence[PenDigit], rng: np.random.Generator) -> list[PenDigit]:
    """The same digits, with a slash through each 0 that has none."""
    return [in_another_style(digit, rng) if digit.digit == 0 else digit for digit in digits]


def compose_slashed(digits: Sequence[PenDigit], count: int, seed: int, *, touching: bool) -> list[Number]:
    """Write `count` numbers that hold a 0, each with a slash: its writer's own, or a drawn one."""
    marked = slash_zeros(digits, np.random.default_rng([seed, 8]))
    enough = 4 * count  # one number in three holds a 0
    numbers = compose_numbers(marked, enough, seed, touching=touching)
    return [number for number in numbers if "0" in number.text][:count]


def _with(digit: PenDigit, added: np.ndarray) -> PenDigit:
    return replace(digit, strokes=[*digit.strokes, added.tolist()])
