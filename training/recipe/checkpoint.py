"""The state of a run after an epoch: all that is needed to go on as if it had never stopped."""

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training.errors import RunError
from training.files import write_atomically
from training.network.backend import keras

NAME = "checkpoint.npz"


@dataclass
class Progress:
    """What a run has done so far."""

    settings: dict  # of the run, to refuse a resume with others
    data: dict  # checksums by file name, likewise
    history: list[dict] = field(default_factory=list)  # one entry per finished epoch
    seconds: float = 0.0  # of training, over all its parts
    best: dict | None = None  # the entry of the epoch whose averaged weights are kept
    best_weights: list[np.ndarray] = field(default_factory=list)


def save(
    folder: Path,
    progress: Progress,
    model: keras.Model,
    average: keras.Model,
    optimizer: keras.optimizers.Optimizer,
) -> None:
    """Write the checkpoint of a run folder, atomically."""
    groups = {
        "model": model.get_weights(),
        "average": average.get_weights(),
        "optimizer": [variable.numpy() for variable in optimizer.variables],
        "best": progress.best_weights,
    }
    arrays = {f"{group}/{i:03d}": array for group, values in groups.items() for i, array in enumerate(values)}
    state = {key: value for key, value in vars(progress).items() if key != "best_weights"}
    write_atomically(folder / NAME, lambda temporary: np.savez(temporary, state=json.dumps(state), **arrays))


def load(
    folder: Path, model: keras.Model, average: keras.Model, optimizer: keras.optimizers.Optimizer
) -> Progress:
    """Put a checkpoint's state into the models and the optimizer, and return its progress.

    Raises RunError where there is no checkpoint, or one of another network.
    """
    path = folder / NAME
    if not path.is_file():
        raise RunError(f"there is nothing to resume in {folder}; leave --resume away to start a run")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            state = json.loads(str(archive["state"]))
            groups: dict[str, list[np.ndarray]] = {"model": [], "average": [], "optimizer": [], "best": []}
            for key in sorted(archive.files):
                if "/" in key:
                    groups[key.split("/")[0]].append(archive[key])
        model.set_weights(groups["model"])
        average.set_weights(groups["average"])
        for variable, value in zip(optimizer.variables, groups["optimizer"], strict=True):
            variable.assign(value)
        return Progress(**state, best_weights=groups["best"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise RunError(
            f"{path} is damaged or of another version; leave --resume away to start again"
        ) from error
