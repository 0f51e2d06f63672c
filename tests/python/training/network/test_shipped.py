"""training/network/shipped.py: the shipped model, its description and the record of its training."""

import json
import shutil

import numpy as np
import pytest

from export.convert import read_layers_model
from tests.python.made_digits import make_digits
from training.errors import RunError
from training.files import RECORD
from training.network.architectures import multiplications, predict
from training.network.shipped import FOLDER, load_shipped, threshold
from webapp.build.first_visit import BUDGETS


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "model")


def test_the_shipped_model_answers_with_probabilities():
    model = load_shipped().model
    answers = predict(model, make_digits(20)[0])
    assert answers.shape == (20, 10)
    assert answers.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert multiplications(model) <= BUDGETS["reading, multiply-adds"]


def test_the_record_lies_beside_the_model_or_is_missing(folder):
    (folder / RECORD).write_text(json.dumps({"history": [{"epoch": 1}]}))
    assert load_shipped(folder).record == {"history": [{"epoch": 1}]}
    (folder / RECORD).unlink()
    assert load_shipped(folder).record is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (RECORD, r"training\.json is damaged .*; run `make export` again"),
        ("description.json", r"description\.json is damaged"),
    ],
)
def test_damaged_json_is_refused(folder, name, said):
    (folder / name).write_text('{"history": [')
    with pytest.raises(RunError, match=said):
        load_shipped(folder)


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(RunError, match="there is no exported model"):
        load_shipped(tmp_path)


def test_the_threshold_is_the_written_one_else_a_half():
    assert threshold({"sure_enough": 0.83}) == 0.83
    assert threshold({"sure_enough": 0}) == 0
    assert threshold({}) == threshold({"sure_enough": None}) == 0.5


def test_weights_are_those_that_the_converter_reads():
    loaded, converted = load_shipped().model.get_weights(), read_layers_model(FOLDER).get_weights()
    for one, other in zip(loaded, converted, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["model.json", "group1-shard2of3.bin"])
def test_an_altered_or_missing_file_is_refused(folder, name):
    content = bytearray((folder / name).read_bytes())
    content[100] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(RunError, match=rf"{name} is not the file that description\.json describes"):
        load_shipped(folder)
    (folder / name).unlink()
    with pytest.raises(RunError, match=rf"{name} is missing; run `make export` again"):
        load_shipped(folder)
