"""Choose what the page rehearses while it learns a hand: features of training digits, in eight bits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from export.errors import ExportError
from training.backend import keras
from training.datasets import CLASSES, Digits, MnistFiles, read_digits, split_validation
from training.evaluate import held_out_ink

REPLAY = "replay.bin"
LARGEST_BYTES = 40_000
SEED = 0


def learnt_digits(record: dict, found: MnistFiles, ink: Path | None) -> list[Digits]:
    """Return what a run learnt from: MNIST's digits and, where it learnt them, drawn pen strokes.

    RunError where the pen strokes are not the run's.
    """
    digits, split = read_digits(found, "train"), record["split"]
    learnt, _ = split_validation(digits.labels, split["validation"], split["seed"])
    sources = [Digits(digits.images[learnt], digits.labels[learnt])]
    if record["data"]["ink"] is not None:
        sources.append(held_out_ink(record, ink, "training"))
    return sources


def choose_replay(sources: Sequence[Digits], count: int) -> np.ndarray:
    """Return images (count, 28, 28) drawn at random: as many of each digit, and of each source.

    Chosen in other ways they serve no better. Of 6 validation writers, misread with a model that knows MNIST
    alone before learning: 33; after: 16 and 17 with two random sets, 17 with k-medoids, 21 where half are the
    digits nearest to a border; MNIST's errors change by -3 to 4 of 5,000 with all of them.

    ExportError where a source has too few of a digit.
    """
    rng = np.random.default_rng(SEED)
    chosen = []
    for number, source in enumerate(sources):
        # What does not divide evenly goes to the first sources.
        share = (count // CLASSES + len(sources) - 1 - number) // len(sources)
        for label in range(CLASSES):
            places = np.flatnonzero(source.labels == label)
            if len(places) < share:
                raise ExportError(
                    f"there are {len(places)} training digits {label} to rehearse in place of {share}; "
                    "train on more"
                )
            chosen.append(source.images[np.sort(rng.choice(places, share, replace=False))])
    return np.concatenate(chosen)


def features_of(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return what the head of the model sees of n×28×28 bytes: (n, features), never below 0."""
    body = keras.Model(model.inputs, model.layers[-1].input)
    pixels = images[..., None].astype(np.float32) / 255
    return np.concatenate([body(pixels[at : at + 1000]).numpy() for at in range(0, len(pixels), 1000)])


def write_replay(folder: Path, model: keras.Model, sources: Sequence[Digits]) -> dict:
    """Write the replay set of `model`, with the weights that ship, and return its description.

    The file: one scale for each feature, float32, low byte first; then a byte for each feature of each
    digit, digit by digit. A feature is its byte times its scale. What a digit is does not stand in it: the
    page rehearses the model's own answers.
    """
    features = model.layers[-1].input.shape[-1]
    most = (LARGEST_BYTES - 4 * features) // features
    smallest = min(np.bincount(source.labels, minlength=CLASSES).min() for source in sources)
    count = min(most, CLASSES * len(sources) * int(smallest)) // CLASSES * CLASSES
    values = features_of(model, choose_replay(sources, count))
    scales = np.maximum(values.max(axis=0) / 255, np.finfo(np.float32).tiny).astype("<f4")
    levels = np.clip(np.round(values / scales), 0, 255).astype(np.uint8)
    content = scales.tobytes() + levels.tobytes()
    (folder / REPLAY).write_bytes(content)
    return {
        "path": REPLAY,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "samples": count,
        "features": features,
    }


def read_replay(path: Path, description: dict) -> np.ndarray:
    """Return the features (samples, features) of a replay set, as the page reads them."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != description["sha256"]:
        raise ExportError(f"{path} is not the file that its description names; run `make export` again")
    features = description["features"]
    scales = np.frombuffer(content, "<f4", features)
    return np.frombuffer(content, np.uint8, offset=4 * features).reshape(-1, features) * scales
