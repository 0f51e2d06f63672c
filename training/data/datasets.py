"""MNIST from a local folder, from the cache, or from its publishers, in this order."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.download import MIRRORS, MNIST_FILES, RemoteFile, cache_folder, download, is_cached
from training.data.idx import read_idx, read_npz
from training.errors import DatasetError

CLASSES = 10
SIDE = 28  # pixels
FILE_STEMS = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
NPZ_NAME = "mnist.npz"
RUNS = 10  # of neighbours, that validate


class Digits(NamedTuple):
    """Handwritten digits with what they are."""

    images: np.ndarray  # n×28×28 uint8, white ink (255) on black (0)
    labels: np.ndarray  # n uint8, 0 to 9


class MnistFiles(NamedTuple):
    """Where MNIST was found."""

    origin: str  # "local folder", "cache" or "download"
    parts: dict[str, tuple[Path, ...]]  # "train" and "test" to (images, labels) or to (mnist.npz,)


def find_mnist(
    folder: Path | None = None,
    *,
    cache: Path | None = None,
    mirrors: Sequence[str] = MIRRORS,
    files: Sequence[RemoteFile] = MNIST_FILES,
) -> MnistFiles:
    """Return the files of MNIST; download them if there is neither a local folder nor a cached copy.

    `folder` falls back to the variable DIGITPAD_DATA. It holds the files itself or in `mnist/`; their
    checksums are not compared with the published ones. DatasetError if a named folder lacks MNIST: nothing is
    downloaded then.
    """
    folder = folder or named_folder()
    if folder is not None:
        return MnistFiles("local folder", _find_in_folder(folder))
    cached = (cache or cache_folder()) / "mnist"
    origin = "cache" if is_cached(cached, files) else "download"
    download(cached, mirrors, files)
    return MnistFiles(origin, _find_in_folder(cached))


def named_folder() -> Path | None:
    """Return the folder of data sets that the variable DIGITPAD_DATA names, if it is set."""
    return Path(os.environ["DIGITPAD_DATA"]) if os.environ.get("DIGITPAD_DATA") else None


def read_digits(found: MnistFiles, part: str) -> Digits:
    """Read the "train" or the "test" part and check that images and labels belong together."""
    paths = found.parts[part]
    if len(paths) == 1:
        images, labels = read_npz(paths[0], part)
    else:
        images, labels = (read_idx(path) for path in paths)
    named = " and ".join(str(path) for path in paths)
    if images.ndim != 3 or images.shape[1:] != (SIDE, SIDE) or images.dtype != np.uint8:
        raise DatasetError(
            f"{paths[0]} holds {images.dtype} of shape {images.shape}, not bytes of n×{SIDE}×{SIDE}; "
            "point --data at MNIST"
        )
    if labels.shape != (len(images),):
        raise DatasetError(
            f"{named} do not belong together: {len(images):,} images but labels of shape {labels.shape}; "
            "fetch both again"
        )
    if not len(images):
        raise DatasetError(f"{named} hold no digits; fetch them again")
    if labels.min() < 0 or labels.max() >= CLASSES:
        raise DatasetError(f"{paths[-1]} holds a label {labels.max()}, not only 0 to 9; fetch it again")
    return Digits(images, labels.astype(np.uint8))


def checksums(found: MnistFiles) -> dict[str, str]:
    """Return the SHA-256 of every file by name, to record what a model was trained on."""
    paths = dict.fromkeys(path for part in found.parts.values() for path in part)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def split_validation(labels: np.ndarray, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the indices for training and for validation: `count` digits in runs of neighbours.

    MNIST's training digits stand in the order of their writers, so the validation's writers are others than
    those of training, as the test's are. The split depends only on the number of labels, count and seed, so
    training, evaluation and export find the same digits.
    """
    if not 0 < count < len(labels) - RUNS:
        raise DatasetError(f"cannot keep {count:,} of {len(labels):,} training digits for validation")
    first = np.random.default_rng(seed).integers(len(labels))
    run = np.arange(count) * RUNS // count
    within = np.arange(count) - -(-run * count // RUNS)
    chosen = np.sort((first + run * len(labels) // RUNS + within) % len(labels))
    return np.setdiff1d(np.arange(len(labels)), chosen), chosen


def _find_in_folder(folder: Path) -> dict[str, tuple[Path, ...]]:
    if not folder.is_dir():
        raise DatasetError(f"there is no folder {folder}; correct --data or DIGITPAD_DATA")
    inner = folder / "mnist" if (folder / "mnist").is_dir() else folder
    if (inner / NPZ_NAME).is_file():
        return {part: (inner / NPZ_NAME,) for part in FILE_STEMS}
    stems = [stem for pair in FILE_STEMS.values() for stem in pair]
    found = {stem: path for stem in stems if (path := _idx_path(inner, stem))}
    missing = [stem for stem in stems if stem not in found]
    if missing:
        raise DatasetError(
            f"{inner} lacks {', '.join(missing)} (.gz or plain) and {NPZ_NAME}; "
            "put MNIST there, or leave --data and DIGITPAD_DATA away to download it"
        )
    return {part: tuple(found[stem] for stem in pair) for part, pair in FILE_STEMS.items()}


def _idx_path(folder: Path, stem: str) -> Path | None:
    """Return the file of this name, in any of the spellings that MNIST is published under."""
    names = (f"{stem}.gz", stem, f"{stem.replace('-idx', '.idx')}.gz", stem.replace("-idx", ".idx"))
    return next((folder / name for name in names if (folder / name).is_file()), None)
