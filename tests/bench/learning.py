"""Measure learning from corrections in a real Chromium, on simulated users; prints the table.

    python -m tests.bench.learning [--part validation|training|test]

A user is a writer of pen strokes that training does not know. The first digits of each kind are given to the
page as corrections, the rest are read before and after; so are MNIST's digits. Then come users with a habit,
drawn by code or by turning a writer's strokes round.

The method and its numbers were chosen on the writers and the MNIST digits that validate; `--part test` takes
those that test instead, for the final figures alone. The model that ships misreads few of their digits, too
few to choose by; tests.bench.learning_folds chose with networks that know fewer writers.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Page

from tests.bench.open_site import open_site
from tests.browser.serving import ROOT
from training.data.datasets import find_mnist, read_digits, split_validation
from training.data.ink_digits import InkSplit, find_ink, read_ink
from training.errors import exit_status
from training.ink.glyphs import curve, polyline
from training.ink.strokes import PenDigit, vary_strokes

COUNTS = (5, 10, 20)  # corrections of each digit
WRONG = 0.1  # share of wrong labels
HABIT_EXAMPLES = 5
TIMED = 500

Strokes = list[list[list[float]]]

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


class Sample(NamedTuple):
    """A drawing and what it is."""

    strokes: Strokes
    label: int


class Reader:
    """The page's recognizer, in a real browser: it learns and reads as the page does."""

    CALLS = """async () => {
        const { createRecognizer, rasterizeInk } = await import('/api/digitpad.js');
        globalThis.recognizer = await createRecognizer();
        const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        globalThis.likeliest = async (pixels) => {
            const all = await recognizer.classify(pixels);
            return Array.from({ length: all.length / 10 }, (_, i) => {
                const one = all.subarray(10 * i, 10 * i + 10);
                return one.indexOf(Math.max(...one));
            });
        };
        globalThis.readDrawings = (drawings) => {
            const pixels = new Float32Array(784 * drawings.length);
            drawings.forEach((strokes, i) => pixels.set(rasterizeInk(strokes), 784 * i));
            return likeliest(pixels);
        };
        globalThis.setImages = (text) => {
            globalThis.images = Float32Array.from(bytes(text), (level) => level / 255);
        };
        globalThis.learn = async (examples) => {
            const start = performance.now();
            await recognizer.learn({ add: examples, forget: globalThis.learnt ?? [] });
            globalThis.learnt = examples.map(({ id }) => id);
            return performance.now() - start;
        };
    }"""

    def __init__(self, page: Page, images: np.ndarray, labels: np.ndarray):
        self.page, self.labels, self.users = page, labels, 0
        page.evaluate(self.CALLS)
        page.evaluate("(text) => setImages(text)", base64.b64encode(images.tobytes()).decode())

    def learn(self, samples: list[Sample], labels: list[int]) -> float:
        """Learn from samples alone, with the labels that a user gives; return the milliseconds."""
        self.users += 1
        examples = [
            {"id": f"{self.users:04}-{i:05}", "label": label, "ink": sample.strokes}
            for i, (sample, label) in enumerate(zip(samples, labels, strict=True))
        ]
        return self.page.evaluate("(examples) => learn(examples)", examples)

    def forget(self) -> None:
        """Read as the original again."""
        self.learn([], [])

    def errors(self, samples: list[Sample]) -> int:
        """Return how many samples are misread."""
        answers = self.page.evaluate(
            "(drawings) => readDrawings(drawings)", [sample.strokes for sample in samples]
        )
        return sum(answer != sample.label for answer, sample in zip(answers, samples, strict=True))

    def mnist_errors(self) -> int:
        """Return how many of MNIST's digits are misread."""
        return int(np.sum(np.array(self.page.evaluate("likeliest(images)")) != self.labels))


def as_sample(digit: PenDigit) -> Sample:
    """Return a pen digit as a drawing."""
    return Sample(digit.strokes, digit.digit)


def writers(digits: list[PenDigit]) -> list[list[Sample]]:
    """Return the drawings of each writer, in their order."""
    return [
        [as_sample(digit) for digit in digits if digit.writer == writer]
        for writer in sorted({digit.writer for digit in digits})
    ]


def divide(samples: list[Sample], count: int) -> tuple[list[Sample], list[Sample]]:
    """Return the first `count` of each digit, and the rest."""
    first, rest, counts = [], [], [0] * 10
    for sample in samples:
        (first if counts[sample.label] < count else rest).append(sample)
        counts[sample.label] += 1
    return first, rest


def some_wrong(labels: list[int], rng: np.random.Generator) -> list[int]:
    """Return labels of which about WRONG are another digit."""
    return [int((label + rng.integers(1, 10)) % 10) if rng.random() < WRONG else label for label in labels]


def mirrored(sample: Sample) -> Sample:
    """Return a drawing turned round from left to right."""
    return Sample([[[-x, y] for x, y in stroke] for stroke in sample.strokes], sample.label)


def drawn_form(name: str, rng: np.random.Generator) -> Sample:
    """Draw one of FORMS, each time a little different."""
    label, parts = FORMS[name]
    strokes = []
    for text in parts:
        corners = np.array(text.lstrip("~").split(), float).reshape(-1, 2) / 100
        corners += rng.normal(0, SHAKE, corners.shape)
        strokes.append(curve(corners) if text.startswith("~") else polyline(corners))
    return Sample([stroke.tolist() for stroke in vary_strokes(strokes, rng)], label)


def habits(digits: list[PenDigit]) -> dict[str, list[list[Sample]]]:
    """Return drawings of each habit, by users."""
    rng = np.random.default_rng(0)
    found = {
        name: [[drawn_form(name, rng) for _ in range(FORM_SAMPLES)] for _ in range(FORM_USERS)]
        for name in FORMS
    }
    for label in range(10):
        users = [
            [mirrored(sample) for sample in all_of_one if sample.label == label]
            for all_of_one in writers(digits)
        ]
        found[f"mirrored {label}"] = [samples for samples in users if len(samples) > HABIT_EXAMPLES]
    return found


def measure_writers(
    reader: Reader, users: list[list[Sample]], relabel: Callable | None, count: int, with_mnist: bool = True
) -> dict:
    """Return errors before and after, over all users and of each, and the changes of MNIST's errors."""
    each, digits = [], 0
    reader.forget()
    mnist = reader.mnist_errors() if with_mnist else 0
    changes = []
    for samples in users:
        first, rest = divide(samples, count)
        reader.forget()
        before = reader.errors(rest)
        labels = [sample.label for sample in first]
        reader.learn(first, relabel(labels) if relabel else labels)
        each.append((before, reader.errors(rest)))
        digits += len(rest)
        changes.append(reader.mnist_errors() - mnist if with_mnist else 0)
    return {
        "before": sum(before for before, _ in each),
        "after": sum(after for _, after in each),
        "each": each,
        "digits": digits,
        "mnist": mnist,
        "mnist_mean": float(np.mean(changes)),
        "mnist_worst": max(changes),
    }


def measure_habit(reader: Reader, users: list[list[Sample]]) -> tuple[float, float]:
    """Return the shares read right of a habit, before and after a few examples of it."""
    before = after = digits = 0
    for samples in users:
        first, rest = samples[:HABIT_EXAMPLES], samples[HABIT_EXAMPLES:]
        reader.forget()
        before += len(rest) - reader.errors(rest)
        reader.learn(first, [sample.label for sample in first])
        after += len(rest) - reader.errors(rest)
        digits += len(rest)
    return before / digits, after / digits


def measure_time(reader: Reader, samples: list[Sample]) -> list[float]:
    """Return the milliseconds from one more tap to the new head, with TIMED examples."""
    crowd = [{"id": f"t-{i:05}", "label": s.label, "ink": s.strokes} for i, s in enumerate(samples)]
    call = """async ([examples, last]) => {
        await recognizer.learn({ add: examples, forget: globalThis.learnt ?? [] });
        const times = [];
        for (let i = 0; i < 15; i++) {
            const start = performance.now();
            await recognizer.learn({ add: [last] });
            times.push(performance.now() - start);
        }
        globalThis.learnt = examples.map(({ id }) => id);
        return times;
    }"""
    return reader.page.evaluate(call, [crowd, crowd[-1]])


def percent(after: int, before: int) -> str:
    """Return a change of errors as text."""
    return f"{100 * (after - before) / before:+.0f}%" if before else "none to begin with"


def report(reader: Reader, digits: list[PenDigit], timed: list[Sample]) -> None:
    """Measure everything, and print it line by line."""
    users = writers(digits)
    rng = np.random.default_rng(1)
    cases = [(f"{count} of each digit", count, None) for count in COUNTS]
    cases.append((f"10 of each, {WRONG:.0%} wrong", 10, lambda labels: some_wrong(labels, rng)))
    print(f"{len(users)} writers, errors on the rest of their digits:")
    print(f"  {'learnt from':<24}{'digits':>7}{'before':>8}{'after':>7}{'change':>20}  MNIST: mean, worst")
    for name, count, relabel in cases:
        figures = measure_writers(reader, users, relabel, count)
        points = [-100 * figures[f"mnist_{kind}"] / len(reader.labels) for kind in ("mean", "worst")]
        print(
            f"  {name:<24}{figures['digits']:>7}{figures['before']:>8}{figures['after']:>7}"
            f"{percent(figures['after'], figures['before']):>20}  {points[0]:+.3f}, {points[1]:+.3f}",
            flush=True,
        )
    print(f"Habits, read right before and after {HABIT_EXAMPLES} examples:")
    misread = []
    for name, samples in habits(digits).items():
        before, after = measure_habit(reader, samples)
        if before < 0.1:
            misread.append(after)
        print(f"  {name:<24}{before:>7.0%}{after:>7.0%}{'  always misread' * (before < 0.1)}", flush=True)
    print(f"  those always misread: mean {np.mean(misread):.1%}, lowest {min(misread):.0%}")
    times = measure_time(reader, timed)
    print(f"A tap with {len(timed)} examples: median {np.median(times):.0f} ms, lowest {min(times):.0f} ms")


def main() -> int:
    """Measure learning on simulated users, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.learning", description=main.__doc__)
    parser.add_argument("--part", choices=InkSplit._fields, default="validation", help="of the writers")
    options = parser.parse_args()
    found, ink = find_mnist(), read_ink(find_ink())
    images, labels = read_digits(found, "test" if options.part == "test" else "train")
    if options.part != "test":
        description = json.loads((ROOT / "webapp" / "model" / "description.json").read_text())
        written = description["training"]["split"]
        chosen = split_validation(labels, written["validation"], written["seed"])[1]
        images, labels = images[chosen], labels[chosen]
    timed = [as_sample(digit) for digit in ink.training[:TIMED]]
    with open_site() as page:
        report(Reader(page, images, labels), getattr(ink, options.part), timed)
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
