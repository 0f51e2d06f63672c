"""training/network/backend.py and training/errors.py: quiet when all is well, plain when it is not."""

import os
import sys
from unittest.mock import Mock

import pytest

from training.errors import DatasetError, exit_status
from training.network.backend import quiet_import


def test_quiet_import_holds_back_what_a_library_writes(capfd):
    with quiet_import():
        os.write(1, b"a notice\n")
        os.write(2, b"a warning\n")
    os.write(2, b"afterwards\n")
    assert capfd.readouterr() == ("", "afterwards\n")


def test_quiet_import_shows_it_when_the_import_fails(capfd):
    with pytest.raises(ImportError), quiet_import():
        os.write(2, b"no such symbol\n")
        raise ImportError("broken library")
    assert "no such symbol" in capfd.readouterr().err


def test_legacy_keras_is_chosen():
    assert os.environ["TF_USE_LEGACY_KERAS"] == "1"
    assert sys.modules["tf_keras"].__version__.startswith("2.")


def test_bugs_alone_have_a_traceback(capsys):
    assert exit_status(Mock(side_effect=DatasetError("there is no folder x; correct --data"))) == 1
    assert capsys.readouterr() == ("", "error: there is no folder x; correct --data\n")
    assert exit_status(Mock(side_effect=KeyboardInterrupt)) == 130
    assert capsys.readouterr().err == "interrupted; what was finished before is kept\n"
    with pytest.raises(ZeroDivisionError):
        exit_status(Mock(side_effect=ZeroDivisionError))
