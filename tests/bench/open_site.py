"""Open the built page in Chromium for a benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.api_calls import import_api
from tests.browser.chromium import launch_chromium
from tests.browser.serving import SITE, logged_server


@contextmanager
def open_site(site: Path = SITE, address: str = "", **context: object) -> Iterator[Page]:
    """Yield a page of a built site; no call to it has a time limit."""
    with sync_playwright() as playwright, logged_server(site) as server:
        browser = launch_chromium(playwright)
        page = browser.new_context(**context).new_page()
        page.set_default_timeout(0)
        page.goto(server.url + address)
        yield page
        browser.close()


@contextmanager
def open_api() -> Iterator[Page]:
    """Yield a page with the globals `digitpad`, the module api/digitpad.js, and `recognizer`."""
    with open_site(address="api/none", service_workers="block") as page:
        yield import_api(page)
