"""training/data/corrected.py: corrections of many people become the same images on disk as in memory."""

import json

import numpy as np
import pytest

from tests.golden.make_corrections import GOOD, PICTURE, file_of
from tests.golden.make_ink import DIGITS
from training.data import corrected
from training.data.corrected import PARTS, find_corrections, shard_corrections
from training.data.shards import read_shards
from training.errors import DatasetError


@pytest.fixture
def people(tmp_path):
    """A folder with the corrections of seven people: ten digits each, and two pictures."""
    folder = tmp_path / "people"
    for person in range(7):
        lines = [
            PICTURE | {"id": f"{person}-{n}", "label": label, "time": n} for n, label in enumerate([None, 4])
        ]
        for digit in range(10):
            ink = [[[x / 150, y / 150 + person / 50] for x, y in stroke] for stroke in DIGITS[digit]]
            lines.append(GOOD | {"id": f"{person}-d{digit}", "label": digit, "time": 10 + digit, "ink": ink})
        path = folder / f"group{person % 2}" / f"person{person}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file_of(*lines))
    return folder


def samples(shards):
    images, labels = zip(*read_shards(shards), strict=True)
    return np.concatenate(images), np.concatenate(labels)


def test_files_are_found_in_folders_whatever_their_order(people, tmp_path):
    (people / "notes.txt").write_text("no corrections")
    files = find_corrections([people])
    assert (len(files.paths), files.lines) == (7, 7 * 13)
    assert find_corrections(sorted(people.rglob("*.jsonl"))[::-1]) == files
    (tmp_path / "empty").mkdir()
    with pytest.raises(DatasetError, match=r"empty holds no file of corrections \(\*.jsonl\)"):
        find_corrections([tmp_path / "empty"])
    with pytest.raises(DatasetError, match=r"none.jsonl cannot be read \(No such file"):
        find_corrections([tmp_path / "none.jsonl"])


def test_every_correction_is_learnt_or_kept_out(people, tmp_path):
    made = shard_corrections(find_corrections([people]), tmp_path / "made", copies=3, seed=1)
    assert (made.count, made.learnt) == (7 * 12, 6 * 10)
    assert {name: part.count for name, part in made.parts.items()} == {
        "training": 6 * 10 * 3,
        "same_writers": 6 * 2,
        "other_writers": 11,  # what is no digit is not measured
    }
    images, labels = samples(made.parts["training"])
    # Of each file three variations of 0 to 7, then its two pictures, unchanged, three times.
    assert labels[:30].tolist() == [*range(8)] * 3 + [10, 4] * 3
    picture = np.array(PICTURE["pixels"], np.uint8).reshape(28, 28)
    np.testing.assert_array_equal(images[24:30], [picture] * 6)
    assert len(np.unique(images[:24], axis=0)) == 24
    assert samples(made.parts["same_writers"])[1].tolist() == [8, 9] * 6


def test_several_processes_draw_what_one_draws(people, tmp_path, monkeypatch):
    files = find_corrections([people])
    alone = shard_corrections(files, tmp_path / "alone", copies=2, seed=1)
    monkeypatch.setattr(corrected, "FEWEST", 1)
    together = shard_corrections(files, tmp_path / "together", copies=2, seed=1)
    for part in PARTS:
        for one, other in zip(samples(alone.parts[part]), samples(together.parts[part]), strict=True):
            np.testing.assert_array_equal(one, other)


def test_what_is_drawn_already_is_kept_unless_it_is_of_others(people, tmp_path, monkeypatch):
    folder = tmp_path / "made"
    first = shard_corrections(find_corrections([people]), folder, copies=2, seed=1)
    with monkeypatch.context() as patch:
        patch.setattr(corrected, "_draw_file", None)  # would fail
        assert shard_corrections(find_corrections([people]), folder, copies=2, seed=1) == first
    assert shard_corrections(find_corrections([people]), folder, copies=2, seed=2) != first
    next(people.rglob("person3.jsonl")).unlink()
    assert shard_corrections(find_corrections([people]), folder, copies=2, seed=2).count == 6 * 12


def test_a_damaged_file_is_named_and_nothing_is_complete(people, tmp_path):
    path = next(people.rglob("person5.jsonl"))
    path.write_text(path.read_text()[:-20])
    with pytest.raises(DatasetError, match=r"person5\.jsonl: Line 13 of the file is damaged"):
        shard_corrections(find_corrections([people]), tmp_path / "made", copies=1, seed=1)
    assert not [*(tmp_path / "made").rglob("shards.json")]


@pytest.mark.parametrize("change", [lambda line: line, lambda line: line | {"label": 3}])
def test_a_correction_in_two_files_is_said_with_their_names(people, tmp_path, change):
    original = next(people.rglob("person2.jsonl"))
    lines = [json.loads(line) for line in original.read_text().splitlines()[1:]]
    (people / "again.jsonl").write_text(file_of(*lines[:-1], change(lines[-1])))
    with pytest.raises(DatasetError, match=r"(again|person2)\.jsonl holds corrections that .* holds too"):
        shard_corrections(find_corrections([people]), tmp_path / "made", copies=1, seed=1)
