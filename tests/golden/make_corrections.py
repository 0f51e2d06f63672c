"""Write corrections.json: files of corrections, good and bad, and which line both readers must refuse.

Run `python -m tests.golden.make_corrections` after a deliberate change; a stale file fails a test.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from training.data.corrections import read_corrections
from training.errors import DatasetError

HEADER = {"format": "digitpad-corrections", "version": 1, "count": 1}
GOOD = {
    "id": "0m8x2c1f0-a1",
    "label": 7,
    "kind": "correction",
    "model": "dc4b5de37ca4",
    "time": 1763740000000,
    "ink": [[[0.2, 0.1], [0.8, 0.1], [0.4, 0.9]], [[0.3, 0.5], [0.6, 0.5]]],
}
PICTURE = {key: value for key, value in GOOD.items() if key != "ink"} | {
    "id": "picture",
    "label": None,
    "kind": "confirmation",
    "pixels": [i % 256 for i in range(784)],
}


def file_of(*lines: dict | str, count: float | None = None, **header: object) -> str:
    """Return a file's text: a header for the lines, and the lines, given as values or as text."""
    first = HEADER | {"count": len(lines) if count is None else count} | header
    return "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in (first, *lines))


def with_(**changes: object) -> dict:
    """Return the good correction with other fields."""
    return GOOD | changes


def without(*fields: str) -> dict:
    """Return the good correction without some fields."""
    return {key: value for key, value in GOOD.items() if key not in fields}


TEXTS: dict[str, str] = {
    "one drawing": file_of(GOOD),
    "a drawing and a picture": file_of(GOOD, PICTURE),
    "no end of the last line": file_of(GOOD).rstrip("\n"),
    "lines that end as on Windows": file_of(GOOD).replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + file_of(GOOD),
    "empty lines at the end": file_of(GOOD) + "\n\n",
    "whole numbers written with a point": file_of(json.dumps(GOOD).replace('"label": 7', '"label": 7.0')),
    "a point as whole numbers": file_of(with_(ink=[[[0, 1]]])),
    "nothing": "",
    "an empty object": "{}\n",
    "another file": "id,label\n1,7\n",
    "a list": "[1, 2]\n",
    "a newer version": file_of(GOOD, version=2),
    "a version that is none": file_of(GOOD, version="1"),
    "a version of true": file_of(GOOD, version=True),
    "a header with more": file_of(GOOD, more=1),
    "a header that counts nothing": file_of(GOOD, count=-1),
    "no corrections": file_of(),
    "cut short at a line": file_of(GOOD, count=3),
    "cut short within a line": file_of(GOOD)[:-30],
    "one line more than counted": file_of(GOOD, PICTURE, count=1),
    "more than are taken, by its own count": file_of(GOOD, count=10_000_000),
    "an empty line between": file_of(GOOD, "", PICTURE),
    "a line that is a number": file_of("7"),
    "a line that is null": file_of("null"),
    "not JSON": file_of("{'id': 1}"),
    "NaN": file_of(json.dumps(GOOD).replace("0.2", "NaN")),
    "infinity": file_of(json.dumps(GOOD).replace("0.2", "-Infinity")),
    "a number too large for any": file_of(json.dumps(GOOD).replace("0.2", "1e999")),
    "nested a little too deeply": file_of(with_(ink=[[[[[0.1, 0.2]]]]])),
    "brackets in a string": file_of(with_(id="[[[[[[[[")),
    "an unknown field": file_of(with_(note="<img src=x onerror=alert(1)>")),
    "a field named __proto__": file_of(json.dumps(GOOD)[:-1] + ', "__proto__": {"label": 1}}'),
    "HTML in the id": file_of(with_(id="<b>7</b>")),
    "HTML in the model": file_of(with_(model="<script>")),
    "an empty id": file_of(with_(id="")),
    "a long id": file_of(with_(id="a" * 65)),
    "an id with a line break at its end": file_of(with_(id="a\n")),
    "an id that is a number": file_of(with_(id=7)),
    "an id twice": file_of(GOOD, PICTURE, GOOD),
    "the label 10": file_of(with_(label=10)),
    "the label -1": file_of(with_(label=-1)),
    "the label 2.5": file_of(with_(label=2.5)),
    "the label as text": file_of(with_(label="7")),
    "the label true": file_of(with_(label=True)),
    "no label": file_of(without("label")),
    "an unknown kind": file_of(with_(kind="guess")),
    "no kind": file_of(without("kind")),
    "no model": file_of(without("model")),
    "a time before 1970": file_of(with_(time=-1)),
    "a time after 2100": file_of(with_(time=1e15)),
    "a time as text": file_of(with_(time="2025-11-21")),
    "neither ink nor pixels": file_of(without("ink")),
    "ink and pixels": file_of(GOOD | {"pixels": PICTURE["pixels"]}),
    "no strokes": file_of(with_(ink=[])),
    "a stroke without points": file_of(with_(ink=[[[0.1, 0.2]], []])),
    "ink of null": file_of(with_(ink=None)),
    "ink as text": file_of(with_(ink="M0 0L1 1")),
    "a point of three numbers": file_of(with_(ink=[[[0.1, 0.2, 0.3]]])),
    "a point of one number": file_of(with_(ink=[[[0.1]]])),
    "a point of text": file_of(with_(ink=[[["0.1", "0.2"]]])),
    "a point of booleans": file_of(with_(ink=[[[True, False]]])),
    "a point far away": file_of(with_(ink=[[[101, 0]]])),
    "too many strokes": file_of(with_(ink=[[[0, 0]]] * 101)),
    "783 pixels": file_of(PICTURE | {"pixels": [0] * 783}),
    "a pixel of 256": file_of(PICTURE | {"pixels": [0] * 783 + [256]}),
    "a pixel of half": file_of(PICTURE | {"pixels": [0] * 783 + [0.5]}),
    "pixels as an object": file_of(PICTURE | {"pixels": {"0": 1}}),
}


def refused(text: str) -> str | int | None:
    """Return which line of a file is refused, "file" for the whole of it; None if it is accepted."""
    try:
        read_corrections(text.encode())
    except DatasetError as error:
        line = re.match(r"Line (\d+) ", str(error))
        return int(line[1]) if line else "file"
    return None


def as_text() -> str:
    """Return the content of corrections.json, a case a line."""
    cases = [{"name": name, "text": text, "refused": refused(text)} for name, text in TEXTS.items()]
    return "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n"


if __name__ == "__main__":
    (Path(__file__).parent / "corrections.json").write_text(as_text())
