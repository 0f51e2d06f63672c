"""export/whole_numbers.py: whole numbers whose sums are close to those of the weights."""

import numpy as np
import pytest

from export.quantize import BITS
from export.whole_numbers import best_scales, whole_numbers


def squared_errors(kernel, numbers, scales):
    return np.square(numbers * scales - kernel).reshape(-1, kernel.shape[-1]).sum(axis=0)


@pytest.mark.parametrize("bits", BITS)
def test_each_channel_has_its_range_and_no_larger_error_than_with_its_largest_weight_at_the_end(bits):
    rng = np.random.default_rng(1)
    kernel = rng.normal(size=(3, 3, 16, 8)) * 10.0 ** np.arange(-4, 4)
    numbers, scales = whole_numbers(kernel, np.eye(144), bits)
    assert numbers.shape == kernel.shape and scales.shape == (8,)
    assert np.array_equal(numbers, np.round(numbers))
    least, most = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    assert least == numbers.min() and numbers.max() <= most
    plain = np.abs(kernel).max(axis=(0, 1, 2)) / most
    errors = squared_errors(kernel, numbers, scales)
    assert np.all(errors < 1.05 * squared_errors(kernel, np.round(kernel / plain), plain))
    spread = np.square(kernel).sum(axis=(0, 1, 2))
    assert np.all(errors < spread * 4.0 ** -(bits - 1.5))  # fine, and no channel at the cost of another


def test_the_one_number_more_goes_to_the_side_that_needs_it():
    numbers, scales = whole_numbers(np.array([[7.0, -7], [-8, 8], [1, 1]]), np.eye(3), 4)
    np.testing.assert_allclose(numbers * scales, [[7, -7], [-8, 8], [1, 1]], rtol=1e-6)
    assert scales[0] > 0 > scales[1]


def test_a_channel_without_weights_stays_empty():
    numbers, scales = whole_numbers(np.array([[0.0, 1], [0, -1]]), np.eye(2), 4)
    assert np.array_equal(numbers[:, 0] * scales[0], [0, 0])


def test_other_weights_make_up_for_what_rounding_changes():
    rng = np.random.default_rng(2)
    inputs = rng.normal(size=(2000, 40)) @ rng.normal(size=(40, 40))  # so that they go together
    kernel = rng.normal(size=(40, 8))
    moments = inputs.T @ inputs / len(inputs)
    numbers, scales = whole_numbers(kernel, moments, 4)
    plain = best_scales(kernel, moments, -8, 7)
    rounded = plain * np.clip(np.round(kernel / plain), -8, 7)
    errors = [np.square(inputs @ (each - kernel)).sum(axis=0) for each in (numbers * scales, rounded)]
    assert errors[0].sum() < 0.7 * errors[1].sum()


def test_inputs_that_are_always_zero_do_no_harm():
    kernel = np.random.default_rng(3).normal(size=(6, 4))
    numbers, scales = whole_numbers(kernel, np.zeros((6, 6)), 8)
    np.testing.assert_allclose(numbers * scales, kernel, atol=0.02)
