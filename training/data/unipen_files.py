"""UNIPEN's files: from a local folder, from the cache, or from their publisher, in this order."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from training.data.datasets import named_folder
from training.data.download import RemoteFile, cache_folder, download, filling, is_cached, read_remote
from training.errors import DatasetError
from training.files import write_atomically

NAME = "train_r01_v07"
CATEGORIES = ("1a", "1b", "1c", "1d")  # isolated digits, capitals, small letters, signs
RECORD = "https://zenodo.org/api/records/1195803"
TAR_ENDINGS = (".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tar.xz")
OTHERWISE = "pass a folder that has no UNIPEN with --data to go without it"
WANTED = re.compile(rf"data/(?:{'|'.join(CATEGORIES)})/.+|include/.+")  # UNIPEN has words and texts too


class Archive(NamedTuple):
    """The text files of a distribution by their path within it."""

    paths: dict[str, None]  # an ordered set
    read: Callable[[str], str]


def find_unipen(
    folder: Path | None = None, *, cache: Path | None = None, record: str = RECORD
) -> Path | None:
    """Return the archive or the folder of UNIPEN; download it if there is neither a local nor a cached one.

    `folder` falls back to the variable DIGITPAD_DATA. Nothing is downloaded if a folder is named: None if
    there is no UNIPEN in it or in its `unipen/`, so a folder without it trains without it. `record` is where
    the publisher names the archive and its checksum. DatasetError if the download fails.
    """
    folder = folder or named_folder()
    if folder is not None:
        return next((path for place in (folder / "unipen", folder) if (path := _in_folder(place))), None)
    cached = (cache or cache_folder()) / "unipen"
    kept = cached / "record.json"
    with suppress(OSError, DatasetError):
        file = _archive_in(kept.read_bytes(), str(kept))
        if is_cached(cached, [file]):
            return cached / file.name
    content = read_remote(record, OTHERWISE)
    file = _archive_in(content, record)
    with filling(cached):
        write_atomically(kept, lambda temporary: temporary.write_bytes(content))
    download(cached, [], [file], OTHERWISE)
    return cached / file.name


def unipen_checksum(path: Path | None) -> dict[str, str]:
    """Return the SHA-256 of UNIPEN's isolated characters by its name, to record what a model was trained on.

    It is of the names and contents of the files, so folder and archive make no difference. DatasetError if
    the archive is damaged.
    """
    if path is None:
        return {}
    archive = open_unipen(path)
    total = hashlib.sha256()
    for name in archive.paths:
        content = archive.read(name).encode("latin-1")
        total.update(f"{name}\n{len(content)}\n".encode() + content)
    return {NAME: total.hexdigest()}


def open_unipen(path: Path) -> Archive:
    """Open a distribution, a folder or a tar archive; DatasetError if it cannot be read."""
    return _open_folder(path) if path.is_dir() else _open_tar(path)


def _open_folder(folder: Path) -> Archive:
    root = folder / NAME if (folder / NAME).is_dir() else folder
    paths = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())

    def read(name: str) -> bytes:
        try:
            return (root / name).read_bytes()
        except OSError as error:
            raise DatasetError(f"{root / name} cannot be read: {error.strerror}; fetch it again") from error

    return _archive(filter(WANTED.fullmatch, paths), read)


def _open_tar(path: Path) -> Archive:
    """Read an archive in one go: to find one file in it again means to unpack it from its start."""
    files = {}
    style = {"unit": "file", "dynamic_ncols": True, "leave": False}
    try:
        with tarfile.open(path, "r:*") as tar:
            for member in tqdm(tar, desc=f"unpacking {path.name}", **style):
                name = member.name.removeprefix("./").rpartition(f"{NAME}/")[2]
                if member.isfile() and WANTED.fullmatch(name):
                    files[name] = tar.extractfile(member).read()
    except (OSError, EOFError, tarfile.TarError, zlib.error, lzma.LZMAError) as error:
        reason = str(error).partition("\n")[0].rstrip(":")
        raise DatasetError(f"{path} cannot be read: {reason}; fetch it again") from error
    return _archive(files, files.__getitem__)


def _archive(paths: Iterable[str], read: Callable[[str], bytes]) -> Archive:
    """Return an archive whose files are Latin-1 with any kind of line end."""
    return Archive(
        dict.fromkeys(sorted(paths)), lambda name: read(name).decode("latin-1").replace("\r", "\n")
    )


def _in_folder(folder: Path) -> Path | None:
    """Return UNIPEN in a folder, packed or not; DatasetError if it is packed as something else than tar."""
    named = sorted(folder.glob(f"*{NAME}*"))
    readable = [path for path in named if path.name.endswith(TAR_ENDINGS)]
    readable += [path for path in named if path.is_dir()]
    if named and not readable:
        raise DatasetError(f"{named[0]} is neither a tar archive nor a folder; unpack it there")
    return readable[0] if readable else None


def _archive_in(record: bytes, source: str) -> RemoteFile:
    """Return the archive that a record of Zenodo names (JSON), with its address and its checksum.

    DatasetError if the record is none, names no archive, or only one that is no tar.
    """
    try:
        files = {each["key"]: each for each in json.loads(record)["files"]}
        named = [key for key in files if NAME in key]
        name = next((key for key in named if key.endswith(TAR_ENDINGS)), None)
        if name is None:
            raise DatasetError(
                f"{source} names {' and '.join(named) or 'no file'} for {NAME}, not a tar archive; "
                f"unpack it in unipen/ of a folder and pass that with --data, or {OTHERWISE}"
            )
        algorithm, checksum = files[name]["checksum"].split(":")
        hashlib.new(algorithm, usedforsecurity=False)  # ValueError if there is no such
        return RemoteFile(Path(name).name, checksum, algorithm, address=files[name]["links"]["self"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(f"{source} is no record of Zenodo that names its files; {OTHERWISE}") from error
