"""What is learnt from corrections, what is kept out, and how both become images.

Each file is a writer. The newest fifth of every writer is kept out of training, and so is every fifth writer.
Corrections of very many people are drawn once, file by file, into shards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from training.data.corrections import Correction, load_corrections, read_corrections
from training.data.datasets import CLASSES, Digits
from training.data.shards import Shards, ShardWriter, open_shards
from training.errors import DatasetError
from training.ink.draw import FEWEST, draw_inks, spread, varied_inks

KEPT_OUT = 5  # one in so many
PARTS = ("training", "same_writers", "other_writers")


class CorrectionFiles(NamedTuple):
    """Files of corrections, each of one writer."""

    paths: dict[str, Path]  # by the SHA-256 of the file, in its order, whatever the order of the paths
    lines: int  # of all files, about as many as corrections


def find_corrections(paths: Sequence[Path]) -> CorrectionFiles:
    """Return files of corrections, and all *.jsonl in folders; DatasetError if there is none or one twice."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
        if not inside:
            raise DatasetError(f"{path} holds no file of corrections (*.jsonl); correct --extra")
        files += inside
    found: dict[str, Path] = {}
    lines = 0
    for path in files:
        content = _content(path)
        checksum = hashlib.sha256(content).hexdigest()
        if other := found.get(checksum):
            raise _double(path, other)
        found[checksum] = path
        lines += content.count(b"\n")
    return CorrectionFiles(dict(sorted(found.items())), lines)


def divide_writer(corrections: Sequence[Correction], place: int) -> dict[str, list[Correction]]:
    """Divide the corrections of one writer, who stands at a place counted from 0, among PARTS."""
    writer = sorted(corrections, key=lambda correction: (correction.time, correction.id))
    if place % KEPT_OUT == KEPT_OUT - 1:
        return {"training": [], "same_writers": [], "other_writers": writer}
    learnt = len(writer) - len(writer) // KEPT_OUT
    return {"training": writer[:learnt], "same_writers": writer[learnt:], "other_writers": []}


def drawn_corrections(corrections: Sequence[Correction]) -> Digits:
    """Draw corrections as the page does; the label of what is no digit is CLASSES."""
    images = [draw_inks([each.ink])[0] if each.pixels is None else each.pixels for each in corrections]
    labels = [CLASSES if each.label is None else each.label for each in corrections]
    return Digits(np.array(images, np.uint8).reshape(-1, 28, 28), np.array(labels, np.uint8))


class CorrectionShards(NamedTuple):
    """The shards of PARTS."""

    parts: dict[str, Shards]
    count: int  # corrections
    learnt: int


def shard_corrections(files: CorrectionFiles, folder: Path, copies: int, seed: int) -> CorrectionShards:
    """Draw corrections into shards, those that are learnt `copies` times; shards that are there are kept.

    In memory are a file for each processor, a shard of each part, and 8 bytes for each correction.
    DatasetError names the file that is refused.
    """
    digest = hashlib.sha256("".join(files.paths).encode()).hexdigest()
    source = {"corrections": digest, "files": len(files.paths), "copies": copies, "seed": seed}
    with suppress(DatasetError):
        return _opened(folder, source)
    tasks = ((path, place, copies, seed) for place, path in enumerate(files.paths.values()))
    writers = {part: ShardWriter(folder / part) for part in PARTS}
    ids, counts = [], np.zeros(2, int)
    drawn = spread(_draw_file, tasks, many=files.lines * copies >= FEWEST)
    style = {"unit": "file", "dynamic_ncols": True, "leave": False}
    for of_file, digits, learnt in tqdm(drawn, "drawing corrections", len(files.paths), **style):
        ids.append(of_file)
        counts += len(of_file), learnt
        for part, writer in writers.items():
            writer.add(digits[part])
    _refuse_double(files, np.concatenate(ids))
    source |= {"count": int(counts[0]), "learnt": int(counts[1])}
    for writer in writers.values():
        writer.finish(source)
    return _opened(folder, source)


def _opened(folder: Path, source: dict) -> CorrectionShards:
    """Return the shards in a folder; DatasetError if they are not complete or were not made from `source`."""
    parts = {part: open_shards(folder / part) for part in PARTS}
    if any(source.items() - shards.source.items() for shards in parts.values()):
        raise DatasetError(f"{folder} holds shards of other corrections")
    made = parts["training"].source
    return CorrectionShards(parts, made["count"], made["learnt"])


def _draw_file(task: tuple[Path, int, int, int]) -> tuple[np.ndarray, dict[str, Digits], int]:
    """Return the ids of one file (uint64), its images by part, and how many corrections are learnt."""
    path, place, copies, seed = task
    try:
        corrections = read_corrections(_content(path))
    except DatasetError as error:
        raise DatasetError(f"{path}: {error}") from error
    parts = divide_writer(corrections, place)
    learnt = [each for each in parts["training"] if each.label is not None and each.ink is not None]
    others = [each for each in parts["training"] if each.label is None or each.ink is None]
    images = [*varied_inks([each.ink for each in learnt], copies, (seed, place), alone=True)]
    labels = np.tile(np.array([each.label for each in learnt], np.uint8), copies)
    pictures = drawn_corrections(others * copies)
    training = Digits(np.concatenate([*images, pictures.images]), np.concatenate([labels, pictures.labels]))
    kept = {
        part: drawn_corrections([each for each in parts[part] if each.label is not None])
        for part in PARTS[1:]
    }
    ids = np.array([_short(each.id) for each in corrections], np.uint64)
    return ids, {"training": training} | kept, len(parts["training"])


def _short(identity: str) -> int:
    return int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=8).digest(), "little")


def _refuse_double(files: CorrectionFiles, ids: np.ndarray) -> None:
    """Raise DatasetError that names two files with the same correction, if there are any."""
    ids.sort()
    double = set(ids[1:][ids[1:] == ids[:-1]].tolist())
    if double:
        load_corrections([path for path in files.paths.values() if double & _ids(path)])


def _ids(path: Path) -> set[int]:
    return {_short(each.id) for each in read_corrections(_content(path))}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}); correct --extra") from error


def _double(path: Path, other: Path) -> DatasetError:
    return DatasetError(f"{path} holds corrections that {other} holds too; pass only one of them")
