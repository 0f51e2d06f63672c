"""A tiny data set made by code: digits of seven segments, each at its own place, size, slant and width."""

import gzip
import struct
from pathlib import Path

import numpy as np

# Segments: top, upper left, upper right, middle, lower left, lower right, bottom.
SEGMENTS = (
    ((0, 0), (1, 0)),
    ((0, 0), (0, 1)),
    ((1, 0), (1, 1)),
    ((0, 1), (1, 1)),
    ((0, 1), (0, 2)),
    ((1, 1), (1, 2)),
    ((0, 2), (1, 2)),
)
# Which segments each digit lights, the first in the highest bit.
LIT = (0x77, 0x12, 0x5D, 0x5B, 0x3A, 0x6B, 0x6F, 0x52, 0x7F, 0x7B)
NAMES = {"train": "train", "test": "t10k"}


def draw(digit: int, rng: np.random.Generator) -> np.ndarray:
    """Return 28×28 bytes, white on black."""
    width, height = rng.uniform(8, 10), rng.uniform(16, 18)
    left, top = rng.uniform(8, 11), rng.uniform(4, 6)
    slant, radius = rng.uniform(-0.15, 0.15), rng.uniform(1.0, 1.6)
    y, x = np.mgrid[0:28, 0:28] + 0.5
    distance = np.full((28, 28), np.inf)
    for place, segment in enumerate(SEGMENTS):
        if LIT[digit] & 0x40 >> place:
            (ax, ay), (bx, by) = (
                (left + u * width - slant * v * height / 2, top + v * height / 2) for u, v in segment
            )
            along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
            along = np.clip(along, 0, 1)
            distance = np.minimum(distance, np.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)))
    return np.round(255 * np.clip(radius + 0.5 - distance, 0, 1)).astype(np.uint8)


def make_digits(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return n×28×28 bytes and n labels, every digit equally often."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count) % 10).astype(np.uint8)
    return np.stack([draw(int(label), rng) for label in labels]), labels


def idx_bytes(array: np.ndarray) -> bytes:
    """Return an array of bytes as an idx file holds it."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def write_idx(folder: Path, *, train: int = 600, test: int = 200, compress: bool = True) -> Path:
    """Write the four idx files of a made data set, named as MNIST's are, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (part, count) in enumerate({"train": train, "test": test}.items()):
        images, labels = make_digits(count, seed)
        for kind, array in {"images-idx3": images, "labels-idx1": labels}.items():
            content = idx_bytes(array)
            name = f"{NAMES[part]}-{kind}-ubyte"
            if compress:
                name, content = f"{name}.gz", gzip.compress(content, mtime=0)
            (folder / name).write_bytes(content)
    return folder


def write_npz(folder: Path, *, train: int = 600, test: int = 200) -> Path:
    """Write the same data set as one mnist.npz, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (x_train, y_train), (x_test, y_test) = make_digits(train, 0), make_digits(test, 1)
    np.savez(folder / "mnist.npz", x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    return folder
