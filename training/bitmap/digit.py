"""Ink of one digit, cut out of its picture, as the network sees it.

Twin of webapp/src/bitmap/.
"""

from typing import NamedTuple

import numpy as np
from scipy import ndimage

from training.bitmap.paper import TOUCHING, Thresholds
from training.bitmap.pieces import Piece

SIDE, BOX = 28, 20
FAINT = 0.15
LARGEST = 112  # pixels
FLAT = 0.035
THINNEST, WIDEST = 1.9, 4.4  # pixels of the box
LOBES = 3


class CutOut(NamedTuple):
    """How much ink is on each pixel, 0 to 1; where it lies in its picture; how wide a pixel of it is."""

    ink: np.ndarray
    x: int
    y: int
    factor: int


def cut_out(piece: Piece, levels: np.ndarray, labels: np.ndarray, thresholds: Thresholds) -> CutOut:
    """Cut a piece out of its picture, one pixel of its rim included."""
    left, top = max(piece.x - 1, 0), max(piece.y - 1, 0)
    box = np.s_[top : piece.y + piece.height + 1, left : piece.x + piece.width + 1]
    level, label, paper = levels[box].astype(int), labels[box], thresholds.paper
    own = np.isin(label, piece.labels)
    rim = ndimage.binary_dilation(own, TOUCHING) & (label == 0)
    above = np.maximum(level[own] - paper, 0)
    dark = np.sort(above[above >= above.max() // 2 + 1])
    full = paper + (int(dark[(len(dark) - 1) // 2]) if len(dark) else int(above.max() // 2 + 1))
    faint = min(paper + max(FAINT * (full - paper), 2 * thresholds.grain), paper + 0.5 * (full - paper))
    ink = np.where(own | rim, np.clip((level - faint) / (full - faint), 0, 1), 0.0)
    factor = max(1, max(ink.shape) // LARGEST)
    return CutOut(_reduce(ink, factor), left, top, factor)


def to_digit(ink: np.ndarray, slope: float) -> np.ndarray:
    """Ink as the network sees it: 28×28 bytes, in a 20×20 box, its mass in the middle."""
    upright = _crop(_turn(ink, slope))
    adjusted = _crop(_adjust_strokes(upright, max(upright.shape)))
    scale = BOX / max(adjusted.shape)
    height, width = (max(1, int(n * scale + 0.5)) for n in adjusted.shape)
    small = _resample(adjusted, width, height)
    digit = np.zeros((SIDE, SIDE), np.uint8)
    mass = small.sum()
    if mass == 0:
        return digit
    left = _place((small.sum(axis=0) * (np.arange(width) + 0.5)).sum() / mass, width)
    top = _place((small.sum(axis=1) * (np.arange(height) + 0.5)).sum() / mass, height)
    digit[top : top + height, left : left + width] = np.floor(255 * small / small.max() + 0.5)
    return digit


def dark_box(ink: np.ndarray) -> tuple[int, int, int, int] | None:
    """The box (x, y, width, height) round what is more than half ink."""
    rows, columns = (np.flatnonzero((ink > 0.5).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    x, y = int(columns[0]), int(rows[0])
    return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1


def stroke_width(ink: np.ndarray) -> float:
    """The mean width of strokes: twice their area by their outline."""
    dark = np.pad(ink > 0.5, 1)
    crossings = (dark[1:] != dark[:-1]).sum() + (dark[:, 1:] != dark[:, :-1]).sum()
    return float(2 * ink.sum() / (np.pi / 4 * crossings)) if crossings else 0.0


def _reduce(ink: np.ndarray, factor: int) -> np.ndarray:
    if factor == 1:
        return ink
    starts = [np.arange(0, n, factor) for n in ink.shape]
    sums = np.add.reduceat(np.add.reduceat(ink, starts[0], axis=0), starts[1], axis=1)
    counts = [np.minimum(start + factor, n) - start for start, n in zip(starts, ink.shape, strict=True)]
    return sums / (counts[0][:, None] * counts[1])


def _turn(ink: np.ndarray, slope: float) -> np.ndarray:
    if abs(slope) < FLAT:
        return ink
    length = np.sqrt(1 + slope * slope)
    cos, sin = 1 / length, slope / length
    high, wide = ink.shape
    width = int(np.ceil(wide * cos + high * abs(sin))) + 1
    height = int(np.ceil(high * cos + wide * abs(sin))) + 1
    v, u = np.mgrid[0:height, 0:width] + 0.5
    u, v = u - width / 2, v - height / 2
    x, y = wide / 2 + u * cos - v * sin - 0.5, high / 2 + u * sin + v * cos - 0.5
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    across, down = x - left, y - top
    padded = np.pad(ink, 1)

    def at(row: np.ndarray, column: np.ndarray) -> np.ndarray:
        inside = (row >= 0) & (row < high) & (column >= 0) & (column < wide)
        return np.where(inside, padded[np.clip(row + 1, 0, high + 1), np.clip(column + 1, 0, wide + 1)], 0.0)

    upper = at(top, left) * (1 - across) + at(top, left + 1) * across
    lower = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across
    return upper * (1 - down) + lower * down


def _crop(ink: np.ndarray) -> np.ndarray:
    box = dark_box(ink)
    if box is None:
        return ink
    x, y, width, height = box
    return ink[y : y + height, x : x + width]


def _adjust_strokes(ink: np.ndarray, extent: int) -> np.ndarray:
    """Widen a fine pen's strokes and narrow a brush's."""
    width, pixel = stroke_width(ink), extent / BOX
    if width == 0:
        return ink
    if width < THINNEST * pixel:
        by = (THINNEST * pixel - width) / (2 * (1 - THINNEST / BOX))
        wider = np.pad(ink, int(np.ceil(by)) + 1)
        if not (wider > 0.5).any():
            return wider
        away = ndimage.distance_transform_edt(wider <= 0.5)
        return np.maximum(wider, np.clip(by + 1 - away, 0, 1))
    if width > WIDEST * pixel:
        by = (width - WIDEST * pixel) / (2 * (1 - WIDEST / BOX))
        depth = ndimage.distance_transform_edt(np.pad(ink > 0.5, 1))[1:-1, 1:-1]
        return np.minimum(ink, np.maximum(depth - by, 0))
    return ink


def _resample(ink: np.ndarray, width: int, height: int) -> np.ndarray:
    """Lanczos resampling, as Pillow does it; what rings below 0 is cut off."""
    rows = ink @ _weights(ink.shape[1], width).T
    return np.maximum(_weights(ink.shape[0], height) @ rows, 0)


def _weights(before: int, after: int) -> np.ndarray:
    scale = before / after
    wide = max(scale, 1)
    weights = np.zeros((after, before))
    for i in range(after):
        middle = (i + 0.5) * scale
        first = max(int(middle - LOBES * wide + 0.5), 0)
        last = min(int(middle + LOBES * wide + 0.5), before)
        x = (np.arange(first, last) - middle + 0.5) / wide
        shares = np.where(np.abs(x) < LOBES, np.sinc(x) * np.sinc(x / LOBES), 0.0)
        weights[i, first:last] = shares / shares.sum()
    return weights


def _place(centre: float, length: int) -> int:
    return int(np.clip(np.floor(SIDE / 2 - centre + 0.5), 0, SIDE - length))
