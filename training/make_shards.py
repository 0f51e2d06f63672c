"""Write made samples to disk, as many as you like, to train on: `python -m training.make_shards --help`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.data.characters import pen_digits, read_characters
from training.data.datasets import CLASSES, Digits
from training.data.ink_digits import find_ink, ink_checksum, read_ink
from training.data.shards import Shards, ShardWriter
from training.data.unipen_files import find_unipen, unipen_checksum
from training.errors import DatasetError, exit_status
from training.ink.draw import varied_inks
from training.ink.rasterize import Ink
from training.recipe.settings import full
from training.train import whole_number

SEED = 2  # besides the run's own, so that no image is one of those in memory


def make_samples(inks: list[Ink], labels: np.ndarray, count: int, seed: int) -> Iterator[Digits]:
    """Yield `count` variations of inks as they are drawn, each ink equally often, in a random order."""
    order = np.random.default_rng(seed).permutation(len(inks))
    mixed, of_mixed, made = [inks[place] for place in order], labels[order], 0
    for images in varied_inks(mixed, -(-count // len(inks)), (SEED, seed)):
        images = images[: count - made]
        yield Digits(images, of_mixed[(made + np.arange(len(images))) % len(inks)])
        made += len(images)
        if made == count:
            return


def read_inks(ink: Path | None, unipen: Path | None) -> tuple[list[Ink], np.ndarray]:
    """Return what the writers of the training parts wrote, and the labels; CLASSES is no digit.

    Digits stand there as often as the recipe varies them, letters and signs once.
    """
    settings = full()
    digits = read_ink(ink).training * settings.ink_copies if ink else []
    others: list[Ink] = []
    if unipen:
        part = read_characters(unipen)["training"]
        digits += pen_digits(part.digits) * settings.unipen_copies
        others = [each.strokes for each in part.others] * settings.character_copies
    if not digits:
        raise DatasetError("the data has no pen strokes in pendigits/ or unipen/ to make samples from")
    labels = [digit.digit for digit in digits] + [CLASSES] * len(others)
    return [*(digit.strokes for digit in digits), *others], np.array(labels, np.uint8)


def make_shards(folder: Path, ink: Path | None, unipen: Path | None, count: int, seed: int) -> Shards:
    """Write `count` samples into a folder of shards; DatasetError if that fails."""
    inks, labels = read_inks(ink, unipen)
    writer = ShardWriter(folder)
    style = {"total": count, "unit": "sample", "unit_scale": True, "dynamic_ncols": True, "leave": False}
    with tqdm(desc="drawing samples", **style) as bar:
        for digits in make_samples(inks, labels, count, seed):
            writer.add(digits)
            bar.update(len(digits.labels))
    return writer.finish({"count": count, "seed": seed} | ink_checksum(ink) | unipen_checksum(unipen))


def main() -> int:
    """Write variations of the training writers' pen strokes as shards, for the option --shards of train."""
    parser = argparse.ArgumentParser(prog="python -m training.make_shards", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="folder to write; its shards are replaced")
    parser.add_argument(
        "--count", type=whole_number("count", 1), default=1_000_000, help="samples (%(default)s)"
    )
    parser.add_argument(
        "--seed", type=whole_number("seed", 0), default=1, help="of all randomness (%(default)s)"
    )
    parser.add_argument(
        "--data", type=Path, help="folder of pen strokes (default: DIGITPAD_DATA, else a download)"
    )
    options = parser.parse_args()
    ink, unipen = find_ink(options.data), find_unipen(options.data)
    shards = make_shards(options.folder, ink, unipen, options.count, options.seed)
    size = sum(shard.path.stat().st_size for shard in shards.shards)
    print(f"{shards.count:,} samples in {len(shards.shards)} shards, {size / 1e9:.2f} GB: {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
