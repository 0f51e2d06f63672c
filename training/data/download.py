"""Download published data sets into a cache; only files with the right checksum are kept."""

import fcntl
import hashlib
import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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
    address: str | None = None  # if it lies on no mirror


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

    If a mirror fails, the next is tried; what a broken transfer left is kept, and the next one goes on from
    there. DatasetError if all fail, with what each answered and what to do `otherwise`, or if the folder
    cannot be written.
    """
    with filling(folder):
        for file in files:
            if not _is_right(folder / file.name, file):
                _fetch_from_any(file, folder, mirrors, otherwise)


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Make a folder of the cache and fill it, alone: another process waits, and then finds what it needs.

    DatasetError if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # not every network drive can lock
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)  # and unlocks
    except OSError as error:
        raise DatasetError(
            f"cannot write to the cache {folder} ({error.strerror}); set DIGITPAD_CACHE to a writable folder"
        ) from error


def read_remote(address: str, otherwise: str) -> bytes:
    """Return what is at an address; DatasetError with what to do `otherwise` if it cannot be had."""
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as reply:
            return reply.read()
    except (OSError, http.client.HTTPException) as error:
        raise _failure(address, [_answer(address, error)], otherwise) from error


def _fetch_from_any(file: RemoteFile, folder: Path, mirrors: Sequence[str], otherwise: str) -> None:
    failures = []
    on_mirrors = [f"{mirror.rstrip('/')}/{file.packed_as or file.name}" for mirror in mirrors]
    for address in [file.address] if file.address else on_mirrors:
        try:
            return _fetch(address, file, folder)
        except (OSError, http.client.HTTPException, DatasetError) as error:
            failures.append(_answer(address, error))
    raise _failure(file.name, failures, otherwise)


def _answer(address: str, error: Exception) -> str:
    """Return what an address answered, and close the connection that the error holds."""
    if isinstance(error, urllib.error.HTTPError):
        error.close()
    return f"{address}: {getattr(error, 'reason', None) or error}"


def _failure(name: str, answers: Sequence[str], otherwise: str) -> DatasetError:
    return DatasetError(
        f"could not download {name} ({'; '.join(answers)}); check the network, or {otherwise}"
    )


def _fetch(address: str, file: RemoteFile, folder: Path) -> None:
    """Download to a temporary file and rename it once its checksum is right."""
    part = folder / f".{file.name}.part"
    start = part.stat().st_size if part.is_file() else 0
    try:
        _transfer(address, part, start, file.name)
        if file.packed_as:
            part.write_bytes(unpack(part.read_bytes()))
        if (found := _sum(part, file.algorithm)) != file.checksum:
            raise DatasetError(f"the checksum is {found} instead of {file.checksum}")
    except _CutOff:
        raise  # and go on from there the next time
    except DatasetError:
        part.unlink()
        if not start:
            raise
        return _fetch(address, file, folder)  # what was left of another time was damaged or of another file
    part.replace(folder / file.name)


class _CutOff(DatasetError):
    """The transfer ended early; what arrived is right."""


def _transfer(address: str, part: Path, start: int, name: str) -> None:
    """Write what is at an address to `part`, from the byte `start` on if the server can."""
    request = urllib.request.Request(address, headers={"Range": f"bytes={start}-"} if start else {})
    try:
        reply = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        return error.close()  # nothing is left to fetch; the checksum tells whether it is the right file
    with reply:
        if reply.status != http.client.PARTIAL_CONTENT:
            start = 0
        length = start + int(reply.headers["Content-Length"]) if reply.headers["Content-Length"] else None
        style = {"unit": "B", "unit_scale": True, "dynamic_ncols": True}
        bar = tqdm(total=length, initial=start, desc=name, **style)
        with bar, part.open("ab" if start else "wb") as out:
            while chunk := reply.read(CHUNK_BYTES):
                bar.update(out.write(chunk))
            received = out.tell()
    if length is not None and received < length:
        raise _CutOff(
            f"the transfer was cut off after {received:,} of {length:,} bytes; the next goes on from there"
        )


def _is_right(path: Path, file: RemoteFile) -> bool:
    return path.is_file() and _sum(path, file.algorithm) == file.checksum


def _sum(path: Path, algorithm: str) -> str:
    return hashlib.new(algorithm, path.read_bytes(), usedforsecurity=False).hexdigest()
