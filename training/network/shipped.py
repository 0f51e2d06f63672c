"""The model that ships, as what is trained here reads it back: to try it and to report on it.

`export` builds on `training`, not the other way round; this is the one place that looks back, and it does so
only when asked, so that training needs nothing of the exporter.
"""

import json
from pathlib import Path
from typing import NamedTuple

from training.errors import RunError
from training.network.backend import keras
from training.recipe.record import RECORD

FOLDER = Path("webapp/model")
SURE_ENOUGH = 0.5  # where a description or a record names no threshold


class Shipped(NamedTuple):
    """An exported model with all that is written about it."""

    model: keras.Model  # with the exported weights, n×28×28×1 (0 to 1) to n×10 probabilities
    description: dict
    record: dict | None  # of its training run; None where the export kept no copy


def load_shipped(folder: Path = FOLDER) -> Shipped:
    """Return the exported model of a folder with what is written about it.

    ExportError if the model is missing or damaged, RunError if the record beside it is.
    """
    from export.load import load_exported, read_description

    description = read_description(folder)
    return Shipped(load_exported(folder), description, _read_record(folder / RECORD))


def threshold(written: dict) -> float:
    """Return the confidence that a digit must exceed to be read, from a description or a record."""
    written_one = written.get("sure_enough")
    return SURE_ENOUGH if written_one is None else float(written_one)


def _read_record(path: Path) -> dict | None:
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RunError(f"{path} is damaged ({error}); run `make export` again") from error
