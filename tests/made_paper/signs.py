"""Digits among other signs, other signs alone, and digits in few pixels."""

from __future__ import annotations

import numpy as np
from PIL import Image

from tests.made_paper.pens import Pens
from tests.made_paper.sheet import Paper, any_height, fit, write_row
from tests.made_photos import MadePhoto, Source, draw, encode

SIGNS = {
    "+": ([[(0, 0.5), (1, 0.5)], [(0.5, 0), (0.5, 1)]], 0.5),
    "-": ([[(0, 0.5), (1, 0.5)]], 0.5),
    "x": ([[(0, 0), (1, 1)], [(1, 0), (0, 1)]], 0.5),
    "=": ([[(0, 0.3), (1, 0.3)], [(0, 0.7), (1, 0.7)]], 0.5),
    "÷": ([[(0, 0.5), (1, 0.5)], [(0.5, 0.1), (0.52, 0.12)], [(0.5, 0.9), (0.52, 0.92)]], 0.5),
    "/": ([[(0.6, 0), (0, 1)]], 1.2),
    "(": ([[(0.35, 0), (0.12, 0.25), (0.05, 0.5), (0.12, 0.75), (0.35, 1)]], 1.5),
    ")": ([[(0.0, 0), (0.22, 0.25), (0.3, 0.5), (0.22, 0.75), (0.0, 1)]], 1.5),
}


def _sign(name: str, height: float, rng: np.random.Generator) -> np.ndarray:
    strokes, tall = SIGNS[name]
    moved = [np.array(stroke) + rng.normal(0, 0.03, (len(stroke), 2)) for stroke in strokes]
    return draw(Source(-1, None, moved), tall * height * rng.uniform(0.85, 1.15), rng)


def formula(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A sum with operators and brackets, some digits as exponents."""
    height = any_height(rng, 30, 100)
    items: list[tuple[str, np.ndarray]] = []
    for term in range(int(rng.integers(2, 5))):
        if term:
            items.append(("", _sign(str(rng.choice(["+", "-", "x", "=", "÷", "/"])), height, rng)))
        brackets = rng.random() < 0.3
        if brackets:
            items.append(("", _sign("(", height, rng)))
        for _ in range(int(rng.integers(1, 4))):
            digit = pen.digit(rng)
            items.append((str(digit.label), fit(digit, 1.1 * height, height * rng.uniform(0.85, 1.1), rng)))
        if brackets:
            items.append(("", _sign(")", height, rng)))
        if rng.random() < 0.2:
            digit = pen.digit(rng)
            items.append((f"^{digit.label}", fit(digit, 0.7 * height, 0.6 * height, rng)))
    gaps = rng.uniform(0.15, 0.4, len(items)) * height
    paper = Paper(sum(glyph.shape[1] for _, glyph in items) + gaps.sum() + height, 2.6 * height)
    x = 0.5 * height
    for (label, glyph), gap in zip(items, gaps, strict=True):
        top = 1.35 * height - glyph.shape[0] / 2
        if label.startswith("^"):
            top -= 0.6 * height
        paper.write(glyph, x, top)
        x += glyph.shape[1] + gap
    return MadePhoto(
        paper.picture(height, rng, scan=0.5, tilt=5), "".join(label.lstrip("^") for label, _ in items)
    )


def words(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """Numbers with words of other people's letters before, after or above them."""
    height = any_height(rng, 26, 80)
    rows = int(rng.integers(1, 4))
    paper = Paper(15 * height, rows * 1.9 * height + height)
    lines = []
    for row in range(rows):
        x, foot, text = 0.5 * height, (1.5 + 1.9 * row) * height, ""
        for is_number in (rng.random() < 0.5, rng.random() < 0.7):
            if is_number:
                count = int(rng.integers(2, 5))
                text += write_row(paper, pen, x, foot, count, height, rng)
                x += 1.5 * count * height
                continue
            for _ in range(int(rng.integers(2, 6))):
                glyph = fit(pen.other(rng), height, height * rng.uniform(0.7, 1.1), rng)
                paper.write(glyph, x, foot - glyph.shape[0])
                x += glyph.shape[1] + height * rng.uniform(0.02, 0.2)
            x += 0.8 * height
        lines.append(text)
    return MadePhoto(paper.picture(height, rng, scan=0.3), "\n".join(line for line in lines if line))


def sign(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """One letter or sign alone, as a small picture or a scan: no digit."""
    glyph = (
        draw(pen.other(rng), 20, rng)
        if rng.random() < 0.5
        else draw(pen.other(rng), any_height(rng, 40, 120), rng)
    )
    margin = max(4, round(0.2 * max(glyph.shape)))
    levels = 255 * np.pad(glyph, margin)
    picture = Image.fromarray(levels.astype(np.uint8))
    if glyph.shape[0] <= 21:
        small = Image.new("L", (28, 28))
        small.paste(picture, ((28 - picture.width) // 2, (28 - picture.height) // 2))
        return MadePhoto(encode(small, "PNG"), "")
    return MadePhoto(encode(picture.point(lambda level: 255 - level), "PNG"), "")


def small(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A digit as 28×28 or 32×32: dim, on grey, noisy, inverted, at the edge, or roughly reduced."""
    side = int(rng.choice([28, 32]))
    digit = pen.digit(rng)
    how = str(rng.choice(["usual", "edge", "rough"]))
    height = {"usual": rng.uniform(14, 22), "edge": side, "rough": rng.uniform(16, side)}[how]
    if how == "rough":  # a large drawing, reduced by leaving pixels out
        large = draw(digit, 10 * height, rng) > 0.5
        step = max(1, round(max(large.shape) / height))
        glyph = large[::step, ::step].astype(np.float32)
    else:
        glyph = fit(digit, side, height, rng)
    glyph = glyph[:side, :side]
    levels = np.zeros((side, side), np.float32)
    free = (side - glyph.shape[0], side - glyph.shape[1])
    top, left = (int(rng.integers(0, room + 1)) if how == "edge" else room // 2 for room in free)
    levels[top : top + glyph.shape[0], left : left + glyph.shape[1]] = glyph
    ground, peak = (0, 255) if rng.random() < 0.5 else (rng.uniform(0, 70), rng.uniform(110, 255))
    levels = ground + (peak - ground) * levels + rng.normal(0, rng.choice([0, 3, 6]), levels.shape)
    if rng.random() < 0.6:
        levels = 255 - levels
    picture = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    if rng.random() < 0.3:
        return MadePhoto(encode(picture, "JPEG", quality=int(rng.integers(60, 95))), str(digit.label))
    return MadePhoto(encode(picture, "PNG"), str(digit.label))
