"""Make sure that the browser tests have a Chromium that starts.

`browser.py` runs before everything else: it starts the machine's Chromium or Chrome, or tells whether
Playwright's would run here. `browser.py fetch` fetches that one, in the environment that has Playwright.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress

from node import find_node
from quietly import HOME, SetupError, leave_with_a_sentence, run, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PATIENCE = 60  # seconds for an empty page
INSTALL = "install Chromium or Chrome (on Debian: sudo apt install chromium), and run the same command again."
START = "from playwright.sync_api import sync_playwright as run\nwith run() as p: p.chromium.launch().close()"


def find_chromium() -> str | None:
    """Return the path of the machine's Chromium or Chrome; None stands for the one that Playwright keeps."""
    named = os.environ.get("DIGITPAD_CHROMIUM")
    if named:
        return named
    found = filter(None, map(shutil.which, NAMES))
    return next((path for path in (*found, *MAC_APPS) if is_chromium(path)), None)


def find_headless_shell() -> str | None:
    """Return the path of Debian's Chromium without windows of its own; None stands for find_chromium's."""
    return None if os.environ.get("DIGITPAD_CHROMIUM") else shutil.which("chromium-headless-shell")


def is_chromium(path: str) -> bool:
    """Tell whether this is a browser: on Ubuntu the command may only say how to install one."""
    try:
        answer = subprocess.run([path, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return answer.returncode == 0 and b"Chrom" in answer.stdout


def playwright_settings() -> dict[str, str]:
    """Return the environment in which Playwright runs on the page's own Node.

    The Node that it brings along needs libatomic.so.1, which a small Debian lacks even with Chromium.
    """
    node = find_node()
    return {"PLAYWRIGHT_NODEJS_PATH": node, **os.environ} if node else dict(os.environ)


def start(path: str) -> None:
    """Open an empty page; raise a SetupError if the browser can't."""
    HOME.mkdir(exist_ok=True)
    log = HOME / "browser.log"
    with tempfile.TemporaryDirectory() as profile, log.open("wb") as errors:
        command = [path, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        command += ["--dump-dom", "about:blank"]
        with suppress(OSError, subprocess.TimeoutExpired):
            page = subprocess.run(command, stdout=subprocess.PIPE, stderr=errors, timeout=PATIENCE)
            if b"<html" in page.stdout:
                return
    raise SetupError(f"{path} can't open a page (details: .venv/{log.name}): {INSTALL}")


def look() -> None:
    """Start the machine's browser, or tell whether the one that Playwright fetches would run here."""
    path, shell = find_chromium(), find_headless_shell()
    if path:
        for browser in filter(None, (path, shell)):
            start(browser)
        say(f"The browser tests drive {' and '.join(filter(None, (shell, path)))}.")
    elif sys.platform == "linux" and not ctypes.util.find_library("nss3"):
        raise SetupError(f"`make test` drives a browser, and this machine has none: {INSTALL}")
    else:
        say("This machine has no Chromium; the browser tests drive the one that Playwright keeps.")


def fetch() -> None:
    """Let Playwright fetch its Chromium where the machine has none, and start it."""
    if find_chromium():
        return
    for command, trouble in (
        (["-m", "playwright", "install", "chromium"], "Playwright could not fetch Chromium"),
        (["-c", START], "The Chromium that Playwright fetched does not start"),
    ):
        try:
            run([sys.executable, *command], "browser", env=playwright_settings())
        except SetupError as error:
            raise SetupError(f"{trouble} (details: .venv/browser.log): {INSTALL}") from error


if __name__ == "__main__":
    leave_with_a_sentence(fetch if sys.argv[1:] == ["fetch"] else look)
