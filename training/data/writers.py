"""Divide UNIPEN's writers: who is learnt from, who chooses, and who is looked at last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from training.data.unipen import Character

Part = Literal["training", "validation", "test"]
PARTS: tuple[Part, ...] = ("training", "validation", "test")
Writer = tuple[str, str]  # laboratory, name

# No pen or tablet of these is known in training, so a part stands for devices too that nobody trained on.
WHOLE_LABORATORIES: dict[str, Part] = {"val": "validation", "uqb": "test"}
FEWEST_WRITERS = 5  # of a laboratory that is divided; a smaller one is learnt from
EVERY = 7
PLACES: dict[int, Part] = {1: "validation", 4: "test"}  # of every seven writers
SHARED = 5  # equal recordings under two names, from which on the names mean one person
FEWEST_POINTS = 6  # of a recording that only one hand can have written


def divide_writers(characters: Sequence[Character]) -> dict[Writer, Part]:
    """Return the part of every writer: about a seventh of each laboratory validates and a seventh tests.

    Those who wrote digits come first, so that they are divided as evenly as all. Names that share recordings
    are one person, and stay in one part.
    """
    person = _persons(characters)
    wrote_digits: dict[str, dict[str, bool]] = defaultdict(dict)
    for each in characters:
        name = person[each.laboratory, each.writer]
        writers = wrote_digits[each.laboratory]
        writers[name] = writers.get(name, False) or each.is_digit
    parts: dict[Writer, Part] = {}
    for laboratory, writers in wrote_digits.items():
        ordered = sorted(writers, key=lambda name: (not writers[name], name))
        for place, name in enumerate(ordered):
            part: Part = (
                "training" if len(ordered) < FEWEST_WRITERS else PLACES.get(place % EVERY, "training")
            )
            parts[laboratory, name] = WHOLE_LABORATORIES.get(laboratory, part)
    return {writer: parts[writer[0], name] for writer, name in person.items()}


def of_part(characters: Sequence[Character], part: Part) -> list[Character]:
    """Return what the writers of a part wrote; all of UNIPEN's characters decide who they are."""
    parts = divide_writers(characters)
    return [each for each in characters if parts[each.laboratory, each.writer] == part]


def _persons(characters: Sequence[Character]) -> dict[Writer, str]:
    """Return for each writer the first name of the person: some recordings stand under two names."""
    names: dict[tuple[str, bytes], set[str]] = defaultdict(set)
    person = {(each.laboratory, each.writer): each.writer for each in characters}
    for each in characters:
        if sum(map(len, each.strokes)) >= FEWEST_POINTS:
            ink = b"|".join(stroke.tobytes() for stroke in each.strokes)
            names[each.laboratory, ink].add(each.writer)
    shared = Counter(
        (laboratory, pair)
        for (laboratory, _), writers in names.items()
        for pair in combinations(sorted(writers), 2)
    )
    for (laboratory, pair), count in sorted(shared.items()):
        if count >= SHARED:
            first, other = sorted(person[laboratory, name] for name in pair)
            person |= {key: first for key, name in person.items() if key[0] == laboratory and name == other}
    return person
