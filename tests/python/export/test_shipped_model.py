"""webapp/model, the model that ships: whole, small, and as accurate as its description says."""

import numpy as np
import pytest

from export.fold import fold
from tests.made_run import read_replay
from training.data.datasets import read_digits, split_validation
from training.network.architectures import HEAD, build_network, predict
from training.network.shipped import FOLDER, load_shipped


@pytest.fixture(scope="module")
def shipped():
    return load_shipped()


def test_it_is_whole_small_and_of_a_full_uninterrupted_training(shipped):
    description = shipped.description
    network = build_network(name=description["training"]["settings"]["network"])
    assert fold(network).count_params() == description["parameters"]
    assert sum(entry["bytes"] for entry in description["files"]) <= 150_000
    named = {entry["path"] for entry in (*description["files"], description["replay"])}
    assert {path.name for path in FOLDER.iterdir()} == {"description.json", "training.json", *named}
    assert description["training"]["recipe"] == "full"
    assert description["training"]["interrupted"] is False


def test_what_is_rehearsed_is_whole_small_and_balanced(shipped):
    replay = read_replay(FOLDER, shipped.description["replay"])
    assert shipped.description["replay"]["bytes"] <= 40_000
    answers = shipped.model.get_layer(HEAD)(replay).numpy()[:, :10].argmax(1)
    shares = np.bincount(answers, minlength=10) / len(replay)
    assert np.all(np.abs(shares - 0.1) < 0.005)  # but for what the model misreads


def test_its_accuracy_is_what_the_description_says(shipped, mnist):
    said, test = shipped.description["accuracy"]["test"], read_digits(mnist, "test")
    right = predict(shipped.model, test.images).argmax(1) == test.labels
    assert len(right) == said["samples"] == 10_000
    # Another processor may round a near tie the other way.
    assert np.mean(right) == pytest.approx(said["quantized"], abs=1.5e-4)
    assert np.mean(right) >= 0.996


def test_its_confidence_is_honest_on_validation(shipped, mnist):
    digits, split = read_digits(mnist, "train"), shipped.description["training"]["split"]
    chosen = split_validation(digits.labels, split["validation"], split["seed"])[1]
    probabilities = predict(shipped.model, digits.images[chosen])
    actual = np.mean(probabilities.argmax(1) == digits.labels[chosen])
    assert probabilities.max(axis=1).mean() == pytest.approx(actual, abs=0.003)
