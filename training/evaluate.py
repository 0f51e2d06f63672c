"""Measure a model: accuracy, confusion and calibration."""

import argparse
import sys
from pathlib import Path

import numpy as np

from training.data.datasets import (
    CLASSES,
    Digits,
    MnistFiles,
    checksums,
    find_mnist,
    read_digits,
    split_validation,
)
from training.data.ink_digits import draw_digits, find_ink, ink_checksum, read_ink
from training.errors import RunError, exit_status
from training.network.architectures import predict
from training.network.backend import keras
from training.network.calibration import expected_calibration_error
from training.recipe.run_folder import DEFAULT_FOLDER, load_run


def accuracy(model: keras.Model, digits: Digits) -> float:
    """Return the share of the digits that the model reads right."""
    return float(np.mean(predict(model, digits.images).argmax(1) == digits.labels))


def confusion_matrix(labels: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Return the 10×10 counts: rows are what was written, columns what was read."""
    matrix = np.zeros((CLASSES, CLASSES), np.int64)
    np.add.at(matrix, (labels, answers), 1)
    return matrix


def held_out_ink(record: dict, ink: Path | None, part: str) -> Digits:
    """Return the drawn digits of the writers who validate or test; RunError without the run's strokes."""
    if record["data"]["ink"] is None:
        raise RunError("this run learnt no pen strokes, so no writers were kept out; leave --ink away")
    if ink_checksum(ink) != record["data"]["ink"]:
        raise RunError(
            "the pen strokes differ from those of the run; pass the folder that the run used with --data"
        )
    return draw_digits(getattr(read_ink(ink), part))


def held_out(record: dict, found: MnistFiles, part: str) -> Digits:
    """Return the run's validation digits or the test set; RunError if the data is not the run's."""
    if checksums(found) != record["data"]["files"]:
        raise RunError(
            "the data differs from what the run was trained on, so its validation split cannot be found; "
            "pass the folder that the run used, or train again"
        )
    if part == "test":
        return read_digits(found, "test")
    digits = read_digits(found, "train")
    split = record["split"]
    _, chosen = split_validation(digits.labels, split["validation"], split["seed"])
    return Digits(digits.images[chosen], digits.labels[chosen])


def report(labels: np.ndarray, answers: np.ndarray) -> str:
    """Return the accuracy and the confusion matrix as text."""
    right = int(np.sum(labels == answers))
    matrix = confusion_matrix(labels, answers)
    lines = [
        f"{right:,} of {len(labels):,} right: {100 * right / len(labels):.2f}%",
        "",
        "rows: written, columns: read",
    ]
    lines.append("     " + "".join(f"{digit:6d}" for digit in range(CLASSES)))
    lines += [f"{digit:4d} " + "".join(f"{count:6d}" for count in row) for digit, row in enumerate(matrix)]
    return "\n".join(lines)


def main() -> int:
    """Print how well a trained run reads its validation split, or the test set."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=main.__doc__)
    parser.add_argument("--output", type=Path, default=DEFAULT_FOLDER, help="folder of the run")
    parser.add_argument("--data", type=Path, help="folder of MNIST (default: DIGITPAD_DATA, else a download)")
    parser.add_argument("--test", action="store_true", help="the test set instead of the validation split")
    parser.add_argument("--ink", action="store_true", help="pen strokes of kept-out writers instead of MNIST")
    options = parser.parse_args()
    model, record = load_run(options.output)
    part = "test" if options.test else "validation"
    if options.ink:
        digits = held_out_ink(record, find_ink(options.data), part)
    else:
        digits = held_out(record, find_mnist(options.data), part)
    probabilities = predict(model, digits.images)
    print(report(digits.labels, probabilities.argmax(1)))
    error = expected_calibration_error(probabilities, digits.labels)
    print(f"\nexpected calibration error (15 bins): {100 * error:.2f}%")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
