"""Boxes: combs, forms, tables, and whole pages of them."""

from __future__ import annotations

import numpy as np

from tests.made_paper.pens import Pens
from tests.made_paper.sheet import Paper, any_height, fit
from tests.made_photos import MadePhoto, draw

PRINTED_WORDS = ("Name", "Date", "Code", "Amount", "Postcode", "Total", "Class", "Phone", "Signature", "Sum")


def _boxes(
    paper: Paper,
    x: float,
    y: float,
    count: int,
    cell: tuple[float, float],
    thick: float,
    how: str,
    strength: float,
) -> None:
    """Print `count` boxes in a row, each of the size `cell`: "joined", "apart", a "comb", "underlined"."""
    width, height = cell
    for i in range(count + 1):
        left = x + i * width
        if how in ("joined", "comb"):
            top = y if how == "joined" else y + 0.6 * height
            paper.rule(left - thick / 2, top, left + thick / 2, y + height, strength)
    if how in ("joined", "comb"):
        paper.rule(x, y + height - thick / 2, x + count * width, y + height + thick / 2, strength)
    if how == "joined":
        paper.rule(x, y - thick / 2, x + count * width, y + thick / 2, strength)
    if how in ("apart", "underlined"):
        inset = 0.06 * width
        for i in range(count):
            left, right = x + i * width + inset, x + (i + 1) * width - inset
            paper.rule(left, y + height - thick, right, y + height, strength)
            if how == "apart":
                paper.rule(left, y, right, y + thick, strength)
                paper.rule(left, y, left + thick, y + height, strength)
                paper.rule(right - thick, y, right, y + height, strength)


def _fill(
    paper: Paper,
    pen: Pens,
    x: float,
    y: float,
    count: int,
    cell: tuple[float, float],
    height: float,
    rng: np.random.Generator,
    empty: float,
) -> str:
    """Write a digit into each of a row of boxes, but for some that stay empty."""
    text = ""
    for i in range(count):
        if text and rng.random() < empty:
            continue
        digit = pen.digit(rng)
        glyph = fit(digit, 0.92 * cell[0], height * rng.uniform(0.85, 1.1), rng)
        left = x + i * cell[0] + (cell[0] - glyph.shape[1]) / 2 + rng.normal(0, 0.07) * cell[0]
        top = y + (cell[1] - glyph.shape[0]) / 2 + rng.normal(0, 0.06) * cell[1]
        paper.write(glyph, left, top)
        text += str(digit.label)
    return text


def _row_of_boxes(
    pen: Pens, rng: np.random.Generator, count: int, height: float, empty: float, scan: float
) -> MadePhoto:
    cell_height = height / rng.uniform(0.55, 0.95)
    cell = (cell_height * rng.uniform(0.65, 1.1), cell_height)
    margin = rng.uniform(0.1, 0.8, 4) * cell_height
    paper = Paper(count * cell[0] + margin[:2].sum(), cell_height + margin[2:].sum())
    how = str(rng.choice(["joined", "apart", "comb", "underlined"], p=[0.6, 0.2, 0.1, 0.1]))
    thick = max(1.0, rng.uniform(0.015, 0.08) * height)
    _boxes(paper, margin[0], margin[2], count, cell, thick, how, rng.uniform(0.4, 1))
    text = _fill(paper, pen, margin[0], margin[2], count, cell, height, rng, empty)
    return MadePhoto(paper.picture(height, rng, scan=scan), text)


def comb(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A number of four to twelve boxes."""
    return _row_of_boxes(pen, rng, int(rng.integers(4, 13)), any_height(rng), 0.05, 0.5)


def row25(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A scanned row of 25 boxes."""
    return _row_of_boxes(pen, rng, 25, any_height(rng, 20, 60), 0.03, 0.8)


def cell(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """One box of a form, cut out with its lines, which may go on to the picture's edge."""
    height = any_height(rng, 40, 130)
    digit = pen.digit(rng)
    glyph = draw(digit, height, rng)
    width = max(glyph.shape[1] * rng.uniform(1.3, 2.2), height)
    tall = height * rng.uniform(1.15, 1.9)
    margins = rng.uniform(0.0, 0.3, 4) * height
    paper = Paper(width + margins[:2].sum(), tall + margins[2:].sum())
    thick = max(1.0, rng.uniform(0.02, 0.07) * height)
    across = [margins[2], margins[2] + tall]
    down = [margins[0], margins[0] + width]
    beyond = max(margins) * 2 if rng.random() < 0.7 else 0  # lines of the neighbours
    for y in across:
        paper.rule(down[0] - beyond, y - thick / 2, down[1] + beyond, y + thick / 2)
    for x in down:
        paper.rule(x - thick / 2, across[0] - beyond, x + thick / 2, across[1] + beyond)
    free_x, free_y = width - glyph.shape[1], tall - glyph.shape[0]
    paper.write(
        glyph, margins[0] + free_x * rng.uniform(0.05, 0.95), margins[2] + free_y * rng.uniform(0.05, 0.95)
    )
    return MadePhoto(paper.picture(height, rng, scan=0.8, tilt=3), str(digit.label))


def form(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """Rows of boxes, each with a printed word above it."""
    height = any_height(rng, 22, 60)
    cell_size = (height * rng.uniform(1.1, 1.5), height * rng.uniform(1.2, 1.6))
    rows = int(rng.integers(2, 5))
    counts = rng.integers(4, 11, rows)
    pitch = cell_size[1] + height * rng.uniform(0.9, 1.5)
    paper = Paper((counts.max() + 1) * cell_size[0], rows * pitch + height)
    how = str(rng.choice(["joined", "apart", "comb"], p=[0.6, 0.25, 0.15]))
    thick, strength = max(1.0, rng.uniform(0.02, 0.06) * height), rng.uniform(0.5, 1)
    lines = []
    for row, count in enumerate(counts):
        y = row * pitch + height
        paper.print_text(
            str(rng.choice(PRINTED_WORDS)),
            cell_size[0] / 2,
            y - 0.62 * height,
            rng.uniform(0.3, 0.5) * height,
        )
        _boxes(paper, cell_size[0] / 2, y, int(count), cell_size, thick, how, strength)
        lines.append(_fill(paper, pen, cell_size[0] / 2, y, int(count), cell_size, height, rng, 0.05))
    return MadePhoto(paper.picture(height, rng, tilt=3), "\n".join(lines))


def table(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A table with a number of one to four digits in each cell."""
    height = any_height(rng, 20, 60)
    rows, columns = int(rng.integers(2, 6)), int(rng.integers(2, 5))
    size = (height * rng.uniform(3.2, 4.5), height * rng.uniform(1.35, 2))
    paper = Paper(columns * size[0] + 2 * height, rows * size[1] + 2 * height)
    thick, strength = max(1.0, rng.uniform(0.02, 0.06) * height), rng.uniform(0.4, 1)
    for row in range(rows + 1):
        paper.rule_across(height, height + columns * size[0], height + row * size[1], thick, strength)
    for column in range(columns + 1):
        x = height + column * size[0]
        paper.rule(x - thick / 2, height, x + thick / 2, height + rows * size[1], strength)
    lines = []
    for row in range(rows):
        text = ""
        for column in range(columns):
            x = height * 1.15 + column * size[0]
            for _ in range(rng.integers(1, 4)):
                digit = pen.digit(rng)
                glyph = fit(digit, 0.85 * height, height * rng.uniform(0.75, 0.95), rng)
                paper.write(
                    glyph, x, height + row * size[1] + (size[1] - glyph.shape[0]) * rng.uniform(0.3, 0.8)
                )
                x += glyph.shape[1] + height * rng.uniform(0.12, 0.3)
                text += str(digit.label)
        lines.append(text)
    return MadePhoto(paper.picture(height, rng, tilt=4), "\n".join(lines))


def page(pen: Pens, rng: np.random.Generator) -> MadePhoto:
    """A page of a thousand digits: 40 rows of 25, in boxes or on plain paper."""
    height = rng.uniform(24, 34)
    size = (height * 1.35, height * 1.45)
    paper = Paper(26 * size[0], 41 * size[1])
    boxed = rng.random() < 0.7
    lines = []
    for row in range(40):
        y = size[1] / 2 + row * size[1]
        if boxed:
            _boxes(paper, size[0] / 2, y, 25, size, 1.6, "joined", 0.8)
        lines.append(_fill(paper, pen, size[0] / 2, y, 25, size, height, rng, 0))
    return MadePhoto(paper.picture(height, rng, tilt=1), "\n".join(lines))
