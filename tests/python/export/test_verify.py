"""export/verify.py: what differs is refused, with the values."""

import numpy as np
import pytest

from export.errors import ExportError
from export.verify import verify_accuracy, verify_equal
from tests.python.made_digits import make_digits
from training.network.architectures import build_network

IMAGES = make_digits(20)[0]


def with_bias(value):
    model = build_network()
    model.layers[-1].bias.assign([value, *[0.0] * 10])
    return model


def test_small_difference_passes_and_is_returned():
    assert verify_equal("reloaded", build_network(), build_network(), IMAGES) == 0
    assert 0 < verify_equal("reloaded", with_bias(2e-5), build_network(), IMAGES) <= 1e-5


@pytest.mark.parametrize("value", [0.1, np.nan])
def test_large_difference_is_refused(value):
    with pytest.raises(
        ExportError, match=r"the reloaded model differs from the trained one by (0\.0\d+|nan)"
    ):
        verify_equal("reloaded", with_bias(value), build_network(), IMAGES)


@pytest.mark.parametrize("after", [0.9962, 0.9960, 0.9970])
def test_accuracy_that_holds(after):
    verify_accuracy(0.9962, after, "uint16")


@pytest.mark.parametrize("after", [0.9959, 0.9, np.nan])
def test_accuracy_that_does_not(after):
    lowers = (
        rf"uint16 lowers the accuracy on validation from 99\.620% to {100 * after:.3f}% by more than 0\.02"
    )
    with pytest.raises(ExportError, match=lowers):
        verify_accuracy(0.9962, after, "uint16")
