"""Random variations of pen strokes: what other hands, pens and devices make of the same digit.

All work on strokes of [x, y] points in any unit, y down, before they become pixels; `rng` decides everything.
"""

from __future__ import annotations

import numpy as np

Strokes = list[np.ndarray]  # each (points, 2)

SLANT = 0.15  # x per y, standard deviation
ROTATION = 0.10  # radians, standard deviation
ASPECT = 0.12  # natural logarithm of width over height, standard deviation
WOBBLE = 0.012  # of the digit's size, largest amplitude
TRIM = 0.05  # of a stroke's length, largest part that is missing at an end
HOOK = 0.06  # of the digit's size, largest hook at an end
PEN_RADII = (0.95, 1.5)  # pixels; the page draws with training.ink.PEN_RADIUS


def vary_strokes(strokes: list, rng: np.random.Generator) -> Strokes:
    """Return a variation of a digit's strokes: slanted, turned, stretched, wobbly, resampled, other ends."""
    varied = [np.asarray(stroke, np.float64) for stroke in strokes]
    size = max(np.ptp(np.concatenate(varied), axis=0).max(), 1e-9)
    transform = _affine(rng)
    varied = [stroke @ transform.T for stroke in varied]
    varied = [_other_ends(stroke, size, rng) for stroke in varied]
    varied = [_wobble(stroke, size, rng) for stroke in varied]
    keep_every = rng.integers(1, 4)  # a slow device reports fewer points
    return [_thin_out(stroke, keep_every) for stroke in varied]


def _affine(rng: np.random.Generator) -> np.ndarray:
    """A random 2×2 matrix: slant, then stretch, then rotation."""
    angle, slant, stretch = rng.normal(0, ROTATION), rng.normal(0, SLANT), np.exp(rng.normal(0, ASPECT) / 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ np.diag([stretch, 1 / stretch]) @ np.array([[1.0, slant], [0.0, 1.0]])


def _lengths(stroke: np.ndarray) -> np.ndarray:
    """The length of the stroke up to each of its points."""
    return np.concatenate([[0.0], np.hypot(*np.diff(stroke, axis=0).T).cumsum()])


def _other_ends(stroke: np.ndarray, size: float, rng: np.random.Generator) -> np.ndarray:
    """Let a little of each end be missing, or end in a hook."""
    at = _lengths(stroke)
    if at[-1] < 0.2 * size:  # a dot or a short dash is all ends
        return stroke
    first, last = rng.uniform(0, TRIM, 2) * at[-1] * (rng.random(2) < 0.5)
    inside = (at > first) & (at < at[-1] - last)
    ends = [np.array([np.interp(p, at, stroke[:, k]) for k in (0, 1)]) for p in (first, at[-1] - last)]
    hooks = rng.normal(0, HOOK / 2, (2, 2)) * size * (rng.random((2, 1)) < 0.15)
    pieces = [ends[0][None] + hooks[:1]] if hooks[0].any() else []
    pieces += [ends[0][None], stroke[inside], ends[1][None]]
    pieces += [ends[1][None] + hooks[1:]] if hooks[1].any() else []
    return np.concatenate(pieces)


def _wobble(stroke: np.ndarray, size: float, rng: np.random.Generator) -> np.ndarray:
    """Shift points by a few slow waves along the stroke, as an unsteady hand does."""
    at = _lengths(stroke) / size
    amplitudes = rng.uniform(0, WOBBLE * size, (3, 2, 1))
    waves = np.sin(2 * np.pi * (rng.uniform(0.5, 3, (3, 2, 1)) * at + rng.random((3, 2, 1))))
    return stroke + (amplitudes * waves).sum(axis=0).T


def _thin_out(stroke: np.ndarray, keep_every: int) -> np.ndarray:
    """Keep every k-th point, and both ends."""
    kept = np.zeros(len(stroke), bool)
    kept[::keep_every] = kept[-1] = True
    return stroke[kept]
