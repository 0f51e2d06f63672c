"""Files that are no pictures of digits, in every way that was thought of."""

import io
import struct

import numpy as np
from PIL import Image, ImageDraw

SVG = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" onload="globalThis.ran = 1">
<script>globalThis.ran = 1; fetch('/stolen')</script><text y="80" font-size="90">7</text></svg>"""


def encode(picture: Image.Image, kind: str = "PNG", **how) -> bytes:
    """The picture as a file."""
    content = io.BytesIO()
    picture.save(content, kind, **how)
    return content.getvalue()


def drawn_one(mode: str = "RGB", size: tuple[int, int] = (120, 160)) -> Image.Image:
    """A 1: a bar, dark on light."""
    picture = Image.new(mode, size, "white")
    ImageDraw.Draw(picture).line([(size[0] // 2, 30), (size[0] // 2, size[1] - 30)], fill="black", width=12)
    return picture


def one_or_seven(bar: int) -> Image.Image:
    """A 1 with a bar of so many pixels at its head: a long one makes it a 7, and one between is in doubt."""
    picture = Image.new("L", (160, 200), 255)
    pen = ImageDraw.Draw(picture)
    pen.line([(110, 40), (80, 160)], fill=0, width=12)
    pen.line([(110 - bar, 44), (110, 44)], fill=0, width=12)
    return picture


def huge_png() -> bytes:
    """A PNG of a few bytes whose head asks for gigabytes of memory."""
    content = encode(Image.new("1", (9, 9)))
    return content[:16] + struct.pack(">II", 30_000, 30_000) + content[24:]


def animated_gif() -> bytes:
    """A 1 in the first frame, then black frames."""
    frames = [drawn_one("L"), *(Image.new("L", (120, 160), level) for level in (0, 255))]
    return encode(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0)


def paper() -> Image.Image:
    """Blank paper with grain and uneven light."""
    light = np.linspace(235, 190, 300) + np.random.default_rng(1).normal(0, 2, (200, 300))
    return Image.fromarray(light.astype(np.uint8))


def scenery() -> Image.Image:
    """A photo without a digit: sky, hills, a large sun."""
    rows, columns = np.mgrid[0:300, 0:400].astype(float)
    sky = np.stack([120 + rows / 4, 160 + rows / 5, 230 - rows / 6], axis=-1)
    hills = rows > 200 + 30 * np.sin(columns / 60)
    sky[hills] = [60, 110, 50]
    sky[np.hypot(rows - 80, columns - 300) < 42] = [250, 230, 140]
    return Image.fromarray(sky.astype(np.uint8))


# name: file name, content, part of the sentence
BAD = {
    "no picture": ("words.png", b"hello, world", "This is no picture that I can read. I read PNG, JPEG"),
    "empty": ("empty.jpg", b"", "This file is empty"),
    "PDF": ("paper.pdf", b"%PDF-1.7 ...", "This is no picture that I can read"),
    "SVG with a script": ("seven.svg", SVG, "I don't read SVG drawings, because they can hold programs"),
    "cut short PNG": ("cut.png", encode(drawn_one())[:90], "This picture is damaged"),
    "cut to its head": ("cut.jpg", encode(drawn_one(), "JPEG")[:20], "This picture is damaged"),
    "30,000×30,000": ("huge.png", huge_png(), "900 megapixels; I can read up to 65"),
    "transparent": ("clear.png", encode(Image.new("RGBA", (90, 90))), "transparent"),
    "white": ("white.png", encode(Image.new("L", (90, 90), 255)), "This picture is blank"),
    "blank paper": ("paper.jpg", encode(paper(), "JPEG"), "This picture is blank"),
    "scenery": ("hills.jpg", encode(scenery(), "JPEG"), "I found no digit on this picture"),
}


def mutated(content: bytes, rng: np.random.Generator) -> bytes:
    """A damaged copy: bytes changed, cut out, repeated or put in, or the end missing."""
    data = bytearray(content)
    for _ in range(int(rng.integers(1, 12))):
        at, length = int(rng.integers(len(data))), int(rng.integers(1, 40))
        kind = rng.integers(5)
        if kind == 0:
            data[at : at + 1] = rng.bytes(1)
        elif kind == 1:
            del data[at : at + length]
        elif kind in (2, 3):
            data[at:at] = data[at : at + length] if kind == 2 else rng.bytes(length)
        elif rng.random() < 0.3:
            del data[max(at, 1) :]
        if not data:
            return b"\x89"
    return bytes(data)
