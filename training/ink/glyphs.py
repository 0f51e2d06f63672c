"""Letters, symbols and pictures as pen strokes. None resembles a digit, in any handwriting.

Left out for that: B C D G I J L O Q S T U V Y Z, a to j, l, n to v, y, z, & ? ! $ / ^ [ ] and what is round.
"""

from __future__ import annotations

import numpy as np

# A stroke is "x y x y ..." in a square of 100×100, y down; one that begins with ~ is a smooth curve.
LETTERS = {
    "A": ("0 100 48 0 100 100", "18 62 82 62"),
    "F": ("10 0 8 100", "10 0 80 0", "10 48 66 48"),
    "H": ("8 0 8 100", "80 0 80 100", "8 50 80 50"),
    "K": ("10 0 10 100", "80 0 10 54", "24 46 84 100"),
    "M": ("0 100 10 0 50 66 90 0 100 100",),
    "R": ("12 0 12 100", "~12 2 60 0 76 24 56 46 12 50", "40 50 84 100"),
    "W": ("0 0 24 100 50 30 76 100 100 0",),
    "Y bar": ("0 0 40 50 80 0", "40 50 40 100", "5 50 75 50", "5 70 75 70"),
    "k": ("10 0 10 100", "62 40 10 72", "24 64 66 100"),
    "pi": ("0 8 100 4", "28 8 22 100", "72 6 76 100"),
    "sha": ("0 0 2 100 98 100 100 0", "50 0 50 100"),
}
UNSEEN_LETTERS = {
    "E": ("76 0 8 0 8 100 80 100", "8 50 62 50"),
    "N": ("4 100 8 0 84 100 88 0",),
    "P": ("12 0 12 100", "~12 2 60 0 80 25 58 50 12 54"),
    "m": ("4 30 4 100", "~4 50 20 30 38 40 40 100", "~40 52 58 30 78 42 82 100"),
    "zhe": ("50 0 50 100", "0 0 100 100", "100 0 0 100"),
}
SYMBOLS = {
    "hash": ("34 0 26 100", "74 0 66 100", "0 32 100 32", "0 68 100 68"),
    "percent": ("~20 4 2 20 20 38 38 20 20 4", "92 0 8 100", "~80 62 62 80 80 98 98 80 80 62"),
    "equals": ("0 30 100 30", "0 68 100 68"),
    "unequal": ("0 32 100 32", "0 68 100 68", "74 0 26 100"),
    "identical": ("0 14 100 14", "0 50 100 50", "0 86 100 86"),
    "ballot": ("4 4 96 4 96 96 4 96 4 4", "20 20 80 80", "80 20 20 80"),
    "dots": ("8 50", "50 50", "92 50"),
}
UNSEEN_SYMBOLS = {
    "asterisk": ("50 0 50 100", "6 24 94 76", "94 24 6 76"),
    "therefore": ("50 10", "6 88", "94 88"),
    "divide": ("0 50 100 50", "50 14", "50 86"),
    "window": ("4 4 96 4 96 96 4 96 4 4", "50 4 50 96", "4 50 96 50"),
}
SHAPES = {
    "star": ("18 100 50 0 82 100 0 38 100 38 18 100",),
    "house": ("0 100 0 44 50 0 100 44 100 100 0 100", "38 100 38 66 62 66 62 100"),
    "triangle": ("0 88 52 4 104 88 0 88", "26 88 52 44 78 88"),
    "man": ("~50 0 36 12 50 26 64 12 50 0", "50 26 50 64", "14 38 86 38", "50 64 20 100", "50 64 80 100"),
    "envelope": ("0 18 100 18 100 82 0 82 0 18", "0 18 50 54 100 18"),
    "square": ("0 0 100 0 100 100 0 100 0 0", "30 30 70 30 70 70 30 70 30 30"),
    "cup": ("8 20 14 90 70 90 76 20 8 20", "~76 34 100 38 98 66 72 70", "26 10 26 0", "54 10 54 0"),
}
UNSEEN_SHAPES = {
    "heart": ("~50 40 34 6 8 8 0 34 20 60 50 92", "~50 40 66 6 92 8 100 34 80 60 50 92"),
    "fir": ("50 0 14 38 36 38 2 76 98 76 64 38 86 38 50 0", "50 76 50 100"),
    "flag": ("8 100 8 0", "8 4 96 10 92 52 8 50", "30 6 30 50", "62 8 62 50"),
    "boat": ("0 66 18 96 80 96 100 66 0 66", "48 66 48 0 88 54 48 54"),
    "flower": (
        "~50 38 36 12 50 0 64 12 50 38",
        "~62 50 88 36 100 50 88 64 62 50",
        "~50 62 64 88 50 100 36 88 50 62",
        "~38 50 12 64 0 50 12 36 38 50",
    ),
}
STEPS = 8  # points from one named point to the next


def make_glyph(drawn: tuple[str, ...], shake: float, rng: np.random.Generator) -> list[np.ndarray]:
    """Return the strokes of a glyph, each (points, 2) in a unit square.

    Every named point is moved by about `shake`; a point that two strokes share moves once.
    """
    moved: dict[tuple[float, float], np.ndarray] = {}
    strokes = []
    for text in drawn:
        corners = np.array(text.lstrip("~").split(), float).reshape(-1, 2) / 100
        for corner in map(tuple, corners):
            moved.setdefault(corner, corner + rng.normal(0, shake, 2))
        points = np.array([moved[tuple(corner)] for corner in corners])
        strokes.append(curve(points) if text.startswith("~") else polyline(points))
    return strokes


def polyline(corners: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """Return points along straight lines between the corners (corners, 2), which are kept."""
    places = np.linspace(0, len(corners) - 1, (len(corners) - 1) * steps + 1)
    return np.stack([np.interp(places, np.arange(len(corners)), corners[:, k]) for k in (0, 1)], axis=1)


def curve(corners: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """Return points along a Catmull-Rom curve through the corners (corners, 2)."""
    around = np.concatenate([corners[:1], corners, corners[-1:]])
    before, start, end, after = around[:-3, None], around[1:-2, None], around[2:-1, None], around[3:, None]
    t = (np.arange(steps) / steps)[:, None]
    line = 2 * start + (end - before) * t + (2 * before - 5 * start + 4 * end - after) * t**2
    line = (line + (3 * start - before - 3 * end + after) * t**3) / 2  # (corners - 1, steps, 2)
    return np.concatenate([line.reshape(-1, 2), corners[-1:]])
