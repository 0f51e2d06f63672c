"""What tests of several rooms share."""

import os

import pytest

from training.datasets import find_mnist
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
