"""Styles of handwritten digits, told from the strokes by plain geometry.

A style is one way to write a digit, such as a 0 with a slash; the report gives the accuracy of each. The
rules were adjusted by eye on UNIPEN's training and validation writers: 19 in 20 of what a rule finds are of
the style (9 in 10 for a 3 with a flat top), but it misses some. Lengths are in units of the digit's larger
side, y points down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

SPACING = 0.025  # from one sample of a stroke to the next
SPECK = 0.08  # a shorter stroke is left out
INSIDE, MIDDLE = 0.6, 0.4  # of the usual distance of a ring from its middle
SHORTEST_RING = 2.0  # a slash alone is shorter: some recordings lost the ring


class Style(NamedTuple):
    """One way to write a digit."""

    name: str
    digit: int
    description: str  # for the reader of the report, one short sentence
    is_written: Callable[[list[np.ndarray]], bool]  # told from sampled strokes, the longest first


def styles_of(digit: int, strokes: Sequence) -> tuple[str, ...]:
    """Return the names of the styles in which a digit is written, in the order of STYLES; often none.

    strokes: each (points, 2) in any unit, y down. No strokes, or only specks: no style.
    """
    sampled = _sample(strokes)
    if not sampled:
        return ()
    return tuple(style.name for style in STYLES if style.digit == digit and style.is_written(sampled))


def _sample(strokes: Sequence) -> list[np.ndarray]:
    """Return the strokes in evenly spaced samples, the longest first; the digit's corner is [0, 0]."""
    arrays = [np.asarray(stroke, np.float64).reshape(-1, 2) for stroke in strokes]
    arrays = [array for array in arrays if len(array)]
    if not arrays:
        return []
    points = np.concatenate(arrays)
    size = np.ptp(points, axis=0).max()
    if size == 0:
        return []
    sampled = []
    for array in arrays:
        array = (array - points.min(axis=0)) / size
        at = np.concatenate([[0.0], np.hypot(*np.diff(array, axis=0).T).cumsum()])
        if at[-1] >= SPECK:
            places = np.linspace(0, at[-1], round(at[-1] / SPACING) + 1)
            sampled.append(np.stack([np.interp(places, at, array[:, k]) for k in (0, 1)], axis=1))
    return sorted(sampled, key=len, reverse=True)


def _straightness(path: np.ndarray) -> float:
    """Return the distance between the ends over the length of the path: 1 for a straight line."""
    return float(np.hypot(*(path[-1] - path[0])) / max(SPACING * (len(path) - 1), SPACING))


def _height(strokes: list[np.ndarray]) -> float:
    return max(stroke[:, 1].max() for stroke in strokes)


def _across(strokes: list[np.ndarray], share: float) -> np.ndarray:
    """Return the x of every crossing of the ink with the line at this share of the height, from the top."""
    level = share * _height(strokes)
    found = [stroke[:-1][np.diff(stroke[:, 1] < level) != 0, 0] for stroke in strokes]
    return np.sort(np.concatenate(found))


def _crossings(path: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return which segment of a path crosses which of another: (crossings, 2)."""

    def side(start: np.ndarray, end: np.ndarray, point: np.ndarray) -> np.ndarray:
        along, to = end - start, point - start
        return np.sign(along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0])

    a, b, c, d = path[:-1, None], path[1:, None], other[None, :-1], other[None, 1:]
    return np.argwhere((side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0))


def _loops(path: np.ndarray) -> list[np.ndarray]:
    """Return the parts of the path that run round to where it crosses itself."""
    return [path[start + 1 : stop + 1] for start, stop in _crossings(path, path) if stop - start > 3]


def _area(loop: np.ndarray) -> float:
    x, y = (loop - loop.mean(axis=0)).T
    return float(abs(np.sum(x * np.roll(y, 1) - y * np.roll(x, 1))) / 2)


def _whitened(path: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Return the path seen from the middle of other ink, stretched so that this is as wide as it is high."""
    spread = np.linalg.cholesky(np.cov(like.T) + 1e-6 * np.eye(2))
    return np.linalg.solve(spread, (path - like.mean(axis=0)).T).T


def _is_slashed(strokes: list[np.ndarray]) -> bool:
    """Whether ink passes through the middle of the ring, from one side to the other."""
    ink = np.concatenate(strokes)
    if len(ink) * SPACING < SHORTEST_RING:
        return False
    usual = np.median(np.hypot(*_whitened(ink, ink).T))
    for stroke in strokes:
        place = _whitened(stroke, ink) / usual
        radius = np.hypot(*place.T)
        ends = np.flatnonzero(np.diff(radius < INSIDE))
        for first, last in pairwise(ends):
            is_opposite = place[first] @ place[last + 1] < -0.5 * INSIDE**2
            if is_opposite and radius[first + 1 : last + 1].min() < MIDDLE:
                return True
    return False


def _has_tail(strokes: list[np.ndarray]) -> bool:
    """Whether an end of the ring crosses it and goes on outside."""
    path = strokes[0]
    for loop in _loops(path):
        if _area(loop) > 0.1:
            edge, ends = (np.hypot(*_whitened(part, loop).T) for part in (loop, path[[0, -1]]))
            if ends.max() > 1.2 * edge.max():
                return not _is_slashed(strokes)
    return False


def _has_upstroke(strokes: list[np.ndarray]) -> bool:
    """Whether there is ink beside the stem a quarter of the height below its top."""
    places = _across(strokes, 0.25)
    return len(places) > 1 and places[-1] - places[0] > 0.08 and _height(strokes) > 0.5


def _has_foot(strokes: list[np.ndarray]) -> bool:
    """Whether there is a level line at the bottom."""
    for stroke in strokes:
        low = np.minimum(stroke[10:, 1], stroke[:-10, 1]) > 0.75 * _height(strokes)
        width, height = np.abs(stroke[10:] - stroke[:-10]).T
        if np.any(low & (width > 0.2) & (height < 0.5 * width)):
            return _height(strokes) > 0.5
    return False


def _has_hook(strokes: list[np.ndarray]) -> bool:
    """Whether the tallest stroke ends in a turn up, to the right and apart from where it came down."""
    path = max(strokes, key=lambda stroke: np.ptp(stroke[:, 1]))
    lowest = len(path) - 1 - int(path[::-1, 1].argmax())
    right, down = path[-1] - path[lowest]
    if not (0.08 < -down < 0.5 and 0 < right < -1.7 * down and lowest * SPACING > 0.6):
        return False
    stem = path[: lowest + 1][path[: lowest + 1, 1] > path[-1, 1] - SPACING]
    return bool(np.hypot(*(stem - path[-1]).T).min() > 0.065)


def _has_loop_at_foot(strokes: list[np.ndarray]) -> bool:
    loops = _loops(strokes[0])
    return any(_area(loop) > 0.006 and loop[:, 1].mean() > 0.55 * _height(strokes) for loop in loops)


def _has_flat_top(strokes: list[np.ndarray]) -> bool:
    """Whether a straight level line at the top turns back at a corner."""
    for path in strokes:
        for corner in range(10, min(len(path) - 7, 40)):
            head = path[: corner + 1]
            way, into = head[-1] - head[0], head[-1] - head[-6]
            out = path[corner + 7] - path[corner + 2]
            is_level = way[0] > 0.25 and abs(way[1]) < 0.3 * way[0] and head[:, 1].max() < 0.3
            turns = into @ out < -0.25 * np.hypot(*into) * np.hypot(*out)
            if is_level and turns and out[0] < 0 < out[1] and _straightness(head) > 0.96:
                return True
    return False


def _has_wide_loop(strokes: list[np.ndarray]) -> bool:
    places = _across(strokes, 0.75)
    return len(places) > 1 and places[-1] - places[0] > 0.6 * _height(strokes)


def _has_crossbar(strokes: list[np.ndarray]) -> bool:
    """Whether another stroke, level and short, crosses the stem."""
    for bar in strokes[1:]:
        width, height = np.ptp(bar, axis=0)
        is_level = width > 0.15 and height < 0.7 * width
        if is_level and 0.25 < bar[:, 1].mean() < 0.85 and len(_crossings(strokes[0], bar)):
            return True
    return False


def _is_slanted_and_bare(strokes: list[np.ndarray]) -> bool:
    """Whether there is one stroke, and it runs straight from the upper right corner to the lower left."""
    path = strokes[0]
    corner = int((path[:, 0] - path[:, 1]).argmax())
    stem = path[corner : corner + int(path[corner:, 1].argmax()) + 1]
    down = stem[-1] - stem[0]
    is_straight = down[1] > 0.6 and _straightness(stem) > 0.96
    return bool(len(strokes) == 1 and is_straight and -down[0] > 0.27 * down[1])


def _is_open(strokes: list[np.ndarray]) -> bool:
    """Whether the one stroke never comes back to where it started."""
    path = strokes[0]
    if len(strokes) > 1 or any(_area(loop) > 0.02 for loop in _loops(path)):
        return False
    start, rest = path[: len(path) // 8 + 1], path[len(path) // 3 :]
    return bool(np.hypot(*(start[:, None] - rest).transpose(2, 0, 1)).min() > 0.13)


STYLES: tuple[Style, ...] = (
    Style("slashed 0", 0, "A stroke crosses the ring.", _is_slashed),
    Style("0 with a tail", 0, "The end of the ring crosses it and goes on outside.", _has_tail),
    Style(
        "1 with an upstroke",
        1,
        "A long upstroke leads to the top; there is no foot.",
        lambda s: _has_upstroke(s) and not _has_foot(s),
    ),
    Style("1 with a foot", 1, "A level stroke stands under the stem.", _has_foot),
    Style("1 with a hook", 1, "Its end turns up.", _has_hook),
    Style("2 with a loop", 2, "The pen makes a loop at the foot.", _has_loop_at_foot),
    Style("3 with a flat top", 3, "A straight level line turns back at a corner.", _has_flat_top),
    Style("6 with a wide loop", 6, "The lower part is wider than six tenths of the height.", _has_wide_loop),
    Style("7 with a crossbar", 7, "A short level stroke crosses the stem.", _has_crossbar),
    Style("slanted 7", 7, "One stroke, with a straight slanted stem and no bar.", _is_slanted_and_bare),
    Style("7 with a hook", 7, "Its end turns up.", _has_hook),
    Style("9 open at the top", 9, "The loop does not close.", _is_open),
    Style("9 with a hook", 9, "Its end turns up on the right.", _has_hook),
)
