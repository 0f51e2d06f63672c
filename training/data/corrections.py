"""Read what people corrected on the page, to learn from it: the file that the page exports.

Twin of webapp/src/learning/correctionsFile.ts: both take and refuse the same files, in the same words
(tests/golden/corrections.json). webapp/src/learning/corrections.schema.json describes the file.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.errors import DatasetError
from training.ink.rasterize import IMAGE_SIZE, Ink

FORMAT = "digitpad-corrections"
VERSION = 1

# Limits of what is taken; a digit has a few strokes of some hundred points.
LARGEST_FILE = 20_000_000  # bytes
MOST_CORRECTIONS = 10_000
LONGEST_LINE = 1_000_000  # characters
DEEPEST = 5  # brackets in one another
MOST_STROKES = 100
MOST_POINTS = 20_000
FARTHEST = 100  # pad units
LATEST = 4_102_444_800_000  # the year 2100, in milliseconds

WORD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
FIELDS = {"id", "label", "kind", "ink", "pixels", "model", "time"}


class Correction(NamedTuple):
    """What somebody said that a drawing or a picture of one digit is."""

    id: str
    label: int | None  # None: no digit
    kind: str  # "correction", or "confirmation" of a reading
    ink: Ink | None  # in pad units
    pixels: np.ndarray | None  # 28×28 uint8, in the place of ink
    model: str
    time: int  # milliseconds since 1970


def load_corrections(paths: Sequence[Path]) -> dict[str, list[Correction]]:
    """Return the corrections of several files, by the SHA-256 of the file: each is a writer.

    DatasetError that names the file where one is not taken, or where two hold the same corrections.
    """
    loaded: dict[str, list[Correction]] = {}
    seen: dict[str, Path] = {}
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DatasetError(f"{path} cannot be read ({error.strerror}); correct --extra") from error
        try:
            corrections = read_corrections(content)
        except DatasetError as error:
            raise DatasetError(f"{path}: {error}") from error
        for correction in corrections:
            if other := seen.get(correction.id):
                raise DatasetError(f"{path} holds corrections that {other} holds too; give one of the two")
        seen |= dict.fromkeys((correction.id for correction in corrections), path)
        loaded[hashlib.sha256(content).hexdigest()] = corrections
    return loaded


def read_corrections(content: bytes) -> list[Correction]:
    """Read a file of corrections: all of it, or a DatasetError that says what is wrong with it."""
    if len(content) > LARGEST_FILE:
        raise DatasetError("The file is larger than 20 MB; choose one that Digitpad exported.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError("The file is no text; choose one that Digitpad exported.") from error
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    while lines and lines[-1] == "":
        lines.pop()
    count = _read_header(lines[0] if lines else "")
    if count > MOST_CORRECTIONS or len(lines) - 1 > MOST_CORRECTIONS:
        raise DatasetError("The file holds more than 10,000 corrections; more are not taken.")
    corrections = [_read_line(line, number) for number, line in enumerate(lines[1:], start=2)]
    ids: set[str] = set()
    for number, correction in enumerate(corrections, start=2):
        if correction.id in ids:
            raise _damaged(number, "its id stands on an earlier line")
        ids.add(correction.id)
    if len(corrections) != count:
        raise DatasetError(
            f"The file holds {len(corrections)} corrections in place of {count:.0f}, so it came cut short; "
            "export it again."
        )
    if not count:
        raise DatasetError("The file holds no corrections.")
    return corrections


def _read_header(line: str) -> float:
    header = _parse(line)
    if not isinstance(header, dict):
        header = {}
    if header.get("format") != FORMAT or not _is_whole(header.get("version"), 1, math.inf):
        raise DatasetError(
            "The file does not begin as a file of corrections; choose one that Digitpad exported."
        )
    if header["version"] > VERSION:
        raise DatasetError(
            "The file is of a newer version than is known here; update Digitpad and try again."
        )
    if not _is_whole(header.get("count"), 0, math.inf) or header.keys() - {"format", "version", "count"}:
        raise _damaged(1, "it is not as a header has to be")
    return header["count"]


def _read_line(line: str, number: int) -> Correction:
    if _length(line) > LONGEST_LINE:
        raise _damaged(number, "it is too long")
    if _depth(line) > DEEPEST:
        raise _damaged(number, "it is nested too deeply")
    value = _parse(line)
    if not isinstance(value, dict):
        raise _damaged(number, "it is no JSON object")
    if value.keys() - FIELDS:
        raise _damaged(number, "it has a field that is not known")
    if not _is_word(value.get("id")):
        raise _damaged(number, "its id is not 1 to 64 letters, digits, - or _")
    label = value.get("label", "missing")
    if label is not None and not _is_whole(label, 0, 9):
        raise _damaged(number, "its label is not 0 to 9, or null for no digit")
    if value.get("kind") not in ("correction", "confirmation"):
        raise _damaged(number, "its kind is neither correction nor confirmation")
    if not _is_word(value.get("model")):
        raise _damaged(number, "its model is not 1 to 64 letters, digits, - or _")
    if not _is_whole(value.get("time"), 0, LATEST):
        raise _damaged(number, "its time is not milliseconds since 1970")
    if ("ink" in value) == ("pixels" in value):
        raise _damaged(number, "it has not one of ink and pixels")
    if "ink" in value and not _is_ink(value["ink"]):
        raise _damaged(number, "its ink is not strokes of [x, y] points in pad units")
    if "pixels" in value and not _is_pixels(value["pixels"]):
        raise _damaged(number, "its pixels are not 784 whole numbers from 0 to 255")
    pixels = None
    if "pixels" in value:
        pixels = np.array(value["pixels"]).astype(np.uint8).reshape(IMAGE_SIZE, IMAGE_SIZE)
    return Correction(
        value["id"],
        None if label is None else int(label),
        value["kind"],
        value.get("ink"),
        pixels,
        value["model"],
        int(value["time"]),
    )


def _damaged(line: int, what: str) -> DatasetError:
    return DatasetError(f"Line {line} of the file is damaged: {what}; export it again.")


def _parse(line: str) -> object:
    """What a line says, None where it is no JSON. Every number is a float, as in JavaScript."""
    try:
        return json.loads(line, parse_int=float, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _length(line: str) -> int:
    """Return the length in UTF-16 units, as JavaScript counts."""
    return len(line) + sum(character > "\uffff" for character in line)


def _depth(line: str) -> int:
    """Return how many brackets stand open in one another at most, those in strings left out."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*(?:"|$)', "", line, flags=re.DOTALL)
    depth = most = 0
    for bracket in re.findall(r"[\[\]{}]", bare):
        depth += 1 if bracket in "[{" else -1
        most = max(most, depth)
    return most


def _is_word(value: object) -> bool:
    return isinstance(value, str) and WORD.fullmatch(value) is not None


def _is_whole(value: object, least: float, most: float) -> bool:
    return isinstance(value, float) and value.is_integer() and least <= value <= most


def _is_ink(value: object) -> bool:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_STROKES:
        return False
    if not all(isinstance(stroke, list) and stroke for stroke in value):
        return False
    points = [point for stroke in value for point in stroke]
    return len(points) <= MOST_POINTS and all(
        isinstance(point, list) and len(point) == 2 and all(_is_place(number) for number in point)
        for point in points
    )


def _is_place(value: object) -> bool:
    return isinstance(value, float) and abs(value) <= FARTHEST


def _is_pixels(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == IMAGE_SIZE * IMAGE_SIZE
        and all(_is_whole(level, 0, 255) for level in value)
    )
