"""Read the exported model that ships with the page: weights, description and the record of its training."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.errors import RunError
from training.files import RECORD
from training.network.backend import keras

FOLDER = Path("webapp/model")
DESCRIPTION = "description.json"
MODEL = "model.json"
DEFAULT_THRESHOLD = 0.5  # where a description or a record states none


class Shipped(NamedTuple):
    """An exported model with all that is written about it."""

    model: keras.Model  # with the exported weights, n×28×28×1 (0 to 1) to n×10 probabilities
    description: dict
    record: dict | None  # of its training run; None where the export kept no copy


def load_shipped(folder: Path = FOLDER) -> Shipped:
    """Return the exported model of a folder; RunError if a file is missing, damaged or not the described one.

    Its weights are the exported ones, converted to float32 as TF.js does.
    """
    description = read_json(folder / DESCRIPTION)
    for entry in description["files"]:
        path = folder / entry["path"]
        if not path.is_file():
            raise RunError(f"{path} is missing; run `make export` again")
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise RunError(f"{path} is not the file that {DESCRIPTION} describes; run `make export` again")
    record = read_json(folder / RECORD) if (folder / RECORD).is_file() else None
    return Shipped(read_layers_model(folder), description, record)


def read_json(path: Path) -> dict:
    """Return the content of a JSON file beside an exported model; RunError if it is missing or damaged."""
    if not path.is_file():
        raise RunError(f"there is no exported model in {path.parent}; run `make export` first")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RunError(f"{path} is damaged ({error}); run `make export` again") from error


def read_layers_model(folder: Path) -> keras.Model:
    """Return the model of a folder in TF.js layers format, weights as float32."""
    content = json.loads((folder / MODEL).read_text(encoding="utf-8"))
    model = keras.Sequential.from_config(content["modelTopology"]["model_config"]["config"])
    weights = {}
    for group in content["weightsManifest"]:
        weights |= _weights(
            b"".join((folder / path).read_bytes() for path in group["paths"]), group["weights"]
        )
    model.set_weights([weights[variable.name.removesuffix(":0")] for variable in model.weights])
    return model


def _weights(content: bytes, entries: list[dict]) -> Iterator[tuple[str, np.ndarray]]:
    """Yield name and values of each weight; a quantised value q stands for q * scale + min."""
    offset = 0
    for entry in entries:
        quantization = entry.get("quantization", {})
        stored = np.dtype(quantization.get("dtype", entry["dtype"])).newbyteorder("<")
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(content, stored, count, offset).reshape(entry["shape"])
        offset += count * stored.itemsize
        if "scale" in quantization:  # TF.js computes in double precision too
            values = values.astype(np.float64) * quantization["scale"] + quantization["min"]
        yield entry["name"], values.astype(np.float32)


def threshold(written: dict) -> float:
    """Return the confidence that a digit must exceed to be named, from a description or a record.

    The files call it `sure_enough`.
    """
    stated = written.get("sure_enough")
    return DEFAULT_THRESHOLD if stated is None else float(stated)
