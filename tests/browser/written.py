"""Numbers to draw on the page, of the golden digits."""

import numpy as np

from tests.browser.digitpad_page import DIGITS, DigitpadPage, Strokes

GAP = 35  # a quarter of a golden digit's height

ONE, SEVEN = np.array([[22, 40], [50, 2], [50, 100]]), np.array([[5, 2], [75, 2], [40, 100]])
# From a 1 to a 7; some on the way may be either.
ONE_TO_SEVEN: list[Strokes] = [[(ONE + (SEVEN - ONE) * step).tolist()] for step in np.linspace(0, 1, 26)]


def in_a_row(digits: list[Strokes]) -> list[Strokes]:
    """Each digit's strokes, GAP behind the digit before."""
    placed, right = [], 0.0
    for strokes in digits:
        xs = [x for stroke in strokes for x, _ in stroke]
        placed.append([[[x - min(xs) + right, y] for x, y in stroke] for stroke in strokes])
        right += max(xs) - min(xs) + GAP
    return placed


def written(text: str) -> Strokes:
    """The strokes of a number, digit by digit."""
    return [stroke for digit in in_a_row([DIGITS[int(name)] for name in text]) for stroke in digit]


def joined(text: str) -> Strokes:
    """The strokes of a number whose digits, of one stroke each, are drawn without lifting the pen."""
    points: list[list[float]] = []
    for [stroke] in in_a_row([DIGITS[int(name)] for name in text]):
        between = np.linspace(points[-1], stroke[0], 11)[1:-1].tolist() if points else []
        points += between + stroke
    return [points]


def largest(page: DigitpadPage, strokes: Strokes, part: float = 0.9) -> float:
    """The `size` at which draw() fills this part of the pad, whatever its proportions."""
    box = page.pad.bounding_box()
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    scale = part * min(box["width"] / max(across, 1), box["height"] / max(down, 1))
    return scale * max(across, down) / box["height"]
