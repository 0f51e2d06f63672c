"""training/evaluate.py and training/recipe/record.py: measures, and held-out digits."""

import shutil

import numpy as np
import pytest

from tests.python.made_digits import write_npz
from training.data.datasets import find_mnist
from training.errors import RunError
from training.evaluate import accuracy, confusion_matrix, held_out, report
from training.files import RECORD
from training.network.architectures import predict
from training.recipe.run_folder import WEIGHTS, load_run


def test_the_report_counts_each_confusion():
    matrix = confusion_matrix(np.array([3, 3, 3, 5], np.uint8), np.array([3, 8, 8, 5]))
    assert matrix.sum() == 4
    assert (matrix[3, 3], matrix[3, 8], matrix[5, 5]) == (1, 2, 1)

    text = report(np.array([3, 3, 3, 5], np.uint8), np.array([3, 8, 8, 5]))
    assert text.startswith("2 of 4 right: 50.00%\n")
    assert [line.split() for line in text.splitlines()[-7:-6]] == [["3", *"0001000020"]]


def test_accuracy_is_what_training_recorded(finished, made_data):
    folder, record = finished
    model, _ = load_run(folder)
    for part in ("validation", "test"):
        digits = held_out(record, made_data, part)
        assert len(digits.labels) == 100
        read = predict(model, digits.images).argmax(1)
        assert accuracy(model, digits) == record["accuracy"][part] == np.mean(read == digits.labels)


def test_other_data_is_refused(finished, tmp_path):
    with pytest.raises(RunError, match="the data differs from what the run was trained on"):
        held_out(finished[1], find_mnist(write_npz(tmp_path, train=500, test=100)), "validation")


@pytest.mark.parametrize("name", [WEIGHTS, RECORD])
def test_damaged_run(finished, tmp_path, name):
    with pytest.raises(RunError, match=r"there are no trained weights in .*; run `make train` first"):
        load_run(tmp_path)
    shutil.copytree(finished[0], tmp_path / "run")
    path = tmp_path / "run" / name
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(RunError, match=r"the run in .* is damaged"):
        load_run(tmp_path / "run")
