"""Corrections in training: divided by writer and by time, added, and what they brought is said."""

import json

import numpy as np
import pytest

from tests.golden.make_corrections import GOOD, PICTURE, file_of
from tests.golden.make_ink import DIGITS
from tests.python.made_digits import write_idx
from training.data.datasets import Digits, find_mnist
from training.errors import DatasetError, RunError
from training.network.architectures import build_network
from training.recipe.extra import describe_extra, read_extra, say_extra, with_extra
from training.recipe.record import RECORD
from training.recipe.settings import Settings
from training.recipe.split import NOT_A_DIGIT, Split
from training.train import parse, train

TINY = Settings(
    recipe="tiny", epochs=1, batch_size=50, validation=100, averaging=0.9, teachers=0, ink_copies=2
)


def correction(name, label, time, **changes):
    ink = [[[x / 150, y / 150] for x, y in stroke] for stroke in DIGITS[label or 0]]
    return GOOD | {"id": name, "label": label, "time": time, "ink": ink} | changes


@pytest.fixture
def write(tmp_path):
    """Write a file of corrections for a writer: ten digits, in the order of time, the last ones first."""

    def write(name):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(file_of(*(correction(f"{name}-{d}", d, time=d) for d in reversed(range(10)))))
        return path

    return write


def test_the_newest_fifth_of_a_writer_is_kept_out(write):
    extra = read_extra([write("one")])
    assert [c.label for c in extra.training] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert [c.label for c in extra.known] == [8, 9]
    assert extra.unknown == []
    assert list(extra.checksums.values()) == [10]


def test_every_fifth_writer_is_kept_out_whole(write):
    paths = [write(f"writer{n}") for n in range(6)]
    extra = read_extra(paths)
    assert read_extra(paths[::-1]) == extra
    assert len(extra.unknown) == 10
    assert (len(extra.training), len(extra.known)) == (5 * 8, 5 * 2)
    kept = {c.id.split("-")[0] for c in extra.unknown}
    assert len(kept) == 1 and not kept & {c.id.split("-")[0] for c in extra.training + extra.known}


def test_without_files_there_is_nothing():
    assert read_extra([]) is None


def test_corrections_stand_before_what_is_learnt_from_already(tmp_path):
    path = tmp_path / "mixed.jsonl"
    nothing = correction("c", None, time=3)
    path.write_text(file_of(correction("a", 7, 1), PICTURE | {"id": "b", "label": 3, "time": 2}, nothing))
    images = np.full((4, 28, 28), 9, np.uint8)
    split = Split(
        Digits(images, np.arange(4, dtype=np.uint8)), Digits(images, np.arange(4)), drawn=1, nondigits=1
    )
    learnt = with_extra(split, read_extra([path]), TINY)
    assert learnt.training.labels.tolist() == [7, 7, 3, NOT_A_DIGIT, 3, NOT_A_DIGIT, 0, 1, 2, 3]
    assert (learnt.extra, learnt.drawn, learnt.nondigits) == (6, 1, 1)
    np.testing.assert_array_equal(learnt.training.images[6:], images)
    assert not np.array_equal(learnt.training.images[0], learnt.training.images[1])  # variations
    assert learnt.training.images[2, 1, 0] == 28


def test_what_was_kept_out_is_read_before_and_after(write):
    extra = read_extra([write("one")])
    described = describe_extra(extra, build_network(seed=1))
    assert (described["files"], described["learnt"]) == (1, 8)
    # The model that ships reads these, one that has learnt nothing at most one of two unlike digits.
    assert described["known"]["kept_out"] == described["known"]["shipped"] == 2
    assert described["known"]["trained"] <= 1
    assert described["unknown"] == {"kept_out": 0}
    said = say_extra(described)
    after = described["known"]["trained"]
    kept = f"2 before, {after} after, of the 2 newest of these writers"
    assert said == f"learnt from 8 corrections; kept out and read right: {kept}"


def test_a_run_learns_from_corrections_and_says_so(write, tmp_path):
    data = find_mnist(write_idx(tmp_path / "data", train=500, test=100))
    path = write("one")
    record = train(data, tmp_path / "run", TINY, extra=[path])
    assert record["split"]["training"] == 400
    assert list(record["data"]["extra"].values()) == [10]
    assert record["extra"]["learnt"] == 8
    assert record["extra"]["known"]["kept_out"] == 2
    text = (tmp_path / "run" / RECORD).read_text()
    assert str(path) not in text and "extra" in json.loads(text)
    with pytest.raises(RunError, match="leave --resume away"):
        train(data, tmp_path / "run", TINY, resume=True, extra=[path])
    with pytest.raises(RunError):  # of other data
        train(data, tmp_path / "run", TINY, resume=True)


def test_a_damaged_file_stops_before_anything_is_trained(write, tmp_path):
    data = find_mnist(write_idx(tmp_path / "data", train=500, test=100))
    path = write("one")
    path.write_text(path.read_text()[:-20])
    with pytest.raises(DatasetError, match=r"one\.jsonl: Line 11 of the file is damaged"):
        train(data, tmp_path / "run", TINY, extra=[path])
    assert not (tmp_path / "run" / RECORD).exists()


def test_several_files_on_the_command_line():
    options, _ = parse(["--extra", "a.jsonl", "b.jsonl", "--quick"])
    assert [path.name for path in options.extra] == ["a.jsonl", "b.jsonl"]
    assert parse([])[0].extra == []
