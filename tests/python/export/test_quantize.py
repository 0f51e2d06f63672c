"""export/quantize.py: the fewest bits that hold, and the same answers as of the rounded kernels."""

import numpy as np
import pytest

from export.errors import ExportError
from export.fold import fold
from export.quantize import BITS, choose_bits, in_bits, moments_of
from export.verify import verify_equal
from tests.python.made_digits import make_digits
from training.data.datasets import Digits
from training.network.architectures import HEAD, build_network, predict
from training.network.backend import keras

DIGITS = Digits(*make_digits(50))
SMALL = "blocks-16"


@pytest.fixture(scope="module")
def folded():
    rng = np.random.default_rng(0)
    model = fold(build_network(seed=4, name=SMALL))
    model.set_weights([array + 0.01 * rng.normal(size=array.shape) for array in model.get_weights()])
    return model


def test_scales_and_biases_are_those_of_the_normalisation(folded):
    rounded = fold(build_network(name=SMALL))
    few = in_bits(folded, 4, DIGITS.images)
    for layer in folded.layers:
        weights = layer.get_weights()
        if weights and layer.name not in (HEAD, "digits"):
            (numbers,) = few.get_layer(layer.name).get_weights()
            assert (numbers.min(), numbers.max()) == (-8, 7)
            weights[0] = numbers * few.get_layer(f"{layer.name}_norm").gamma.numpy()
        rounded.get_layer(layer.name).set_weights(weights)
    assert verify_equal("rewritten", few, rounded, DIGITS.images) <= 1e-5
    assert np.abs(folded.get_weights()[1]).max() > 0.01


def test_more_bits_are_closer(folded):
    exact = predict(folded, DIGITS.images)
    few = [predict(in_bits(folded, bits, DIGITS.images), DIGITS.images) for bits in BITS]
    errors = [float(np.abs(answers - exact).max()) for answers in few]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.1 * errors[0]


@pytest.mark.parametrize("size", [{"kernel_size": 3}, {"kernel_size": (5, 2), "strides": (2, 1)}, None])
def test_moments_are_those_of_what_meets_the_kernel(size):
    """The squared sums of a layer follow from its kernel and the moments."""
    values = np.random.default_rng(0).normal(size=(300, 9, 8, 3) if size else (300, 7)).astype(np.float32)
    layer = keras.layers.Conv2D(4, **size, use_bias=False) if size else keras.layers.Dense(4, use_bias=False)
    sums = layer(values).numpy().reshape(-1, 4)
    kernel = layer.get_weights()[0].reshape(-1, 4)
    moments = moments_of(layer, values)
    np.testing.assert_allclose(kernel.T @ moments @ kernel, sums.T @ sums / len(sums), atol=1e-4)


def answers_of(right, confidence):
    """Return answers to DIGITS, the first `right` of them right."""
    answers = np.full((len(DIGITS.labels), 10), (1 - confidence) / 9)
    places = np.arange(len(DIGITS.labels))
    answers[places, np.where(places < right, DIGITS.labels, (DIGITS.labels + 1) % 10)] = confidence
    return answers


def choose(monkeypatch, folded, *both):
    """Return what is chosen where float32 and each number of bits, in turn, answer two sets so."""
    answers = iter([answers_of(*each) for each in both])
    monkeypatch.setattr("export.quantize.predict", lambda *_: next(answers))
    monkeypatch.setattr("export.quantize.in_bits", lambda model, *_: model)
    return choose_bits(folded, [DIGITS], [DIGITS, DIGITS])[0]


def test_the_fewest_bits_that_hold_both_accuracy_and_cross_entropy(monkeypatch, folded):
    float32 = [(50, 0.9), (50, 0.8)]
    less_right, less_sure, enough = (
        [(49, 0.99), (50, 0.9)],
        [(50, 0.9), (50, 0.78)],
        [(50, 0.899), (50, 0.799)],
    )
    assert choose(monkeypatch, folded, *float32, *enough) == BITS[0]
    assert choose(monkeypatch, folded, *float32, *less_right, *less_sure, *enough) == BITS[2]


def test_fewer_bits_may_read_more(monkeypatch, folded):
    assert choose(monkeypatch, folded, (40, 0.9), (50, 0.8), (45, 0.9), (50, 0.8)) == BITS[0]


def test_where_no_number_of_bits_holds_nothing_is_exported(monkeypatch, folded):
    with pytest.raises(
        ExportError, match=r"8 bits change the accuracy on validation from 100\.000% to 80\.0"
    ):
        choose(monkeypatch, folded, *[(50, 0.9)] * 2, *[(40, 0.9)] * 2 * len(BITS))
