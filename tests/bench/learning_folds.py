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
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
from tqdm import tqdm

from tests.bench.learning import Effect, Reader, cases, divide, measure, percent, writers
from tests.bench.open_site import build_site, open_api
from tests.browser.serving import ROOT
from tests.python.made_digits import idx_bytes
from training.data.datasets import FILE_STEMS, find_mnist, read_digits, split_validation
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
        WRITER.sub(rf"\g<1>{new[number]}", segment, count=1)
        for segment, number in zip(segments, numbers, strict=True)
        if number in new
    ]
    return ".SEGMENT DIGIT".join([header, *kept])


def write_data(folder: Path, fold: int) -> None:
    """Write the data of a fold as `training.train --data` takes it."""
    digits = read_digits(find_mnist(), "train")
    ink = unpack(find_ink().read_bytes()).decode("latin-1")
    files = {Path("pendigits", NAME): fold_ink(ink, fold).encode("latin-1")}
    parts = split_validation(digits.labels, HELD_OUT, 0)
    for stems, chosen in zip(FILE_STEMS.values(), parts, strict=True):
        for stem, values in zip(stems, digits, strict=True):
            files[Path("mnist", stem)] = idx_bytes(values[chosen])
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def make_site(folder: Path, fold: int) -> Path:
    """Train and export the network of a fold, unless it is there; return the page built with it."""
    if not (folder / "model" / "description.json").is_file():
        write_data(folder / "data", fold)
        data, run = ["--data", folder / "data"], folder / "run"
        for module, *options in (
            ["training.train", "--quick", "--output", run],
            ["export", "--run", run, "--site-model", folder / "model"],
        ):
            subprocess.run([sys.executable, "-m", module, *options, *data], cwd=ROOT, check=True)
    build_site(folder / "model", folder / "site")
    return folder / "site"


def interval(each: list[tuple[int, int]]) -> tuple[float, float]:
    """Return the 95% interval of the change of errors, by drawing writers again (bootstrap)."""
    rng = np.random.default_rng(0)
    drawn = np.array(each)[rng.integers(len(each), size=(10_000, len(each)))].sum(axis=1)
    before, after = drawn[drawn[:, 0] > 0].T
    low, high = np.percentile(after / before - 1, (2.5, 97.5))
    return float(low), float(high)


def measure_fold(folder: Path, fold: int) -> dict[str, Effect]:
    """Return what learning does for the writers of a fold, by what they taught."""
    site = make_site(folder, fold)
    users = writers(read_ink(find_ink(folder / "data")).test)
    with open_api(site) as page:
        reader = Reader(page, *read_digits(find_mnist(folder / "data"), "test"))
        return {
            name: measure(reader, [divide(user, count) for user in users], relabel, with_mnist=name == TEN)
            for name, (count, relabel) in cases().items()
        }


def main() -> int:
    """Train a network for each fold of the writers, and measure what learning does for writers new to it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.learning_folds", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="where the networks and pages of the folds are kept")
    folder = parser.parse_args().folder.resolve()
    results = [measure_fold(folder / f"fold-{fold}", fold) for fold in tqdm(range(FOLDS), unit="fold")]
    titles = f"  {'learnt from':<24}{'digits':>7}{'before':>8}{'after':>7}"
    print(f"{titles}  change (95% interval)")
    for name in results[0]:
        each = [errors for result in results for errors in result[name].errors]
        before, after = np.sum(each, axis=0)
        low, high = interval(each)
        line = f"  {name:<24}{sum(result[name].digits for result in results):>7}{before:>8}{after:>7}"
        print(f"{line}  {percent(after, before)} ({low:+.0%} to {high:+.0%})")
    points = -100 / HELD_OUT * np.array([change for result in results for change in result[TEN].mnist])
    print(f"MNIST after {TEN}: {points.mean():+.3f} points in the mean, {points.min():+.3f} at worst")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
