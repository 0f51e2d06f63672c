"""Random variations of pen strokes: the same digit by other hands, pens and devices.

The functions work on strokes of [x, y] points in any unit, y down; `rng` decides everything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Stroke = list[list[float]]
Strokes = list[np.ndarray]  # each (points, 2)

SLANT = 0.15  # x per y, standard deviation
ROTATION = 0.10  # radians, standard deviation
ASPECT = 0.12  # natural logarithm of width over height, standard deviation
PROPORTION = 0.05  # of the extent, standard deviation of how far its middle moves
WOBBLE = 0.012  # of the digit's size, largest amplitude
TRIM = 0.05  # of a stroke's length, largest part that is missing at an end
HOOK = 0.06  # of the digit's size, largest hook at an end
JOIN_CHANCE = 0.07  # that the pen is not lifted between two strokes
JOIN_REACH = 0.25  # of the digit's size, longest way that the pen stays down
JOIN_FOOT = 0.2  # of the digit's size, from its foot up, where no stroke is joined to the next
BREAK_CHANCE = 0.05  # that the pen is lifted within a stroke
GAPS = (0.04, 0.18)  # of the digit's size; the widest is a pixel and a half between two round ends
FEWEST_POINTS = 6  # of a stroke, from a slow device
SPACINGS = (0.03, 0.22)  # of the digit's size, from one reported point to the next
HEIGHTS = (30, 300)  # pixels of a screen that a digit is drawn tall, where points are whole pixels
CLOSED = 0.15  # of a 0's size: how near to its start it ends
SLASHES = ((52, 14), (90, 10), (0, 10), (-50, 14))  # degrees, mean and standard deviation; up to the right
SLASH_SHARES = (0.8, 0.14, 0.03, 0.03)  # of each of these
SLASH_REACH = (0.75, 1.55)  # of the way from the middle of a 0 to its edge, on either side
PEN_RADII = (0.95, 1.5)  # pixels; the page draws with training.ink.rasterize.PEN_RADIUS


@dataclass(frozen=True)
class PenDigit:
    """One digit as it was written: strokes of [x, y] points in tablet units, y down."""

    digit: int
    writer: int | str  # UNIPEN's writers have names
    strokes: list[Stroke] | Strokes


def vary_strokes(strokes: list, rng: np.random.Generator) -> Strokes:
    """Return a variation of a digit's strokes: another hand's shape and ends, another device's points.

    Strokes may be joined or broken, so their number can change. Order and direction stay: they make no
    difference to the drawing.
    """
    varied = [np.asarray(stroke, np.float64) for stroke in strokes]
    size = max(np.ptp(np.concatenate(varied), axis=0).max(), 1e-9)
    transform = _affine(rng)
    varied = _other_proportions([stroke @ transform.T for stroke in varied], rng)
    varied = [_other_ends(stroke, size, rng) for stroke in varied]
    varied = _join(varied, size, rng)
    varied = _break(varied, size, rng)
    varied = [_wobble(stroke, size, rng) for stroke in varied]
    return _report(varied, size, rng)


def is_closed(strokes: list) -> bool:
    """Return whether the ink is one ring, begun and ended at its top: a 0 that may be slashed."""
    points = np.asarray(strokes[0], np.float64)
    if len(strokes) != 1 or len(points) < 8:
        return False
    is_near = np.hypot(*(points[0] - points[-1])) < CLOSED * np.ptp(points, axis=0).max()
    return bool(is_near and points[:, 1].argmin() in {*range(4), *range(len(points) - 4, len(points))})


def add_slash(strokes: list, rng: np.random.Generator) -> Strokes:
    """Return a 0 with a slash through its middle, mostly from the lower left to the upper right."""
    ring = [np.asarray(stroke, np.float64) for stroke in strokes]
    points = np.concatenate(ring)
    low, high = points.min(axis=0), points.max(axis=0)
    half = np.maximum((high - low) / 2, 1e-9)
    mean, deviation = SLASHES[rng.choice(len(SLASHES), p=SLASH_SHARES)]
    angle = np.radians(rng.normal(mean, deviation))
    along = np.array([np.cos(angle), -np.sin(angle)])
    reach = 1 / np.sqrt(np.sum((along / half) ** 2))  # to the edge of the ellipse in the ring's box
    before, behind = rng.uniform(*SLASH_REACH, 2) * reach
    bend = rng.normal(0, 0.05) * reach * np.sin(np.linspace(0, np.pi, 12))
    across = np.array([along[1], -along[0]])
    middle = (low + high) / 2 + rng.normal(0, 0.08, 2) * half
    slash = middle + np.outer(np.linspace(-before, behind, 12), along) + np.outer(bend, across)
    return [*ring, slash]


def _affine(rng: np.random.Generator) -> np.ndarray:
    """Return a random 2×2 matrix: slant, then stretch, then rotation."""
    angle, slant, stretch = rng.normal(0, ROTATION), rng.normal(0, SLANT), np.exp(rng.normal(0, ASPECT) / 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ np.diag([stretch, 1 / stretch]) @ np.array([[1.0, slant], [0.0, 1.0]])


def _other_proportions(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Make one half larger and the other smaller, in x and in y; the map is monotone, so nothing folds."""
    points = np.concatenate(strokes)
    corner, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-12)
    moved = np.clip(rng.normal(0, PROPORTION, 2), -0.15, 0.15)  # below 1/π the map stays monotone
    return [stroke + moved * extent * np.sin(np.pi * (stroke - corner) / extent) for stroke in strokes]


def _lengths(stroke: np.ndarray) -> np.ndarray:
    """Return the length of the stroke up to each of its points."""
    return np.concatenate([[0.0], np.hypot(*np.diff(stroke, axis=0).T).cumsum()])


def _at(stroke: np.ndarray, lengths: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the points (places, 2) of the stroke at these lengths along it."""
    return np.stack([np.interp(places, lengths, stroke[:, k]) for k in (0, 1)], axis=1)


def _other_ends(stroke: np.ndarray, size: float, rng: np.random.Generator) -> np.ndarray:
    """Cut a little off each end, or add a hook to it."""
    at = _lengths(stroke)
    if at[-1] < 0.2 * size:  # the ends of a dot or a short dash are all of it
        return stroke
    first, last = rng.uniform(0, TRIM, 2) * at[-1] * (rng.random(2) < 0.5)
    inside = (at > first) & (at < at[-1] - last)
    ends = _at(stroke, at, np.array([first, at[-1] - last]))
    hooks = rng.normal(0, HOOK / 2, (2, 2)) * size * (rng.random((2, 1)) < 0.15)
    pieces = [ends[:1] + hooks[:1]] if hooks[0].any() else []
    pieces += [ends[:1], stroke[inside], ends[1:]]
    pieces += [ends[1:] + hooks[1:]] if hooks[1].any() else []
    return np.concatenate(pieces)


def _join(strokes: Strokes, size: float, rng: np.random.Generator) -> Strokes:
    """Sometimes keep the pen down on the short way from one stroke to the next.

    Never at the foot of the digit: joined from there to its bar, a 7 becomes a 2 with a loop.
    """
    foot = max(stroke[:, 1].max() for stroke in strokes) - JOIN_FOOT * size
    joined = strokes[:1]
    for stroke in strokes[1:]:
        end = joined[-1][-1]
        is_near = np.hypot(*(stroke[0] - end)) < JOIN_REACH * size
        if rng.random() < JOIN_CHANCE and is_near and end[1] < foot:
            joined[-1] = np.concatenate([joined[-1], stroke])
        else:
            joined.append(stroke)
    return joined


def _break(strokes: Strokes, size: float, rng: np.random.Generator) -> Strokes:
    """Sometimes lift the pen for a moment within a long stroke."""
    broken = []
    for stroke in strokes:
        if rng.random() < BREAK_CHANCE and (at := _lengths(stroke))[-1] > 0.7 * size:
            gap = rng.uniform(*GAPS) * size
            start = rng.uniform(0.2, 0.8) * (at[-1] - gap)
            ends = _at(stroke, at, np.array([start, start + gap]))
            broken.append(np.concatenate([stroke[at < start], ends[:1]]))
            broken.append(np.concatenate([ends[1:], stroke[at > start + gap]]))
        else:
            broken.append(stroke)
    return broken


def _wobble(stroke: np.ndarray, size: float, rng: np.random.Generator) -> np.ndarray:
    """Shift points by a few slow waves along the stroke, as an unsteady hand does."""
    at = _lengths(stroke) / size
    amplitudes = rng.uniform(0, WOBBLE * size, (3, 2, 1))
    waves = np.sin(2 * np.pi * (rng.uniform(0.5, 3, (3, 2, 1)) * at + rng.random((3, 2, 1))))
    return stroke + (amplitudes * waves).sum(axis=0).T


def _report(strokes: Strokes, size: float, rng: np.random.Generator) -> Strokes:
    """Keep the points that a device would report: fewer, at other places, often in whole pixels."""
    if rng.random() < 0.5:
        keep_every = rng.integers(1, 4)
        strokes = [_thin_out(stroke, keep_every) for stroke in strokes]
    else:
        spacing = np.exp(rng.uniform(*np.log(SPACINGS))) * size
        strokes = [_space_out(stroke, spacing, rng) for stroke in strokes]
    if rng.random() < 0.5:
        pixel = size / np.exp(rng.uniform(*np.log(HEIGHTS)))
        corner = strokes[0][0] - rng.random(2) * pixel
        strokes = [np.round((stroke - corner) / pixel) for stroke in strokes]
    return strokes


def _thin_out(stroke: np.ndarray, keep_every: int) -> np.ndarray:
    kept = np.zeros(len(stroke), bool)
    kept[::keep_every] = kept[-1] = True
    return stroke[kept]


def _space_out(stroke: np.ndarray, spacing: float, rng: np.random.Generator) -> np.ndarray:
    """Return both ends and points about `spacing` apart, as from a pen whose speed varies."""
    at = _lengths(stroke)
    steps = max(round(at[-1] / spacing), FEWEST_POINTS - 1)
    if at[-1] < spacing:
        return stroke[[0, -1]]
    places = np.arange(steps + 1.0)
    places[1:-1] += rng.uniform(-0.3, 0.3, steps - 1)
    return _at(stroke, at, places * (at[-1] / steps))
