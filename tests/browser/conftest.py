"""A real Chromium and real servers for the tests that open the page.

Whatever is costly is made once for each worker of pytest. A test that loads nothing takes a page that others
have used (`shared_page`); a test that loads, teaches or keeps something opens one of its own (`open_page`).
"""

import sys
from contextlib import ExitStack

import numpy as np
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.api_calls import import_api
from tests.browser.chromium import launch_chromium, launch_headless_shell
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.serving import SITE, logged_server
from tests.browser.teaching import Teacher
from tests.made_photos import Source, make_photo
from tests.server_process import ServerProcess

expect.set_options(timeout=30_000)  # a machine may be busy: only a page that hangs fails
# Without motion: the hint that writes itself on an empty pad costs as much as loading the page.
DESKTOP = {"viewport": {"width": 900, "height": 800}, "reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "device_scale_factor": 3}


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    """The engine, for all tests that need nothing around the page."""
    with launch_headless_shell(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_chromium(playwright):
    """The browser with its windows, which fetch the page's icon and can install it."""
    with launch_chromium(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def site():
    """The built page."""
    if not (SITE / "sw.js").is_file():
        pytest.fail("The page is not built: run `make site` (`make test` does).")
    return SITE


@pytest.fixture
def start_server():
    """Start server.py for a folder; all are stopped at the end."""
    with ExitStack() as stack:
        yield lambda folder, *options, **how: stack.enter_context(ServerProcess(folder, *options, **how))


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
def plain_host(start_server):
    """Serve a folder from Python's own file server: no compression, rewrites, caching or security headers."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"]
    return lambda folder: start_server(folder, command=[*command, folder])


# A copy for offline use would fetch everything once more: here the browser never gets to it.
NO_COPY = """if (globalThis.ServiceWorkerContainer)
    ServiceWorkerContainer.prototype.register = () => new Promise(() => {});"""


@pytest.fixture
def open_page(chromium):
    """Open pages, each in a fresh profile unless a context is given; `script` runs before the page's own.

    Only with `kept` can the page be kept for offline use.
    """
    contexts = []

    def open_page(url=None, context=None, script=";", kept=False, browser=chromium, **options):
        if context is None:
            context = browser.new_context(**DESKTOP | options)
            contexts.append(context)
            if not kept:
                context.add_init_script(NO_COPY)
        page = DigitpadPage(context.new_page())
        page.page.add_init_script(script)
        if url is not None:
            page.open(url)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # nobody waits for these answers any more
        context.close()


@pytest.fixture
def new_teacher(open_page, server):
    """Open pages that somebody teaches; a page that is kept has the program for it from the start."""

    def new_teacher(kept=False, **options):
        page = open_page(server.url, kept=kept, **options)
        return Teacher(page.wait_until_kept() if kept else page.wait_until_ready())

    return new_teacher


SHARED = {}  # by options: a page that is ready and kept for offline use, and what it reports


@pytest.fixture
def shared_page(chromium, server):
    """Return the page with these options of its context, with nothing on it; no test may report an error."""
    used = []

    def get(**options):
        name = str(options)
        if name not in SHARED:
            page = DigitpadPage(chromium.new_context(**DESKTOP | options).new_page())
            SHARED[name] = page, page.record_messages()
            page.open(server.url).wait_until_kept()
        page, errors = SHARED[name]
        page.page.bring_to_front()
        page.devtools.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1})  # two fingers may zoom
        page.page.evaluate(CLEAN)
        errors.clear()
        used.append(errors)
        return page

    yield get
    assert all(errors == [] for errors in used)


CLEAN = """() => {
    document.querySelector('[data-testid="pad"]').clear();
    document.querySelector('[data-testid="remove-results"]')?.click();
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
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
    return import_api(page)


@pytest.fixture(scope="session")
def pen_digits(pen_strokes):
    """The pen digits of training, validation and test writers."""
    from training.data.ink_digits import read_ink

    return read_ink(pen_strokes)


@pytest.fixture(scope="session")
def number():
    """A photo of the number 2026 in golden digits."""
    digits = [Source(digit, None, DIGITS[digit]) for digit in (2, 0, 2, 6)]
    return make_photo(digits, np.random.default_rng(3), height=60).content
