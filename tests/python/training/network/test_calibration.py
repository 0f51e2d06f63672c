"""training/network/calibration.py: the temperature is found, and dividing the head by it is the same."""

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from training.network.architectures import build_network, predict
from training.network.calibration import (
    best_temperature,
    cross_entropy,
    expected_calibration_error,
    with_temperature,
)

RNG = np.random.default_rng(0)


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def test_cross_entropy_is_the_mean_surprise_and_finite():
    probabilities = np.full((3, 10), 0.05)
    probabilities[:, 4] = 0.55
    expected = -(2 * np.log(0.55) + np.log(0.05)) / 3
    assert cross_entropy(probabilities, np.array([4, 4, 1])) == pytest.approx(expected)
    assert 10 < cross_entropy(np.eye(10)[:1], np.array([3])) < 100


@pytest.mark.parametrize("temperature", [0.4, 1.0, 2.5])
def test_best_temperature_is_found(temperature):
    logits = RNG.normal(scale=2.0, size=(20000, 10))
    cumulative = softmax(logits).cumsum(axis=1)
    labels = (RNG.random((len(logits), 1)) > cumulative).sum(axis=1).clip(0, 9)
    # Logits multiplied by the temperature claim too much or too little; dividing by it makes them honest.
    found = best_temperature(softmax(logits * temperature).astype(np.float32), labels)
    assert found == pytest.approx(temperature, rel=0.05)


def test_head_divided_by_the_temperature():
    model = build_network(seed=3)
    model.layers[-1].bias.assign(RNG.normal(size=10))
    images = make_digits(20)[0]
    before = predict(model, images)
    model.set_weights(with_temperature(model.get_weights(), 2.0))
    np.testing.assert_allclose(predict(model, images), softmax(np.log(before) / 2), atol=1e-6)


def test_calibration_error_of_answers_that_are_as_good_as_they_claim():
    probabilities = np.full((1000, 10), 0.02)
    probabilities[:, 3] = 0.82
    labels = np.where(np.arange(1000) < 820, 3, 4)
    assert expected_calibration_error(probabilities, labels) == pytest.approx(0, abs=1e-9)
    assert expected_calibration_error(probabilities, np.full(1000, 3)) == pytest.approx(0.18)
    assert expected_calibration_error(probabilities, np.full(1000, 4)) == pytest.approx(0.82)


def test_calibration_error_does_not_let_bins_make_up_for_each_other():
    sure, modest = np.eye(10)[:1].repeat(100, 0), np.full((100, 10), 0.6 / 9)
    modest[:, 0] = 0.4
    labels = np.concatenate([np.repeat([0, 1], [70, 30]), np.repeat([0, 1], [70, 30])])
    error = expected_calibration_error(np.concatenate([sure, modest]), labels)
    assert error == pytest.approx(0.3, abs=1e-6)
    # Full confidence falls into the last bin.
    assert expected_calibration_error(np.eye(10)[:1], np.array([0])) == 0
