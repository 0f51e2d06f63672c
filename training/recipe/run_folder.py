"""The folder of a run: its weights, its record, and what a new or a resumed run may do with it."""

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from training.errors import RunError
from training.files import RECORD, write_atomically, write_json
from training.network.architectures import build_network
from training.network.backend import keras
from training.recipe import checkpoint
from training.recipe.group import Group
from training.recipe.settings import Settings

WEIGHTS = "digitpad.weights.h5"
ANSWERS = "answers"  # of the teachers
CORRECTIONS = "corrections"  # as shards, if there are many
DEFAULT_FOLDER = Path("training/output")
CONTINUED = (RECORD, WEIGHTS, f"**/{checkpoint.NAME}", f"{ANSWERS}/*.npy")  # what a resumed run needs


@contextmanager
def run_folder(folder: Path, resume: bool, group: Group) -> Iterator[Path]:
    """Yield the folder that this worker writes to: the run's for the chief, else one that goes afterwards.

    To resume, all workers get what the chief's folder holds, so the folder need not be shared.
    """
    if group.is_chief:
        make_folder(folder)
    begun = group.from_chief(_packed(folder) if resume and group.workers > 1 and group.is_chief else b"")
    if group.is_chief:
        yield folder
        return
    with tempfile.TemporaryDirectory() as own:
        if begun:
            zipfile.ZipFile(io.BytesIO(begun)).extractall(own)
        yield Path(own)


def _packed(folder: Path) -> bytes:
    """Return what a resumed run needs of its folder, as a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (path for pattern in CONTINUED for path in sorted(folder.glob(pattern))):
            archive.write(path, path.relative_to(folder))
    return packed.getvalue()


def make_folder(folder: Path, option: str = "--output") -> None:
    """Make a folder to write to; RunError names the option that sets it if that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(
            f"cannot make the folder {folder} ({error.strerror}); pass another {option}"
        ) from error


def remove_other_run(folder: Path) -> None:
    """Remove what a run leaves for its own continuation; its weights stay until new ones replace them."""
    (folder / checkpoint.NAME).unlink(missing_ok=True)
    for part in (folder / ANSWERS, folder / CORRECTIONS, *folder.glob("teacher-*")):
        shutil.rmtree(part, ignore_errors=True)


def refuse_empty_folder(folder: Path) -> None:
    """Raise RunError unless a run was begun in the folder."""
    if not any(folder.glob(f"**/{checkpoint.NAME}")):
        raise RunError(f"there is nothing to resume in {folder}; leave --resume away to start a run")


def refuse_finished_run(folder: Path, settings: Settings, data: dict) -> None:
    """Raise RunError if the run in the folder is complete; an interrupted one has no test accuracy yet."""
    if not (folder / RECORD).is_file():
        return
    _, record = load_run(folder)
    same = record["settings"] == settings.as_dict() and record["data"] == data
    if same and record["accuracy"]["test"] is not None:
        raise RunError(
            f"all {settings.epochs} epochs of this run are done; leave --resume away to start again"
        )


def write_run(folder: Path, weights: list, record: dict) -> None:
    """Write the weights and the record of a run, each atomically."""
    model = build_network(name=record["settings"]["network"])
    model.set_weights(weights)
    write_atomically(folder / WEIGHTS, model.save_weights)
    write_json(folder / RECORD, {"model": {"name": model.name, "parameters": model.count_params()}} | record)


def load_run(folder: Path) -> tuple[keras.Model, dict]:
    """Return the trained model and the record of a run; RunError if the folder holds none."""
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
