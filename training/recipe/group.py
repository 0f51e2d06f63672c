"""What a run computes on: one device, several of this machine, or several workers that TF_CONFIG names.

All of them take part in every step: each device reads an equal part of the batch, and the gradients are added
up. So the batch is as large as on one device, and the weights are the same up to rounding.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from training.errors import RunError
from training.network.backend import tf

PATIENCE = 300  # seconds that a worker waits for the others to start
FIRST_WORD = 10  # seconds after which it says whom it waits for
PROBE = 2  # seconds that an address has to answer
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
        return tf.nest.map_structure(lambda whole: tf.split(whole, self.devices)[here], batch)

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
        """Raise RunError unless the chief passes the same, which JSON can hold; all workers must call this."""
        mine = json.dumps(basis, sort_keys=True).encode()
        if self.agree(self.from_chief(mine) != mine):
            raise RunError(
                "the workers differ in their data or options; give all of them the same files and the same command"
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

    Several workers wait for each other. RunError if TF_CONFIG cannot be understood. A worker that nobody
    joins within PATIENCE ends its process with one sentence: TensorFlow waits where no exception gets to.
    """
    addresses, worker = read_cluster()
    if len(addresses) > 1:
        with waiting_for([each for place, each in enumerate(addresses) if place != worker]):
            strategy = tf.distribute.MultiWorkerMirroredStrategy()
        return Group(strategy, worker, len(addresses))
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
        place = int(task["index"]) + (len(cluster.get("chief", [])) if task["type"] == "worker" else 0)
        addresses = [*cluster.get("chief", []), *cluster.get("worker", [])]
        known = task["type"] in ("chief", "worker") and 0 <= place < len(addresses)
        if not known or not all(str(each).rpartition(":")[2].isdecimal() for each in addresses):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(
            "TF_CONFIG does not name the workers and this one's place among them; it looks like "
            '{"cluster": {"worker": ["host:port", "host:port"]}, "task": {"type": "worker", "index": 0}}'
        ) from error
    return addresses, place


@contextmanager
def waiting_for(others: list[str]) -> Iterator[None]:
    """Say after a while which workers are missing, and end the process when that takes too long."""
    here = threading.Event()

    def watch() -> None:
        if here.wait(min(FIRST_WORD, PATIENCE)):
            return
        if silent := [each for each in others if not answers(each)]:
            print(f"waiting for {', '.join(silent)}", file=sys.stderr, flush=True)
        if here.wait(max(0, PATIENCE - FIRST_WORD)):
            return
        silent = [each for each in others if not answers(each)] or others
        print(
            f"error: no answer from {', '.join(silent)} for {PATIENCE} s; start a worker on each machine that "
            "TF_CONFIG names, and let them reach each other",
            file=sys.stderr,
            flush=True,
        )
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        here.set()


def answers(address: str) -> bool:
    """Return whether something listens at an address, host:port."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), PROBE).close()
    except OSError:
        return False
    return True
