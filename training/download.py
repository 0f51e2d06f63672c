"""Fetch the official MNIST files into a cache, and keep only what has the right checksum."""

import hashlib
import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from training.errors import DatasetError

TIMEOUT_SECONDS = 30
CHUNK_BYTES = 1 << 16


class RemoteFile(NamedTuple):
    """A published file and the MD5 that its publisher states."""

    name: str
    md5: str


MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
# The sums that torchvision and others check; MD5 guards against broken transfers, https against the rest.
MNIST_FILES = (
    RemoteFile("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
    RemoteFile("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
    RemoteFile("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
    RemoteFile("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
)


def cache_folder() -> Path:
    """Return where downloads are kept: DIGITPAD_CACHE, else `digitpad` in the user's cache folder."""
    if chosen := os.environ.get("DIGITPAD_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "digitpad"


def is_cached(folder: Path, files: Sequence[RemoteFile] = MNIST_FILES) -> bool:
    """Tell whether every file is in `folder` with the right checksum."""
    return all(_has_sum(folder / file.name, file.md5) for file in files)


def download(
    folder: Path, mirrors: Sequence[str] = MIRRORS, files: Sequence[RemoteFile] = MNIST_FILES
) -> None:
    """Fetch into `folder` each file that is not there yet with the right checksum.

    A mirror that fails gives way to the next; when none is left, a DatasetError says what each answered.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        if not _has_sum(folder / file.name, file.md5):
            _fetch_from_any(file, folder, mirrors)


def _fetch_from_any(file: RemoteFile, folder: Path, mirrors: Sequence[str]) -> None:
    failures = []
    for mirror in mirrors:
        address = f"{mirror.rstrip('/')}/{file.name}"
        try:
            return _fetch(address, file, folder)
        except (OSError, http.client.HTTPException, DatasetError) as error:
            failures.append(f"{address}: {getattr(error, 'reason', None) or error}")
    raise DatasetError(
        f"could not download {file.name} ({'; '.join(failures)}); check the network, "
        "or put MNIST into a folder and pass it with --data or DIGITPAD_DATA"
    )


def _fetch(address: str, file: RemoteFile, folder: Path) -> None:
    """Download to a temporary file and rename it once its sum is right, so that no half file is cached."""
    temporary = folder / f".{file.name}.{os.getpid()}.part"
    digest = hashlib.md5(usedforsecurity=False)
    received = 0
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as reply, temporary.open("wb") as out:
            length = int(reply.headers.get("Content-Length") or 0)
            with tqdm(
                total=length or None, desc=file.name, unit="B", unit_scale=True, dynamic_ncols=True
            ) as bar:
                while chunk := reply.read(CHUNK_BYTES):
                    out.write(chunk)
                    digest.update(chunk)
                    received += len(chunk)
                    bar.update(len(chunk))
        if length and received != length:
            raise DatasetError(f"the transfer was cut off after {received:,} of {length:,} bytes")
        if digest.hexdigest() != file.md5:
            raise DatasetError(f"the checksum is {digest.hexdigest()} instead of {file.md5}")
        temporary.replace(folder / file.name)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _has_sum(path: Path, md5: str) -> bool:
    if not path.is_file():
        return False
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() == md5
