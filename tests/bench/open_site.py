"""Build the page and open it in Chromium for a benchmark."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.api_calls import import_api
from tests.browser.chromium import launch_chromium
from tests.browser.serving import ROOT, SITE, logged_server


def build_site(model: Path, site: Path) -> None:
    """Build the page with the exported model of the folder `model` into the folder `site`."""
    folders = {"DIGITPAD_MODEL": str(model.resolve()), "DIGITPAD_SITE": str(site.resolve())}
    build = [sys.executable, ".setup/node.py", "run", "--silent", "build", "--", "--logLevel", "error"]
    subprocess.run(build, cwd=ROOT, env=os.environ | folders, check=True)


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
def open_api(site: Path = SITE) -> Iterator[Page]:
    """Yield a page with the globals `digitpad`, the module api/digitpad.js, and `recognizer`."""
    with open_site(site, "api/none", service_workers="block") as page:
        yield import_api(page)


@contextmanager
def open_apis(sites: list[Path]) -> Iterator[list[Page]]:
    """Yield such a page of each site, in one browser."""
    with ExitStack() as stack:
        browser = launch_chromium(stack.enter_context(sync_playwright()))
        servers = [stack.enter_context(logged_server(site)) for site in sites]
        pages = [browser.new_context(service_workers="block").new_page() for _ in sites]
        for page, server in zip(pages, servers, strict=True):
            page.set_default_timeout(0)
            page.goto(server.url + "api/none")
            import_api(page)
        yield pages
        browser.close()
