"""Measure learning from corrections in a real Chromium, on simulated users; prints the table.

    make bench PART=learning [ARGS="--part validation|training|test"]

A user is a writer of pen strokes that training does not know. The first digits of each kind are given to the
page as corrections, the rest are read before and after; so are MNIST's digits. Then come users with a habit,
drawn by code or by turning a writer's strokes round.

The method and its numbers were chosen on the writers and the MNIST digits that validate; `--part test` takes
those that test instead, for the final figures alone. The model that ships misreads few of their digits, too
few to choose by; tests.bench.learning_folds chose with networks that know fewer writers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Page

from tests.bench.open_site import open_api
from tests.browser.api_calls import classify
from tests.made_photos import mnist_digits
from training.data.ink_digits import InkSplit, find_ink, read_ink
from training.errors import exit_status
from training.ink.glyphs import make_glyph
from training.ink.strokes import PenDigit, vary_strokes

COUNTS = (5, 10, 20)  # corrections of each digit
WRONG = 0.1  # share of wrong labels
HABIT_EXAMPLES = 5
TIMED = 500  # examples while a tap is timed
TAPS = 15

# Read by the page as it is, or not at all: forms of one digit, by the points that they are drawn through.
FORMS = {
    "crossed 7": (7, ("5 5 75 5 35 100", "20 52 72 48")),
    "looped 2": (2, ("~8 22 30 2 62 8 66 32 45 62 18 92 4 84 14 72 34 84 56 98 84 90",)),
    "open 4": (4, ("12 2 6 50 70 48", "62 4 58 100")),
    "1 with a foot": (1, ("18 22 45 2 45 98", "14 98 78 98")),
    "9 like g": (9, ("~62 14 34 2 8 20 14 46 42 50 62 30 62 12 64 50 60 88 36 100 8 90",)),
    "1 with a long upstroke": (1, ("2 55 48 2 48 100",)),
    "slashed 0": (0, ("~40 2 8 25 6 70 36 98 66 76 68 26 42 2", "72 0 2 100")),
    "Arabic-Indic 4": (4, ("~66 6 30 4 14 22 46 40 16 56 10 86 34 98 68 92",)),
    "Arabic-Indic 7": (7, ("4 2 40 98 76 2",)),
    "Arabic-Indic 8": (8, ("4 98 40 2 76 98",)),
}
FORM_USERS, FORM_SAMPLES = 4, 15
SHAKE = 0.03

READ = """async (drawings) => {
    const pixels = drawings.flatMap((strokes) => Array.from(digitpad.rasterizeInk(strokes)));
    return Array.from(await recognizer.classify(Float32Array.from(pixels)));
}"""
LEARN = """async (examples) => {
    await recognizer.learn({ add: examples, forget: globalThis.learnt ?? [] });
    globalThis.learnt = examples.map(({ id }) => id);
}"""
TIME_TAPS = """async ([example, count]) => {
    const times = [];
    for (let i = 0; i < count; i++) {
        const start = performance.now();
        await recognizer.learn({ add: [example] });
        times.push(performance.now() - start);
    }
    return times;
}"""


class Effect(NamedTuple):
    """What learning changed for some users."""

    digits: int  # that were read
    errors: list[tuple[int, int]]  # of each user, before and after
    mnist: list[int]  # how many more of MNIST's digits are misread, for each user


class Reader:
    """The page's recognizer, in a real browser: it learns and reads as the page does."""

    def __init__(self, page: Page, images: np.ndarray, labels: np.ndarray):
        """Take a page of `open_api`, and digits of MNIST (n×28×28 bytes) with their n labels."""
        self.page, self.images, self.labels, self.users = page, images, labels, 0

    def learn(self, digits: list[PenDigit], labels: list[int]) -> list[dict]:
        """Learn from these digits alone, with the labels that a user gives; return them as examples."""
        self.users += 1
        examples = [
            {"id": f"{self.users:04}-{i:05}", "label": label, "ink": digit.strokes}
            for i, (digit, label) in enumerate(zip(digits, labels, strict=True))
        ]
        self.page.evaluate(LEARN, examples)
        return examples

    def forget(self) -> None:
        """Read as the original again."""
        self.learn([], [])

    def errors(self, digits: list[PenDigit]) -> int:
        """Return how many digits are misread."""
        probabilities = self.page.evaluate(READ, [digit.strokes for digit in digits])
        answers = np.reshape(probabilities, (-1, 10)).argmax(1)
        return int(np.sum(answers != [digit.digit for digit in digits]))

    def mnist_errors(self) -> int:
        """Return how many of MNIST's digits are misread."""
        return int(np.sum(classify(self.page, self.images).argmax(1) != self.labels))


def writers(digits: list[PenDigit]) -> list[list[PenDigit]]:
    """Return the digits of each writer, in their order."""
    numbers = sorted({digit.writer for digit in digits})
    return [[digit for digit in digits if digit.writer == number] for number in numbers]


def divide(digits: list[PenDigit], count: int) -> tuple[list[PenDigit], list[PenDigit]]:
    """Return the first `count` of each digit, and the rest."""
    first, rest, counts = [], [], [0] * 10
    for digit in digits:
        (first if counts[digit.digit] < count else rest).append(digit)
        counts[digit.digit] += 1
    return first, rest


def mirrored(digit: PenDigit) -> PenDigit:
    """Return a digit turned round from left to right."""
    return replace(digit, strokes=[[[-x, y] for x, y in stroke] for stroke in digit.strokes])


def drawn_form(name: str, rng: np.random.Generator) -> PenDigit:
    """Draw one of FORMS, each time a little different."""
    label, drawn = FORMS[name]
    strokes = make_glyph(drawn, SHAKE, rng)
    return PenDigit(label, 0, [stroke.tolist() for stroke in vary_strokes(strokes, rng)])


def habits(digits: list[PenDigit]) -> dict[str, list[list[PenDigit]]]:
    """Return drawings of each habit, by users."""
    rng = np.random.default_rng(0)
    found = {
        name: [[drawn_form(name, rng) for _ in range(FORM_SAMPLES)] for _ in range(FORM_USERS)]
        for name in FORMS
    }
    for label in range(10):
        users = writers([mirrored(digit) for digit in digits if digit.digit == label])
        found[f"mirrored {label}"] = [drawn for drawn in users if len(drawn) > HABIT_EXAMPLES]
    return found


def cases() -> dict[str, tuple[int, Callable[[list[int]], list[int]]]]:
    """Return what users teach: how many of each digit, and the function that makes some labels wrong."""
    rng = np.random.default_rng(1)

    def some_wrong(labels: list[int]) -> list[int]:
        return [int(one + rng.integers(1, 10)) % 10 if rng.random() < WRONG else one for one in labels]

    found = {f"{count} of each digit": (count, list) for count in COUNTS}
    return found | {f"10 of each, {WRONG:.0%} wrong": (10, some_wrong)}


def measure(
    reader: Reader,
    users: list[tuple[list[PenDigit], list[PenDigit]]],
    relabel: Callable[[list[int]], list[int]] = list,
    with_mnist: bool = False,
) -> Effect:
    """Let each user teach the first digits, and read the others before and after."""
    reader.forget()
    original = reader.mnist_errors() if with_mnist else 0
    effect = Effect(sum(len(rest) for _, rest in users), [], [])
    for first, rest in users:
        reader.forget()
        before = reader.errors(rest)
        reader.learn(first, relabel([digit.digit for digit in first]))
        effect.errors.append((before, reader.errors(rest)))
        effect.mnist.append(reader.mnist_errors() - original if with_mnist else 0)
    return effect


def percent(after: int, before: int) -> str:
    """Return a change of errors as text."""
    return f"{100 * (after - before) / before:+.0f}%" if before else "none to begin with"


def report(reader: Reader, digits: list[PenDigit], timed: list[PenDigit]) -> None:
    """Measure everything, and print it line by line."""
    users = writers(digits)
    print(f"{len(users)} writers, errors on the rest of their digits:")
    print(f"  {'learnt from':<24}{'digits':>7}{'before':>8}{'after':>7}{'change':>20}  MNIST: mean, worst")
    for name, (count, relabel) in cases().items():
        effect = measure(reader, [divide(user, count) for user in users], relabel, with_mnist=True)
        before, after = np.sum(effect.errors, axis=0)
        points = -100 / len(reader.labels) * np.array(effect.mnist)
        line = f"  {name:<24}{effect.digits:>7}{before:>8}{after:>7}{percent(after, before):>20}"
        print(f"{line}  {points.mean():+.3f}, {points.min():+.3f}", flush=True)
    print(f"Habits, read right before and after {HABIT_EXAMPLES} examples:")
    misread = []
    for name, drawn in habits(digits).items():
        taught = [(digits[:HABIT_EXAMPLES], digits[HABIT_EXAMPLES:]) for digits in drawn]
        effect = measure(reader, taught)
        before, after = 1 - np.sum(effect.errors, axis=0) / effect.digits
        if before < 0.1:
            misread.append(after)
        print(f"  {name:<24}{before:>7.0%}{after:>7.0%}{'  always misread' * (before < 0.1)}", flush=True)
    print(f"  those always misread: mean {np.mean(misread):.1%}, lowest {min(misread):.0%}")
    examples = reader.learn(timed, [digit.digit for digit in timed])
    times = reader.page.evaluate(TIME_TAPS, [examples[-1], TAPS])
    print(f"A tap with {len(timed)} examples: median {np.median(times):.0f} ms, lowest {min(times):.0f} ms")


def main() -> int:
    """Measure learning on simulated users, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.learning", description=main.__doc__)
    parser.add_argument("--part", choices=InkSplit._fields, default="validation", help="of the writers")
    options = parser.parse_args()
    ink = read_ink(find_ink())
    with open_api() as page:
        reader = Reader(page, *mnist_digits(options.part))
        report(reader, getattr(ink, options.part), ink.training[:TIMED])
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
