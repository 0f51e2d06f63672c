"""Measure how the page reads numbers, in Chromium: `make bench PART=numbers`.

tests/numbers/compose.py writes the numbers with the strokes of writers from whom neither network nor lattice
has learnt. Beside each share stands what the same digits give when each is read alone: no way to part the
number can do better. Times stand beside the time for one digit in the same run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Page

from tests.bench.open_site import open_api
from tests.numbers.cases import single
from tests.numbers.compose import Number, compose_lines, compose_numbers
from tests.numbers.other_styles import compose_slashed, slash_zeros
from tests.numbers.unipen_numbers import in_rows, is_slashed, written_rows
from training.data.characters import pen_digits, read_characters
from training.data.ink_digits import InkSplit, find_ink, read_ink
from training.data.unipen import Character
from training.data.unipen_files import find_unipen
from training.errors import DatasetError, exit_status
from training.ink.strokes import PenDigit

AT_ONCE = 100  # inks a call
SEED = 0
SHOWN = 40  # misread numbers to print
GOALS = {"spaced": "floor 96, aim 98.5", "touching": "floor 85, aim 93"}

READ = """async (inks) => {
    const found = [];
    for (const ink of inks) {
        const start = performance.now();
        const { text, digits } = await recognizer.readInk(ink);
        found.push({ text, groups: digits.map(({ strokes }) => strokes), ms: performance.now() - start });
    }
    return found;
}"""


class Read(NamedTuple):
    """A number as the page read it."""

    number: Number
    text: str
    parted: bool  # each digit's strokes, and no others, were taken together
    apart: str  # the digits as they are read when each is alone
    ms: float


def read_inks(page: Page, inks: Sequence[list]) -> list[dict]:
    """Read each ink: {text, groups: strokes of each digit, ms}."""
    starts = range(0, len(inks), AT_ONCE)
    return [found for start in starts for found in page.evaluate(READ, inks[start : start + AT_ONCE])]


def read_numbers(page: Page, numbers: Sequence[Number]) -> list[Read]:
    """Read numbers whole, and each of their digits alone."""
    found = read_inks(page, [number.strokes for number in numbers])
    digits = [number.ink_of(digit) for number in numbers for digit in range(len(number.text))]
    alone = iter(read_inks(page, digits))
    reads = []
    for number, one in zip(numbers, found, strict=True):
        groups = [
            [i for i, owners in enumerate(number.owners) if digit in owners]
            for digit in range(len(number.text))
        ]
        apart = "".join(next(alone)["text"] for _ in number.text)
        reads.append(Read(number, one["text"], sorted(one["groups"]) == sorted(groups), apart, one["ms"]))
    return reads


def split_by_mistake(page: Page, digits: Sequence[PenDigit]) -> list[tuple[PenDigit, str]]:
    """Return the digits alone that are read as several, with what was read."""
    found = read_inks(page, [single(digit).strokes for digit in digits])
    return [(digit, one["text"]) for digit, one in zip(digits, found, strict=True) if len(one["groups"]) > 1]


def numbers_of(digits: list[PenDigit], characters: list[Character], count: int) -> dict[str, list[Number]]:
    """Numbers by kind: of pen digits, of UNIPEN's digits, and of both with slashed zeros."""
    many = pen_digits(in_rows(characters))
    numbers: dict[str, list[Number]] = {}
    for source, of_source in (("", digits), ("UNIPEN, ", many)):
        for kind, touching in (("spaced", False), ("touching", True)):
            numbers[source + kind] = compose_numbers(of_source, count, SEED, touching=touching)
            joined = compose_numbers(of_source, count, SEED, touching=touching, joined=True)
            numbers[f"{source}{kind}, joined by the pen"] = joined
        numbers[f"{source}two lines, spaced"] = compose_lines(of_source, count, SEED)
    numbers["UNIPEN, as they were written in a row"] = written_rows(characters)
    for kind, touching in (("spaced", False), ("touching", True)):
        numbers[f"UNIPEN, {kind}, with slashed zeros"] = compose_slashed(many, count, SEED, touching=touching)
    return numbers


def digits_alone(ink: InkSplit, characters: list[Character], writers: str) -> dict[str, list[PenDigit]]:
    """Digits by set: each must be read as one."""
    own, unipen = getattr(ink, writers), pen_digits(characters)
    zeros = slash_zeros([*own, *unipen], np.random.default_rng(SEED))
    return {
        "pen digits": own if writers == "validation" else [*ink.validation, *ink.test],
        "UNIPEN": unipen,
        "zeros, slashed by their writers": [digit for digit in unipen if is_slashed(digit)],
        "zeros, most slashed by the program": [digit for digit in zeros if digit.digit == 0],
    }


def row(label: str, share: float, goal: str, more: object) -> str:
    """Return one line of the table."""
    return f"  {label:<46}{share:>8.2%}   {goal:<20}{more}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--writers", choices=("validation", "test"), default="test", help="(%(default)s)")
    parser.add_argument("--count", type=int, default=1000, help="numbers of each kind (%(default)s)")
    options = parser.parse_args()
    path, unipen = find_ink(), find_unipen()
    if path is None or unipen is None:
        raise DatasetError("pen strokes or UNIPEN are missing; name their folder in DIGITPAD_DATA")
    ink, characters = read_ink(path), read_characters(unipen)[options.writers].digits
    digits = getattr(ink, options.writers)
    misread: list[Read] = []
    times = {}
    with open_api() as page:
        read_inks(page, [single(digit).strokes for digit in digits[:50]])  # warms up
        print(f"Numbers of 2 to 6 digits by {options.writers} writers:")
        for kind, numbers in numbers_of(digits, characters, options.count).items():
            reads = read_numbers(page, numbers)
            right, parted, apart = np.mean(
                [(r.text == r.number.text, r.parted, r.apart == r.number.text) for r in reads], axis=0
            )
            more = f"parted rightly {parted:.2%}; digits read alone {apart:.2%}"
            print(row(f"{kind}, {len(reads):,}", right, GOALS.get(kind, ""), more))
            misread += [read for read in reads if read.text != read.number.text]
            times[kind] = statistics.median(read.ms for read in reads)
        print("Digits alone that are read as several:")
        for kind, alone in digits_alone(ink, characters, options.writers).items():
            split = split_by_mistake(page, alone)
            share = len(split) / max(len(alone), 1)
            more = [(digit.digit, text) for digit, text in split[:SHOWN]]
            print(row(f"{kind}, {len(alone):,}", share, "floor 0.1, aim 0.02", more))
        timed = read_inks(page, [single(digit).strokes for digit in digits[:500]])
    a_digit = statistics.median(one["ms"] for one in timed)
    print(f"  medians: a digit {a_digit:.1f} ms;", end=" ")
    print("; ".join(f"{kind} {ms:.1f} ms, {ms / a_digit:.0f}×" for kind, ms in times.items()))
    for read in misread[:SHOWN]:
        how = "parted rightly" if read.parted else "parted wrongly"
        print(f"    {read.number.text:<7} read as {read.text:<8} {how}; digits alone {read.apart}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
