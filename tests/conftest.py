"""What tests of several rooms share."""

import os
import signal

import pytest

from tests.made_run import make_run
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


@pytest.fixture(scope="session")
def made_run(tmp_path_factory):
    """A run on made digits and its export; all workers of pytest share one."""
    base = tmp_path_factory.getbasetemp()
    return make_run((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made-run")


@pytest.fixture(scope="session")
def made_data(tmp_path_factory):
    """Made digits, as MNIST's files."""
    from tests.python.tiny import make_data

    return make_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def finished(made_data, tmp_path_factory):
    """The folder and the record of a complete run of a tiny network; tests leave the folder as it is."""
    from tests.python.tiny import TINY
    from training.train import train

    folder = tmp_path_factory.mktemp("run")
    return folder, train(made_data, folder, TINY)


@pytest.fixture
def usual_ctrl_c():
    """Let Ctrl-C raise KeyboardInterrupt, also where the parent process ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
