"""What several tests share: files outside a site, and a tiny network that is trained once."""

import signal

import pytest

from tests.python.made_site import SECRET


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """A folder that no site holds, with a secret file."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.txt").write_text(SECRET)
    return folder


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
