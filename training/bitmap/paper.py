"""Ink on paper, apart from all else: uneven light, the colour of the paper, its grain.

Twin of webapp/src/bitmap/.
"""

from typing import NamedTuple

import numpy as np
from scipy import ndimage

FULL_INK = 255
POLARITY_PIXELS = 40_000
STROKE_PIXELS = 500_000
WIDEST = 0.3  # of the shorter side: a stroke, before anything is known of the picture
CLEARLY = 0.9
REACH = 4  # cells
PAPER_QUANTILE = 0.8
BLOTS = 4  # strokes
NARROWEST = 12  # pixels
SQUARE = 16  # pixels
ABOVE_GRAIN, LEAST_CONTRAST = 5, 18
FAINTER = 0.4
LOWEST, HIGHEST = -256, 255
TOUCHING = np.ones((3, 3), int)


class Thresholds(NamedTuple):
    """Ink is above `ink`, and what joins it above `rim`; `paper` is the level of bare paper."""

    paper: int
    grain: int
    ink: int
    rim: int


class Component(NamedTuple):
    """Pixels of ink that touch each other, by their label, and the box round them."""

    label: int
    x: int
    y: int
    width: int
    height: int
    area: int


def is_light_on_dark(grey: np.ndarray) -> bool:
    """Whether the ink is lighter than its paper: by which of the two the paper without ink is smoother."""
    small = reduce_grey(grey, int(np.ceil(np.sqrt(grey.size / POLARITY_PIXELS))))
    reach = max(1, int(WIDEST * min(small.shape) / 2))
    return _roughness(_close(255 - small, reach)) < CLEARLY * _roughness(_close(small, reach))


def ink_levels(grey: np.ndarray, widest: float, inverted: bool) -> np.ndarray:
    """How much darker than its paper each pixel of dark ink on light paper is, 0 to 255."""
    cell = max(1, int(widest / (2 * REACH)))
    grid = np.pad(_quantiles(grey, cell, PAPER_QUANTILE), REACH, mode="edge")
    paper = _close(grid, REACH)[REACH:-REACH, REACH:-REACH].astype(np.float64)
    (row, down), (column, across) = (
        _interpolation(n, cell, k) for n, k in zip(grey.shape, paper.shape, strict=True)
    )
    next_row, next_column = (
        np.minimum(row + 1, paper.shape[0] - 1),
        np.minimum(column + 1, paper.shape[1] - 1),
    )
    lines = paper[row] + (paper[next_row] - paper[row]) * down[:, None]
    level = np.maximum(lines[:, column] + (lines[:, next_column] - lines[:, column]) * across, 1)
    return np.floor(FULL_INK * (level - grey) / (FULL_INK if inverted else level) + 0.5).astype(np.int16)


def widest_stroke(grey: np.ndarray, inverted: bool) -> float:
    """How wide the picture's ink may be at the most, in pixels: what is wider is shadow."""
    factor = int(np.ceil(np.sqrt(grey.size / STROKE_PIXELS)))
    small = reduce_grey(grey, factor)
    widest = WIDEST * min(small.shape)
    levels = ink_levels(small, widest, inverted)
    thresholds = choose_thresholds(levels)
    stroke = None if thresholds is None else _typical_stroke(*find_components(levels, thresholds))
    if stroke is None:
        return widest * factor
    return min(max(BLOTS * stroke * factor, NARROWEST), widest * factor)


def choose_thresholds(levels: np.ndarray) -> Thresholds | None:
    """Choose the levels that part ink from paper; None where nothing stands out from the grain."""
    every = _histogram(levels)
    paper = _quantile(every, 0.5)
    grain = max(paper - _quantile(every, 0.16), 1)
    least = paper + max(ABOVE_GRAIN * grain, LEAST_CONTRAST)
    rows, columns = np.nonzero(levels > least)
    across = -(-levels.shape[1] // SQUARE)
    squares = np.bincount(
        rows // SQUARE * across + columns // SQUARE, minlength=across * -(-levels.shape[0] // SQUARE)
    )
    used = (squares >= 3).reshape(-1, across)
    if not used.any():
        return None
    where = used.repeat(SQUARE, 0).repeat(SQUARE, 1)[: levels.shape[0], : levels.shape[1]]
    some = _histogram(levels[where])
    split = _otsu(some)
    above = some[split - LOWEST + 1 :]
    full = (above * np.arange(split + 1, HIGHEST + 1)).sum() / above.sum() if above.sum() else split
    ink = max(min(split, int(np.floor(paper + FAINTER * (full - paper)))), least - 1)
    return Thresholds(paper, grain, ink, max(paper + int(0.6 * (ink - paper)), paper + 3 * grain))


def find_components(levels: np.ndarray, thresholds: Thresholds) -> tuple[np.ndarray, list[Component]]:
    """Label what hangs together above the rim, and keep what has a pixel above the ink threshold."""
    labels, count = ndimage.label(levels > thresholds.rim, TOUCHING)
    if count == 0:
        return labels, []
    every = np.arange(1, count + 1)
    peaks = ndimage.maximum(levels, labels, every)
    areas = np.bincount(labels.ravel(), minlength=count + 1)
    new = np.zeros(count + 1, labels.dtype)
    components = []
    for label, box in enumerate(ndimage.find_objects(labels), 1):
        if peaks[label - 1] <= thresholds.ink:
            continue
        new[label] = len(components) + 1
        y, x = box[0].start, box[1].start
        size = (box[1].stop - x, box[0].stop - y)
        components.append(Component(int(new[label]), x, y, *size, int(areas[label])))
    return new[labels], components


def reduce_grey(grey: np.ndarray, factor: int) -> np.ndarray:
    """The mean of each `factor`×`factor` pixels, without what does not fill such a square at the edge."""
    if factor <= 1:
        return grey
    rows, columns = (max(1, n // factor) for n in grey.shape)
    down, across = (min(factor, n) for n in grey.shape)
    squares = grey[: rows * down, : columns * across].reshape(rows, down, columns, across)
    return np.floor(squares.sum(axis=(1, 3), dtype=np.int64) / (down * across) + 0.5).astype(np.uint8)


def _close(levels: np.ndarray, reach: int) -> np.ndarray:
    size = 2 * reach + 1
    return ndimage.minimum_filter(ndimage.maximum_filter(levels, size, mode="nearest"), size, mode="nearest")


def _roughness(levels: np.ndarray) -> int:
    levels = levels.astype(np.int64)
    return int(np.abs(np.diff(levels, axis=0)).sum() + np.abs(np.diff(levels, axis=1)).sum())


def _quantiles(grey: np.ndarray, cell: int, quantile: float) -> np.ndarray:
    """The level below which `quantile` of the pixels of each cell lie; cells at the edge are smaller."""
    rows, columns = grey.shape[0] // cell * cell, grey.shape[1] // cell * cell

    def block(part: np.ndarray, high: int, wide: int) -> np.ndarray:
        cells = part.reshape(part.shape[0] // high, high, part.shape[1] // wide, wide)
        flat = cells.swapaxes(1, 2).reshape(cells.shape[0], cells.shape[2], high * wide)
        below = int(quantile * (high * wide - 1))
        return np.partition(flat, below, axis=2)[:, :, below]

    bands = []
    for top, bottom, high in ((0, rows, cell), (rows, grey.shape[0], grey.shape[0] - rows)):
        if bottom == top:
            continue
        parts = [block(grey[top:bottom, :columns], high, cell)] if columns else []
        if columns < grey.shape[1]:
            parts.append(block(grey[top:bottom, columns:], high, grey.shape[1] - columns))
        bands.append(np.concatenate(parts, axis=1))
    return np.concatenate(bands)


def _interpolation(length: int, cell: int, cells: int) -> tuple[np.ndarray, np.ndarray]:
    at = np.clip((np.arange(length) + 0.5) / cell - 0.5, 0, cells - 1)
    return np.floor(at).astype(int), at - np.floor(at)


def _histogram(levels: np.ndarray) -> np.ndarray:
    return np.bincount(
        np.clip(levels, LOWEST, HIGHEST).ravel().astype(int) - LOWEST, minlength=HIGHEST - LOWEST + 1
    )


def _quantile(counts: np.ndarray, share: float) -> int:
    below = int(share * (counts.sum() - 1))
    return int(np.searchsorted(np.cumsum(counts), below, side="right")) + LOWEST


def _otsu(counts: np.ndarray) -> int:
    bins = np.arange(len(counts))
    total, whole = counts.sum(), (counts * bins).sum()
    below, sums = np.cumsum(counts), np.cumsum(counts * bins)
    between = np.full(len(counts), -1.0)
    inside = (below > 0) & (below < total)
    b, s = below[inside].astype(np.float64), sums[inside].astype(np.float64)
    between[inside] = b * (total - b) * (s / b - (whole - s) / (total - b)) ** 2
    return int(between.argmax() if inside.any() else 0) + LOWEST


def _typical_stroke(labels: np.ndarray, components: list[Component]) -> float | None:
    """The stroke width that half of the ink has at least."""
    begins = np.zeros(len(components) + 1)
    for axis in (0, 1):
        before = np.zeros_like(labels)
        np.copyto(*((before[1:], labels[:-1]) if axis == 0 else (before[:, 1:], labels[:, :-1])))
        begins += 2 * np.bincount(labels[before != labels], minlength=len(components) + 1)
    height, width = labels.shape
    inside = [
        c for c in components if c.x > 0 and c.y > 0 and c.x + c.width < width and c.y + c.height < height
    ]
    strokes = [(2 * c.area / (np.pi / 4 * begins[c.label]), c.area) for c in inside or components]
    strokes.sort(key=lambda stroke: -stroke[0])
    seen, every = 0, sum(area for _, area in strokes)
    for stroke, area in strokes:
        seen += area
        if 2 * seen >= every:
            return stroke
    return None
