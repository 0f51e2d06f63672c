"""Read the corrections that people exported from the page, to learn from them.

corrections.schema.json of the page describes each line; webapp/src/learning/correctionsFile.ts accepts the
same files (tests/golden/corrections.json).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from training.errors import DatasetError
from training.ink.rasterize import IMAGE_SIZE, Ink

SCHEMA = Path(__file__).parents[2] / "webapp/src/learning/corrections.schema.json"
VERSION = 1
MAX_FILE_BYTES = 50_000_000
MAX_CORRECTIONS = 10_000
MAX_POINTS = 20_000  # of one drawing


class Correction(NamedTuple):
    """A drawing or a picture of one digit, with what a person said it is."""

    id: str
    label: int | None  # None: no digit
    kind: str  # "correction", or "confirmation" of a reading
    ink: Ink | None  # in pad units
    pixels: np.ndarray | None  # 28×28 uint8, instead of ink
    model: str
    time: int  # milliseconds since 1970


def load_corrections(paths: Sequence[Path]) -> dict[str, list[Correction]]:
    """Return the corrections of several files by the SHA-256 of the file; each file is one writer.

    DatasetError that names the file if one is refused, or if two hold the same corrections.
    """
    loaded: dict[str, list[Correction]] = {}
    path_of_id: dict[str, Path] = {}
    for path in paths:
        try:
            content = path.read_bytes()
            corrections = read_corrections(content)
        except OSError as error:
            raise DatasetError(f"{path} cannot be read ({error.strerror}); correct --extra") from error
        except DatasetError as error:
            raise DatasetError(f"{path}: {error}") from error
        for correction in corrections:
            if other := path_of_id.get(correction.id):
                raise DatasetError(f"{path} holds corrections that {other} holds too; pass only one of them")
        path_of_id |= dict.fromkeys((correction.id for correction in corrections), path)
        loaded[hashlib.sha256(content).hexdigest()] = corrections
    return loaded


def read_corrections(content: bytes) -> list[Correction]:
    """Read a whole file of corrections; DatasetError says what is wrong with it, and on which line."""
    if len(content) > MAX_FILE_BYTES:
        raise DatasetError("The file is larger than 50 MB; choose one that Digitpad exported.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError("The file is not text; choose one that Digitpad exported.") from error
    header, *lines = text.rstrip("\r\n").split("\n")
    schemas = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    header_schema, line_schema = (
        Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schemas})
        for name in ("header", "correction")
    )
    count = _read_header(header, header_schema)
    if len(lines) > MAX_CORRECTIONS:
        raise DatasetError("The file holds more than 10,000 corrections, which is the limit.")
    corrections: dict[str, Correction] = {}
    for number, line in enumerate(lines, start=2):
        correction = _read_line(line, number, line_schema)
        if correction.id in corrections:
            raise _damaged(number, "an earlier line has the same id")
        corrections[correction.id] = correction
    if len(corrections) != count:
        raise DatasetError(
            f"The file was cut short: it holds {len(corrections)} corrections instead of {count}; "
            "export it again."
        )
    if not count:
        raise DatasetError("The file holds no corrections.")
    return list(corrections.values())


def _read_header(line: str, schema: Draft202012Validator) -> int:
    header = _parse(line)
    version = header.get("version") if isinstance(header, dict) else None
    # True is a number in Python.
    if type(version) not in (int, float) or header.get("format") != "digitpad-corrections":
        raise DatasetError(
            "The file does not begin like a file of corrections; choose one that Digitpad exported."
        )
    if version > VERSION:
        raise DatasetError("The file is of a newer version; update Digitpad and try again.")
    if not schema.is_valid(header):
        raise _damaged(1, "the header is wrong")
    return int(header["count"])


def _read_line(line: str, number: int, schema: Draft202012Validator) -> Correction:
    value = _parse(line)
    try:
        error = best_match(schema.iter_errors(value))
    except RecursionError:
        raise _damaged(number, "it is nested too deeply") from None
    if error:
        path = error.absolute_path
        raise _damaged(number, f"its {path[0]} is wrong" if path else "it is not one correction in JSON")
    if sum(map(len, value.get("ink", []))) > MAX_POINTS:
        raise _damaged(number, "its ink has more than 20,000 points")
    label, pixels = value["label"], value.get("pixels")
    return Correction(
        value["id"],
        None if label is None else int(label),
        value["kind"],
        value.get("ink"),
        None if pixels is None else np.array(pixels, np.uint8).reshape(IMAGE_SIZE, IMAGE_SIZE),
        value["model"],
        int(value["time"]),
    )


def _damaged(line: int, what: str) -> DatasetError:
    return DatasetError(f"Line {line} of the file is damaged: {what}; export it again.")


def _parse(line: str) -> object:
    """Return the value of a line, None if it is not JSON."""
    try:
        return json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> float:
    raise ValueError(f"JSON has no {name}")
