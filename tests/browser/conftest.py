"""A real Chromium and real servers for the tests that open the page."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DigitpadPage
from tests.browser.serving import logged_server
from tests.server_process import ROOT, ServerProcess

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site():
    """The built page."""
    folder = ROOT / "webapp" / "dist"
    if not (folder / "sw.js").is_file():
        pytest.fail("The page is not built: run `make site` (`make test` does).")
    return folder


@pytest.fixture
def site_copy(site, tmp_path):
    """The built page in a folder of its own, to be damaged."""
    return shutil.copytree(site, tmp_path / "site")


@pytest.fixture
def start_server():
    """Start server.py for a folder; all are stopped at the end."""
    servers = []

    def start(folder):
        servers.append(ServerProcess(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(site):
    """One server for all that leave it running: browsers keep apart what they hold of it."""
    with ServerProcess(site) as shared:
        yield shared


@pytest.fixture
def own_server(start_server, site):
    """A server of the test's own, to be stopped or given another site."""
    return start_server(site)


@pytest.fixture
def start_plain_server():
    """Serve a folder from Python's own static server, as another site does; gives its address."""
    servers = []

    def start(folder):
        handler = partial(QuietHandler, directory=folder)
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Python's static file handler without a line on the terminal for every request."""

    def log_message(self, *_):
        pass


@pytest.fixture
def log_server(site):
    with logged_server(site) as logged:
        yield logged


@pytest.fixture
def open_page(chromium):
    """Open pages, each in a fresh profile unless a context is given; all are closed at the end."""
    contexts = []

    def open_page(url=None, context=None, **options):
        if context is None:
            context = chromium.new_context(**{"viewport": {"width": 900, "height": 800}, **options})
            contexts.append(context)
        page = DigitpadPage(context.new_page())
        if url is not None:
            page.open(url)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # answers that nobody waits for any more
        context.close()
