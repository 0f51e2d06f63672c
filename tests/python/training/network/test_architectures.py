"""training/network/architectures.py: the shape that export and the page rely on, and its budgets."""

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from training.network.architectures import ARCHITECTURES, build_network, multiplications, predict
from training.network.backend import keras

IMAGES = make_digits(30)[0]


def test_what_ships_fits_its_budgets():
    model = build_network()
    assert model.count_params() < 100_000
    assert multiplications(model) < 5_000_000


def test_multiplications_are_counted():
    layers = keras.layers
    model = keras.Sequential(
        [layers.InputLayer((6, 6, 1)), layers.Conv2D(2, 3, strides=2), layers.Flatten(), layers.Dense(5)]
    )
    assert multiplications(model) == 2 * 2 * (3 * 3 * 1 * 2) + 8 * 5


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_architecture_has_the_ends_that_others_name(name):
    model = build_network(name=name)
    assert (model.name, model.input_shape, model.output_shape) == (name, (None, 28, 28, 1), (None, 10))
    linear = [layer.name for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    assert linear == ["features", "probabilities"] and model.layers[-1].name == "probabilities"
    assert model.get_layer("features").units == ARCHITECTURES[name].features


def test_predictions_are_probabilities_in_batches_of_any_size():
    model = build_network()
    probabilities = predict(model, IMAGES)
    assert probabilities.min() >= 0
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(predict(model, IMAGES, batch_size=7), probabilities, atol=1e-6)


def test_the_seed_decides_the_weights():
    first, same, other = (build_network(seed).get_weights() for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, same, strict=True))
    kernels = [i for i, array in enumerate(first) if array.ndim > 1]
    assert not any(np.array_equal(first[i], other[i]) for i in kernels)
