"""The page's head names what the reader needs; the browser asks for all of it at once."""

import re
import threading

import pytest

from tests.browser.engines.engine import PATIENCE
from tests.browser.engines.journey_page import JourneyPage

HINT = re.compile(r'<link[^>]* rel="later"[^>]* href="\.(/[^"]+)"')


@pytest.fixture
def holding_server(log_server, site):
    """A server that holds the page's script back until all that the head names was asked for ahead."""
    hints = set(HINT.findall((site / "index.html").read_text()))
    missing, changed = set(hints), threading.Condition()
    answer = log_server.server.app

    def hold(environ, start_response):
        with changed:
            missing.discard(environ["PATH_INFO"])
            changed.notify_all()
            if re.match(r"/assets/page-.*\.js$", environ["PATH_INFO"]):
                changed.wait_for(lambda: not missing, PATIENCE)
        return answer(environ, start_response)

    log_server.server.app = hold
    log_server.hints, log_server.missing = hints, missing
    return log_server


def test_the_reader_is_on_its_way_before_the_page_runs(fresh, holding_server):
    page = JourneyPage(fresh)
    fresh.open(holding_server.url)
    assert holding_server.missing == set()
    page.wait(ready=True, offline="ready")
    asked = [path for path in holding_server.paths() if path in holding_server.hints]
    assert sorted(asked) == sorted(holding_server.hints)  # the page's own requests found them all
