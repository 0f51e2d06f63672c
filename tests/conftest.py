"""What tests of several rooms share."""

import os
import signal
from collections import Counter

import pytest

from tests.made_run import make_run
from training.data.datasets import find_mnist
from training.data.ink_digits import find_ink
from training.data.unipen_files import find_unipen
from training.errors import DatasetError

# Folders of tests that share trained networks.
TRAINED = {"export", "network", "recipe", "report", "training"}
# Fixtures that read all of a data set, or draw one.
HEAVY = {"mnist", "pen_strokes", "people", "unipen"}


def group_of(item):
    folder = item.path.parent.name
    return "trained" if folder in TRAINED else folder if "tests/python/" in item.nodeid else item.path.stem


@pytest.hookimpl(tryfirst=True)  # before the one of pytest-xdist
def pytest_collection_modifyitems(config, items):
    """Mark what `make check` leaves out in its folders: tests with such fixtures.

    One worker of pytest has all tests that train, another folder of Python tests, or a file of browser tests,
    so that its fixtures are made once.
    """
    for item in items:
        if getattr(config.option, "loadgroup", False):
            item.add_marker(pytest.mark.xdist_group(group_of(item)))
        if not HEAVY.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.heavy)


def pytest_terminal_summary(terminalreporter):
    """Say each reason for skipping once; pytest's own summary then ends with the failures."""
    skipped = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.section("skipped")
    for reason, count in skipped.items():
        terminalreporter.write_line(f"{count} tests: {reason.removeprefix('Skipped: ')}")


def look_for(find, name):
    """Return what `find` finds; skip where it finds nothing, unless a folder was named that must hold it."""
    try:
        found = find()
    except DatasetError as error:
        if os.environ.get("DIGITPAD_DATA"):
            raise
        pytest.skip(f"no {name}: {error}")
    assert found is not None, f"the folder that DIGITPAD_DATA names holds no {name}"
    return found


@pytest.fixture(scope="session")
def mnist():
    """MNIST's files: from the folder that is named, else the cache, else a download."""
    return look_for(find_mnist, "MNIST")


@pytest.fixture(scope="session")
def pen_strokes():
    """The file of pen strokes: from the folder that is named, else the cache, else a download."""
    return look_for(find_ink, "pen strokes")


@pytest.fixture(scope="session")
def unipen():
    """UNIPEN's archive or folder: from the folder that is named, else the cache, else a download."""
    return look_for(find_unipen, "UNIPEN")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """A temporary folder that all workers of pytest share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def made_run(shared_folder):
    """A run on made digits and its export; all workers of pytest share one."""
    return make_run(shared_folder / "made-run")


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
