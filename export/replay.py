"""The replay set: features of training digits that the page rehearses while it learns a handwriting."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from export.errors import ExportError
from training.data.datasets import CLASSES, Digits, MnistFiles, read_digits, split_validation
from training.evaluate import held_out_ink, learnt_ink
from training.network.architectures import HEAD
from training.network.backend import keras

REPLAY = "replay.bin"
LARGEST_BYTES = 40_000
SEED = 0
CANDIDATES = 25_000  # of MNIST's digits, enough to find some near each decision border
OTHERS = 0.1  # share of digits from other sources, if there are any
BITS = 4
LEVELS = 2**BITS - 1


def learnt_digits(record: dict, found: MnistFiles, ink: Mapping[str, Path | None]) -> list[Digits]:
    """Return the digits that a run learnt from: MNIST's, then the drawn pen strokes of each data set.

    `ink` has the data sets of pen strokes by name (see training.evaluate.INK). RunError if one that the run
    learnt from is missing or another.
    """
    digits, split = read_digits(found, "train"), record["split"]
    learnt, _ = split_validation(digits.labels, split["validation"], split["seed"])
    drawn = [held_out_ink(record, name, ink.get(name), "training") for name in learnt_ink(record)]
    return [Digits(digits.images[learnt], digits.labels[learnt]), *drawn]


def choose_replay(model: keras.Model, sources: Sequence[Digits], count: int) -> np.ndarray:
    """Return images (count, 28, 28), as many of each digit: of the first source, and some of the others.

    Of the first, those that the model reads right with the smallest margin between the two likeliest digits:
    adapting harms these first. Of the others, which are drawn as a user draws, random ones: a user may move
    their borders.

    ExportError if a source has too few of a digit.
    """
    rng = np.random.default_rng(SEED)
    each = count // CLASSES
    others = round(OTHERS * each) if len(sources) > 1 else 0
    first, *rest = sources
    candidates = rng.permutation(len(first.labels))[:CANDIDATES]
    images, labels = first.images[candidates], first.labels[candidates]
    answers = model.get_layer(HEAD)(features_of(model, images)).numpy()[:, :CLASSES]
    two = np.sort(answers, axis=1)[:, -2:]
    margins, right = two[:, 1] - two[:, 0], answers.argmax(1) == labels
    chosen = []
    for label in range(CLASSES):
        places = np.flatnonzero(labels == label)
        nearest = places[np.lexsort((margins[places], ~right[places]))]
        chosen.append(images[_enough(nearest, each - others, label)])
    for number, source in enumerate(rest):
        share = (others + len(rest) - 1 - number) // len(rest)
        for label in range(CLASSES):
            places = rng.permutation(np.flatnonzero(source.labels == label))
            chosen.append(source.images[_enough(places, share, label)])
    return np.concatenate(chosen)


def _enough(places: np.ndarray, count: int, label: int) -> np.ndarray:
    if len(places) < count:
        raise ExportError(
            f"there are {len(places)} training digits {label} to rehearse instead of {count}; train on more"
        )
    return places[:count]


def features_of(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return the input of the model's head for n×28×28 bytes: (n, features), never below 0."""
    body = keras.Model(model.inputs, model.get_layer(HEAD).input)
    pixels = images[..., None].astype(np.float32) / 255
    return np.concatenate([body(pixels[at : at + 1000]).numpy() for at in range(0, len(pixels), 1000)])


def write_replay(folder: Path, model: keras.Model, sources: Sequence[Digits]) -> dict:
    """Write the replay set of `model`, with the weights that ship, and return its description.

    The file has one scale for each feature, float32, little-endian; then four bits for each feature, digit by
    digit, the first of two features in the low bits. A feature is its scale times (level / 15)², since most
    are small. Labels are left out: the page rehearses the model's answers.
    """
    features = model.get_layer(HEAD).input.shape[-1]
    most = (LARGEST_BYTES - 4 * features) * 8 // BITS // features
    smallest = min(np.bincount(source.labels, minlength=CLASSES).min() for source in sources)
    count = min(most, CLASSES * int(smallest) // 2) // CLASSES * CLASSES
    values = features_of(model, choose_replay(model, sources, count))
    scales = np.maximum(values.max(axis=0), np.finfo(np.float32).tiny).astype("<f4")
    levels = np.clip(np.round(LEVELS * np.sqrt(values / scales)), 0, LEVELS).astype(np.uint8)
    content = scales.tobytes() + (levels[:, ::2] | levels[:, 1::2] << BITS).tobytes()
    (folder / REPLAY).write_bytes(content)
    return {
        "path": REPLAY,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "samples": count,
        "features": features,
        "bits": BITS,
    }
