"""A trained run on disk: the weights, and a JSON that says how they were made."""

import importlib.metadata
import json
import os
import platform
from pathlib import Path
from typing import Any

from training.backend import keras
from training.errors import RunError
from training.files import write_atomically, write_json
from training.network import NAME, build_network

WEIGHTS = "digitpad.weights.h5"
RECORD = "training.json"
DEFAULT_FOLDER = Path("training/output")
PACKAGES = ("tensorflow", "tf_keras", "numpy")


def versions() -> dict[str, str]:
    """Return the versions that decide the result of a run."""
    return {"python": platform.python_version()} | {
        package: importlib.metadata.version(package) for package in PACKAGES
    }


def hardware() -> dict[str, Any]:
    """Return what the run computes on, without anything that names the machine."""
    # macOS and Windows have no affinity to ask for.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"processor": _processor(), "cores": cores, "system": platform.system()}


def write_run(folder: Path, weights: list, record: dict) -> None:
    """Write the weights and the record of a run, each atomically."""
    model = build_network()
    model.set_weights(weights)
    write_atomically(folder / WEIGHTS, model.save_weights)
    write_json(folder / RECORD, {"model": {"name": NAME, "parameters": model.count_params()}} | record)


def load_run(folder: Path) -> tuple[keras.Model, dict]:
    """Return the trained model and the record of a run folder; RunError if it holds none."""
    if not (folder / WEIGHTS).is_file() or not (folder / RECORD).is_file():
        raise RunError(f"there are no trained weights in {folder}; run `make train` first")
    model = build_network()
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        model.load_weights(folder / WEIGHTS)
    except (OSError, ValueError, KeyError) as error:
        raise RunError(
            f"the run in {folder} is damaged or of another network; run `make train` again"
        ) from error
    return model, record


def _processor() -> str:
    """Return the processor's model; platform.processor() is empty on Linux, where /proc knows."""
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
