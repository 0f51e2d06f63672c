"""Measure learning from corrections on all writers but those who test.

    python -m tests.bench.learning_folds FOLDER

The network that ships misreads too few digits of the writers who validate to choose anything by. So those who
train and those who validate are parted into folds; for each fold a network is trained quickly on the ink of
the others, exported and built into a page, on which tests.bench.learning measures the writers of the fold.
Nobody who tests and nothing that tests takes part: 5,000 of MNIST's training digits stand in for its test
set. Networks that are in FOLDER are not trained again.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
from tqdm import tqdm

from tests.bench.learning import COUNTS, WRONG, Reader, measure_writers, percent, some_wrong, writers
from tests.bench.open_site import open_site
from tests.browser.serving import ROOT
from training.data.datasets import FILE_STEMS, MnistFiles, find_mnist, read_digits, split_validation
from training.data.ink_digits import NAME, find_ink, read_ink
from training.data.unpack import unpack
from training.errors import exit_status

FOLDS = 4
TEN = "10 of each digit"  # the case in which MNIST's digits are read too, which takes longest
HELD_OUT = 5000  # digits of MNIST's training images that are the test set of a fold
SEGMENT = re.compile(r"^\.SEGMENT\s+DIGIT\b", re.MULTILINE)
WRITER = re.compile(r"^(\.COMMENT\s+\d+\s+)(\d+)", re.MULTILINE)


def fold_ink(text: str, fold: int) -> str:
    """Return a UNIPEN file without the writers who test, in which those of the fold have the numbers of such.

    The first of the others gets the number of one who validates, the rest train.
    """
    header, *segments = SEGMENT.split(text)
    numbers = [int(found[2]) if (found := WRITER.search(segment)) else 0 for segment in segments]
    writers = sorted({number for number in numbers if number % 5 != 0})
    held_out = writers[fold::FOLDS]
    others = [number for number in writers if number not in held_out]
    new = {number: 5 * (place + 1) for place, number in enumerate(held_out)}
    new |= {number: 5 * place + (1 if place else 3) for place, number in enumerate(others)}
    kept = [
        WRITER.sub(lambda found, number=number: f"{found[1]}{new[number]}", segment, count=1)
        for segment, number in zip(segments, numbers, strict=True)
        if number in new
    ]
    return ".SEGMENT DIGIT".join([header, *kept])


def write_data(folder: Path, fold: int, found: MnistFiles, ink: Path) -> None:
    """Write the data of a fold as `training.train --data` takes it."""
    (folder / "mnist").mkdir(parents=True, exist_ok=True)
    (folder / "pendigits").mkdir(exist_ok=True)
    digits = read_digits(found, "train")
    parts = split_validation(digits.labels, HELD_OUT, 0)
    for stems, chosen in zip(FILE_STEMS.values(), parts, strict=True):
        for stem, values in zip(stems, digits, strict=True):
            shape = values[chosen].shape
            header = struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape)
            (folder / "mnist" / stem).write_bytes(header + np.ascontiguousarray(values[chosen]).tobytes())
    text = unpack(ink.read_bytes()).decode("latin-1")
    (folder / "pendigits" / f"{NAME}.gz").write_bytes(
        gzip.compress(fold_ink(text, fold).encode("latin-1"), mtime=0)
    )


def make_model(folder: Path, fold: int) -> None:
    """Train and export the network of a fold, unless it is there."""
    if (folder / "model" / "description.json").is_file():
        return
    write_data(folder / "data", fold, find_mnist(), find_ink())
    run = ["--data", str(folder / "data")]
    commands = [
        ["training.train", "--quick", "--output", str(folder / "run"), *run],
        ["export", "--run", str(folder / "run"), "--site-model", str(folder / "model"), *run],
    ]
    for command in commands:
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True)


def build_site(folder: Path, fold: int) -> Path:
    """Build the page with the network of a fold, and return its folder."""
    make_model(folder, fold)
    where = {"DIGITPAD_MODEL": str(folder / "model"), "DIGITPAD_SITE": str(folder / "site")}
    build = [sys.executable, ".setup/node.py", "run", "--silent", "build", "--", "--logLevel", "error"]
    subprocess.run(build, cwd=ROOT, env=os.environ | where, check=True)
    return folder / "site"


def interval(each: list[tuple[int, int]]) -> tuple[float, float]:
    """Return the 95% interval of the change of errors, by drawing writers again (bootstrap)."""
    rng = np.random.default_rng(0)
    drawn = np.array(each)[rng.integers(len(each), size=(10_000, len(each)))].sum(axis=1)
    before, after = drawn[drawn[:, 0] > 0].T
    low, high = np.percentile(after / before - 1, (2.5, 97.5))
    return float(low), float(high)


def measure(folder: Path, site: Path) -> dict[str, dict]:
    """Return what learning does for the writers of a fold, by what they taught."""
    ink = read_ink(folder / "data" / "pendigits" / f"{NAME}.gz")
    images, labels = read_digits(find_mnist(folder / "data"), "test")
    rng = np.random.default_rng(1)
    cases = {f"{count} of each digit": (count, None) for count in COUNTS}
    cases[f"10 of each, {WRONG:.0%} wrong"] = 10, lambda said: some_wrong(said, rng)
    with open_site(site) as page:
        reader = Reader(page, images, labels)
        return {
            name: measure_writers(reader, writers(ink.test), relabel, count, with_mnist=name == TEN)
            for name, (count, relabel) in cases.items()
        }


def main() -> int:
    """Train a network for each fold of the writers, and measure what learning does for writers new to it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.learning_folds", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="where the networks and pages of the folds are kept")
    options = parser.parse_args()
    folds = [options.folder.resolve() / f"fold-{fold}" for fold in range(FOLDS)]
    results = [
        measure(folder, build_site(folder, fold)) for fold, folder in enumerate(tqdm(folds, unit="fold"))
    ]
    digits = HELD_OUT / 100
    titles = f"  {'learnt from':<24}{'digits':>7}{'before':>8}{'after':>7}"
    print(f"{titles}  change (95% interval)")
    for name in results[0]:
        parts = [result[name] for result in results]
        each = [pair for part in parts for pair in part["each"]]
        before, after = (sum(counts) for counts in zip(*each, strict=True))
        low, high = interval(each)
        print(
            f"  {name:<24}{sum(part['digits'] for part in parts):>7}{before:>8}{after:>7}  "
            f"{percent(after, before)} ({low:+.0%} to {high:+.0%})"
        )
    points = [-part[TEN]["mnist_mean"] / digits for part in results]
    worst = min(-part[TEN]["mnist_worst"] / digits for part in results)
    print(f"MNIST after {TEN}: {np.mean(points):+.3f} points in the mean, {worst:+.3f} at worst")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
