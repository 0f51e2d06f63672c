"""Draw ink, that is pen strokes, as the 28×28 image that the network sees.

Twin of webapp/src/ink/: both reproduce tests/golden/ink.json to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

IMAGE_SIZE = 28  # pixels on each side of what the network sees
BOX_SIZE = 20  # MNIST's box: a digit, pen width included, fills it in its longer direction
PEN_RADIUS = 1.15  # half the width of the pen in pixels; measured, see tests/golden/README.md

Ink = Sequence[Sequence[Sequence[float]]]  # strokes of [x, y] points, y down, in any unit


def rasterize_ink(ink: Ink, pen_radius: float = PEN_RADIUS) -> np.ndarray:
    """Draw one digit as the network sees it.

    The ink's geometry is scaled into MNIST's 20×20 box and drawn at one fixed pen width, as capsules
    anti-aliased by distance, then drawn again with its centre of mass in the middle of the 28×28 (the steps
    of LeCun's MNIST, done on strokes and not on pixels). No ink: all paper.

    To agree with TypeScript to the last bit, both use only + − × ÷ √ on doubles, in the same order, and sum
    only whole numbers.

    Returns a float32 array of shape (28, 28), 0 (paper) to 1 (ink), each a whole number of 255ths.
    Raises TypeError if a point is not a pair of finite numbers.
    """
    points, segments = _arrays(ink)
    if len(points) == 0:
        return np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.float32)
    left, top = points.min(axis=0)
    width, height = points.max(axis=0) - points.min(axis=0)
    extent = max(width, height)
    scale = (BOX_SIZE - 2 * pen_radius) / extent if extent > 0 else 0.0  # a dot has no extent

    def place(middle_x: float, middle_y: float) -> np.ndarray:
        corner = np.array([middle_x - width * scale / 2, middle_y - height * scale / 2])
        return (segments - np.array([left, top])) * scale + corner  # (segments, 2 ends, 2)

    middle = IMAGE_SIZE / 2
    mass_x, mass_y = _centre_of_mass(_draw_segments(place(middle, middle), pen_radius))
    levels = _draw_segments(place(middle + (middle - mass_x), middle + (middle - mass_y)), pen_radius)
    return (levels / 255).astype(np.float32)


def _arrays(ink: Ink) -> tuple[np.ndarray, np.ndarray]:
    """Return all points (points, 2) and segments (segments, 2 ends, 2); a lone point is a segment too."""
    points: list[tuple[float, float]] = []
    segments = []
    for s, stroke in enumerate(ink):
        for p, point in enumerate(stroke):
            try:
                x, y = (float(number) for number in point)
            except (TypeError, ValueError):
                x = y = np.nan
            if not (np.isfinite(x) and np.isfinite(y)):
                raise TypeError(
                    f"Point {p} of stroke {s} is {point!r}; give each point as two finite numbers, [x, y]."
                )
            if p > 0 or len(stroke) == 1:
                segments.append((points[-1] if p > 0 else (x, y), (x, y)))
            points.append((x, y))
    return np.array(points, np.float64).reshape(-1, 2), np.array(segments, np.float64).reshape(-1, 2, 2)


def _draw_segments(segments: np.ndarray, pen_radius: float) -> np.ndarray:
    """Draw segments (segments, 2 ends, 2), in pixels: (28, 28) whole levels of ink from 0 to 255."""
    start_x, start_y = segments[:, 0, 0, None, None], segments[:, 0, 1, None, None]  # (segments, 1, 1)
    along_x, along_y = segments[:, 1, 0, None, None] - start_x, segments[:, 1, 1, None, None] - start_y
    centres = np.arange(IMAGE_SIZE) + 0.5
    from_x = centres[None, None, :] - start_x  # (segments, 1, 28)
    from_y = centres[None, :, None] - start_y  # (segments, 28, 1)
    length_squared = along_x * along_x + along_y * along_y
    is_point = length_squared == 0
    t = (from_x * along_x + from_y * along_y) / np.where(is_point, 1.0, length_squared)
    t = np.where(is_point, 0.0, np.minimum(np.maximum(t, 0.0), 1.0))  # (segments, 28, 28)
    away_x, away_y = from_x - t * along_x, from_y - t * along_y
    squares = (away_x * away_x + away_y * away_y).min(axis=0)
    coverage = np.minimum(np.maximum(pen_radius + 0.5 - np.sqrt(squares), 0.0), 1.0)
    return np.floor(coverage * 255 + 0.5).astype(np.int64)


def _centre_of_mass(levels: np.ndarray) -> tuple[float, float]:
    """Return the centre of mass of levels (28, 28) in pixels; whole sums are exact in any order."""
    odd = 2 * np.arange(IMAGE_SIZE) + 1
    double_mass = 2 * int(levels.sum())
    return int((levels * odd[None, :]).sum()) / double_mass, int((levels * odd[:, None]).sum()) / double_mass
