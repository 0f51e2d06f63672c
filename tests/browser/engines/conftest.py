"""One browser of each engine for all its tests; a test has its own server, and so its own storage."""

import os

import pytest
from engines import missing_packages

from tests.browser.engines.chromium_engine import Chromium
from tests.browser.engines.firefox_engine import Firefox
from tests.browser.engines.webkit_engine import WebKit

# Set by `make test-engines`: an engine that is missing is a failure.
ALL = os.environ.get("DIGITPAD_ENGINES") == "all"


KINDS = {kind.name: kind for kind in (Chromium, Firefox, WebKit)}


@pytest.fixture(scope="session", params=list(KINDS))
def engine(request):
    kind = KINDS[request.param]
    missing = [] if kind is Chromium else missing_packages([kind.name])
    if missing:
        reason = f"no {kind.name}; `make test-engines` installs {', '.join(missing)} on Debian"
        pytest.fail(reason) if ALL else pytest.skip(reason)
    started = kind(request.getfixturevalue("whole_chromium")) if kind is Chromium else kind()
    yield started
    started.close()


@pytest.fixture
def fresh(engine):
    """The engine, before it opens anything of this test; the test must cause no error."""
    if engine.has_crashed():
        engine.start_again()
    engine.take_errors()
    yield engine
    assert engine.take_errors() == []


# What WebKit's driver says of a browser that has crashed.
CRASHED = ["page crash or hang", "InvalidSessionId", "Could not parse script result"]


def pytest_collection_modifyitems(items):
    """Run a test once more, in a new browser, if the browser itself has crashed."""
    for item in items:
        if "tests/browser/engines/" in item.nodeid:
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=CRASHED))
