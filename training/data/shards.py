"""Samples on disk, in files of equal records: more of them than fit into memory.

A record is the label, 0 to 9 or 10 for what is no digit, and 28×28 bytes of image. shards.json names the
files with their number of records and SHA-256, and is written last: a folder without it is not complete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.datasets import CLASSES, SIDE, Digits
from training.errors import DatasetError
from training.files import write_atomically, write_json

RECORD = 1 + SIDE * SIDE  # bytes
SAMPLES = 50_000  # of a shard
CONTENTS = "shards.json"
FORMAT = {"format": "digitpad-shards", "version": 1}
READ = 10_000  # samples that are read at a time


class Shard(NamedTuple):
    """A file of records."""

    path: Path
    count: int
    sha256: str


class Shards(NamedTuple):
    """A folder of shards."""

    shards: list[Shard]
    source: dict  # what the samples were made from
    checksum: str  # SHA-256 of all of it

    @property
    def count(self) -> int:
        """Return the number of samples."""
        return sum(shard.count for shard in self.shards)


class ShardWriter:
    """Writes samples into a folder as they are made, in place of the shards there; one shard is in memory.

    All methods raise DatasetError if the folder cannot be written to.
    """

    def __init__(self, folder: Path, samples: int = SAMPLES) -> None:
        """Make the folder, or empty it of shards."""
        self.folder, self.entries = folder, []
        self._records, self._filled = np.empty((samples, RECORD), np.uint8), 0
        with self._explained():
            folder.mkdir(parents=True, exist_ok=True)
            for old in (folder / CONTENTS, *folder.glob("shard-*.bin")):
                old.unlink(missing_ok=True)

    def add(self, digits: Digits) -> None:
        """Add samples at the end. ValueError for a label that there is not."""
        images, labels = digits
        if labels.size and labels.max() > CLASSES:
            raise ValueError(f"there is no label {labels.max()}")
        done = 0
        while done < len(labels):
            size = min(len(self._records) - self._filled, len(labels) - done)
            here = self._records[self._filled : self._filled + size]
            here[:, 0] = labels[done : done + size]
            here[:, 1:] = images[done : done + size].reshape(size, -1)
            self._filled, done = self._filled + size, done + size
            if self._filled == len(self._records):
                self._write()

    def finish(self, source: dict) -> Shards:
        """Complete the folder; `source` says in shards.json what the samples were made from."""
        if self._filled:
            self._write()
        with self._explained():
            write_json(self.folder / CONTENTS, FORMAT | {"source": source, "shards": self.entries})
        return open_shards(self.folder)

    def _write(self) -> None:
        records = self._records[: self._filled]
        path = self.folder / f"shard-{len(self.entries) + 1:05d}.bin"
        with self._explained():
            write_atomically(path, records.tofile)
        digest = hashlib.sha256(records.data).hexdigest()
        self.entries.append({"name": path.name, "count": len(records), "sha256": digest})
        self._filled = 0

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or "the disk may be full"
            raise DatasetError(f"cannot write shards to {self.folder} ({reason})") from error


def open_shards(folder: Path) -> Shards:
    """Return the shards of a folder; DatasetError if it is not complete or a file has another size."""
    try:
        text = (folder / CONTENTS).read_bytes()
    except OSError as error:
        raise DatasetError(
            f"{folder} holds no complete shards ({CONTENTS}: {error.strerror}); write them with "
            "`python -m training.make_shards`"
        ) from error
    try:
        contents = json.loads(text)
        if {key: contents[key] for key in FORMAT} != FORMAT:
            raise ValueError
        shards = [
            Shard(folder / Path(each["name"]).name, int(each["count"]), str(each["sha256"]))
            for each in contents["shards"]
        ]
        source = dict(contents["source"])
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{folder / CONTENTS} is damaged or of another version; write the shards again"
        ) from error
    for path, count, _ in shards:
        size = path.stat().st_size if path.is_file() else 0
        if size != count * RECORD:
            raise DatasetError(
                f"{path} holds {size:,} bytes instead of {count * RECORD:,}; write the shards again"
            )
    return Shards(shards, source, hashlib.sha256(text).hexdigest())


def check_shards(shards: Iterable[Shard]) -> None:
    """Read shards whole; DatasetError names the first that is damaged."""
    for path, _, sha256 in shards:
        try:
            with path.open("rb") as file:
                digest = hashlib.sha256()
                while block := file.read(READ * RECORD):
                    digest.update(block)
        except OSError as error:
            raise DatasetError(f"{path} cannot be read ({error.strerror}); write the shards again") from error
        if digest.hexdigest() != sha256:
            raise DatasetError(f"{path} is damaged: its SHA-256 is another one; write the shards again")


def read_shards(shards: Shards) -> Iterator[Digits]:
    """Yield the samples in the order in which they were written, READ at most at a time."""
    for path, count, _ in shards.shards:
        for first in range(0, count, READ):
            size = min(READ, count - first)
            records = np.fromfile(path, np.uint8, size * RECORD, offset=first * RECORD).reshape(size, RECORD)
            yield Digits(records[:, 1:].reshape(-1, SIDE, SIDE), records[:, 0])
