"""training/recipe/group.py: several devices, or several processes, learn what one learns.

The processes are real ones that meet on this machine's loopback; each has one thread to compute with.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from tests.python.tiny import tiny
from tests.python.training.recipe.test_meeting import free_addresses
from training.data.datasets import Digits
from training.data.shards import ShardWriter
from training.errors import RunError
from training.files import RECORD
from training.network.backend import tf
from training.recipe import hardware, settings
from training.recipe.checkpoint import NAME as CHECKPOINT
from training.recipe.group import ALONE, join, read_cluster
from training.recipe.run_folder import WEIGHTS
from training.train import train

ROOT = Path(__file__).resolve().parents[4]
ONE_THREAD = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "2", "OMP_NUM_THREADS": "1"}
RECIPE = {"epochs": 2, "batch_size": 64}
TAUGHT = RECIPE | {"teachers": 1, "teacher_epochs": 1}
# Sums of float32 in another order differ by 1e-7; AdamW divides by small numbers, which makes it more.
LOSSES, WEIGHT = 1e-3, 2e-2
PATIENCE = 600  # seconds until a process that hangs fails the test


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder of made digits, and one of shards."""
    from tests.python.made_digits import write_idx

    folder = tmp_path_factory.mktemp("group")
    write_idx(folder / "data", train=500, test=100)
    writer = ShardWriter(folder / "shards", samples=100)
    writer.add(Digits(*make_digits(400, seed=3)))
    writer.finish({})
    return folder


def options_of(data, run, **changes):
    both = {"data": str(data / "data"), "run": str(run), "shards": [str(data / "shards")], "settings": RECIPE}
    return both | changes


def start(options, addresses=(), worker=0):
    """Start a process of tests/python/worker.py, one of `addresses`."""
    cluster = {"cluster": {"worker": [*addresses]}, "task": {"type": "worker", "index": worker}}
    variables = os.environ | ONE_THREAD | ({"TF_CONFIG": json.dumps(cluster)} if addresses else {})
    command = [sys.executable, "-m", "tests.python.worker", json.dumps(options)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=variables, cwd=ROOT, **pipes)


@contextmanager
def two_workers(options, other_options=None):
    """Start two workers; what is left of them goes at the end."""
    addresses = free_addresses(2)
    workers = [start(options, addresses, 0), start(other_options or options, addresses, 1)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def ended(worker):
    """Wait for a worker; return its exit status and what it said on both channels."""
    out, err = worker.communicate(timeout=PATIENCE)
    return worker.returncode, out, err


def train_alone(data, run, monkeypatch, recipe=RECIPE):
    """Train in this process, in float32 as the workers do."""
    monkeypatch.setattr(settings, "TEACHER", "tiny")
    monkeypatch.setattr(hardware, "CPU_INFORMATION", Path("none"))
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": False})
    from training.data.datasets import find_mnist

    return train(find_mnist(data / "data"), run, tiny(**recipe), shards=[data / "shards"])


def assert_alike(one, other):
    """Two runs have the same losses and weights, up to rounding."""
    records = [json.loads((run / RECORD).read_text()) for run in (one, other)]
    losses = [
        [
            [entry["loss"], entry["validation_loss"]]
            for learner in (record, *record["teachers"])
            for entry in learner["history"]
        ]
        for record in records
    ]
    np.testing.assert_allclose(*losses, rtol=LOSSES)
    with np.load(one / CHECKPOINT) as first, np.load(other / CHECKPOINT) as second:
        assert first.files == second.files
        for name in (name for name in first.files if name.startswith(("model/", "average/"))):
            np.testing.assert_allclose(first[name], second[name], atol=WEIGHT, rtol=WEIGHT)


@pytest.mark.slow
@pytest.mark.parametrize("recipe", [RECIPE, TAUGHT], ids=["", "taught"])
def test_two_workers_learn_what_one_process_learns(data, tmp_path, monkeypatch, recipe):
    options = options_of(data, tmp_path / "two", settings=recipe)
    with two_workers(options, options | {"run": str(tmp_path / "unused")}) as workers:
        train_alone(data, tmp_path / "one", monkeypatch, recipe)
        for number, worker in enumerate(workers):
            status, out, err = ended(worker)
            assert status == 0, err
            assert f"worker {number} of 2, 2 devices" in out
            # The chief alone says how far it is.
            assert "teacher 1 of 1" in out or number == 1 or recipe is RECIPE
            assert (" 2/2" in err) == (number == 0)
    assert_alike(tmp_path / "one", tmp_path / "two")
    assert not (tmp_path / "unused").exists()  # the chief alone writes
    files = {WEIGHTS, RECORD, CHECKPOINT} | ({"teacher-1", "answers"} if recipe is TAUGHT else set())
    assert {path.name for path in (tmp_path / "two").iterdir()} == files


@pytest.mark.slow
def test_two_devices_learn_what_one_learns(data, tmp_path, monkeypatch):
    pair = start(options_of(data, tmp_path / "two", settings=TAUGHT, devices=2))
    train_alone(data, tmp_path / "one", monkeypatch, TAUGHT)
    status, out, err = ended(pair)
    assert status == 0, err
    assert "worker 0 of 1, 2 devices" in out
    assert_alike(tmp_path / "one", tmp_path / "two")


@pytest.mark.slow
def test_ctrl_c_at_one_worker_stops_all_and_they_resume_together(data, tmp_path, monkeypatch):
    # The other names a folder of its own: nothing is shared but the chief's.
    options = options_of(data, tmp_path / "two")
    other = options | {"run": str(tmp_path / "unused")}
    for begun in ({"interrupt": True}, {}):
        resume = {"resume": not begun}
        with two_workers(options | resume, other | resume | begun) as workers:
            for worker in workers:
                status, _, err = ended(worker)
                assert status == 0, err
        record = json.loads((tmp_path / "two" / RECORD).read_text())
        assert record["interrupted"] == bool(begun)
        assert len(record["history"]) == (1 if begun else 2)
    assert not (tmp_path / "unused").exists()
    train_alone(data, tmp_path / "one", monkeypatch)
    assert_alike(tmp_path / "one", tmp_path / "two")


def wait_for(text, worker):
    """Read what a worker says until `text` is there."""
    said = ""
    while text not in said:
        character = worker.stderr.read(1)
        assert character, said
        said += character


@pytest.mark.slow
@pytest.mark.parametrize("victim", [0, 1])
def test_a_worker_that_dies_is_said_in_one_sentence(data, tmp_path, victim):
    with two_workers(options_of(data, tmp_path / "run", settings=RECIPE | {"epochs": 500})) as workers:
        wait_for(" 2/500", workers[0])
        workers[victim].kill()
        status, _, err = ended(workers[1 - victim])
    assert status == 1
    assert err.splitlines()[-1] == (
        "error: another worker stopped or cannot be reached; start all of them again, with --resume to "
        "continue after the last epoch"
    )
    assert (tmp_path / "run" / CHECKPOINT).is_file()


@pytest.mark.slow
def test_workers_that_differ_are_refused(data, tmp_path):
    options = options_of(data, tmp_path / "run")
    with two_workers(options, options | {"settings": RECIPE | {"seed": 9}}) as workers:
        for worker in workers:
            status, _, err = ended(worker)
            assert status == 1
            assert err.splitlines()[-1].startswith(
                "error: the workers differ in their data or options; give all"
            )
    assert not (tmp_path / "run" / RECORD).exists()


def cluster(task="worker", index=0, **jobs):
    return json.dumps({"cluster": jobs, "task": {"type": task, "index": index}})


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", ([], 0)),
        (cluster(worker=["a:1", "b:2"]), (["a:1", "b:2"], 0)),
        (cluster(worker=["a:1", "b:2"], index=1), (["a:1", "b:2"], 1)),
        (cluster(chief=["c:3"], worker=["a:1", "b:2"], index=1), (["c:3", "a:1", "b:2"], 2)),
        (cluster("chief", chief=["c:3"], worker=["a:1"]), (["c:3", "a:1"], 0)),
    ],
)
def test_the_cluster_says_who_is_who(monkeypatch, stated, expected):
    monkeypatch.setenv("TF_CONFIG", stated)
    assert read_cluster() == expected


@pytest.mark.parametrize(
    "stated",
    [
        "worker",
        "[]",
        "{}",
        cluster(worker=["a:1"], index=1),
        cluster(worker=["a:1"], index=-1),
        cluster(worker=["a:1"], index="first"),
        cluster(worker=["a", "b"]),
        cluster("evaluator", worker=["a:1"]),
        cluster("chief", chief=["c:3"], worker=["a:1"], index=1),
    ],
)
def test_a_cluster_that_is_none_is_refused(monkeypatch, stated):
    monkeypatch.setenv("TF_CONFIG", stated)
    with pytest.raises(RunError, match="TF_CONFIG does not name the workers") as caught:
        read_cluster()
    assert "\n" not in str(caught.value)


def test_one_worker_alone_computes_as_without_a_cluster(monkeypatch):
    monkeypatch.setenv("TF_CONFIG", cluster(worker=["a:1"]))
    assert join() is ALONE
    assert (ALONE.replicas, ALONE.devices, ALONE.is_chief) == (1, 1, True)
    assert ALONE.from_chief(b"all") == b"all" and ALONE.agree(True) and not ALONE.agree(False)
