"""What the steps of an epoch learn from: images in memory and, beside them, samples from shards."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np

from training.errors import RunError
from training.recipe.augment import draw_distortions
from training.recipe.group import Group
from training.recipe.optimisation import Batch
from training.recipe.settings import Settings
from training.recipe.split import Split
from training.recipe.stream import LANES, Stream
from training.recipe.targets import Targets

STREAMED = 0.5  # the largest share of a batch that comes from shards


class Feed:
    """The batches of each epoch; every worker gets its own equal part of them.

    Seed and epoch alone decide what is in a batch: the number of workers makes no difference, and a resumed
    run continues with what would have come.
    """

    def __init__(
        self, split: Split, targets: Targets, settings: Settings, group: Group, stream: Stream | None = None
    ) -> None:
        """Take what is in memory, its targets, the recipe, who computes and, if there are any, the shards.

        RunError if a batch cannot be divided among the devices.
        """
        self.split, self.targets, self.settings, self.group = split, targets, settings, group
        self.stream = stream
        self.streamed = streamed_part(settings.batch_size, len(split.places(0)), stream)
        self.kept = settings.batch_size - self.streamed  # samples of a batch that are in memory
        self.per_epoch = len(split.places(0)) // self.kept
        if settings.batch_size % group.replicas or self.kept % group.workers:
            raise RunError(
                f"a batch of {settings.batch_size} cannot be divided among {group.replicas} devices; "
                "pass a --batch-size that can"
            )
        if stream and LANES % group.workers:
            raise RunError(f"shards can be read by 1, 2, 4 or {LANES} workers, not by {group.workers}")

    def of_epoch(self, epoch: int, stop: threading.Event) -> Iterator[Batch] | None:
        """Return the batches of `epoch`, counted from 0; None if any worker is stopped."""
        draws, targets = self.targets.of_epoch(epoch, stop)
        if self.group.agree(stop.is_set()):
            return None
        return self._batches(epoch, np.asarray(draws), np.asarray(targets))

    def _batches(self, epoch: int, draws: np.ndarray, targets: np.ndarray) -> Iterator[Batch]:
        # Seed and epoch alone decide the order; the last digits, too few for a batch, are left out.
        order = np.random.default_rng((self.settings.seed, epoch)).permutation(self.split.places(epoch))
        images, labels = self.split.training
        beside = self._from_shards(epoch) if self.stream else None
        for number in range(self.per_epoch):
            whole = order[number * self.kept : (number + 1) * self.kept]
            part = whole[self.group.worker :: self.group.workers]
            learnt = images[part, ..., None], labels[part].astype(np.int64), draws[part], targets[part]
            batch = Batch(*learnt)
            if beside:
                batch = Batch(*(np.concatenate(both) for both in zip(batch, next(beside), strict=True)))
            yield batch

    def _from_shards(self, epoch: int) -> Iterator[Batch]:
        """Yield this worker's samples of each batch from shards, distorted anew whenever they come again."""
        samples = self.stream.of_epoch(epoch, self.per_epoch, self.streamed, self.group)
        for number, (images, labels) in enumerate(samples, epoch * self.per_epoch):
            # Below zero, as epochs number the draws of what is in memory.
            draws = draw_distortions(self.streamed, self.settings.seed, -1 - number).numpy()
            lanes = draws.reshape(LANES, -1, draws.shape[1])
            draws = lanes[self.group.worker :: self.group.workers].reshape(len(labels), -1)
            yield Batch(images, labels, draws, self.targets.of_images(images, labels, draws))


def streamed_part(batch_size: int, in_memory: int, stream: Stream | None) -> int:
    """Return how many samples of a batch come from shards: their share of all samples, at most STREAMED.

    Each lane gives equally many, one at least. RunError if the batch is too small for that.
    """
    if stream is None:
        return 0
    share = min(STREAMED, stream.count / (stream.count + in_memory))
    streamed = max(1, int(share * batch_size / LANES)) * LANES
    if streamed >= batch_size:
        raise RunError(f"a batch of {batch_size} is too small for shards; pass a --batch-size above {LANES}")
    return streamed
