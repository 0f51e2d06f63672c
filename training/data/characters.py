"""What UNIPEN's writers wrote, as digits and as what is no digit, in parts that share no writer."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from training.data.defective_unipen import why_defective
from training.data.lookalikes import is_lookalike, is_upright_line
from training.data.unipen import Character, load_unipen
from training.data.writers import PARTS, Part, divide_writers
from training.errors import DatasetError
from training.ink.strokes import PenDigit


class CharacterPart(NamedTuple):
    """What the writers of one part wrote."""

    digits: list[Character]
    others: list[Character]  # letters and signs that nobody takes for a digit


def read_characters(path: Path) -> dict[Part, CharacterPart]:
    """Read UNIPEN and divide it by writer; DatasetError if it cannot be read or a part has no digit.

    The training and validation parts lack the recordings that are named as defective, and the training part
    lacks letters that have become a line like a 1. The test part has all, for figures with and without them.
    """
    characters = load_unipen(path).found
    part_of = divide_writers(characters)
    parts = {part: CharacterPart([], []) for part in PARTS}
    for each in characters:
        part = part_of[each.laboratory, each.writer]
        if part != "test" and why_defective(each.source, each.label):
            continue
        if each.is_digit:
            parts[part].digits.append(each)
        elif not is_lookalike(each) and not (part == "training" and is_upright_line(each.strokes)):
            parts[part].others.append(each)
    if not all(part.digits for part in parts.values()):
        raise DatasetError(f"{path} has too few writers to keep some out for validation and test")
    return parts


def pen_digits(characters: list[Character]) -> list[PenDigit]:
    """Return digits as the drawing functions take them."""
    return [
        PenDigit(int(each.label), f"{each.laboratory}/{each.writer}", each.strokes) for each in characters
    ]
