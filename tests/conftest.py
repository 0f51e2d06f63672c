"""What tests of several rooms share."""

import os

import pytest

from training.data.datasets import find_mnist
from training.data.ink_digits import find_ink
from training.errors import DatasetError


@pytest.fixture(scope="session")
def mnist():
    """MNIST's files: from the folder that is named, else the cache, else a download."""
    try:
        return find_mnist()
    except DatasetError as error:
        if os.environ.get("DIGITPAD_DATA"):
            raise  # a folder that is named has to hold them
        pytest.skip(f"MNIST is not at hand: {error}")


@pytest.fixture(scope="session")
def pen_strokes():
    """The file of pen strokes: from the folder that is named, else the cache, else a download."""
    try:
        path = find_ink()
    except DatasetError as error:
        pytest.skip(f"the pen strokes are not at hand: {error}")
    assert path is not None, "the folder that DIGITPAD_DATA names holds no pen strokes"
    return path
