"""Learn from corrections (`make train EXTRA=corrections.jsonl`), and measure what they bring.

training.data.corrected says what is kept out. The model that ships and the trained one both read that.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.corrected import (
    PARTS,
    CorrectionFiles,
    divide_writer,
    drawn_corrections,
    find_corrections,
    shard_corrections,
)
from training.data.corrections import Correction, load_corrections
from training.data.datasets import Digits
from training.data.ink_digits import draw_variations
from training.data.shards import Shards, read_shards
from training.errors import DigitpadError
from training.ink.strokes import PenDigit
from training.network.architectures import predict
from training.network.backend import keras
from training.network.shipped import load_shipped
from training.recipe.run_folder import CORRECTIONS
from training.recipe.settings import Settings
from training.recipe.split import Split, add

MANY = 20_000  # corrections; more of them are drawn into shards instead of memory


class Learnable(NamedTuple):
    """Corrections to learn from, in memory or on disk, and corrections kept out."""

    files: int
    learnt: int  # corrections
    checksums: dict[str, int]  # number of corrections by checksum: of each file, or of all of them together
    training: Digits | Shards
    kept_out: dict[str, Digits | Shards]  # without what is no digit; by part, see training.data.corrected


def learn_corrections(paths: Sequence[Path], folder: Path, settings: Settings) -> Learnable | None:
    """Read, divide and draw files and folders of corrections; None without any.

    More than MANY corrections go into a subfolder of `folder`, unless they are there. DatasetError if a file
    is refused.
    """
    if not paths:
        return None
    files = find_corrections(paths)
    if files.lines > MANY:
        return _on_disk(files, folder / CORRECTIONS, settings)
    parts: dict[str, list[Correction]] = {part: [] for part in PARTS}
    loaded = load_corrections([*files.paths.values()])
    for place, writer in enumerate(loaded.values()):
        for part, corrections in divide_writer(writer, place).items():
            parts[part] += corrections
    return Learnable(
        files=len(loaded),
        learnt=len(parts["training"]),
        checksums={checksum: len(writer) for checksum, writer in loaded.items()},
        training=draw_learnt(parts["training"], settings),
        kept_out={
            part: drawn_corrections([c for c in parts[part] if c.label is not None]) for part in PARTS[1:]
        },
    )


def _on_disk(files: CorrectionFiles, folder: Path, settings: Settings) -> Learnable:
    made = shard_corrections(files, folder, settings.ink_copies, settings.seed + 1)
    together = hashlib.sha256("".join(files.paths).encode()).hexdigest()
    kept_out = {part: made.parts[part] for part in PARTS[1:]}
    return Learnable(len(files.paths), made.learnt, {together: made.count}, made.parts["training"], kept_out)


def draw_learnt(corrections: Sequence[Correction], settings: Settings) -> Digits:
    """Draw corrections to learn from: ink in variations, as pen strokes are, and pictures unchanged."""
    drawings = [c for c in corrections if c.label is not None and c.ink is not None]
    digits = [PenDigit(c.label, 0, [list(stroke) for stroke in c.ink]) for c in drawings]
    others = [c for c in corrections if c.label is None or c.ink is None]
    drawn = draw_variations(digits, settings.ink_copies, settings.seed + 1, "corrected digits")
    pictures = drawn_corrections(others * settings.ink_copies)
    return Digits(*(np.concatenate(arrays) for arrays in zip(drawn, pictures, strict=True)))


def with_corrections(split: Split, corrections: Learnable) -> Split:
    """Add corrections that are in memory to the training digits; every epoch sees all of them."""
    return add(split, "corrections", corrections.training, 1)


def describe_corrections(corrections: Learnable, trained: keras.Model) -> dict:
    """Return for the record how many were learnt, and how many kept-out ones both models read right."""
    models = {"trained": trained}
    with contextlib.suppress(DigitpadError):
        models["shipped"] = load_shipped().model
    described: dict = {"files": corrections.files, "learnt": corrections.learnt}
    for part, kept in corrections.kept_out.items():
        count, right = 0, dict.fromkeys(models, 0)
        for images, labels in _in_memory(kept):
            count += len(labels)
            for name, model in models.items():
                right[name] += int(np.sum(predict(model, images).argmax(1) == labels))
        described[part] = {"kept_out": count} | (right if count else {})
    return described


def _in_memory(kept: Digits | Shards) -> Iterable[Digits]:
    """Return digits a part at a time; none without any."""
    if isinstance(kept, Shards):
        return read_shards(kept)
    return [kept] if len(kept.labels) else []


def summarise(described: dict) -> str:
    """Return in one sentence what the corrections brought."""
    parts = []
    words_of = {"same_writers": "newest of these writers", "other_writers": "of writers kept out"}
    for part, words in words_of.items():
        kept = described[part]
        if kept["kept_out"]:
            before = f"{kept['shipped']} before, " if "shipped" in kept else ""
            parts.append(f"{before}{kept['trained']} after, of the {kept['kept_out']} {words}")
    learnt = f"learnt from {described['learnt']} corrections"
    return f"{learnt}; kept out and read right: {'; '.join(parts)}" if parts else f"{learnt}; none kept out"
