"""A real Chromium and real servers for the tests that open the page.

Whatever is costly is made once for each worker of pytest. A test that loads nothing takes a page that others
have used (`shared_page`); a test that loads, teaches or keeps something opens one of its own (`open_page`).
"""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.api_calls import import_api
from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DigitpadPage
from tests.browser.serving import SITE, PlainHost, in_a_thread, logged_server
from tests.server_process import ServerProcess

expect.set_options(timeout=30_000)  # a machine may be busy: only a page that hangs fails
DESKTOP = {"viewport": {"width": 900, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "device_scale_factor": 3}


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site():
    """The built page."""
    if not (SITE / "sw.js").is_file():
        pytest.fail("The page is not built: run `make site` (`make test` does).")
    return SITE


@pytest.fixture
def start_server():
    """Start server.py for a folder; all are stopped at the end."""
    servers = []

    def start(folder, **how):
        servers.append(ServerProcess(folder, **how))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(site):
    """One server for all tests that leave it running: browsers keep apart what they hold of it."""
    with ServerProcess(site) as shared:
        yield shared


@pytest.fixture
def own_server(start_server, site):
    """A server for one test, which may stop it or give it another site."""
    return start_server(site)


@pytest.fixture
def log_server(site):
    """A server for one test, which notes what it sends and can send damaged files."""
    with logged_server(site) as logged:
        yield logged


@pytest.fixture
def plain_host():
    """Serve a folder from Python's own static server."""
    with ExitStack() as stack:

        def start(folder):
            host = PlainHost(folder)
            stack.enter_context(in_a_thread(host.server))
            return host

        yield start


@pytest.fixture
def open_page(chromium):
    """Open pages, each in a fresh profile unless a context is given; all are closed at the end."""
    contexts = []

    def open_page(url=None, context=None, **options):
        if context is None:
            context = chromium.new_context(**DESKTOP | options)
            contexts.append(context)
        page = DigitpadPage(context.new_page())
        if url is not None:
            page.open(url)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # nobody waits for these answers any more
        context.close()


@pytest.fixture(scope="session")
def shared_pages(chromium, server):
    """Pages that are ready and kept for offline use, by options; each is opened when it is needed."""
    pages = {}

    def get(**options):
        name = str(options)
        if name not in pages:
            page = DigitpadPage(chromium.new_context(**options).new_page())
            errors = page.record_errors()
            pages[name] = page.open(server.url).wait_until_ready().wait_until_offline_ready(), errors
        return pages[name]

    yield get
    for page, _ in pages.values():
        page.page.context.close()


@pytest.fixture
def shared_page(shared_pages):
    """Return the page with these options of its context, with nothing on it; no test may report an error."""
    used = []

    def get(**options):
        page, errors = shared_pages(**DESKTOP | options)
        page.page.bring_to_front()
        page.page.evaluate(CLEAN)
        errors.clear()
        used.append(errors)
        return page

    yield get
    assert all(errors == [] for errors in used)


CLEAN = """() => {
    document.querySelector('[data-testid="pad"]').clear();
    document.querySelector('[data-testid="remove-results"]')?.click();
    document.activeElement?.blur();
    scrollTo(0, 0);
}"""


@pytest.fixture
def ready_page(shared_page):
    return shared_page()


@pytest.fixture(scope="session")
def api(chromium, server):
    """A page in another folder of the host, with the globals `digitpad`, the module, and `recognizer`."""
    page = chromium.new_context(service_workers="block").new_page()
    page.goto(server.url + "api/none")
    yield import_api(page)
    page.context.close()


@pytest.fixture(scope="session")
def pen_digits(pen_strokes):
    """The pen digits of training, validation and test writers."""
    from training.data.ink_digits import read_ink

    return read_ink(pen_strokes)
