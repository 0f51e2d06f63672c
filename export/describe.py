"""The description beside an exported model, for the page and the tests."""

import hashlib
from pathlib import Path

from export.convert import CONVERTER, shard_names
from export.data_sets import learnt_sets
from training.data.datasets import CLASSES, SIDE
from training.network.shipped import MODEL

VERSION_DIGITS = 12
RECORDED = ("settings", "data", "split", "versions", "hardware", "seconds", "interrupted", "best_epoch")


def describe(
    folder: Path, quantization: str, parameters: int, accuracy: dict, verification: dict, record: dict
) -> dict:
    """Return the description of the model in `folder`; it depends only on the model and its training."""
    names = [MODEL, *shard_names(folder)]
    contents = [(folder / name).read_bytes() for name in names]
    settings = record["settings"]
    # The confidence that an answer must exceed to name a digit, if one was fitted.
    threshold = {"sure_enough": record["sure_enough"]} if record.get("sure_enough") else {}
    return {
        "version": hashlib.sha256(b"".join(contents)).hexdigest()[:VERSION_DIGITS],
        "format": "tfjs-layers-model",
        "files": [
            {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in zip(names, contents, strict=True)
        ],
        "input": {"shape": [SIDE, SIDE, 1], "range": [0, 1], "background": 0, "ink": 1},
        "labels": [str(label) for label in range(CLASSES)],
        **threshold,
        "quantization": quantization,
        "parameters": parameters,
        "accuracy": accuracy,
        "verification": verification,
        "converter": CONVERTER,
        "data_sets": learnt_sets(record),
        # Of each validation set, the share of which no digit is named.
        "refused": record.get("refused"),
        "training": {"recipe": settings["recipe"], "seed": settings["seed"]}
        | {key: record[key] for key in (*RECORDED, "accuracy")},
    }
