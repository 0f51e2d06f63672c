"""Start the Chromium that tests, benchmarks and screenshots drive."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright

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
    return playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)


def launch_profile(browser_type: BrowserType, folder: Path) -> BrowserContext:
    """Start a Chromium whose profile is kept in `folder`: unlike a private window it can install pages."""
    return browser_type.launch_persistent_context(folder, executable_path=find_chromium(), args=FLAGS)


def find_chromium() -> str | None:
    """Find it as the set-up does."""
    spec = importlib.util.spec_from_file_location("browser", ROOT / ".setup" / "browser.py")
    browser_setup = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(browser_setup)
    return browser_setup.find_chromium()
