"""webapp/model, the model that ships: whole, small, and as accurate as its description says."""

from pathlib import Path

import numpy as np
import pytest

from export.describe import describe
from export.replay import read_replay
from training.data.datasets import read_digits, split_validation
from training.network.architectures import predict
from training.network.shipped import load_shipped

MODEL = Path(__file__).resolve().parents[3] / "webapp" / "model"
LARGEST_BYTES = 150_000


def test_it_is_whole_and_small():
    model = load_shipped(MODEL).model
    description = load_shipped(MODEL).description
    assert model.count_params() == description["parameters"]
    assert sum(entry["bytes"] for entry in description["files"]) <= LARGEST_BYTES
    assert {path.name for path in MODEL.iterdir()} == {
        "description.json",
        "training.json",
        description["replay"]["path"],
        *(entry["path"] for entry in description["files"]),
    }


def test_its_description_is_that_of_its_files_and_its_training():
    _, shipped, record = load_shipped(MODEL)
    measured = [shipped[key] for key in ("quantization", "parameters", "accuracy", "verification")]
    described = describe(MODEL, *measured, record)
    assert described | {"replay": shipped["replay"]} == shipped
    assert described["sure_enough"] == record["sure_enough"]


def test_what_is_rehearsed_is_whole_small_and_balanced():
    description = load_shipped(MODEL).description
    replay = read_replay(MODEL / description["replay"]["path"], description["replay"])
    assert description["replay"]["bytes"] <= 40_000
    answers = load_shipped(MODEL).model.layers[-1](replay).numpy().argmax(1)
    shares = np.bincount(answers, minlength=10) / len(replay)
    assert np.all(np.abs(shares - 0.1) < 0.005)  # but for what the model misreads


def test_it_is_the_full_recipe_uninterrupted():
    training = load_shipped(MODEL).description["training"]
    assert training["recipe"] == "full"
    assert training["interrupted"] is False


def test_its_accuracy_is_what_the_description_says(mnist):
    description = load_shipped(MODEL).description
    model = load_shipped(MODEL).model
    test = read_digits(mnist, "test")
    right = predict(model, test.images).numpy().argmax(1) == test.labels
    assert len(right) == description["accuracy"]["test"]["samples"] == 10_000
    # Another processor may round a near tie the other way.
    assert np.mean(right) == pytest.approx(description["accuracy"]["test"]["quantized"], abs=1.5e-4)
    assert np.mean(right) >= 0.996


def test_its_confidence_is_honest_on_validation(mnist):
    description = load_shipped(MODEL).description
    digits = read_digits(mnist, "train")
    split = description["training"]["split"]
    chosen = split_validation(digits.labels, split["validation"], split["seed"])[1]
    probabilities = predict(load_shipped(MODEL).model, digits.images[chosen]).numpy()
    claimed = probabilities.max(axis=1).mean()
    actual = np.mean(probabilities.argmax(1) == digits.labels[chosen])
    assert claimed == pytest.approx(actual, abs=0.003)
