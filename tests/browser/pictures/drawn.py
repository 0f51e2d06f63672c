"""Plain pictures of digits, drawn with straight lines: a row, a row of boxes, a page."""

from PIL import Image, ImageDraw

from tests.browser.digitpad_page import DIGITS


def draw_digit(pen: ImageDraw.ImageDraw, digit: int, x: float, y: float, height: float) -> None:
    """Draw the golden digit: (x, y) is the upper left corner of its place, as wide as 3/4 of its height."""
    points = [point for stroke in DIGITS[digit] for point in stroke]
    left, top = (min(values) for values in zip(*points, strict=True))
    right, bottom = (max(values) for values in zip(*points, strict=True))
    scale = height / (bottom - top)
    x += (0.75 * height - (right - left) * scale) / 2
    for stroke in DIGITS[digit]:
        line = [(x + (px - left) * scale, y + (py - top) * scale) for px, py in stroke]
        pen.line(line, fill=0, width=max(2, round(height / 10)), joint="curve")


def rows(*lines: str, height: int = 60, boxes: bool = False) -> Image.Image:
    """Rows of digits, dark on light; a space is left free. With `boxes`, each place has a thin box."""
    step, down = round(1.2 * height), round(1.7 * height)
    picture = Image.new("L", (step * max(map(len, lines)) + 2 * height, down * len(lines) + height), 245)
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        y = height / 2 + row * down + 0.35 * height
        for place, digit in enumerate(line):
            x = height + place * step
            if boxes:
                pen.rectangle([x, y - 0.3 * height, x + step, y + 1.3 * height], outline=60, width=2)
            if digit != " ":
                draw_digit(pen, int(digit), x + 0.22 * height, y, height)
    return picture
