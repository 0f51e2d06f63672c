"""Write ink.json: awkward and ordinary ink with the pixels that both twins must draw from it.

Run `python -m tests.golden.make_ink` after a deliberate change of rasterize_ink; a stale file fails a test.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from training.ink.rasterize import rasterize_ink

Stroke = list[list[float]]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, points: int = 24) -> Stroke:
    """Points on an ellipse from angle `start` to `end`, degrees, clockwise on the screen from 3 o'clock."""
    angles = [math.radians(start + (end - start) * i / (points - 1)) for i in range(points)]
    return [[round(x + rx * math.cos(a), 3), round(y + ry * math.sin(a), 3)] for a in angles]


# Ten digits as a person might draw them, in a box of 100×150; the browser tests draw them too.
DIGITS: dict[int, list[Stroke]] = {
    0: [arc(50, 75, 42, 68, -80, 285, 40)],
    1: [[[30, 35], [58, 8], [56, 75], [55, 145]]],
    2: [[*arc(48, 42, 38, 36, -165, 40), [40, 112], [12, 142], [50, 140], [95, 141]]],
    3: [arc(45, 40, 36, 34, -150, 85) + arc(45, 108, 42, 36, -85, 150)],
    4: [[[52, 8], [30, 55], [10, 92], [50, 93], [92, 90]], [[66, 50], [66, 95], [64, 146]]],
    5: [[[26, 12], [22, 42], [18, 70], *arc(46, 100, 42, 40, -130, 140)], [[26, 12], [55, 11], [86, 9]]],
    6: [[[72, 10], [46, 35], [22, 75], [13, 105], *arc(49, 108, 36, 36, 180, -175, 32)]],
    7: [[[10, 14], [50, 13], [90, 11], [66, 65], [44, 142]]],
    8: [arc(50, 40, 30, 32, 90, -250, 28) + arc(50, 108, 40, 36, -80, 265, 30) + [[52, 73]]],
    9: [[*arc(48, 45, 34, 36, -10, -355, 32), [82, 45], [80, 80], [72, 142]]],
}

AWKWARD: dict[str, list[Stroke]] = {
    "nothing": [],
    "stroke without points": [[]],
    "one point": [[[12.5, -3]]],
    "two equal points": [[[7, 7], [7, 7]]],
    "duplicate points": [[[0, 0], [0, 0], [10, 30], [10, 30], [10, 30]]],
    "one pixel long": [[[100, 100], [101, 100]]],
    "flat line": [[[-50, 3], [50, 3]]],
    "upright line": [[[3, -1e6], [3, 1e6]]],
    "tiny": [[[1e-9, 1e-9], [2e-9, 3e-9], [4e-9, 1e-9]]],
    "far from the origin": [[[1e7, 1e7], [1e7 + 30, 1e7 + 50], [1e7 + 60, 1e7]]],
    "two dots": [[[0, 0]], [[40, 90]]],
    "empty stroke between strokes": [[[0, 0], [40, 0]], [], [[20, -30], [20, 60]]],
    "heavy to one side": [[[0, 0], [100, 0]], [[0, 0], [0, 100]], [[2, 2], [2, 98]], [[5, 5], [5, 95]]],
    "scribble": [
        [
            [math.floor(50 + 49 * math.sin(i * 2.4)), math.floor(50 + 49 * math.cos(i * 3.7))]
            for i in range(60)
        ]
    ],
    "thirds": [[[1 / 3, 2 / 3], [5 / 3, 7 / 3], [1 / 7, 22 / 7]]],
}


def cases() -> list[dict]:
    """Every case: name, digit drawn if any, strokes, and the levels from 0 to 255 as 28 rows of hex."""
    made = [
        {"name": f"digit {digit}", "digit": digit, "strokes": strokes} for digit, strokes in DIGITS.items()
    ]
    made += [{"name": name, "digit": None, "strokes": strokes} for name, strokes in AWKWARD.items()]
    for case in made:
        levels = (rasterize_ink(case["strokes"]).astype("float64") * 255).round().astype(int)
        case["rows"] = ["".join(f"{level:02x}" for level in row) for row in levels]
    return made


def as_text() -> str:
    """The content of ink.json, a case a line."""
    return "[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n"


if __name__ == "__main__":
    (Path(__file__).parent / "ink.json").write_text(as_text())
