"""Learn from what people corrected on the page: `make train EXTRA=corrections.jsonl`; say what it brought.

Each file is a writer. Of every writer the newest fifth is kept out of training; of every fifth writer all is.
What was kept out is read by the model that ships and by the one that was trained.
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
from training.recipe.split import NOT_A_DIGIT, Split

KEPT = 5  # one of so many


class ExtraSplit(NamedTuple):
    """Corrections by what is done with them."""

    training: list[Correction]
    known: list[Correction]  # kept out, by writers who are learnt from
    unknown: list[Correction]  # kept out, by writers who are not
    checksums: dict[str, int]  # of the files, to how many corrections each holds


def read_extra(paths: Sequence[Path]) -> ExtraSplit | None:
    """Read and divide files of corrections; None without any. DatasetError where one is not taken."""
    if not paths:
        return None
    loaded = load_corrections(paths)
    split = ExtraSplit([], [], [], {checksum: len(own) for checksum, own in loaded.items()})
    # By checksum, so that the order in which the files are named makes no difference.
    for number, checksum in enumerate(sorted(loaded), start=1):
        own = sorted(loaded[checksum], key=lambda correction: (correction.time, correction.id))
        if number % KEPT == 0:
            split.unknown.extend(own)
            continue
        learnt = len(own) - len(own) // KEPT
        split.training.extend(own[:learnt])
        split.known.extend(own[learnt:])
    return split


def with_extra(split: Split, extra: ExtraSplit, settings: Settings) -> Split:
    """Add corrections to what is learnt from: ink varied as the pen strokes are, pictures as they are.

    They stand before what is learnt from already, so that `drawn` and `nondigits` still count the end.
    """
    drawings = [c for c in extra.training if c.label is not None and c.ink is not None]
    digits = [PenDigit(c.label, 0, [list(stroke) for stroke in c.ink]) for c in drawings]
    others = [c for c in extra.training if c.label is None or c.ink is None]
    parts = [_as_digits(others * settings.ink_copies), split.training]
    if digits:
        print(f"drawing {settings.ink_copies} variations of {len(digits):,} corrected digits …", flush=True)
        parts.insert(0, draw_variations(digits, settings.ink_copies, settings.seed + 1))
    training = Digits(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))
    return split._replace(training=training, extra=len(training.labels) - len(split.training.labels))


def describe_extra(extra: ExtraSplit, trained: keras.Model) -> dict:
    """Return how much was learnt from, and what of the rest the model that ships and this one read right."""
    models = {"trained": trained}
    with contextlib.suppress(DigitpadError):
        models["shipped"] = load_shipped().model
    described: dict = {"files": len(extra.checksums), "learnt": len(extra.training)}
    for kind in ("known", "unknown"):
        kept = [correction for correction in getattr(extra, kind) if correction.label is not None]
        right = {}
        if kept:
            images, labels = _as_digits(kept)
            for name, model in models.items():
                answers = predict(model, images).numpy().argmax(1)
                right[name] = int(np.sum(answers == labels))
        described[kind] = {"kept_out": len(kept)} | right
    return described


def say_extra(described: dict) -> str:
    """Return in a sentence what the corrections brought."""
    parts = []
    for kind, words in (("known", "newest of these writers"), ("unknown", "of writers kept out")):
        kept = described[kind]
        if kept["kept_out"]:
            before = f"{kept['shipped']} before, " if "shipped" in kept else ""
            parts.append(f"{before}{kept['trained']} after, of the {kept['kept_out']} {words}")
    learnt = f"learnt from {described['learnt']} corrections"
    return f"{learnt}; kept out and read right: {'; '.join(parts)}" if parts else f"{learnt}; none kept out"


def _as_digits(corrections: Sequence[Correction]) -> Digits:
    """Draw corrections as the page does; what is no digit gets the label NOT_A_DIGIT."""
    images = [
        np.round(rasterize_ink(c.ink) * 255).astype(np.uint8) if c.pixels is None else c.pixels
        for c in corrections
    ]
    labels = [NOT_A_DIGIT if c.label is None else c.label for c in corrections]
    return Digits(np.array(images, np.uint8).reshape(-1, 28, 28), np.array(labels, np.uint8))
