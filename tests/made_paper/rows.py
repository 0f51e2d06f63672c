"""Rows of digits: in a notebook, on plain paper, on a table, the wrong way up."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.made_paper.pens import Pens
from tests.made_paper.sheet import Paper, any_height, write_row
from tests.made_photos import MadePhoto, encode, make_photo

TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def plain(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A photo of a row of digits on plain, ruled or squared paper."""
    return make_photo([pen.digit(rng) for _ in range(rng.integers(2, 13))], rng)


def single(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A photo of one digit."""
    return make_photo([pen.digit(rng)], rng)


def touching(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A photo of two to four digits that touch deeply."""
    return make_photo([pen.digit(rng) for _ in range(rng.integers(2, 5))], rng, touching=True)


def notebook(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """Rows of digits on the lines of a notebook: they stand on them, touch and cross them."""
    height = any_height(rng, 18, 70)
    pitch = height / rng.uniform(0.45, 1.0)
    rows = int(rng.integers(1, 5))
    most = int(rng.integers(3, 10))
    paper = Paper((most + 1) * 1.6 * height, (rows + 1) * pitch + 0.5 * height)
    thick, strength = max(1.0, rng.uniform(0.02, 0.06) * height), rng.uniform(0.25, 0.9)
    first = rng.uniform(0.2, 0.8) * pitch - 8 * pitch
    for i in range(rows + 20):
        paper.rule_across(
            -paper.beyond[0], paper.size[0] + paper.beyond[0], first + i * pitch, thick, strength
        )
    if rng.random() < 0.3:
        paper.rule(
            0.5 * height, -paper.beyond[1], 0.5 * height + thick, paper.size[1] + paper.beyond[1], strength
        )
    sink = rng.uniform(-0.12, 0.2) * height  # how far the writing goes below its line
    lines = [
        write_row(
            paper,
            pen,
            height * rng.uniform(0.8, 1.5),
            first + (9 + row) * pitch + sink,
            int(rng.integers(2, most + 1)),
            height,
            rng,
            0.07,
        )
        for row in range(rows)
    ]
    return MadePhoto(paper.picture(height, rng, scan=0.2, tilt=8), "\n".join(lines))


def block(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """Rows of digits on plain paper, the right way up."""
    height = any_height(rng, 24, 90)
    rows, most = int(rng.integers(1, 5)), int(rng.integers(3, 8))
    paper = Paper((most + 1) * 1.5 * height, rows * 1.7 * height + height)
    lines = [
        write_row(
            paper,
            pen,
            height * rng.uniform(0.5, 1),
            (1.3 + 1.7 * row) * height,
            int(rng.integers(3, most + 1)),
            height,
            rng,
        )
        for row in range(rows)
    ]
    return MadePhoto(paper.picture(height, rng, scan=0.2, tilt=12), "\n".join(lines))


def turned(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """The same, turned by 90, 180 or 270 degrees."""
    upright = block(pen, rng)
    picture = Image.open(io.BytesIO(upright.content)).transpose(TURNS[int(rng.choice(list(TURNS)))])
    return MadePhoto(encode(picture, "JPEG", quality=90), upright.text)


def desk(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A sheet on a table, which shows on one to four sides; on some a pen lies across the edge."""
    made = block(pen, rng) if rng.random() < 0.5 else plain(pen, rng)
    sheet = Image.open(io.BytesIO(made.content)).convert("RGBA")
    width, height = sheet.size
    room = rng.uniform(0.06, 0.4, 4) * min(width, height) * (rng.random(4) < 0.6)
    if not room.any():
        room[rng.integers(4)] = 0.2 * min(width, height)
    size = (int(width + room[:2].sum()), int(height + room[2:].sum()))
    colour = rng.uniform(15, 120) * np.array([1, rng.uniform(0.6, 1), rng.uniform(0.4, 1)])
    streaks = (
        1 + rng.uniform(0, 0.15) * np.repeat(rng.standard_normal(size[1] // 3 + 1), 3)[: size[1], None, None]
    )
    levels = np.broadcast_to(colour, (size[1], size[0], 3)) * streaks + rng.normal(
        0, 2, (size[1], size[0], 1)
    )
    photo = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    turned_sheet = sheet.rotate(rng.uniform(-4, 4), Image.Resampling.BICUBIC, expand=True)
    left, top = (
        int(room[0] - (turned_sheet.width - width) / 2),
        int(room[2] - (turned_sheet.height - height) / 2),
    )
    photo.paste(turned_sheet, (left, top), turned_sheet)
    if rng.random() < 0.3:  # a pen from the lower edge, beside what is written
        x = rng.uniform(0, size[0])
        end = (x + rng.normal(0, 0.1) * size[0], size[1] - 0.1 * height)
        ImageDraw.Draw(photo).line(
            [(x, size[1] + 5), end], fill=(30, 30, 90), width=max(4, int(0.04 * height))
        )
    photo = photo.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1)))
    return MadePhoto(encode(photo, "JPEG", quality=85), made.text)
