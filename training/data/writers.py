"""Divide UNIPEN's writers: who is learnt from, who chooses, and who is looked at last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from training.data.unipen import DIGITS, Character

Part = Literal["training", "validation", "test"]
Writer = tuple[str, str]  # laboratory, name

# No pen or tablet of these is known in training, so a part stands for devices too that nobody trained on.
WHOLE_LABORATORIES: dict[str, Part] = {"val": "validation", "uqb": "test"}
FEWEST_WRITERS = 5  # of a laboratory that is divided; a smaller one is learnt from
EVERY = 7
PLACES: dict[int, Part] = {1: "validation", 4: "test"}  # of every seven writers


def divide_writers(characters: Iterable[Character]) -> dict[Writer, Part]:
    """Return the part of every writer: about a seventh of each laboratory validates and a seventh tests.

    Those who wrote digits come first, so that they are divided as evenly as all.
    """
    wrote_digits: dict[str, dict[str, bool]] = defaultdict(dict)
    for each in characters:
        writers = wrote_digits[each.laboratory]
        writers[each.writer] = writers.get(each.writer, False) or each.source.startswith(f"data/{DIGITS}/")
    parts: dict[Writer, Part] = {}
    for laboratory, writers in wrote_digits.items():
        ordered = sorted(writers, key=lambda name: (not writers[name], name))
        for place, name in enumerate(ordered):
            part: Part = (
                "training" if len(ordered) < FEWEST_WRITERS else PLACES.get(place % EVERY, "training")
            )
            parts[laboratory, name] = WHOLE_LABORATORIES.get(laboratory, part)
    return parts


def of_part(characters: Sequence[Character], part: Part) -> list[Character]:
    """Return what the writers of a part wrote; all of UNIPEN's characters decide who they are."""
    parts = divide_writers(characters)
    return [each for each in characters if parts[each.laboratory, each.writer] == part]
