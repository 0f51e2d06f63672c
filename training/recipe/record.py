"""The record of a run, for training.json: data, split, settings, versions, hardware, time and accuracy."""

import importlib.metadata
import platform
from pathlib import Path

import numpy as np

from training.data.datasets import MnistFiles, checksums
from training.data.ink_digits import ink_checksum
from training.data.unipen_files import unipen_checksum
from training.network.architectures import build_network, predict
from training.network.refusal import confidence_threshold, refused
from training.recipe.checkpoint import Progress
from training.recipe.hardware import hardware
from training.recipe.settings import Settings
from training.recipe.split import Split

PACKAGES = ("tensorflow", "tf_keras", "numpy")


def versions() -> dict[str, str]:
    """Return the versions that decide the result of a run."""
    return {"python": platform.python_version()} | {
        package: importlib.metadata.version(package) for package in PACKAGES
    }


def describe_data(found: MnistFiles, ink: Path | None, unipen: Path | None) -> tuple[dict, dict[str, str]]:
    """Return what the record says about the data, and all its checksums by file name."""
    data = {"source": found.origin, "files": checksums(found), "ink": ink_checksum(ink) or None}
    data["unipen"] = unipen_checksum(unipen) or None
    return data, data["files"] | (data["ink"] or {}) | (data["unipen"] or {})


def describe_run(
    data: dict, split: Split, settings: Settings, teachers: list[Progress], progress: Progress
) -> dict:
    """Return the record of a run, without its test accuracy."""
    counts = split.counts()
    return {
        "data": data,
        "split": {
            "training": counts.pop("mnist"),
            "validation": len(split.validation.labels),
            "test": None,
            "seed": settings.split_seed,
            "drawn": counts,  # images in addition to MNIST's, by block
        },
        "settings": settings.as_dict(),
        "versions": versions(),
        "hardware": hardware(),
        "seconds": round(progress.seconds + sum(teacher.seconds for teacher in teachers), 1),
        "interrupted": len(progress.history) < settings.epochs,
        **_best(progress),
        "accuracy": _accuracy(progress) | {"test": None, "ink_test": None},
        "history": progress.history,
        "teachers": [
            {
                "network": teacher.settings["network"],
                "seed": teacher.settings["seed"],
                "seconds": round(teacher.seconds, 1),
                **_best(teacher),
                "accuracy": _accuracy(teacher),
                "history": teacher.history,
            }
            for teacher in teachers
        ],
    }


def _best(progress: Progress) -> dict:
    return {"best_epoch": progress.best["epoch"], "temperature": progress.best["temperature"]}


def _accuracy(progress: Progress) -> dict:
    best = progress.best
    return {"validation": best["validation_accuracy"], "ink_validation": best["ink_accuracy"]}


def describe_refusal(split: Split, settings: Settings, weights: list[np.ndarray]) -> dict:
    """Return the confidence above which a digit is named, and the share of each validation set it refuses.

    The threshold's key is `sure_enough`: the page's build and shipped descriptions use that name.
    """
    if not split.nondigit_validation:
        return {"sure_enough": None, "refused": None}
    model = build_network(name=settings.network)
    model.set_weights(weights)
    digits = {"mnist": split.validation} | split.ink_validation
    sets = {name: each.images for name, each in digits.items()} | split.nondigit_validation
    answers = {name: predict(model, images) for name, images in sets.items()}
    threshold = confidence_threshold([answers[name] for name in digits])
    shares = {name: refused(probabilities, threshold) for name, probabilities in answers.items()}
    return {"sure_enough": threshold, "refused": shares}
