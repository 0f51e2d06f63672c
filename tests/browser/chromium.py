"""Start the Chromium that tests, benchmarks and screenshots drive."""

import importlib
import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright

from tests.browser.serving import ROOT

sys.path.insert(0, str(ROOT / ".setup"))
browser_setup = importlib.import_module("browser")
find_chromium = browser_setup.find_chromium
find_headless_shell = browser_setup.find_headless_shell
sys.path.pop(0)

# Playwright reads this as soon as it starts.
os.environ.update(browser_setup.playwright_settings())

# Without most of these Chromium calls home, which tests must not do. --no-sandbox because CI runs as root.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP digitpad.test 127.0.0.1",  # a name that browsers do not trust
    # Lists that drop from the address bar: a third of all work would be for them.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
]


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the machine's Chromium, or the one that Playwright keeps, headless and with a fresh profile."""
    path = find_chromium()
    return playwright.chromium.launch(executable_path=path, channel=None if path else "chromium", args=FLAGS)


def launch_headless_shell(playwright: Playwright) -> Browser:
    """Start the same engine without a window around each page, which is less work, if it is there.

    It fetches no icon and no manifest, and installs no page.
    """
    path = find_headless_shell() or find_chromium()
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def launch_profile(browser_type: BrowserType, folder: Path) -> BrowserContext:
    """Start a Chromium whose profile is kept in `folder`: unlike a private window it can install pages."""
    return browser_type.launch_persistent_context(folder, executable_path=find_chromium(), args=FLAGS)
