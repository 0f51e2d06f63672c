"""Made digits, a network trained on them and its export, by the commands that a person types."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.python.made_digits import write_idx

ROOT = Path(__file__).resolve().parents[1]
TRAINING = ("--epochs", "8", "--batch-size", "25", "--validation", "100", "--teachers", "0")


class MadeRun(NamedTuple):
    """Folders that tests leave as they are, and what the commands printed (stdout, stderr)."""

    folder: Path
    data: Path
    run: Path
    model: Path
    trained: tuple[str, str]
    exported: tuple[str, str]


def command(module: str, *arguments: object, expected: int = 0) -> tuple[str, str]:
    """Run a command as a person would and return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "DIGITPAD_DATA"}
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout, done.stderr


@contextmanager
def made_once(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Let one process at a time make something in `folder`; yield that, and whether it is made already."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, (folder / "made").exists()
        (folder / "made").touch()


def make_run(folder: Path) -> MadeRun:
    """Train and export in `folder`, or return what another process has made there."""
    data, run, model, printed = (folder / name for name in ("data", "run", "model", "printed.json"))
    with made_once(folder) as (_, is_made):
        if not is_made:
            write_idx(data / "mnist", train=600, test=200)
            trained = command("training.train", "--data", data, "--output", run, *TRAINING)
            exported = command("export", "--data", data, "--run", run, "--site-model", model)
            printed.write_text(json.dumps([trained, exported]))
    return MadeRun(folder, data, run, model, *(tuple(both) for both in json.loads(printed.read_text())))


def read_replay(folder: Path, description: dict) -> np.ndarray:
    """Return the features (samples, features) of a model's replay set, as the page reads them."""
    content = (folder / description["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == description["sha256"]
    features = description["features"]
    scales = np.frombuffer(content, "<f4", features)
    pairs = np.frombuffer(content, np.uint8, offset=4 * features)
    levels = np.stack([pairs & 15, pairs >> 4], axis=-1).reshape(-1, features)
    return (levels.astype(np.float32) / 15) ** 2 * scales
