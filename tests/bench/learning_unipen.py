"""Measure learning from corrections on UNIPEN's writers, in a real Chromium; prints the table.

    make bench PART=learning_unipen [ARGS="--part validation|training|test"]

A writer gives the page the first digits of each kind, in the order in which they were written, and reads the
rest, if enough are left. What the writer's corrections do to others is measured on MNIST's digits and on the
digits of the part's other writers. Then come habits: who is often misread in one digit teaches two of those
that are misread, and reads the others.

The numbers of the method are chosen on validation; `--part test` is for the final figures alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tests.bench.learning import Reader, divide, percent, writers
from tests.bench.open_site import open_api
from tests.browser.api_calls import classify
from tests.made_photos import mnist_digits
from training.data.characters import pen_digits, read_characters
from training.data.defective_unipen import why_defective
from training.data.ink_digits import draw_digits
from training.data.unipen import Character
from training.data.unipen_files import find_unipen
from training.data.writers import PARTS
from training.errors import DatasetError, exit_status
from training.ink.strokes import PenDigit

COUNTS = (2, 5, 10)  # corrections of each digit
ENOUGH = 20  # digits that are left to read
TAPS = 2  # that teach a habit
HABIT_SHARE, HABIT_DIGITS = 1 / 3, 6  # misread by a writer, of at least so many: a habit


class Case(NamedTuple):
    """A writer: what is taught, what is measured, and everybody else's digits, as places in the part."""

    writer: str
    taught: np.ndarray
    own: np.ndarray
    others: np.ndarray


class Outcome(NamedTuple):
    """Errors before and after one writer taught."""

    case: Case
    own: tuple[int, int]
    sound: tuple[int, int]  # of these, without the recordings named as defective
    others: tuple[int, int]
    mnist: int  # how many more of MNIST's digits are misread


class Part:
    """The digits of a part's writers, and the page that reads them."""

    def __init__(self, reader: Reader, characters: list[Character]):
        """Draw the digits, and read them before anything is learnt."""
        self.reader, self.digits = reader, [_as_lists(digit) for digit in pen_digits(characters)]
        self.defective = np.array([bool(why_defective(each.source, each.label)) for each in characters])
        digits = self.digits
        self.images, self.labels = draw_digits(digits)
        self.writers = np.array([digit.writer for digit in digits])
        reader.forget()
        self.misread, self.mnist = self.read(), reader.mnist_errors()

    def read(self) -> np.ndarray:
        """Return which of the digits the page misreads now."""
        return classify(self.reader.page, self.images).argmax(1) != self.labels

    def learn(self, case: Case) -> np.ndarray:
        """Learn from what a case teaches alone, and return which digits are misread then."""
        self.reader.learn([self.digits[i] for i in case.taught], self.labels[case.taught].tolist())
        return self.read()

    def cases(self, count: int) -> list[Case]:
        """Return the writers who have enough digits left after `count` of each are taught."""
        place = {id(digit): i for i, digit in enumerate(self.digits)}
        found = []
        for user in writers(self.digits):
            taught, own = (np.array([place[id(digit)] for digit in part]) for part in divide(user, count))
            if len(own) >= ENOUGH:
                others = np.flatnonzero(self.writers != user[0].writer)
                found.append(Case(user[0].writer, taught, own, others))
        return found

    def habits(self) -> dict[str, Case]:
        """Return the digits that a writer has misread often, with the first misread ones to teach."""
        found = {}
        for writer in dict.fromkeys(self.writers):
            for digit in range(10):
                all_such = np.flatnonzero((self.writers == writer) & (self.labels == digit))
                misread = all_such[self.misread[all_such]]
                if len(all_such) >= HABIT_DIGITS and len(misread) >= HABIT_SHARE * len(all_such):
                    taught = misread[:TAPS]
                    others = np.flatnonzero((self.writers == writer) & (self.labels != digit))
                    own = np.setdiff1d(all_such, taught)
                    found[f"{writer}: {digit}"] = Case(writer, taught, own, others)
        return found

    def outcome(self, case: Case) -> Outcome:
        """Let a writer teach, and count errors before and after."""
        after = self.learn(case)
        own, sound, others = (
            (int(self.misread[digits].sum()), int(after[digits].sum()))
            for digits in (case.own, case.own[~self.defective[case.own]], case.others)
        )
        return Outcome(case, own, sound, others, self.reader.mnist_errors() - self.mnist)


def _as_lists(digit: PenDigit) -> PenDigit:
    """Return a digit as a browser takes it."""
    return replace(digit, strokes=[stroke.tolist() for stroke in digit.strokes])


def errors_of(outcomes: list[tuple[int, int]]) -> tuple[int, int]:
    """Return all errors before, and all after."""
    return sum(before for before, _ in outcomes), sum(after for _, after in outcomes)


def _change(before: int, after: int) -> str:
    return f"{before:>5} →{after:>4}  {percent(after, before)}"


def print_counts(part: Part) -> None:
    """Print the errors of writers who teach some of each digit, by laboratory and in all."""
    for count in COUNTS:
        outcomes = [part.outcome(case) for case in part.cases(count)]
        by_laboratory: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in outcomes:
            by_laboratory[outcome.case.writer.split("/")[0]].append(outcome)
        print(f"{count} of each digit taught, errors on the rest:")
        for name, some in [*sorted(by_laboratory.items()), ("all", outcomes)]:
            digits = sum(len(outcome.case.own) for outcome in some)
            before, after = errors_of([outcome.own for outcome in some])
            print(f"  {name:<5}{len(some):>3} writers{digits:>6} digits{_change(before, after)}")
        if outcomes:
            before, after = errors_of([outcome.sound for outcome in outcomes])
            print(f"  without the recordings named as defective:{_change(before, after)}")
            mnist = [-100 * outcome.mnist / len(part.reader.labels) for outcome in outcomes]
            others = [
                100 * (outcome.others[0] - outcome.others[1]) / len(outcome.case.others)
                for outcome in outcomes
            ]
            for name, points in (("MNIST", mnist), ("other writers' digits", others)):
                print(f"  {name}: {np.mean(points):+.3f} points in the mean, {min(points):+.3f} at worst")
        sys.stdout.flush()


def print_habits(part: Part) -> None:
    """Print what two taps do to digits that a writer has often misread."""
    print(f"Habits: read right before and after {TAPS} corrections; errors on the writer's other digits:")
    for name, case in part.habits().items():
        outcome = part.outcome(case)
        before, after = (1 - wrong / len(case.own) for wrong in outcome.own)
        line = f"  {name:<16}{len(case.own):>4} digits{before:>6.0%} →{after:>5.0%}"
        print(f"{line}   others {outcome.others[0]} → {outcome.others[1]} of {len(case.others)}", flush=True)


def main() -> int:
    """Measure what learning from corrections does for UNIPEN's writers, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.learning_unipen", description=main.__doc__)
    parser.add_argument("--part", choices=PARTS, default="validation", help="of the writers")
    options = parser.parse_args()
    path = find_unipen()
    if path is None:
        raise DatasetError("the folder of data has no UNIPEN; put train_r01_v07.tar.gz into its unipen/")
    characters = read_characters(path)[options.part].digits
    with open_api() as page:
        part = Part(Reader(page, *mnist_digits(options.part)), characters)
        print_counts(part)
        print_habits(part)
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
