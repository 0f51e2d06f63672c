"""Start the Chromium that tests, benchmarks and screenshots drive."""

from __future__ import annotations

import importlib.util

from playwright.sync_api import Browser, Playwright

from tests.browser.serving import ROOT

# Without these Chromium calls home, which tests are not to do; --no-sandbox because CI runs as root.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the machine's Chromium, or the one that Playwright keeps, headless and with a fresh profile."""
    spec = importlib.util.spec_from_file_location("browser", ROOT / ".setup" / "browser.py")
    browser_setup = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(browser_setup)
    return playwright.chromium.launch(executable_path=browser_setup.find_chromium(), args=FLAGS)
