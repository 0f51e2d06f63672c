"""Corrections in training: divided by writer and by time, added, and what they brought is said."""

import json

import numpy as np
import pytest

from tests.golden.make_corrections import GOOD, PICTURE, file_of
from tests.golden.make_ink import DIGITS
from tests.python.tiny import tiny
from training.data.datasets import Digits
from training.data.shards import read_shards
from training.errors import DatasetError, RunError
from training.files import RECORD
from training.network.architectures import build_network
from training.recipe import learn_corrections as module
from training.recipe.learn_corrections import (
    describe_corrections,
    learn_corrections,
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


def test_the_newest_fifth_of_a_writer_is_kept_out(write, tmp_path):
    learnable = learn_corrections([write("one")], tmp_path, TINY)
    assert learnable.training.labels.tolist() == [*range(8)] * 2  # in two variations
    kept = {part: digits.labels.tolist() for part, digits in learnable.kept_out.items()}
    assert kept == {"same_writers": [8, 9], "other_writers": []}
    assert (learnable.files, learnable.learnt, [*learnable.checksums.values()]) == (1, 8, [10])
    assert learn_corrections([], tmp_path, TINY) is None


def test_every_fifth_writer_is_kept_out_whole(write, tmp_path):
    paths = [write(f"writer{n}") for n in range(6)]
    learnable, other_way = (learn_corrections(order, tmp_path, TINY) for order in (paths, paths[::-1]))
    np.testing.assert_array_equal(learnable.training.images, other_way.training.images)
    assert learnable.learnt == 5 * 8
    assert learnable.kept_out["same_writers"].labels.tolist() == [8, 9] * 5
    assert sorted(learnable.kept_out["other_writers"].labels.tolist()) == [*range(10)]


def test_many_corrections_are_divided_in_the_same_way_on_disk(write, tmp_path, monkeypatch):
    paths = [write(f"writer{n}") for n in range(6)]
    in_memory = learn_corrections(paths, tmp_path, TINY)
    monkeypatch.setattr(module, "MANY", 50)
    on_disk = learn_corrections(paths, tmp_path, TINY)
    assert on_disk.training.count == len(in_memory.training.labels)
    assert (on_disk.files, on_disk.learnt) == (in_memory.files, in_memory.learnt)
    assert [*on_disk.checksums.values()] == [60]
    for part, digits in in_memory.kept_out.items():
        for one, other in zip(next(read_shards(on_disk.kept_out[part])), digits, strict=True):
            np.testing.assert_array_equal(one, other)
    model = build_network(seed=1)
    assert describe_corrections(on_disk, model) == describe_corrections(in_memory, model)


def test_every_epoch_sees_all_corrections_beside_what_is_learnt_from_already(tmp_path):
    path = tmp_path / "mixed.jsonl"
    nothing = correction("c", None, time=3)
    path.write_text(file_of(correction("a", 7, 1), PICTURE | {"id": "b", "label": 3, "time": 2}, nothing))
    images = np.full((4, 28, 28), 9, np.uint8)
    digits = Digits(images, np.arange(4, dtype=np.uint8))
    split = Split(digits, digits, (Block("mnist", 4, turns=2),), {}, {})
    learnt = with_corrections(split, learn_corrections([path], tmp_path, TINY))
    assert learnt.training.labels.tolist() == [0, 1, 2, 3, 7, 7, 3, NOT_A_DIGIT, 3, NOT_A_DIGIT]
    assert learnt.counts() == {"mnist": 4, "corrections": 6}
    assert learnt.places(1).tolist() == [2, 3, *range(4, 10)]
    np.testing.assert_array_equal(learnt.training.images[:4], images)
    assert not np.array_equal(learnt.training.images[4], learnt.training.images[5])  # variations
    assert learnt.training.images[6, 1, 0] == 28


def test_what_was_kept_out_is_read_before_and_after(write, tmp_path):
    split = learn_corrections([write("one")], tmp_path, TINY)
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


@pytest.mark.slow
def test_a_run_learns_from_many_corrections_on_disk(write, made_data, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MANY", 50)
    for number in range(6):
        write(f"writer{number}")
    run = tmp_path / "run"
    record = train(made_data, run, tiny(epochs=1, ink_copies=2, batch_size=32), extra=[tmp_path])
    assert record["split"]["drawn"] == {}  # nothing but MNIST is in memory
    assert list(record["data"]["corrections"].values()) == [60]
    assert record["corrections"]["learnt"] == 40
    assert record["corrections"]["other_writers"]["kept_out"] == 10
    with pytest.raises(RunError, match="leave --resume away"):
        train(made_data, run, tiny(epochs=1, ink_copies=2, batch_size=32), resume=True, extra=[tmp_path])
    assert (run / "corrections").is_dir()
    train(made_data, run, tiny(epochs=1, batch_size=32))
    assert not (run / "corrections").exists()


def test_a_damaged_file_stops_before_anything_is_trained(write, made_data, tmp_path):
    path = write("one")
    path.write_text(path.read_text()[:-20])
    with pytest.raises(DatasetError, match=r"one\.jsonl: Line 11 of the file is damaged"):
        train(made_data, tmp_path / "run", TINY, extra=[path])
    assert not (tmp_path / "run" / RECORD).exists()
