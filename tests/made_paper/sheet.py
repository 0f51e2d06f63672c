"""A sheet of paper to write and print on, photographed or scanned."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.made_paper.pens import Pens
from tests.made_photos import Source, draw, encode, photograph

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


class Paper:
    """A sheet to write and print on, in the pixels of what is shown; it goes on beyond that."""

    def __init__(self, width: float, height: float) -> None:
        self.size = (int(width), int(height))
        self.beyond = (int(0.3 * height) + 2, int(0.3 * height + 0.2 * width) + 2)
        shape = (self.size[1] + 2 * self.beyond[1], self.size[0] + 2 * self.beyond[0])
        self.ink = np.zeros(shape, np.float32)
        self.printed = np.zeros(shape, np.float32)

    def write(self, glyph: np.ndarray, x: float, y: float) -> None:
        """Put ink with its upper left corner at (x, y)."""
        left, top = int(x) + self.beyond[0], int(y) + self.beyond[1]
        part = self.ink[max(top, 0) : top + len(glyph), max(left, 0) : left + glyph.shape[1]]
        cut = glyph[max(-top, 0) :, max(-left, 0) :][: part.shape[0], : part.shape[1]]
        np.maximum(part, cut, out=part)

    def rule(self, x0: float, y0: float, x1: float, y1: float, strength: float = 1.0) -> None:
        """Print a filled rectangle with soft edges, such as a line."""
        columns, rows = (
            np.clip(
                np.minimum(np.arange(length) + 1, end + shift) - np.maximum(np.arange(length), start + shift),
                0,
                1,
            )
            for length, start, end, shift in (
                (self.printed.shape[1], x0, x1, self.beyond[0]),
                (self.printed.shape[0], y0, y1, self.beyond[1]),
            )
        )
        where = np.ix_(np.flatnonzero(rows), np.flatnonzero(columns))
        bar = strength * np.outer(rows[rows > 0], columns[columns > 0])
        self.printed[where] = np.maximum(self.printed[where], bar)

    def rule_across(self, x0: float, x1: float, y: float, thick: float, strength: float) -> None:
        """Print a line from left to right, with its middle at `y`."""
        self.rule(x0, y - thick / 2, x1, y + thick / 2, strength)

    def print_text(self, text: str, x: float, y: float, height: float) -> None:
        """Print a text in a common font."""
        font = ImageFont.truetype(str(FONT), max(6, round(height)))
        box = font.getbbox(text)
        canvas = Image.new("L", (box[2] + 2, box[3] + 2))
        ImageDraw.Draw(canvas).text((0, 0), text, fill=255, font=font)
        glyph = np.asarray(canvas, np.float32) / 255
        left, top = int(x) + self.beyond[0], int(y) + self.beyond[1]
        part = self.printed[top : top + len(glyph), left : left + glyph.shape[1]]
        np.maximum(part, glyph[: part.shape[0], : part.shape[1]], out=part)

    def picture(
        self, height: float, rng: np.random.Generator, *, scan: float = 0.5, tilt: float = 6.0
    ) -> bytes:
        """A scan in this share of the cases, else a photo."""
        if rng.random() >= scan:
            return photograph(self.ink, self.size, height, rng, (255 * self.printed).astype(np.uint8), tilt)
        rows, columns = (
            slice(beyond, beyond + length)
            for beyond, length in zip(self.beyond[::-1], self.size[::-1], strict=True)
        )
        print_level, ink_level = rng.uniform(0, 140), rng.uniform(10, 110)
        levels = 255 - (255 - print_level) * self.printed[rows, columns]
        levels -= (levels - ink_level) * self.ink[rows, columns]
        picture = Image.fromarray(
            np.clip(levels + rng.normal(0, rng.uniform(0, 3), levels.shape), 0, 255).astype(np.uint8)
        )
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.02 * height)))
        return (
            encode(picture, "PNG")
            if rng.random() < 0.5
            else encode(picture, "JPEG", quality=int(rng.integers(50, 95)))
        )


def any_height(rng: np.random.Generator, smallest: float = 20, largest: float = 110) -> float:
    """A height of digits in pixels; small ones are as likely as large ones."""
    return float(np.exp(rng.uniform(np.log(smallest), np.log(largest))))


def fit(digit: Source, width: float, height: float, rng: np.random.Generator) -> np.ndarray:
    """A digit's ink, no wider than `width`."""
    glyph = draw(digit, height, rng)
    return glyph if glyph.shape[1] <= width else draw(digit, height * width / glyph.shape[1], rng)


def write_row(
    paper: Paper,
    pen: Pens,
    x: float,
    foot: float,
    count: int,
    height: float,
    rng: np.random.Generator,
    jitter: float = 0.04,
) -> str:
    """Write a row of digits that stand on `foot`."""
    text = ""
    for _ in range(count):
        digit = pen.digit(rng)
        glyph = fit(digit, 1.1 * height, height * rng.uniform(0.85, 1.1), rng)
        paper.write(glyph, x, foot - glyph.shape[0] + rng.normal(0, jitter) * height)
        x += glyph.shape[1] + height * rng.uniform(0.2, 0.6)
        text += str(digit.label)
    return text
