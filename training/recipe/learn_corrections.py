"""Learn from corrections (`make train EXTRA=corrections.jsonl`), and measure what they bring.

Each file is a writer. The newest fifth of every writer is kept out of training, and so is every fifth writer.
The model that ships and the trained one both read what was kept out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.corrections import Correction, load_corrections
from training.data.datasets import Digits
from training.data.ink_digits import draw_variations
from training.errors import DigitpadError
from training.ink.rasterize import rasterize_ink
from training.ink.strokes import PenDigit
from training.network.architectures import predict
from training.network.backend import keras
from training.network.shipped import load_shipped
from training.recipe.settings import Settings
from training.recipe.split import NOT_A_DIGIT, Split, add

KEPT_OUT = 5  # one in so many


class CorrectionSplit(NamedTuple):
    """Corrections to learn from, and corrections kept out."""

    training: list[Correction]
    same_writers: list[Correction]  # kept out, by writers of the training part
    other_writers: list[Correction]  # kept out, by other writers
    checksums: dict[str, int]  # number of corrections in each file


def divide_corrections(paths: Sequence[Path]) -> CorrectionSplit | None:
    """Read and divide files of corrections; None without any. DatasetError if one is refused."""
    if not paths:
        return None
    loaded = load_corrections(paths)
    split = CorrectionSplit([], [], [], {checksum: len(writer) for checksum, writer in loaded.items()})
    # By checksum, so that the order of the files makes no difference.
    for number, checksum in enumerate(sorted(loaded), start=1):
        writer = sorted(loaded[checksum], key=lambda correction: (correction.time, correction.id))
        if number % KEPT_OUT == 0:
            split.other_writers.extend(writer)
            continue
        learnt = len(writer) - len(writer) // KEPT_OUT
        split.training.extend(writer[:learnt])
        split.same_writers.extend(writer[learnt:])
    return split


def with_corrections(split: Split, corrections: CorrectionSplit, settings: Settings) -> Split:
    """Add corrections to the training digits: ink in variations, as pen strokes are, and pictures unchanged.

    Every epoch sees all of them.
    """
    drawings = [c for c in corrections.training if c.label is not None and c.ink is not None]
    digits = [PenDigit(c.label, 0, [list(stroke) for stroke in c.ink]) for c in drawings]
    others = [c for c in corrections.training if c.label is None or c.ink is None]
    drawn = draw_variations(digits, settings.ink_copies, settings.seed + 1, "corrected digits")
    pictures = _as_digits(others * settings.ink_copies)
    learnt = Digits(*(np.concatenate(arrays) for arrays in zip(drawn, pictures, strict=True)))
    return add(split, "corrections", learnt, 1)


def describe_corrections(corrections: CorrectionSplit, trained: keras.Model) -> dict:
    """Return for the record how many were learnt, and how many kept-out ones both models read right."""
    models = {"trained": trained}
    with contextlib.suppress(DigitpadError):
        models["shipped"] = load_shipped().model
    described: dict = {"files": len(corrections.checksums), "learnt": len(corrections.training)}
    for part in ("same_writers", "other_writers"):
        kept = [correction for correction in getattr(corrections, part) if correction.label is not None]
        right = {}
        if kept:
            images, labels = _as_digits(kept)
            for name, model in models.items():
                answers = predict(model, images).argmax(1)
                right[name] = int(np.sum(answers == labels))
        described[part] = {"kept_out": len(kept)} | right
    return described


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


def _as_digits(corrections: Sequence[Correction]) -> Digits:
    """Draw corrections as the page does, with the label NOT_A_DIGIT for what is no digit."""
    images = [
        np.round(rasterize_ink(c.ink) * 255).astype(np.uint8) if c.pixels is None else c.pixels
        for c in corrections
    ]
    labels = [NOT_A_DIGIT if c.label is None else c.label for c in corrections]
    return Digits(np.array(images, np.uint8).reshape(-1, 28, 28), np.array(labels, np.uint8))
