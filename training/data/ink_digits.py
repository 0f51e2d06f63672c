"""Pen strokes as training data: divided by writer, varied, and drawn as the page draws them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.datasets import Digits, named_folder
from training.data.download import PENDIGITS_FILE, PENDIGITS_MIRRORS, RemoteFile, cache_folder, download
from training.data.pendigits import load_pendigits
from training.data.unpack import read_unpacked
from training.errors import DatasetError
from training.ink.draw import draw_inks, draw_varied_inks
from training.ink.strokes import PenDigit

NAME = PENDIGITS_FILE.name
NAMES = tuple(f"{folder}{NAME}{ending}" for folder in ("pendigits/", "") for ending in (".gz", "", ".Z"))


class InkSplit(NamedTuple):
    """Pen digits in parts that share no writer."""

    training: list[PenDigit]
    validation: list[PenDigit]
    test: list[PenDigit]


def find_ink(
    folder: Path | None = None,
    *,
    cache: Path | None = None,
    mirrors: Sequence[str] = PENDIGITS_MIRRORS,
    file: RemoteFile = PENDIGITS_FILE,
) -> Path | None:
    """Return the file of pen strokes; download it if there is neither a local folder nor a cached copy.

    `folder` falls back to the variable DIGITPAD_DATA. Nothing is downloaded if a folder is named: None if it
    has no pen strokes, so a folder with MNIST alone trains without them. DatasetError if the download fails.
    """
    folder = folder or named_folder()
    if folder is not None:
        return next((folder / name for name in NAMES if (folder / name).is_file()), None)
    cached = (cache or cache_folder()) / "pendigits"
    otherwise = "pass a folder that has MNIST alone with --data to go without pen strokes"
    download(cached, mirrors, [file], otherwise)
    return cached / file.name


def ink_checksum(path: Path | None) -> dict[str, str]:
    """Return the SHA-256 of the pen strokes by their name, to record what a model was trained on.

    Both are of the uncompressed file, so the compression makes no difference. DatasetError if it is damaged.
    """
    if path is None:
        return {}
    return {NAME: hashlib.sha256(read_unpacked(path)).hexdigest()}


def split_writers(digits: list[PenDigit]) -> InkSplit:
    """Divide by writer: of every five writers three train, one validates and one tests."""
    parts = InkSplit([], [], [])
    for digit in digits:
        parts[{3: 1, 0: 2}.get(digit.writer % 5, 0)].append(digit)
    return parts


def read_ink(path: Path) -> InkSplit:
    """Read and divide a file of pen strokes; DatasetError if a part would be empty."""
    parts = split_writers(load_pendigits(path))
    if not all(parts):
        raise DatasetError(f"{path} has too few writers to keep some out for validation and test")
    return parts


def draw_digits(digits: Sequence[PenDigit]) -> Digits:
    """Draw each digit as the page does: n×28×28 bytes and n labels."""
    return Digits(draw_inks([digit.strokes for digit in digits]), _labels(digits))


def draw_variations(digits: Sequence[PenDigit], copies: int, seed: int, what: str = "pen digits") -> Digits:
    """Draw `copies` random variations of each digit (see training.ink.draw)."""
    images = draw_varied_inks([digit.strokes for digit in digits], copies, seed, what)
    return Digits(images, np.tile(_labels(digits), copies))


def _labels(digits: Sequence[PenDigit]) -> np.ndarray:
    return np.array([digit.digit for digit in digits], np.uint8)
