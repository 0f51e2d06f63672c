"""training/recipe/stream.py: every sample once, in another order each time, whoever reads."""

from dataclasses import replace

import numpy as np
import pytest

from tests.python.training.data.test_shards import numbered
from training.data.shards import ShardWriter, open_shards
from training.errors import DatasetError
from training.recipe import stream as module
from training.recipe.group import ALONE
from training.recipe.stream import LANES, Stream

COUNT, SIZE = 640, 16
STEPS = COUNT // SIZE  # of an epoch that sees everything


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    """Shards of 640 samples that hold their own number."""
    writer = ShardWriter(tmp_path_factory.mktemp("shards"), samples=90)
    writer.add(numbered(0, COUNT))
    return writer.finish({})


def numbers_of(batches):
    """Return the numbers of the samples, a row for each batch; labels must fit."""
    rows = []
    for images, labels in batches:
        assert images.shape[1:] == (28, 28, 1) and images.dtype == np.uint8 and labels.dtype == np.int64
        rows.append(images[:, 0, 0, 0] + 256 * images[:, 0, 1, 0].astype(int))
        np.testing.assert_array_equal(labels, rows[-1] % 11)
    return np.array(rows)


def test_an_epoch_of_all_sees_every_sample_once(shards):
    stream = Stream([shards], seed=1)
    first, again, next_one = (numbers_of(stream.of_epoch(epoch, STEPS, SIZE)) for epoch in (0, 0, 1))
    assert first.shape == (STEPS, SIZE)
    np.testing.assert_array_equal(np.sort(first, axis=None), np.arange(COUNT))
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(np.sort(next_one, axis=None), np.arange(COUNT))
    assert np.mean(first == next_one) < 0.05
    assert stream.pieces(0, COUNT) != stream.pieces(COUNT, 2 * COUNT)
    assert np.mean(np.diff(first.ravel()) == 1) < 0.05  # not as they stand on disk
    assert np.mean(first == numbers_of(Stream([shards], seed=2).of_epoch(0, STEPS, SIZE))) < 0.05


def test_short_epochs_go_on_where_the_last_one_ended(shards):
    stream = Stream([shards], seed=1)
    parts = [numbers_of(stream.of_epoch(epoch, STEPS // 4, SIZE)).ravel() for epoch in range(8)]
    for turn in (parts[:4], parts[4:]):
        np.testing.assert_array_equal(np.sort(np.concatenate(turn)), np.arange(COUNT))
    # An epoch may also see more than there is, or begin in the middle of a turn.
    long = numbers_of(stream.of_epoch(1, STEPS + STEPS // 2, SIZE)).ravel()
    assert set(np.bincount(long, minlength=COUNT)) == {1, 2}


def test_several_folders_are_one_stream(shards, tmp_path):
    writer = ShardWriter(tmp_path)
    writer.add(numbered(COUNT, 160))
    stream = Stream([shards, writer.finish({})], seed=1)
    seen = numbers_of(stream.of_epoch(0, stream.count // SIZE, SIZE))
    np.testing.assert_array_equal(np.sort(seen, axis=None), np.arange(800))


@pytest.mark.parametrize("workers", [4, *(pytest.param(count, marks=pytest.mark.slow) for count in (2, 8))])
def test_workers_share_out_every_batch(shards, workers):
    stream = Stream([shards], seed=1)
    alone = numbers_of(stream.of_epoch(1, STEPS, SIZE))
    shares = [
        numbers_of(stream.of_epoch(1, STEPS, SIZE, replace(ALONE, worker=worker, workers=workers)))
        for worker in range(workers)
    ]
    assert all(share.shape == (STEPS, SIZE // workers) for share in shares)
    np.testing.assert_array_equal(np.sort(np.hstack(shares), axis=1), np.sort(alone, axis=1))


def test_a_lane_holds_no_more_than_its_window(shards, monkeypatch):
    monkeypatch.setattr(module, "WINDOW", 10)
    stream = Stream([shards], seed=1)
    seen = numbers_of(stream.of_epoch(0, STEPS, SIZE))
    for lane in range(LANES):
        length = COUNT // LANES
        pieces = stream.pieces(lane * length, (lane + 1) * length)
        starts = [90 * (int(piece.shard.path.stem[-5:]) - 1) + piece.first for piece in pieces]
        on_disk = np.concatenate([np.arange(a, a + p.count) for a, p in zip(starts, pieces, strict=True)])
        shown = seen[:, lane * 2 : lane * 2 + 2].ravel()
        place = {number: at for at, number in enumerate(on_disk.tolist())}
        ahead = [place[number] - at for at, number in enumerate(shown.tolist())]
        assert 0 < max(ahead) < 10  # what is shown was read, with nine others at most that are not shown yet


def test_a_shard_that_goes_while_it_is_read_is_said_in_one_sentence(tmp_path):
    writer = ShardWriter(tmp_path, samples=10)
    writer.add(numbered(0, 80))
    stream = Stream([writer.finish({})], seed=1)
    (tmp_path / "shard-00003.bin").unlink()
    with pytest.raises(DatasetError, match=f"a shard in {tmp_path} can no longer be read"):
        [*stream.of_epoch(0, 5, SIZE)]


def test_shards_without_a_sample_are_refused(tmp_path):
    ShardWriter(tmp_path).finish({})
    with pytest.raises(DatasetError, match="hold no sample to learn from"):
        Stream([open_shards(tmp_path)], seed=1)
