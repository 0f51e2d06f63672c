"""What the tests of the data share."""

import pytest


@pytest.fixture(autouse=True)
def no_environment(monkeypatch, tmp_path):
    """Let tests find no data set of this machine; fixtures of the session have found theirs before."""
    for name in ("DIGITPAD_DATA", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DIGITPAD_CACHE", str(tmp_path / "cache"))
