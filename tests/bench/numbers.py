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
from tests.numbers.compose import Number, compose_lines, compose_numbers
from training.data.ink_digits import find_ink, read_ink
from training.errors import DatasetError, exit_status
from training.ink.strokes import PenDigit

AT_ONCE = 100  # inks a call
SEED = 0
SHOWN = 40  # misread numbers to print

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
    found = read_inks(page, [digit.strokes for digit in digits])
    return [(digit, one["text"]) for digit, one in zip(digits, found, strict=True) if len(one["groups"]) > 1]


def row(label: str, share: float, goal: str, more: object) -> str:
    """Return one line of the table."""
    return f"  {label:<42}{share:>8.2%}   {goal:<20}{more}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--writers", choices=("validation", "test"), default="test", help="(%(default)s)")
    parser.add_argument("--count", type=int, default=1000, help="numbers of each kind (%(default)s)")
    options = parser.parse_args()
    path = find_ink()
    if path is None:
        raise DatasetError("there are no pen strokes; name their folder in DIGITPAD_DATA")
    ink = read_ink(path)
    digits = getattr(ink, options.writers)
    kinds = {
        "spaced as people write": ({"touching": False}, "floor 96, aim 98.5"),
        "touching or overlapping in x": ({"touching": True}, "floor 85, aim 93"),
        "spaced, joined by the pen": ({"touching": False, "joined": True}, ""),
        "touching, joined by the pen": ({"touching": True, "joined": True}, ""),
        "two lines of spaced numbers": ({}, ""),
    }
    misread: list[Read] = []
    times = {}
    with open_api() as page:
        read_inks(page, [digit.strokes for digit in digits[:50]])  # warms up
        print(f"Numbers of 2 to 6 digits by {len({d.writer for d in digits})} {options.writers} writers:")
        for kind, (how, goal) in kinds.items():
            compose = compose_numbers if how else compose_lines
            reads = read_numbers(page, compose(digits, options.count, SEED, **how))
            right, parted, apart = np.mean(
                [(r.text == r.number.text, r.parted, r.apart == r.number.text) for r in reads], axis=0
            )
            more = f"parted rightly {parted:.2%}; digits read alone {apart:.2%}"
            print(row(f"{kind}, {len(reads):,}", right, goal, more))
            misread += [read for read in reads if read.text != read.number.text]
            times[kind] = statistics.median(read.ms for read in reads)
        kept_out = [*ink.validation, *ink.test]
        split = split_by_mistake(page, kept_out)
        label = f"single digits split, of {len(kept_out):,} by 12 writers"
        print(row(label, len(split) / len(kept_out), "floor 0.2, aim 0.05", [(d.digit, t) for d, t in split]))
        single = read_inks(page, [digit.strokes for digit in digits[:500]])
    a_digit = statistics.median(one["ms"] for one in single)
    print(f"  medians: a digit {a_digit:.1f} ms;", end=" ")
    print("; ".join(f"{kind} {ms:.1f} ms, {ms / a_digit:.0f}×" for kind, ms in times.items()))
    for read in misread[:SHOWN]:
        how = "parted rightly" if read.parted else "parted wrongly"
        print(f"    {read.number.text:<7} read as {read.text:<8} {how}; digits alone {read.apart}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
