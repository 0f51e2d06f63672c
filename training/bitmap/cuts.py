"""Where digits that touch may be parted, and which parts the network is surer of.

Twin of webapp/src/bitmap/.
"""

import numpy as np

MOST, MOST_OF_WIDE = 7, 12
APART, STRAY = 0.14, 0.18  # of the ink's height
STEP = 0.15
MOST_INK, MOST_INK_OF_WIDE = 0.35, 0.5  # of the ink's height
LEAST, LEAST_OF_WIDE, COST, SURER, DOUBT = 0.5, 0.1, 0.3, 1.05, 4


def propose_cuts(ink: np.ndarray, wide: bool = False) -> list[np.ndarray]:
    """Paths from top to bottom that cross little ink: in each row the first column that is right of them."""
    height, width = ink.shape
    apart = max(2, int(APART * height))
    sums = ink.sum(axis=0)
    around = np.pad(sums, 1, mode="edge")
    smoothed = around[:-2] + around[1:-1] + around[2:]
    chosen: list[int] = []
    for column in sorted(range(apart, width - apart), key=lambda c: (round(smoothed[c], 9), c)):
        if len(chosen) == (MOST_OF_WIDE if wide else MOST):
            break
        if all(abs(other - column) >= apart for other in chosen):
            chosen.append(column)
    stray = max(1, int(STRAY * height))
    cuts = [_seam(ink, max(c - stray, 1), min(c + stray, width - 1)) for c in sorted(chosen)]
    rows = np.arange(height)
    most = (MOST_INK_OF_WIDE if wide else MOST_INK) * height
    return [cut for cut in cuts if ink[rows, np.minimum(cut, width - 1)].sum() <= most]


def between(ink: np.ndarray, left: np.ndarray | None, right: np.ndarray | None) -> np.ndarray:
    """The ink between two cuts; None for its own ends."""
    columns = np.arange(ink.shape[1])
    inside = np.ones(ink.shape, bool)
    if left is not None:
        inside &= columns >= left[:, None]
    if right is not None:
        inside &= columns < right[:, None]
    return np.where(inside, ink, 0.0)


def choose_parts(
    whole: float, parts: list[tuple[int, int, float]], ends: int, wide: bool = False
) -> list[tuple[int, int]] | None:
    """The way through the cuts whose least sure part is the surest; of a wide piece, the likeliest way.

    None where the parts are not so much surer than the whole.
    """
    best: list[tuple[float, float, list[tuple[int, int]]]] = [(0.0, 1.0, [])]
    for end in range(1, ends + 1):
        best.append((-np.inf, 0.0, []))
        for start, stop, confidence in parts:
            if stop != end:
                continue
            score, least, way = best[start]
            least = min(least, confidence)
            score = score + float(np.log(confidence)) - COST if wide else least
            if score > best[end][0]:
                best[end] = (score, least, [*way, (start, stop)])
    _, least, way = best[ends]
    if wide:
        enough = least >= LEAST_OF_WIDE and least > SURER * whole
    else:
        enough = least >= LEAST and 1 - least < (1 - whole) ** DOUBT
    return way if len(way) > 1 and enough else None


def choose_joins(apart: list[float], pairs: list[tuple[int, int, float]]) -> list[int]:
    """Which pairs (first, second, confidence) are parts of one digit, by their places in the list."""

    def gain(i: int) -> float:
        first, second, confidence = pairs[i]
        return confidence - min(apart[first], apart[second])

    used: set[int] = set()
    chosen = []
    for i in sorted(range(len(pairs)), key=lambda i: (-gain(i), pairs[i][0], pairs[i][1])):
        first, second, confidence = pairs[i]
        if confidence < LEAST or gain(i) <= 0 or used & {first, second}:
            continue
        used |= {first, second}
        chosen.append(i)
    return chosen


def _seam(ink: np.ndarray, start: int, end: int) -> np.ndarray:
    """The path from top to bottom through the least ink, within columns `start` to `end`."""
    own = ink[:, np.minimum(np.arange(start, end + 1), ink.shape[1] - 1)] + 1e-3
    costs, steps = [own[0]], []
    for row in own[1:]:
        before = np.pad(costs[-1], 1, constant_values=np.inf)
        ways = np.stack([before[1:-1], before[:-2] + STEP, before[2:] + STEP])
        steps.append(ways.argmin(axis=0))
        costs.append(row + ways.min(axis=0))
    column = int(costs[-1].argmin())
    cut = [start + column]
    for step in reversed(steps):
        column += (0, -1, 1)[int(step[column])]
        cut.append(start + column)
    return np.array(cut[::-1])
