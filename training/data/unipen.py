"""Read isolated characters from UNIPEN's first distribution, train_r01_v07, as its publisher lays it out.

Source: International Unipen Foundation (1999), Zenodo record 1195803, CC BY 4.0; the format is that of Guyon,
Schomaker, Plamondon, Liberman and Janet (1994), "UNIPEN project of on-line data exchange and recognizer
benchmarks". `data/<category>/` holds the labels: which files of `include/` to read, and which of their
components, counted over all of them, are which character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from training.data.unipen_files import CATEGORIES, NAME, Archive, open_unipen
from training.errors import DatasetError

DIGITS, CAPITALS, LETTERS, SIGNS = CATEGORIES
# The laboratory kai labels so what stands between the letters of a word: joining strokes, and dots of an i.
JOINING = r"\@"
DEEPEST = 20  # includes within includes; a file that includes itself would never end


@dataclass(frozen=True)
class Character:
    """One character as it was written."""

    label: str
    laboratory: str  # three letters
    writer: str  # the same name in two laboratories means two people
    source: str  # the file of labels and the components, which together name the recording
    strokes: list[np.ndarray]  # each (points, 2) in tablet units, y down

    @property
    def is_digit(self) -> bool:
        """Return whether it is of the category of digits."""
        return self.source.startswith(f"data/{DIGITS}/")


class Characters(NamedTuple):
    """What was read, and how many segments were left out for each reason."""

    found: list[Character]
    left_out: Counter[str]


def load_unipen(path: Path, categories: Iterable[str] = CATEGORIES) -> Characters:
    """Read the characters of some categories from a folder or a tar archive, in the files' own order.

    Segments without a label, a writer, ink or existing components are left out and counted. So are those of
    a file that can't be read: it includes a missing file or itself, or its points are not what .COORD says.
    Every quality is read, also BAD. DatasetError if the archive is damaged, or if no character is left.
    """
    categories = tuple(categories)
    archive = open_unipen(path)
    reader = _Reader(archive)
    found: list[Character] = []
    left_out: Counter[str] = Counter()
    names = [name for each in categories for name in archive.paths if re.match(rf"data/{each}/.+/", name)]
    for name in tqdm(names, desc=f"reading {path.name}", unit="file", dynamic_ncols=True, leave=False):
        for segment in reader.segments(name):
            if isinstance(segment, Character):
                found.append(segment)
            else:
                left_out[segment] += 1
    if not found:
        reasons = "".join(f", {count:,} left out: {reason}" for reason, count in left_out.items())
        raise DatasetError(
            f"{path} holds no character in data/{', data/'.join(categories)}{reasons}; "
            f"is it {NAME} as UNIPEN publishes it?"
        )
    return Characters(found, left_out)


class _Component(NamedTuple):
    writer: str
    points: np.ndarray  # (points, 2), y down
    is_ink: bool


class _State(NamedTuple):
    """What holds from one statement to the next, from an included file to what follows it too."""

    writer: str = ""
    columns: tuple[str, ...] = ()


class _Content(NamedTuple):
    """What a file and its includes hold; each segment has parts and label."""

    components: list[_Component]
    segments: list[tuple[str, str | None]]
    after: _State


class _Unreadable(Exception):
    """Why no segment of a file can be read."""


class _Reader:
    """Reads the files of an archive; it keeps what they include, as most ink is included several times."""

    def __init__(self, archive: Archive):
        self._archive = archive
        self._included: dict[tuple[str, _State], _Content] = {}

    def segments(self, name: str) -> Iterator[Character | str]:
        """Yield each segment of a file of labels as a character, or the reason why it is left out."""
        try:
            components, segments, _ = self._parse(name, _State())
        except _Unreadable as reason:
            text = self._archive.read(name)
            yield from [str(reason)] * len(re.findall(r"^\.SEGMENT\s+CHARACTER\b", text, re.MULTILINE))
            return
        for parts, label in segments:
            named = _cut(components, parts)
            strokes = [each.points for each in named if each.is_ink and len(each.points)]
            if label is None:
                yield "no label"
            elif not named:
                yield "no such component"
            elif not strokes:
                yield "no ink"
            elif not named[0].writer:  # the parts of the data may share no writer
                yield "no writer"
            else:
                yield Character(label, name.split("/")[2], named[0].writer, f"{name}#{parts}", strokes)

    def _parse(self, name: str, state: _State, depth: int = 0) -> _Content:
        """Return the content of a file, with that of included files in their place."""
        if depth > DEEPEST:
            raise _Unreadable("an include of itself")
        components: list[_Component] = []
        segments = []
        _, *pieces = re.split(r"^\.([A-Z][A-Z_]*)\b", self._archive.read(name), flags=re.MULTILINE)
        for keyword, text in zip(pieces[::2], pieces[1::2], strict=True):
            match keyword:
                case "INCLUDE":
                    included = self._include(f"include/{''.join(text.split()[:1])}", state, depth + 1)
                    components += included.components
                    segments += included.segments
                    state = included.after
                case "COORD":
                    state = state._replace(columns=tuple(text.split()))
                case "WRITER_ID":
                    state = state._replace(writer=" ".join(text.split()))
                case "PEN_DOWN" | "PEN_UP":
                    points = _points(text, state.columns)
                    if keyword == "PEN_DOWN" or len(points):  # the pen may be lifted without being followed
                        components.append(_Component(state.writer, points, keyword == "PEN_DOWN"))
                case "SEGMENT" if text.split()[:1] == ["CHARACTER"]:
                    segments.append(_segment(text))
        return _Content(components, segments, state)

    def _include(self, name: str, state: _State, depth: int) -> _Content:
        """Return the content of an included file.

        A missing description (.doc) or lexicon (.lex) is passed over: it has no components, so the count of
        the others stays. Any other missing file would shift it, and labels would name other ink.
        """
        if name not in self._archive.paths:
            if name.lower().endswith((".doc", ".lex")):
                return _Content([], [], state)
            raise _Unreadable("a missing include")
        if (name, state) not in self._included:
            self._included[name, state] = self._parse(name, state, depth)
        return self._included[name, state]


def _points(text: str, columns: tuple[str, ...]) -> np.ndarray:
    """Return the points (n, 2) of a component; the tablet's y points up, and its sign is changed."""
    numbers = text.split()
    if not numbers:
        return np.empty((0, 2))
    if not {"X", "Y"} <= set(columns):
        raise _Unreadable("points without .COORD X Y")
    try:
        values = np.array(numbers, np.float64).reshape(-1, len(columns))
    except ValueError as error:
        raise _Unreadable("points that are not as .COORD says") from error
    return values[:, [columns.index("X"), columns.index("Y")]] * (1, -1)


def _segment(text: str) -> tuple[str, str | None]:
    r"""Return parts and label of `CHARACTER parts quality "label"`; only \" and \\ are escapes."""
    quoted = re.search(r'"((?:[^"\\]|\\.)+)"', text)
    return "".join(text.split()[1:2]), re.sub(r'\\(["\\])', r"\1", quoted[1]) if quoted else None


def _cut(components: list[_Component], parts: str) -> list[_Component]:
    """Return the components of parts such as "3-4", "3,5-6" or "12:0-13:5"; none if one does not exist."""
    cut = []
    for part in parts.split(","):
        ends = re.fullmatch(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?", part)
        if ends is None:
            return []
        first, first_point, last, last_point = (None if end is None else int(end) for end in ends.groups())
        if last is None:
            last, last_point = first, first_point
        if not first <= last < len(components):
            return []
        for number in range(first, last + 1):
            start = first_point if number == first else None
            stop = last_point + 1 if number == last and last_point is not None else None
            cut.append(components[number]._replace(points=components[number].points[start:stop]))
    return cut
