"""Read shards of samples in a random order that needs no memory of its own.

The shards follow each other in a new random order whenever all of them were read, as one endless sequence.
An epoch takes the next part of it, and cuts it into LANES equal parts, which are read beside each other and
shuffled, each within a window. Several workers share out the lanes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from training.data.datasets import SIDE
from training.data.shards import RECORD, Shard, Shards
from training.errors import DatasetError
from training.network.backend import tf
from training.recipe.group import ALONE, Group

LANES = 8
WINDOW = 4096  # samples of a lane that are shuffled among each other
READ_AHEAD = 16  # batches


class Piece(NamedTuple):
    """Neighbouring records of a shard."""

    shard: Shard
    first: int
    count: int


class Stream:
    """The samples of one or more folders of shards."""

    def __init__(self, folders: Sequence[Shards], seed: int) -> None:
        """Take the folders, and the seed of the order; DatasetError if they hold no sample."""
        self.shards = [shard for folder in folders for shard in folder.shards]
        self.seed = seed
        self.count = sum(shard.count for shard in self.shards)
        if not self.count:
            raise DatasetError("the shards hold no sample to learn from; write them again")

    def of_epoch(
        self, epoch: int, steps: int, size: int, group: Group = ALONE
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield this worker's part of `size` samples for each step: b×28×28×1 uint8 and b labels (int64).

        DatasetError if a shard can no longer be read.
        """
        block = size // LANES
        lanes = range(LANES)[group.worker :: group.workers]
        starts = [(epoch * LANES + lane) * steps * block for lane in lanes]
        read = [
            _records(self.pieces(start, start + steps * block))
            .shuffle(WINDOW, seed=int(np.random.default_rng((self.seed, start)).integers(2**31)))
            .batch(block)
            for start in starts
        ]
        both = tf.data.Dataset.zip(*read).map(
            lambda *blocks: tf.io.decode_raw(tf.concat(blocks, 0), tf.uint8)
        )
        try:
            for records in both.prefetch(READ_AHEAD).as_numpy_iterator():
                images = records[:, 1:].reshape(-1, SIDE, SIDE, 1)
                yield images, records[:, 0].astype(np.int64)
        except tf.errors.OpError as error:
            folders = " or ".join(sorted({str(shard.path.parent) for shard in self.shards}))
            raise DatasetError(f"a shard in {folders} can no longer be read; write them again") from error

    def pieces(self, start: int, stop: int) -> list[Piece]:
        """Return what stands from `start` to `stop` of the endless sequence."""
        found = []
        while start < stop:
            turn, place = divmod(start, self.count)
            for number in np.random.default_rng((self.seed, turn)).permutation(len(self.shards)):
                shard = self.shards[number]
                if place < shard.count and start < stop:
                    found.append(Piece(shard, place, min(shard.count - place, stop - start)))
                    start += found[-1].count
                place = max(0, place - shard.count)
        return found


def _records(pieces: list[Piece]) -> tf.data.Dataset:
    """Return the records of pieces of shards, one after the other."""
    paths = [str(piece.shard.path) for piece in pieces]
    before = [piece.first * RECORD for piece in pieces]
    behind = [(piece.shard.count - piece.first - piece.count) * RECORD for piece in pieces]
    each = tf.data.Dataset.from_tensor_slices(
        (paths, tf.constant(before, tf.int64), tf.constant(behind, tf.int64))
    )
    return each.flat_map(
        lambda path, head, foot: tf.data.FixedLengthRecordDataset(
            path, RECORD, header_bytes=head, footer_bytes=foot
        )
    )
