"""Read pen strokes from UCI's "Pen-Based Recognition of Handwritten Digits" in its original UNIPEN form.

Source: Alpaydin and Alimoglu (1998), UCI Machine Learning Repository, CC BY 4.0.
"""

from __future__ import annotations

import re
from pathlib import Path

from training.data.unpack import unpack
from training.ink.strokes import PenDigit


def load_pendigits(path: Path) -> list[PenDigit]:
    """Read a UNIPEN file of digits: .gz, .Z or plain. ValueError if it is damaged or holds no digit."""
    try:
        content = unpack(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path} cannot be read: {error}; fetch it again") from error
    digits = parse_unipen(content.decode("latin-1"))
    if not digits:
        raise ValueError(
            f"{path.name} holds no digit in UNIPEN form (.SEGMENT DIGIT); is it the original file?"
        )
    return digits


def parse_unipen(text: str) -> list[PenDigit]:
    """Read UNIPEN text into digits. The tablet's y points up; its sign is changed."""
    digits = []
    for segment in re.split(r"^\.SEGMENT\s+DIGIT\b", text, flags=re.MULTILINE)[1:]:
        label = re.search(r'"(\d)"', segment)
        writer = re.search(r"^\.COMMENT\s+\d+\s+(\d+)", segment, flags=re.MULTILINE)
        if label is None or writer is None:
            continue
        strokes = []
        for drawn in re.findall(
            r"\.PEN_DOWN\s*\n(.*?)(?=^\.PEN_UP|\Z)", segment, flags=re.MULTILINE | re.DOTALL
        ):
            points = [[float(x), -float(y)] for x, y in re.findall(r"(-?\d+)\s+(-?\d+)", drawn)]
            if points:
                strokes.append(points)
        if strokes:
            digits.append(PenDigit(int(label[1]), int(writer[1]), strokes))
    return digits
