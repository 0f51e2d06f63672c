"""training/data/corrections.py accepts and refuses the same files as the page, and names the line."""

import json
from pathlib import Path

import pytest

from tests.golden.make_corrections import GOOD, PICTURE, as_text, file_of, with_
from training.data import corrections
from training.data.corrections import MAX_CORRECTIONS, MAX_FILE_BYTES, load_corrections, read_corrections
from training.errors import DatasetError

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "corrections.json"
CASES = json.loads(GOLDEN.read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_file_is_accepted_or_refused_in_one_sentence(case):
    content = case["text"].encode()
    if case["refused"] is None:
        assert read_corrections(content)
        return
    with pytest.raises(DatasetError) as caught:
        read_corrections(content)
    said = str(caught.value)
    assert said.startswith(
        "The file " if case["refused"] == "file" else f"Line {case['refused']} of the file"
    )
    assert said.endswith(".") and "\n" not in said and len(said) < 120


def test_the_vectors_are_up_to_date():
    assert GOLDEN.read_text() == as_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (file_of(*["{}"] * (MAX_CORRECTIONS + 1)), "Line 1 "),
        (file_of(*["{}"] * (MAX_CORRECTIONS + 1), count=1), "more than 10,000"),
        (file_of(json.dumps(GOOD).replace("0.2", "9" * 5000)), "Line 2 "),
        (file_of("[" * 50_000 + "]" * 50_000), "Line 2 "),
        (file_of("[" * 700 + "]" * 700), "Line 2 "),
        (file_of('{"ink":' * 3000), "Line 2 "),
    ],
    ids=["count", "lines", "digits", "deep", "less deep", "open"],
)
def test_too_much_of_anything_is_refused(text, said):
    with pytest.raises(DatasetError, match=said):
        read_corrections(text.encode())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (with_(label=10), "its label is wrong"),
        (with_(ink=[[[0.1]]]), "its ink is wrong"),
        (with_(note="<img>"), "it is not one correction in JSON"),
        ("7", "it is not one correction in JSON"),
    ],
)
def test_what_is_wrong_is_named(line, said):
    with pytest.raises(DatasetError, match=f"Line 2 of the file is damaged: {said}; export it again"):
        read_corrections(file_of(line).encode())


def test_ink_of_too_many_points_is_refused(monkeypatch):
    assert corrections.MAX_POINTS == 20_000
    monkeypatch.setattr(corrections, "MAX_POINTS", 20)
    assert read_corrections(file_of(with_(ink=[[[0, 0]] * 19, [[0, 0]]])).encode())
    with pytest.raises(DatasetError, match="more than 20,000 points"):
        read_corrections(file_of(with_(ink=[[[0, 0]] * 19, [[0, 0]] * 2])).encode())


def test_what_is_read():
    drawing, picture = read_corrections(file_of(GOOD, PICTURE).encode())
    assert (drawing.label, drawing.kind, drawing.ink, drawing.pixels) == (7, "correction", GOOD["ink"], None)
    assert (picture.label, picture.ink, picture.pixels.shape) == (None, None, (28, 28))
    assert picture.pixels[1, 0] == 28


def test_too_large_a_file_and_one_that_is_not_text():
    with pytest.raises(DatasetError, match="larger than 50 MB"):
        read_corrections(b" " * (MAX_FILE_BYTES + 1))
    with pytest.raises(DatasetError, match="is not text"):
        read_corrections(b"PK\x03\x04\xff")


def test_several_files_are_named_in_what_is_said_of_them(tmp_path):
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text(file_of(GOOD))
    other.write_text(file_of(PICTURE))
    assert [len(writer) for writer in load_corrections([one, other]).values()] == [1, 1]
    other.write_text(file_of(PICTURE, GOOD))
    with pytest.raises(DatasetError, match=r"other\.jsonl holds corrections that .*one\.jsonl holds too"):
        load_corrections([one, other])
    other.write_text("{}")
    with pytest.raises(DatasetError, match=r"other\.jsonl: The file does not begin like"):
        load_corrections([one, other])
    with pytest.raises(DatasetError, match=r"none\.jsonl cannot be read \(No such file"):
        load_corrections([tmp_path / "none.jsonl"])
