"""Measure training data on disk: samples in shards, and the corrections of very many people.

    make bench PART=streaming ARGS="--samples 10000000 --people 100000"

Each part runs in a process of its own, so that its memory is its own. The rate is printed for each tenth: a
steady one stays the same. Only some samples are drawn; they come again, in another order, until there are
enough.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from tests.golden.make_corrections import GOOD, HEADER
from tests.golden.make_ink import DIGITS
from training.data import corrected
from training.data.datasets import Digits
from training.data.ink_digits import draw_digits
from training.data.shards import RECORD, ShardWriter, open_shards
from training.ink.strokes import PenDigit, vary_strokes
from training.recipe.settings import full
from training.recipe.stream import Stream

BATCH = 128
PIECE = 1000  # samples that are written at a time
VARIATIONS = 500  # of the corrections that people are said to have written
EACH = 10  # corrections of a person


def megabytes(who: int = resource.RUSAGE_SELF) -> float:
    """Return the highest resident memory of this process, or of the largest that it has waited for."""
    return resource.getrusage(who).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def tenths(things: Iterable, total: int, unit: str, size: Callable[[object], int] = lambda _: 1) -> Iterator:
    """Yield things; print for each tenth of `total` how many came in a second, and the memory."""
    done, shown = 0, 0
    started = time.perf_counter()
    for thing in things:
        yield thing
        done += size(thing)
        if 10 * done >= total * (shown // (total / 10) + 1) or done == total:
            now = time.perf_counter()
            rate, memory = (done - shown) / (now - started), megabytes()
            print(f"  {done:12,} {unit}: {rate:9,.0f} a second, at most {memory:,.0f} MB so far", flush=True)
            shown, started = done, now


def write(folder: Path, samples: int, drawn: int) -> None:
    """Write `samples` into a folder of shards: variations of ten digits, `drawn` of them different."""
    rng = np.random.default_rng(1)
    varied = [PenDigit(i % 10, "", vary_strokes(_arrays(i % 10), rng)) for i in range(drawn)]
    images, labels = draw_digits(varied)

    def made() -> Iterator[Digits]:
        for first in range(0, samples, PIECE):
            places = rng.integers(drawn, size=min(PIECE, samples - first))
            yield Digits(images[places], labels[places])

    writer = ShardWriter(folder)
    print(f"writing {samples:,} samples, {drawn:,} of them different, {samples * RECORD / 1e9:.2f} GB")
    for digits in tenths(made(), samples, "samples", lambda digits: len(digits.labels)):
        writer.add(digits)
    writer.finish({})


def read(folder: Path) -> None:
    """Read all samples of a folder once, as training does."""
    stream = Stream([open_shards(folder)], seed=1)
    print(f"reading {stream.count:,} samples in batches of {BATCH}; {megabytes():,.0f} MB before the first")
    steps = stream.count // BATCH
    batches = tenths(stream.of_epoch(0, steps, BATCH), steps * BATCH, "samples", lambda both: len(both[1]))
    for _ in batches:
        pass


def write_corrections(folder: Path, people: int) -> None:
    """Write a file of corrections for each of so many people."""
    rng = np.random.default_rng(2)
    inks = []
    for number in range(VARIATIONS):
        strokes = [(stroke / 150).round(4).tolist() for stroke in vary_strokes(_arrays(number % 10), rng)]
        inks.append((number % 10, json.dumps(strokes)))
    rest = json.dumps({key: GOOD[key] for key in ("kind", "model", "time")})[1:]
    header = json.dumps(HEADER | {"count": EACH})
    for person in range(people):
        lines = [header]
        for number, place in enumerate(rng.integers(VARIATIONS, size=EACH)):
            label, ink = inks[place]
            lines.append(f'{{"id": "p{person}-{number}", "label": {label}, "ink": {ink}, {rest}')
        of_thousand = folder / f"{person // 1000:04d}"
        of_thousand.mkdir(parents=True, exist_ok=True)
        (of_thousand / f"{person:07d}.jsonl").write_text("\n".join(lines) + "\n")


def draw_corrections(folder: Path, shards: Path) -> None:
    """Draw all corrections of a folder into shards, as training does before its first epoch."""
    started = time.perf_counter()
    files = corrected.find_corrections([folder])
    seconds = time.perf_counter() - started
    print(f"corrections of {len(files.paths):,} people, {EACH} each; found in {seconds:.1f} s")
    corrected.tqdm = lambda drawn, _, total, **style: tenths(drawn, total, "people")
    made = corrected.shard_corrections(files, shards, full().ink_copies, 1)
    counts = ", ".join(f"{part.count:,} {name}" for name, part in made.parts.items())
    largest = megabytes(resource.RUSAGE_CHILDREN)
    print(f"  images: {counts}; at most {megabytes():,.0f} MB, and {largest:,.0f} MB in each that draws")


def _arrays(digit: int) -> list[np.ndarray]:
    return [np.array(stroke, np.float64) for stroke in DIGITS[digit]]


def _alone(measure: Callable, *arguments: object) -> None:
    """Run a part in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=measure, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=1_000_000, help="in shards (%(default)s)")
    parser.add_argument("--drawn", type=int, default=20_000, help="of them different (%(default)s)")
    parser.add_argument("--people", type=int, default=5_000, help="who send corrections (%(default)s)")
    parser.add_argument("--folder", type=Path, help="where to write meanwhile (default: a temporary folder)")
    options = parser.parse_args()
    needed = options.samples * RECORD + options.people * EACH * 8_000
    with tempfile.TemporaryDirectory(dir=options.folder) as made:
        folder = Path(made)
        if shutil.disk_usage(folder).free < 1.2 * needed:
            sys.exit(f"{folder} lacks the room for {needed / 1e9:.1f} GB: name another --folder.")
        _alone(write, folder / "samples", options.samples, options.drawn)
        _alone(read, folder / "samples")
        shutil.rmtree(folder / "samples")
        _alone(write_corrections, folder / "people", options.people)
        _alone(draw_corrections, folder / "people", folder / "corrections")
        _alone(read, folder / "corrections" / "training")


if __name__ == "__main__":
    main()
