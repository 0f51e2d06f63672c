"""What a run computes on: one device, several of this machine, or several workers that TF_CONFIG names.

All of them take part in every step: each device reads an equal part of the batch, and the gradients are added
up. So the batch is as large as on one device, and the weights are the same up to rounding.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from training.errors import RunError
from training.network.backend import tf
from training.recipe.meeting import meet

CHUNK = 1 << 24  # bytes that the chief sends at a time


@dataclass(frozen=True)
class Group:
    """The devices of a run, and this process's place among the workers; worker 0 is the chief."""

    strategy: tf.distribute.Strategy = field(default_factory=tf.distribute.get_strategy)
    worker: int = 0
    workers: int = 1

    @property
    def is_chief(self) -> bool:
        """Return whether this process writes the run folder and says how far it is."""
        return self.worker == 0

    @property
    def replicas(self) -> int:
        """Return the number of devices of all workers."""
        return self.strategy.num_replicas_in_sync

    @property
    def devices(self) -> int:
        """Return the number of devices of each worker."""
        return self.replicas // self.workers

    def local(self, variable: tf.Variable) -> tf.Variable:
        """Return the copy of a variable on this worker's first device; all copies are equal."""
        return self.strategy.experimental_local_results(variable)[0]

    def assign(self, variable: tf.Variable, value: np.ndarray) -> None:
        """Set this worker's copies of a variable."""
        for copy in self.strategy.experimental_local_results(variable):
            copy.assign(value)

    def device_part(self, batch: Any) -> Any:
        """Return the running device's equal part of this worker's batch; for `strategy.run`."""
        if self.devices == 1:
            return batch
        here = tf.distribute.get_replica_context().replica_id_in_sync_group - self.worker * self.devices
        return tf.nest.map_structure(lambda whole: tf.gather(tf.split(whole, self.devices), here), batch)

    def add_up(self, array: np.ndarray) -> np.ndarray:
        """Return the sum of the arrays that the workers pass; all of them must call this."""
        if self.workers == 1:
            return array
        with self.explained():
            mine = tf.constant(array)

            @tf.function
            def total() -> tf.Tensor:
                def give() -> tf.Tensor:
                    context = tf.distribute.get_replica_context()
                    is_first = context.replica_id_in_sync_group == self.worker * self.devices
                    given = mine if is_first else tf.zeros_like(mine)
                    return context.all_reduce(tf.distribute.ReduceOp.SUM, given)

                return self.strategy.experimental_local_results(self.strategy.run(give))[0]

            return total().numpy()

    def agree(self, flag: bool) -> bool:
        """Return whether any worker passes True; all of them must call this."""
        return bool(self.add_up(np.int32(flag)) > 0)

    def from_chief(self, content: bytes) -> bytes:
        """Return what the chief passes; all workers must call this."""
        if self.workers == 1:
            return content
        mine = content if self.is_chief else b""
        size = int(self.add_up(np.int64(len(mine))))
        received = []
        for start in range(0, size, CHUNK):
            part = np.zeros(min(CHUNK, size - start), np.uint8)
            if self.is_chief:
                part[:] = np.frombuffer(mine, np.uint8, len(part), start)
            received.append(self.add_up(part.astype(np.int32)).astype(np.uint8).tobytes())
        return b"".join(received)

    def refuse_others(self, basis: Any) -> None:
        """Raise RunError unless all workers pass the same plain values; all of them must call this."""
        mine = json.dumps(basis, sort_keys=True).encode()
        if self.agree(self.from_chief(mine) != mine):
            raise RunError(
                "the workers differ in their data or options; give all of them the same files and command"
            )

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Raise RunError for what TensorFlow raises when another worker is gone."""
        try:
            yield
        except tf.errors.OpError as error:
            if self.workers == 1:
                raise
            raise RunError(
                "another worker stopped or cannot be reached; start all of them again, with --resume to "
                "continue after the last epoch"
            ) from error


ALONE = Group()


def join() -> Group:
    """Return the group that this process belongs to; call it once, before TensorFlow computes anything.

    Several workers wait for each other. RunError if TF_CONFIG cannot be understood, or not all come.
    """
    addresses, worker = read_cluster()
    if len(addresses) > 1:
        # TensorFlow would wait for ever, where no Ctrl-C gets to it: let it start when all are here.
        meet(addresses, worker)
        group = Group(tf.distribute.MultiWorkerMirroredStrategy(), worker, len(addresses))
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # TensorFlow has just made it do nothing
        return group
    os.environ.pop("TF_CONFIG", None)  # one worker is none to TensorFlow's other strategies
    devices = tf.config.list_logical_devices("GPU") or tf.config.list_logical_devices("CPU")
    return Group(tf.distribute.MirroredStrategy([each.name for each in devices])) if devices[1:] else ALONE


def read_cluster() -> tuple[list[str], int]:
    """Return the addresses of all workers in TF_CONFIG, the chief first, and this one's place; none without.

    RunError if TF_CONFIG names no such place.
    """
    stated = os.environ.get("TF_CONFIG")
    if not stated:
        return [], 0
    try:
        config = json.loads(stated)
        cluster, task = config["cluster"], config["task"]
        chiefs, workers = cluster.get("chief", []), cluster.get("worker", [])
        addresses, place = [*chiefs, *workers], int(task["index"])
        of_kind = {"chief": chiefs, "worker": workers}[task["type"]]
        if not 0 <= place < len(of_kind) or not all(
            str(each).rpartition(":")[2].isdecimal() for each in addresses
        ):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(
            "TF_CONFIG does not name the workers and this one's place among them; it looks like "
            '{"cluster": {"worker": ["host:port", "host:port"]}, "task": {"type": "worker", "index": 0}}'
        ) from error
    return addresses, place + (len(chiefs) if task["type"] == "worker" else 0)
