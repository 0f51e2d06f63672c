"""Files of corrections: the same are taken and refused as on the page, in the same words."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.golden.make_corrections import GOOD, PICTURE, TEXTS, as_text, file_of, text_of
from training.data.corrections import LARGEST_FILE, load_corrections, read_corrections
from training.errors import DatasetError

ROOT = Path(__file__).resolve().parents[4]
CASES = json.loads((ROOT / "tests/golden/corrections.json").read_text())
SCHEMA = json.loads((ROOT / "webapp/src/learning/corrections.schema.json").read_text())

# What the schema of a line can't say, or is the file's and not the line's.
BEYOND_THE_SCHEMA = {
    "no corrections",
    "cut short at a line",
    "one line more than counted",
    "more lines than are taken",
    "an id twice",
    "too many points",
    "an empty line between",
    "an id with a line break at its end",  # Python's $ takes it, ECMAScript's, which a schema means, does not
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_file_is_taken_or_refused_in_one_sentence(case):
    content = text_of(case["pieces"]).encode()
    if case["error"] is None:
        assert read_corrections(content)
        return
    with pytest.raises(DatasetError) as refused:
        read_corrections(content)
    assert str(refused.value) == case["error"]
    assert case["error"].endswith((".", "again.")) and "\n" not in case["error"]


def test_the_vectors_are_up_to_date_and_small():
    assert (ROOT / "tests/golden/corrections.json").read_text() == as_text()
    assert len(as_text()) < 100_000


@pytest.mark.parametrize("name", TEXTS)
def test_the_schema_says_the_same(name):
    text = TEXTS[name]
    lines = [line for line in text.removeprefix("\ufeff").replace("\r", "").split("\n") if line]
    error = next(case["error"] for case in CASES if case["name"] == name)
    try:
        values = [json.loads(line, parse_constant=lambda name: pytest.fail(name)) for line in lines]
        validator = jsonschema.Draft202012Validator(SCHEMA)
        fits = bool(lines) and all(validator.is_valid(value) for value in values)
    except (ValueError, RecursionError, pytest.fail.Exception):
        fits = False
    if name in BEYOND_THE_SCHEMA:
        assert error is not None
    else:
        assert fits == (error is None)


def test_what_is_read():
    drawing, picture = read_corrections(file_of(GOOD, PICTURE).encode())
    assert (drawing.label, drawing.kind, drawing.ink, drawing.pixels) == (7, "correction", GOOD["ink"], None)
    assert (picture.label, picture.ink, picture.pixels.shape) == (None, None, (28, 28))
    assert picture.pixels[1, 0] == 28


def test_too_large_a_file_and_one_that_is_no_text():
    with pytest.raises(DatasetError, match="larger than 20 MB"):
        read_corrections(b" " * (LARGEST_FILE + 1))
    with pytest.raises(DatasetError, match="is no text"):
        read_corrections(b"PK\x03\x04\xff")


def test_several_files_are_named_in_what_is_said_of_them(tmp_path):
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text(file_of(GOOD))
    other.write_text(file_of(PICTURE))
    assert [len(own) for own in load_corrections([one, other]).values()] == [1, 1]
    other.write_text(file_of(PICTURE, GOOD))
    with pytest.raises(DatasetError, match=r"other\.jsonl holds corrections that .*one\.jsonl holds too"):
        load_corrections([one, other])
    other.write_text("{}")
    with pytest.raises(DatasetError, match=r"other\.jsonl: The file does not begin as"):
        load_corrections([one, other])
    with pytest.raises(DatasetError, match=r"none\.jsonl cannot be read \(No such file"):
        load_corrections([tmp_path / "none.jsonl"])
