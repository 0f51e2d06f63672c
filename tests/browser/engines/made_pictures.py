"""Pictures of numbers, drawn with the strokes of the golden digits."""

from pathlib import Path

from PIL import Image, ImageDraw

from tests.browser.written import written

PEN = 9  # pixels
EDGE = 60


def save_picture(text: str, path: Path) -> Path:
    """Draw a number, dark on light, and save it in the format that the file's name says."""
    strokes = written(text)
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    size = (round(max(xs) - min(xs)) + 2 * EDGE, round(max(ys) - min(ys)) + 2 * EDGE)
    picture = Image.new("RGB", size, (246, 244, 238))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        points = [(x - min(xs) + EDGE, y - min(ys) + EDGE) for x, y in stroke]
        pen.line(points, fill=(30, 35, 60), width=PEN, joint="curve")
        for x, y in points:
            pen.ellipse([x - PEN / 2, y - PEN / 2, x + PEN / 2, y + PEN / 2], fill=(30, 35, 60))
    picture.save(path)
    return path
