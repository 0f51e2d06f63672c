"""training/recipe/feed.py: what is in a batch, and which part of it a worker gets."""

import threading
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests.python.tiny import tiny
from tests.python.training.data.test_shards import numbered
from training.data.datasets import Digits
from training.data.shards import ShardWriter
from training.errors import RunError
from training.recipe.feed import Feed, streamed_part
from training.recipe.group import ALONE
from training.recipe.split import Block, Split
from training.recipe.stream import Stream
from training.recipe.targets import LabelTargets

RECIPE = tiny(batch_size=32, label_smoothing=0.0)
IN_MEMORY = numbered(0, 100)
SPLIT = Split(IN_MEMORY, Digits(*IN_MEMORY), (Block("mnist", 60), Block("pendigits", 40, turns=2)), {}, {})
GO = threading.Event()


@pytest.fixture(scope="module")
def stream(tmp_path_factory):
    """A stream of 400 samples, numbered from 1000 on."""
    writer = ShardWriter(tmp_path_factory.mktemp("shards"))
    writer.add(numbered(1000, 400))
    return Stream([writer.finish({})], seed=1)


def make(stream=None, group=ALONE, **changes):
    recipe = replace(RECIPE, **changes)
    return Feed(SPLIT, LabelTargets(SPLIT.training.labels, recipe), recipe, group, stream)


def numbers_of(batch):
    return batch.images[:, 0, 0, 0] + 256 * batch.images[:, 0, 1, 0].astype(int)


def test_in_memory_alone_an_epoch_sees_its_places_once():
    batches = [*make().of_epoch(1, GO)]
    seen = np.concatenate([numbers_of(batch) for batch in batches])
    assert [len(batch.labels) for batch in batches] == [32, 32]
    assert len(set(seen.tolist())) == 64 and set(seen.tolist()) <= set(SPLIT.places(1).tolist())
    for batch in batches:
        np.testing.assert_array_equal(batch.targets.argmax(1), numbers_of(batch) % 11)


def test_half_of_a_batch_streams_and_belongs_together(stream):
    feed = make(stream)
    batches = [*feed.of_epoch(0, GO)]
    assert feed.per_epoch == len(batches) == 80 // 16
    for batch in batches:
        numbers = numbers_of(batch)
        assert np.sum(numbers < 1000) == np.sum(numbers >= 1000) == 16
        np.testing.assert_array_equal(batch.labels, numbers % 11)
        np.testing.assert_array_equal(batch.targets.argmax(1), numbers % 11)
    draws = np.concatenate([batch.draws for batch in batches])
    assert len(np.unique(draws, axis=0)) == len(draws) == 160  # each is distorted in its own way
    again = np.concatenate([batch.draws for batch in make(stream).of_epoch(0, GO)])
    np.testing.assert_array_equal(draws, again)


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_share_out_every_batch_with_its_draws_and_targets(stream, workers):
    alone = [*make(stream).of_epoch(1, GO)]
    groups = [replace(ALONE, worker=worker, workers=workers) for worker in range(workers)]
    # A made group has nobody to agree with.
    shares = [[*make(stream, group)._batches(1, *on_epoch_1())] for group in groups]
    for number, whole in enumerate(alone):
        parts = [share[number] for share in shares]
        assert {len(part.labels) for part in parts} == {32 // workers}
        order = np.argsort(numbers_of(whole))
        together = [np.concatenate(arrays) for arrays in zip(*parts, strict=True)]
        found = np.argsort(together[0][:, 0, 0, 0] + 256 * together[0][:, 0, 1, 0].astype(int))
        for array, expected in zip(together, whole, strict=True):
            np.testing.assert_array_equal(array[found], expected[order])


def on_epoch_1():
    return [np.asarray(each) for each in LabelTargets(SPLIT.training.labels, RECIPE).of_epoch(1, GO)]


@pytest.mark.parametrize(
    ("batch_size", "in_memory", "streamed", "expected"),
    [
        (128, 100, 10_000_000, 64),
        (128, 50_000, 50_000, 64),
        (128, 80_000, 20_000, 24),
        (128, 10_000_000, 10, 8),
        (24, 1, 1, 8),
    ],
)
def test_shards_have_their_share_of_a_batch_and_half_at_most(batch_size, in_memory, streamed, expected):
    assert streamed_part(batch_size, in_memory, SimpleNamespace(count=streamed)) == expected
    assert streamed_part(batch_size, in_memory, None) == 0


def test_a_batch_that_cannot_be_divided_is_refused(stream):
    with pytest.raises(RunError, match="a batch of 8 is too small for shards"):
        make(stream, batch_size=8)
    with pytest.raises(RunError, match="a batch of 32 cannot be divided among"):
        make(group=replace(ALONE, workers=3))
    with pytest.raises(RunError, match="shards can be read by 1, 2, 4 or 8 workers, not by 16"):
        make(stream, group=replace(ALONE, workers=16))


def test_a_stopped_run_gets_no_batches():
    stopped = threading.Event()
    stopped.set()
    assert make().of_epoch(0, stopped) is None
