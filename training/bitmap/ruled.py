"""Lines of ruled and squared paper: found by a Hough transform, and taken out.

Twin of webapp/src/bitmap/.
"""

from typing import NamedTuple

import numpy as np

STEEPEST = 0.25
COLUMNS = 200
SEEN, CROSSED, SEEN_BESIDE_INK = 0.5, 0.4, 0.25
FEWEST = 2
SMALLEST = 64  # pixels
DARKER = 1.6
STRAY = 3  # pixels


class RuledLine(NamedTuple):
    """y = middle + slope * (x - width / 2)."""

    middle: int
    slope: float


def erase_lines(levels: np.ndarray, paper: int, grain: int) -> float | None:
    """Take the paper's lines out of `levels`, in place; return how those from left to right rise."""
    contrast = max(2.5 * grain, 6)
    across, upright = find_ruled_lines(levels, contrast), find_ruled_lines(levels.T, contrast)
    for line in upright:
        _erase(levels.T, line, paper, grain)
    for line in across:
        _erase(levels, line, paper, grain)
    return sorted(line.slope for line in across)[len(across) >> 1] if across else None


def find_ruled_lines(levels: np.ndarray, contrast: float) -> list[RuledLine]:
    """Find the paper's own lines that run from left to right, or nearly so."""
    height, width = levels.shape
    if min(height, width) < SMALLEST:
        return []
    reach = _reach(levels)
    stride = -(-width // COLUMNS)
    slopes = 2 * int(np.ceil(STEEPEST * width / 6)) + 1
    step = 2 * STEEPEST / (slopes - 1)
    rise = int(np.ceil(STEEPEST * width / 2)) + 1
    middles = height + 2 * rise
    columns = np.arange(stride >> 1, width, stride)
    y, x = _ridges(levels[:, columns].astype(int), reach, contrast)
    x = columns[x]
    found = []
    for s in range(slopes):
        slope = s * step - STEEPEST
        votes = np.bincount(
            np.floor(y + 0.5 - slope * (x + 0.5 - width / 2)).astype(int) + rise, minlength=middles
        )
        counts = votes[:-1] + votes[1:]
        for m in np.flatnonzero(counts >= SEEN_BESIDE_INK * CROSSED * len(columns)):
            line = RuledLine(int(m) + 1 - rise, slope)
            inside = _inside(line, width, height)
            if inside >= CROSSED and counts[m] >= SEEN_BESIDE_INK * inside * len(columns):
                found.append((line, int(counts[m]), inside * len(columns)))
    found.sort(key=lambda one: (-one[1] / one[2], one[0].slope, one[0].middle))
    lines: list[RuledLine] = []

    def add(line: RuledLine) -> None:
        if all(_apart(line, other, width) > reach + 1 for other in lines):
            lines.append(line)

    for line, count, inside in found:
        if count >= SEEN * inside:
            add(line)
    if len(lines) < FEWEST:
        return []
    seen = np.sort(np.concatenate([_levels_on(levels, line, stride) for line in lines]))
    level = seen[len(seen) >> 1] if len(seen) else 0
    for line, count, inside in found:
        covered = int((_levels_on(levels, line, stride) > DARKER * level).sum())
        if count >= SEEN * (inside - covered):
            add(line)
    return lines


def _reach(levels: np.ndarray) -> int:
    return max(3, int(min(levels.shape) / 200 + 0.5))


def _ridges(levels: np.ndarray, reach: int, contrast: float) -> tuple[np.ndarray, np.ndarray]:
    middle = levels[reach:-reach]
    above, below = levels[: -2 * reach], levels[2 * reach :]
    before, after = levels[reach - 1 : -reach - 1], levels[reach + 1 : len(levels) - reach + 1]
    ridge = (middle - above > contrast) & (middle - below > contrast) & (middle > before) & (middle >= after)
    rows, columns = np.nonzero(ridge)
    return rows + reach, columns


def _inside(line: RuledLine, width: int, height: int) -> float:
    if abs(line.slope) < 1e-9:
        return float(0 <= line.middle <= height)
    ends = -line.middle / line.slope, (height - line.middle) / line.slope
    return max(0.0, min(max(ends), width / 2) - max(min(ends), -width / 2)) / width


def _apart(one: RuledLine, other: RuledLine, width: int) -> float:
    middle, side = abs(one.middle - other.middle), abs((one.slope - other.slope) * width / 2)
    return 0 if middle <= side else middle - side


def _levels_on(levels: np.ndarray, line: RuledLine, stride: int) -> np.ndarray:
    height, width = levels.shape
    x = np.arange(stride >> 1, width, stride)
    y = np.floor(line.middle + line.slope * (x + 0.5 - width / 2)).astype(int)
    inside = (y >= 0) & (y < height)
    return levels[y[inside], x[inside]]


def _erase(levels: np.ndarray, line: RuledLine, paper: int, grain: int) -> None:
    height, width = levels.shape
    path = _follow(levels, line)
    x = np.arange(width)
    inside = (path >= 0) & (path < height)
    seen = np.sort(levels[path[inside], x[inside]])
    if not len(seen):
        return
    dark = int(seen[int(0.3 * len(seen))])
    half = _half_width(levels, path, dark, paper)
    covered = paper + DARKER * (dark - paper) + 2 * grain
    above, below = path - half - 2, path + half + 2
    x = x[(below >= 0) & (above < height)]
    above, below = above[x], below[x]
    over = np.where(above >= 0, levels[np.clip(above, 0, height - 1), x], paper).astype(int)
    under = np.where(below < height, levels[np.clip(below, 0, height - 1), x], paper).astype(int)
    for away in range(1, 2 * half + 4):
        row = above + away
        at = (row >= 0) & (row < height)
        level = levels[row[at], x[at]].astype(int)
        between = np.floor(over + (under - over) * away / (2 * half + 4) + 0.5).astype(int)[at]
        levels[row[at], x[at]] = np.where(level > covered, level, np.minimum(level, between))


def _follow(levels: np.ndarray, line: RuledLine) -> np.ndarray:
    """The row of the line in each column: where it is darkest, near where it should be and where it was."""
    height, width = levels.shape
    straight = np.floor(line.middle + line.slope * (np.arange(width) + 0.5 - width / 2)).astype(int)
    rows = straight[:, None] + np.arange(-STRAY, STRAY + 1)
    near = np.where(
        (rows >= 0) & (rows < height), levels[np.clip(rows, 0, height - 1), np.arange(width)[:, None]], -9999
    )
    stray, path = STRAY, straight.copy()
    for x, column in enumerate(near.tolist()):
        best, darkest = stray, -9999
        for step in (0, -1, 1):
            at = stray + step
            if 0 <= at <= 2 * STRAY and column[at] > darkest + (step != 0):
                best, darkest = at, column[at]
        stray = best
        path[x] += stray - STRAY
    return path


def _half_width(levels: np.ndarray, path: np.ndarray, dark: int, paper: int) -> int:
    height, width = levels.shape
    x = np.arange(width)
    reach = _reach(levels)
    for half in range(1, reach):
        seen = []
        for row in (path - half, path + half):
            at = (row >= 0) & (row < height)
            seen.append(levels[row[at], x[at]].astype(int))
        every = np.concatenate(seen)
        every = every[every <= paper + DARKER * (dark - paper)] - paper
        if not len(every) or every.mean() < 0.3 * (dark - paper):
            return half - 1
    return reach - 1
