"""Read an exported model back into Keras, to compare with what a browser computes from the same files."""

import hashlib
import json
from pathlib import Path

from export.convert import read_layers_model
from export.describe import DESCRIPTION
from export.errors import ExportError
from training.network.backend import keras


def load_exported(folder: Path) -> keras.Model:
    """Return the exported model: n×28×28×1 (0 to 1, white ink on black) to n×10 probabilities.

    Its weights are the exported ones, turned back into float32 as TF.js does. Raises ExportError if a file is
    missing or is not the one that the description names.
    """
    for entry in read_description(folder)["files"]:
        path = folder / entry["path"]
        if not path.is_file():
            raise ExportError(f"{path} is missing; run `make export` again")
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise ExportError(f"{path} is not the file that {DESCRIPTION} describes; run `make export` again")
    return read_layers_model(folder)


def read_description(folder: Path) -> dict:
    """Return the description of the exported model in `folder`; ExportError if there is none."""
    path = folder / DESCRIPTION
    if not path.is_file():
        raise ExportError(f"there is no exported model in {folder}; run `make export` first")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ExportError(f"{path} is damaged ({error}); run `make export` again") from error
