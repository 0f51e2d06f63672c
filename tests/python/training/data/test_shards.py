"""training/data/shards.py: what is written comes back, and a damaged folder is named in one sentence."""

import json

import numpy as np
import pytest

from training.data.datasets import Digits
from training.data.shards import CONTENTS, RECORD, ShardWriter, check_shards, open_shards, read_shards
from training.errors import DatasetError


def numbered(first, count):
    """Return images that hold their own number, counted from `first`, and labels 0 to 10 in turn."""
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 0, :2] = np.arange(first, first + count)[:, None] // (1, 256) % 256
    return Digits(images, (np.arange(first, first + count) % 11).astype(np.uint8))


@pytest.fixture
def written(tmp_path):
    """A folder of three shards: 25 samples, ten to a shard."""
    writer = ShardWriter(tmp_path / "shards", samples=10)
    for first, count in ((0, 3), (3, 20), (23, 2)):
        writer.add(numbered(first, count))
    writer.finish({"made": "here"})
    return tmp_path / "shards"


def test_samples_come_back_in_order(written, monkeypatch):
    monkeypatch.setattr("training.data.shards.READ", 4)
    shards = open_shards(written)
    assert [shard.count for shard in shards.shards] == [10, 10, 5]
    assert (shards.count, shards.source) == (25, {"made": "here"})
    parts = [*read_shards(shards)]
    assert max(len(part.labels) for part in parts) == 4
    for array, expected in zip(zip(*parts, strict=True), numbered(0, 25), strict=True):
        np.testing.assert_array_equal(np.concatenate(array), expected)


def test_a_shard_is_on_disk_once_it_is_full_and_the_list_last(tmp_path):
    writer = ShardWriter(tmp_path, samples=10)
    writer.add(numbered(0, 25))
    assert [path.stat().st_size for path in sorted(tmp_path.iterdir())] == [10 * RECORD] * 2
    with pytest.raises(DatasetError, match="holds no complete shards"):
        open_shards(tmp_path)
    writer.finish({})
    assert open_shards(tmp_path).count == 25


def test_new_shards_replace_the_old_ones(written):
    writer = ShardWriter(written, samples=20)
    assert [*written.iterdir()] == []
    writer.add(numbered(0, 7))
    assert writer.finish({}).count == 7
    assert {path.name for path in written.iterdir()} == {CONTENTS, "shard-00001.bin"}


def test_a_label_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no label 11"):
        ShardWriter(tmp_path).add(Digits(np.zeros((1, 28, 28), np.uint8), np.array([11], np.uint8)))


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatasetError, match=r"cannot write shards to .*file \(File exists\)"):
        ShardWriter(tmp_path / "file")


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        (CONTENTS, None, r"holds no complete shards \(shards.json: No such file"),
        (CONTENTS, lambda content: content[:30], "shards.json is damaged or of another version"),
        (CONTENTS, lambda content: content.replace(b'"version": 1', b'"version": 2'), "another version"),
        (CONTENTS, lambda content: json.dumps([1]).encode(), "shards.json is damaged"),
        ("shard-00002.bin", None, "shard-00002.bin holds 0 bytes instead of 7,850"),
        (
            "shard-00003.bin",
            lambda content: content[:-1],
            "00003.bin holds 3,924 bytes instead of 3,925",
        ),
        ("shard-00001.bin", lambda content: b"\1" + content[1:], "shard-00001.bin is damaged: its SHA-256"),
    ],
)
def test_what_is_damaged_is_named(written, name, damage, said):
    path = written / name
    content = path.read_bytes()
    path.unlink()
    if damage:
        path.write_bytes(damage(content))
    with pytest.raises(DatasetError, match=said) as caught:
        check_shards(open_shards(written).shards)
    assert "\n" not in str(caught.value)


def test_whole_shards_pass_the_check(written):
    check_shards(open_shards(written).shards)
