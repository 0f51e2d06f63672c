"""Find the Chromium that the browser tests drive, or have Playwright fetch one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def runs(path: str) -> bool:
    """Tell whether this is a browser: on Ubuntu the command may only say how to install one."""
    try:
        answer = subprocess.run([path, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return answer.returncode == 0 and b"Chrom" in answer.stdout


def find_chromium() -> str | None:
    """Give the path of the machine's Chromium or Chrome; None means the one that Playwright keeps."""
    named = os.environ.get("DIGITPAD_CHROMIUM")
    if named:
        return named
    found = filter(None, map(shutil.which, NAMES))
    return next((path for path in (*found, *MAC_APPS) if runs(path)), None)


def main() -> None:
    """Say which browser the tests will drive; fetch one where the machine has none."""
    path = find_chromium()
    if path:
        if not runs(path):
            sys.exit(f"DIGITPAD_CHROMIUM names {path}, which is not a Chromium that runs.")
        print(f"The browser tests drive {path}.")
        return
    print("This machine has no Chromium; the browser tests use the one that Playwright keeps.", flush=True)
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode:
        sys.exit("Playwright could not fetch Chromium: install it (on Debian: sudo apt install chromium).")


if __name__ == "__main__":
    main()
