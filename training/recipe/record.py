"""A trained run on disk: the weights, and a JSON that says how they were made."""

import importlib.metadata
import json
import platform
from pathlib import Path

from training.errors import RunError
from training.files import write_atomically, write_json
from training.network.architectures import build_network
from training.network.backend import keras

WEIGHTS = "digitpad.weights.h5"
RECORD = "training.json"
DEFAULT_FOLDER = Path("training/output")
PACKAGES = ("tensorflow", "tf_keras", "numpy")


def versions() -> dict[str, str]:
    """Return the versions that decide the result of a run."""
    return {"python": platform.python_version()} | {
        package: importlib.metadata.version(package) for package in PACKAGES
    }


def write_run(folder: Path, weights: list, record: dict) -> None:
    """Write the weights and the record of a run, each atomically."""
    model = build_network(name=record["settings"]["network"])
    model.set_weights(weights)
    write_atomically(folder / WEIGHTS, model.save_weights)
    write_json(folder / RECORD, {"model": {"name": model.name, "parameters": model.count_params()}} | record)


def load_run(folder: Path) -> tuple[keras.Model, dict]:
    """Return the trained model and the record of a run folder; RunError if it holds none."""
    if not (folder / WEIGHTS).is_file() or not (folder / RECORD).is_file():
        raise RunError(f"there are no trained weights in {folder}; run `make train` first")
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        model = build_network(name=record["settings"]["network"])
        model.load_weights(folder / WEIGHTS)
    except (OSError, ValueError, KeyError) as error:
        raise RunError(
            f"the run in {folder} is damaged or of another network; run `make train` again"
        ) from error
    return model, record
