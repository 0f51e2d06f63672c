"""export/quantize.py: whole numbers that are close to the weights, of as few bits as hold."""

import numpy as np
import pytest

from export.errors import ExportError
from export.fold import fold
from export.quantize import BITS, choose_bits, in_bits, whole_numbers
from export.verify import verify_equal
from tests.python.made_digits import make_digits
from training.data.datasets import Digits
from training.network.architectures import HEAD, build_network

DIGITS = Digits(*make_digits(50))


@pytest.fixture(scope="module")
def folded():
    rng = np.random.default_rng(0)
    model = fold(build_network(seed=4))
    model.set_weights([array + 0.01 * rng.normal(size=array.shape) for array in model.get_weights()])
    return model


def squared_errors(kernel, numbers, scales):
    return np.square(numbers * scales - kernel).reshape(-1, kernel.shape[-1]).sum(axis=0)


@pytest.mark.parametrize("bits", BITS)
def test_each_channel_has_its_range_and_no_larger_error_than_with_its_largest_weight_at_the_end(bits):
    rng = np.random.default_rng(1)
    kernel = rng.normal(size=(3, 3, 16, 8)) * 10.0 ** np.arange(-4, 4)
    numbers, scales = whole_numbers(kernel, bits)
    assert numbers.shape == kernel.shape and scales.shape == (8,)
    assert np.array_equal(numbers, np.round(numbers))
    least, most = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    assert least == numbers.min() and numbers.max() <= most
    plain = np.abs(kernel).max(axis=(0, 1, 2)) / most
    errors = squared_errors(kernel, numbers, scales)
    assert np.all(errors < squared_errors(kernel, np.round(kernel / plain), plain))
    spread = np.square(kernel).sum(axis=(0, 1, 2))
    assert np.all(errors < spread * 4.0 ** -(bits - 1.5))  # fine, and no channel at the cost of another


def test_the_one_number_more_goes_to_the_side_that_needs_it():
    numbers, scales = whole_numbers(np.array([[7.0, -7], [-8, 8], [1, 1]]), 4)
    np.testing.assert_allclose(numbers * scales, [[7, -7], [-8, 8], [1, 1]], rtol=1e-6)
    assert scales[0] > 0 > scales[1]


def test_a_channel_without_weights_stays_empty():
    numbers, scales = whole_numbers(np.array([[0.0, 1], [0, -1]]), 4)
    assert np.array_equal(numbers[:, 0] * scales[0], [0, 0])


def test_scales_and_biases_are_those_of_the_normalisation(folded):
    rounded = fold(build_network())
    few = in_bits(folded, 4)
    for layer in folded.layers:
        weights = layer.get_weights()
        if weights and layer.name not in (HEAD, "digits"):
            numbers, scales = whole_numbers(weights[0], 4)
            weights[0] = numbers * scales
            np.testing.assert_array_equal(few.get_layer(layer.name).get_weights()[0], numbers)
        rounded.get_layer(layer.name).set_weights(weights)
    assert verify_equal("rewritten", few, rounded, DIGITS.images) <= 1e-5
    assert np.abs(folded.get_weights()[1]).max() > 0.01


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
    return choose_bits(folded, [DIGITS, DIGITS])


def test_the_fewest_bits_that_hold_both_accuracy_and_cross_entropy(monkeypatch, folded):
    float32 = [(50, 0.9), (50, 0.8)]
    less_right, less_sure, enough = (
        [(49, 0.9), (50, 0.9)],
        [(50, 0.9), (50, 0.78)],
        [(50, 0.899), (50, 0.799)],
    )
    assert choose(monkeypatch, folded, *float32, *enough) == BITS[0]
    assert choose(monkeypatch, folded, *float32, *less_right, *less_sure, *enough) == BITS[2]


def test_where_no_number_of_bits_holds_nothing_is_exported(monkeypatch, folded):
    with pytest.raises(
        ExportError, match=r"8 bits change the accuracy on validation from 100\.000% to 80\.0"
    ):
        choose(monkeypatch, folded, *[(50, 0.9)] * 2, *[(40, 0.9)] * 2 * len(BITS))
