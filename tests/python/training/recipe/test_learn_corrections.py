"""Corrections in training: divided by writer and by time, added, and what they brought is said."""

import json

import numpy as np
import pytest

from tests.golden.make_corrections import GOOD, PICTURE, file_of
from tests.golden.make_ink import DIGITS
from tests.python.tiny import tiny
from training.data.datasets import Digits
from training.errors import DatasetError, RunError
from training.files import RECORD
from training.network.architectures import build_network
from training.recipe.learn_corrections import (
    describe_corrections,
    divide_corrections,
    summarise,
    with_corrections,
)
from training.recipe.split import NOT_A_DIGIT, Block, Split
from training.train import train

TINY = tiny(epochs=1, ink_copies=2)


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
    split = divide_corrections([write("one")])
    assert [c.label for c in split.training] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert [c.label for c in split.same_writers] == [8, 9]
    assert split.other_writers == []
    assert list(split.checksums.values()) == [10]
    assert divide_corrections([]) is None


def test_every_fifth_writer_is_kept_out_whole(write):
    paths = [write(f"writer{n}") for n in range(6)]
    split = divide_corrections(paths)
    assert divide_corrections(paths[::-1]) == split
    assert len(split.other_writers) == 10
    assert (len(split.training), len(split.same_writers)) == (5 * 8, 5 * 2)
    kept = {c.id.split("-")[0] for c in split.other_writers}
    assert len(kept) == 1 and not kept & {c.id.split("-")[0] for c in split.training + split.same_writers}


def test_every_epoch_sees_all_corrections_beside_what_is_learnt_from_already(tmp_path):
    path = tmp_path / "mixed.jsonl"
    nothing = correction("c", None, time=3)
    path.write_text(file_of(correction("a", 7, 1), PICTURE | {"id": "b", "label": 3, "time": 2}, nothing))
    images = np.full((4, 28, 28), 9, np.uint8)
    digits = Digits(images, np.arange(4, dtype=np.uint8))
    split = Split(digits, digits, (Block("mnist", 4, turns=2),), {}, {})
    learnt = with_corrections(split, divide_corrections([path]), TINY)
    assert learnt.training.labels.tolist() == [0, 1, 2, 3, 7, 7, 3, NOT_A_DIGIT, 3, NOT_A_DIGIT]
    assert learnt.counts() == {"mnist": 4, "corrections": 6}
    assert learnt.places(1).tolist() == [2, 3, *range(4, 10)]
    np.testing.assert_array_equal(learnt.training.images[:4], images)
    assert not np.array_equal(learnt.training.images[4], learnt.training.images[5])  # variations
    assert learnt.training.images[6, 1, 0] == 28


def test_what_was_kept_out_is_read_before_and_after(write):
    split = divide_corrections([write("one")])
    described = describe_corrections(split, build_network(seed=1))
    # The model that ships reads these, one that has learnt nothing at most one of two unlike digits.
    assert described["same_writers"]["kept_out"] == described["same_writers"]["shipped"] == 2
    assert described["same_writers"]["trained"] <= 1
    assert described["other_writers"] == {"kept_out": 0}
    kept = f"2 before, {described['same_writers']['trained']} after, of the 2 newest of these writers"
    assert summarise(described) == f"learnt from 8 corrections; kept out and read right: {kept}"


def test_a_run_learns_from_corrections_and_says_so(write, made_data, tmp_path):
    path = write("one")
    record = train(made_data, tmp_path / "run", TINY, extra=[path])
    assert record["split"]["training"] == 400
    assert list(record["data"]["corrections"].values()) == [10]
    assert record["corrections"]["learnt"] == 8
    assert record["corrections"]["same_writers"]["kept_out"] == 2
    text = (tmp_path / "run" / RECORD).read_text()
    assert str(path) not in text and "corrections" in json.loads(text)
    with pytest.raises(RunError, match="leave --resume away"):
        train(made_data, tmp_path / "run", TINY, resume=True, extra=[path])
    with pytest.raises(RunError):  # of other data
        train(made_data, tmp_path / "run", TINY, resume=True)


def test_a_damaged_file_stops_before_anything_is_trained(write, made_data, tmp_path):
    path = write("one")
    path.write_text(path.read_text()[:-20])
    with pytest.raises(DatasetError, match=r"one\.jsonl: Line 11 of the file is damaged"):
        train(made_data, tmp_path / "run", TINY, extra=[path])
    assert not (tmp_path / "run" / RECORD).exists()
