"""The state of a run after an epoch: a resumed run continues as if it had never stopped."""

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training.errors import RunError
from training.files import write_atomically
from training.network.backend import tf
from training.recipe.group import ALONE, Group
from training.recipe.optimisation import Learner

NAME = "checkpoint.npz"


@dataclass
class Progress:
    """What a run has done so far."""

    settings: dict  # of the run, to refuse a resume with others
    data: dict  # checksums by file name, for the same
    history: list[dict] = field(default_factory=list)  # one entry per finished epoch
    seconds: float = 0.0  # of training, over all its parts
    best: dict | None = None  # the entry of the epoch whose averaged weights are kept
    best_weights: list[np.ndarray] = field(default_factory=list)


def save(folder: Path, progress: Progress, learner: Learner, group: Group = ALONE) -> None:
    """Write the checkpoint of a run folder, atomically."""
    groups = {
        name: [group.local(variable).numpy() for variable in variables]
        for name, variables in _variables(learner).items()
    } | {"best": progress.best_weights}
    arrays = {f"{group}/{i:03d}": array for group, values in groups.items() for i, array in enumerate(values)}
    state = {key: value for key, value in vars(progress).items() if key != "best_weights"}
    write_atomically(folder / NAME, lambda temporary: np.savez(temporary, state=json.dumps(state), **arrays))


def load(folder: Path, learner: Learner, group: Group = ALONE) -> Progress:
    """Put a checkpoint's state into the learner, and return its progress; RunError if it does not fit."""
    path = folder / NAME
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            state = json.loads(str(archive["state"]))
            groups: dict[str, list[np.ndarray]] = {"model": [], "average": [], "optimizer": [], "best": []}
            for key in sorted(archive.files):
                if "/" in key:
                    groups[key.split("/")[0]].append(archive[key])
        for name, variables in _variables(learner).items():
            for variable, value in zip(variables, groups[name], strict=True):
                group.assign(variable, value)
        return Progress(**state, best_weights=groups["best"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise RunError(
            f"{path} is damaged or of another version; leave --resume away to start again"
        ) from error


def _variables(learner: Learner) -> dict[str, list[tf.Variable]]:
    """Return the variables of a learner by their name in the checkpoint."""
    return {
        "model": learner.model.weights,
        "average": learner.average.weights,
        "optimizer": learner.optimizer.variables,
    }
