"""Read isolated characters from UNIPEN's first distribution, train_r01_v07, as its publisher lays it out.

Source: International Unipen Foundation (1999), Zenodo record 1195803, CC BY 4.0; the format is that of Guyon,
Schomaker, Plamondon, Liberman and Janet (1994), "UNIPEN project of on-line data exchange and recognizer
benchmarks". `data/<category>/` holds the labels: which files of `include/` to read, and which of their
components, counted over all of them, are which character.
"""

from __future__ import annotations

import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from training.errors import DatasetError

NAME = "train_r01_v07"
DIGITS, CAPITALS, LETTERS, SIGNS = CATEGORIES = ("1a", "1b", "1c", "1d")
DEEPEST = 20  # includes within includes; a file that includes itself would never end


@dataclass(frozen=True)
class Character:
    """One character as it was written."""

    label: str
    laboratory: str  # three letters
    writer: str  # the same name in two laboratories means two people
    source: str  # the file of labels and the components, which together name the recording
    strokes: list[np.ndarray]  # each (points, 2) in tablet units, y down


class Characters(NamedTuple):
    """What was read, and how many segments were left out for each reason."""

    found: list[Character]
    left_out: Counter[str]


class Archive(NamedTuple):
    """The text files of a distribution by their path within it."""

    name: str
    paths: list[str]
    read: Callable[[str], str]


def load_unipen(path: Path, categories: Iterable[str] = CATEGORIES) -> Characters:
    """Read the characters of some categories from a folder or a .tar.gz, in the files' own order.

    Segments that name no component, hold no ink or have no label are left out and counted. DatasetError if the
    distribution is damaged, lacks a file that another includes, or holds no character.
    """
    archive = _open_folder(path) if path.is_dir() else _open_tar(path)
    found: list[Character] = []
    left_out: Counter[str] = Counter()
    labels = [name for name in archive.paths if name.split("/")[:1] == ["data"]]
    labels = [name for category in categories for name in labels if name.split("/")[1] == category]
    for name in tqdm(labels, desc=f"reading {path.name}", unit="file", dynamic_ncols=True, leave=False):
        laboratory = name.split("/")[2]
        for label, writer, parts, strokes in _read_segments(archive, name):
            reason = "no label" if not label else "no component" if parts is None else "no ink"
            if label and strokes:
                found.append(Character(label, laboratory, writer, f"{name}#{parts}", strokes))
            else:
                left_out[reason] += 1
    if not found:
        raise DatasetError(
            f"{path} holds no character in data/{', data/'.join(categories)}; is it {NAME} as UNIPEN publishes it?"
        )
    return Characters(found, left_out)


def _open_folder(folder: Path) -> Archive:
    root = folder / NAME if (folder / NAME).is_dir() else folder
    paths = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return Archive(str(folder), paths, lambda name: (root / name).read_text(encoding="latin-1"))


def _open_tar(path: Path) -> Archive:
    """Read an archive in one go: to find one file in it again means to unpack it from its start."""
    files = {}
    wanted = re.compile(rf"(?:.*/)?{NAME}/(data/(?:{'|'.join(CATEGORIES)})/.+|include/.+)")
    try:
        with tarfile.open(path, "r:*") as tar:
            for member in tqdm(
                tar, desc=f"unpacking {path.name}", unit="file", dynamic_ncols=True, leave=False
            ):
                if member.isfile() and (match := wanted.fullmatch(member.name)):
                    files[match[1]] = tar.extractfile(member).read()
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise DatasetError(f"{path} cannot be read: {error}; fetch it again") from error
    return Archive(str(path), sorted(files), lambda name: files[name].decode("latin-1"))


class _Component(NamedTuple):
    points: np.ndarray  # (points, 2), y down
    is_ink: bool


def _read_segments(
    archive: Archive, name: str
) -> Iterator[tuple[str | None, str, str | None, list[np.ndarray]]]:
    """Yield label, writer, the components' text (None if they do not exist) and strokes of each segment."""
    components: list[_Component] = []
    writers: list[str] = []  # of each component
    segments = []
    for writer, component, segment in _parse(archive, name, columns=("X", "Y")):
        if component is not None:
            components.append(component)
            writers.append(writer)
        if segment is not None:
            segments.append(segment)
    for parts, label in segments:
        strokes = _cut(components, parts)
        if strokes is None:
            yield label, "", None, []
        else:
            first = int(re.match(r"\d+", parts)[0])
            yield label, writers[first], parts, strokes


def _parse(
    archive: Archive, name: str, columns: tuple[str, ...]
) -> Iterator[tuple[str, _Component | None, tuple[str, str | None] | None]]:
    """Yield what a file and the files that it includes hold, in order: components and character segments."""
    writer = ""
    for file, keyword, text in _statements(archive, name, depth=0):
        match keyword:
            case "COORD":
                columns = tuple(text.split())
                if not {"X", "Y"} <= set(columns):
                    raise DatasetError(f"{file} of {archive.name} has no X or no Y in .COORD {text.strip()}")
            case "WRITER_ID":
                writer = text.strip()
            case "PEN_DOWN" | "PEN_UP":
                points = _points(text, columns, f"{file} of {archive.name}")
                if keyword == "PEN_DOWN" or len(points):  # the pen may be lifted without being followed
                    yield writer, _Component(points, keyword == "PEN_DOWN"), None
            case "SEGMENT" if text.split()[:1] == ["CHARACTER"]:
                yield writer, None, _segment(text)


def _statements(archive: Archive, name: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """Yield file, keyword and the text up to the next keyword, with included files in their place."""
    if depth > DEEPEST:
        raise DatasetError(f"{name} of {archive.name} includes itself; fetch it again")
    try:
        content = archive.read(name)
    except (OSError, KeyError) as error:
        raise DatasetError(
            f"{archive.name} lacks {name}, which its labels include; fetch it again"
        ) from error
    for statement in re.split(r"^\.", content, flags=re.MULTILINE)[1:]:
        keyword, _, text = statement.replace("\t", " ").partition(
            "\n" if "\n" in statement.split(" ")[0] else " "
        )
        if keyword == "INCLUDE":
            yield from _statements(archive, f"include/{text.split()[0]}", depth + 1)
        else:
            yield name, keyword, text


def _points(text: str, columns: tuple[str, ...], where: str) -> np.ndarray:
    """Return the points (n, 2) of a component; the tablet's y points up, and its sign is changed."""
    try:
        values = np.array(text.split(), np.float64).reshape(-1, len(columns))
    except ValueError as error:
        raise DatasetError(
            f"{where} has points that are not {len(columns)} numbers each; fetch it again"
        ) from error
    return np.stack([values[:, columns.index("X")], -values[:, columns.index("Y")]], axis=1)


def _segment(text: str) -> tuple[str, str | None]:
    """Return the components and the label of "CHARACTER components quality "label"…"."""
    quoted = re.search(r'"((?:[^"\\]|\\.)+)"', text)
    words = text.split()
    return words[1] if len(words) > 1 else "", re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else None


def _cut(components: list[_Component], parts: str) -> list[np.ndarray] | None:
    """Return the ink of components such as "3-4", "3,5-6" or "12:0-13:5"; None if there are none such."""
    strokes = []
    for part in parts.split(","):
        ends = re.fullmatch(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?", part)
        if ends is None:
            return None
        first, first_point, last, last_point = (None if end is None else int(end) for end in ends.groups())
        if last is None:
            last, last_point = first, first_point
        if not first <= last < len(components):
            return None
        for number in range(first, last + 1):
            start = first_point if number == first and first_point is not None else 0
            stop = last_point + 1 if number == last and last_point is not None else None
            points = components[number].points[start:stop]
            if components[number].is_ink and len(points):
                strokes.append(points)
    return strokes
