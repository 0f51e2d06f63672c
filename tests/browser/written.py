"""Numbers to draw on the page, of the golden digits."""

from tests.browser.digitpad_page import DIGITS, DigitpadPage, Strokes

GAP = 35  # a quarter of a golden digit's height


def in_a_row(digits: list[Strokes], gap: float = GAP) -> list[Strokes]:
    """Each digit's strokes, `gap` behind the digit before."""
    placed, right = [], 0.0
    for strokes in digits:
        xs = [x for stroke in strokes for x, _ in stroke]
        placed.append([[[x - min(xs) + right, y] for x, y in stroke] for stroke in strokes])
        right += max(xs) - min(xs) + gap
    return placed


def written(text: str, gap: float = GAP) -> Strokes:
    """The strokes of a number, digit by digit."""
    return [stroke for digit in in_a_row([DIGITS[int(name)] for name in text], gap) for stroke in digit]


def joined(text: str, gap: float = GAP) -> Strokes:
    """The strokes of a number whose digits, of one stroke each, are drawn without lifting the pen."""
    points: list[list[float]] = []
    for [stroke] in in_a_row([DIGITS[int(name)] for name in text], gap):
        if points:
            (x, y), (to_x, to_y) = points[-1], stroke[0]
            points += [[x + t / 10 * (to_x - x), y + t / 10 * (to_y - y)] for t in range(1, 10)]
        points += stroke
    return [points]


def largest(page: DigitpadPage, strokes: Strokes, part: float = 0.9) -> float:
    """The `size` at which draw_with_mouse() fills this part of the pad, whatever its proportions."""
    box = page.pad.bounding_box()
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    scale = part * min(box["width"] / max(across, 1), box["height"] / max(down, 1))
    return scale * max(across, down) / box["height"]
