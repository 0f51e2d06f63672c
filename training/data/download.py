"""Download published data sets into a cache; only files with the right checksum are kept."""

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

from training.data.unpack import unpack
from training.errors import DatasetError

TIMEOUT_SECONDS = 30
CHUNK_BYTES = 1 << 16


class RemoteFile(NamedTuple):
    """A published file and the checksum of what is kept of it."""

    name: str  # in the cache
    checksum: str
    algorithm: str = "md5"
    packed_as: str | None = None  # its published name, if it is kept and its checksum taken unpacked


MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
# The sums that torchvision checks too; MD5 detects broken transfers, https protects against the rest.
MNIST_FILES = (
    RemoteFile("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
    RemoteFile("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
    RemoteFile("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
    RemoteFile("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
)

PENDIGITS_MIRRORS = ("https://archive.ics.uci.edu/ml/machine-learning-databases/pendigits/",)
# UCI states no sum; this one is of the unpacked content, which does not depend on the compression.
PENDIGITS_FILE = RemoteFile(
    "pendigits-orig.tra",
    "a66225d68d7d68591e62944df1ad33b3f5aa608e2df2505844b41f5568a80da4",
    algorithm="sha256",
    packed_as="pendigits-orig.tra.Z",
)


def cache_folder() -> Path:
    """Return where downloads are kept: DIGITPAD_CACHE, else `digitpad` in the user's cache folder."""
    if chosen := os.environ.get("DIGITPAD_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "digitpad"


def is_cached(folder: Path, files: Sequence[RemoteFile] = MNIST_FILES) -> bool:
    """Return whether every file is in `folder` with the right checksum."""
    return all(_is_right(folder / file.name, file) for file in files)


def download(
    folder: Path,
    mirrors: Sequence[str] = MIRRORS,
    files: Sequence[RemoteFile] = MNIST_FILES,
    otherwise: str = "put MNIST into a folder and pass it with --data or DIGITPAD_DATA",
) -> None:
    """Download each file that is not yet in `folder` with the right checksum.

    If a mirror fails, the next is tried. DatasetError if all fail, with what each answered and what to do
    `otherwise`, or if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            if not _is_right(folder / file.name, file):
                _fetch_from_any(file, folder, mirrors, otherwise)
    except OSError as error:
        raise DatasetError(
            f"cannot write to the cache {folder} ({error.strerror}); set DIGITPAD_CACHE to a writable folder"
        ) from error


def _fetch_from_any(file: RemoteFile, folder: Path, mirrors: Sequence[str], otherwise: str) -> None:
    failures = []
    for mirror in mirrors:
        address = f"{mirror.rstrip('/')}/{file.packed_as or file.name}"
        try:
            return _fetch(address, file, folder)
        except (OSError, http.client.HTTPException, DatasetError) as error:
            failures.append(f"{address}: {getattr(error, 'reason', None) or error}")
    raise DatasetError(
        f"could not download {file.name} ({'; '.join(failures)}); check the network, or {otherwise}"
    )


def _fetch(address: str, file: RemoteFile, folder: Path) -> None:
    """Download to a temporary file and rename it once its checksum is right."""
    temporary = folder / f".{file.name}.{os.getpid()}.part"
    received = 0
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as reply, temporary.open("wb") as out:
            length = int(reply.headers.get("Content-Length") or 0)
            with tqdm(
                total=length or None, desc=file.name, unit="B", unit_scale=True, dynamic_ncols=True
            ) as bar:
                while chunk := reply.read(CHUNK_BYTES):
                    out.write(chunk)
                    received += len(chunk)
                    bar.update(len(chunk))
        if length and received != length:
            raise DatasetError(f"the transfer was cut off after {received:,} of {length:,} bytes")
        if file.packed_as:
            try:
                temporary.write_bytes(unpack(temporary.read_bytes()))
            except ValueError as error:
                raise DatasetError(str(error)) from error
        if (found := _sum(temporary, file.algorithm)) != file.checksum:
            raise DatasetError(f"the checksum is {found} instead of {file.checksum}")
        temporary.replace(folder / file.name)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _is_right(path: Path, file: RemoteFile) -> bool:
    return path.is_file() and _sum(path, file.algorithm) == file.checksum


def _sum(path: Path, algorithm: str) -> str:
    return hashlib.new(algorithm, path.read_bytes(), usedforsecurity=False).hexdigest()
