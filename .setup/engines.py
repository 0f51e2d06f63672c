"""The browser engines that the tests drive: which are there, and how Debian gets them.

`engines.py` installs with apt what the machine lacks for all three, `engines.py NAME…` for some.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from browser import find_chromium
from quietly import SetupError, leave_with_a_sentence, run, say

# Debian's Python, for which its packages are. WebKit's own browser shows no console to a driver, so the tests
# bring a small one, which is written for these packages.
SYSTEM_PYTHON = "/usr/bin/python3"
IMPORTS = {
    "python3-gi": "import gi",
    "gir1.2-webkit2-4.1": "import gi; gi.require_version('WebKit2', '4.1')",
}
# Programs by the Debian package that has them; one of them is enough.
PROGRAMS = {
    "chromium-headless-shell": ("chromium-headless-shell",),
    "firefox-esr": ("firefox-esr", "firefox"),
    "webkit2gtk-driver": ("WebKitWebDriver",),
    "xvfb": ("Xvfb",),
    "python3-gi": (SYSTEM_PYTHON,),
}
ENGINES = {
    "chromium": ("chromium",),
    "headless-shell": ("chromium-headless-shell",),  # not needed: the tests work less with it
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1"),
}


def find_program(*names: str) -> str | None:
    """Return the path of the first of these programs that the machine has."""
    return next(filter(None, map(shutil.which, names)), None)


def is_there(package: str) -> bool:
    """Tell whether the machine has what this Debian package is for, from wherever."""
    if package == "chromium":
        return find_chromium() is not None
    if package in PROGRAMS and not find_program(*PROGRAMS[package]):
        return False
    if package not in IMPORTS:
        return True
    if not Path(SYSTEM_PYTHON).exists():
        return False
    ask = [SYSTEM_PYTHON, "-c", IMPORTS[package]]
    return subprocess.run(ask, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def missing_packages(engines: Iterable[str]) -> list[str]:
    """Name the Debian packages that the machine lacks for these engines."""
    return [package for engine in engines for package in ENGINES[engine] if not is_there(package)]


def install(engines: Iterable[str]) -> None:
    """Install what is missing, with sudo where this is not root; raise a SetupError where that fails."""
    missing = missing_packages(engines)
    if not missing:
        return
    by_hand = f"install {', '.join(missing)} (by Debian's names), and run the same command again."
    root = os.geteuid() == 0 if hasattr(os, "geteuid") else False
    if not shutil.which("apt-get") or not (root or shutil.which("sudo")):
        raise SetupError(f"This machine lacks browsers that only apt can fetch: {by_hand}")
    say(f"Installing {', '.join(missing)} …")
    apt = [*([] if root else ["sudo"]), "/usr/bin/env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run([*apt, "update"], "engines")
    run([*apt, "install", "-y", "--no-install-recommends", *missing], "engines")
    still = missing_packages(engines)
    if still:
        raise SetupError(f"{', '.join(still)} does not work, though apt has installed it.")


if __name__ == "__main__":
    leave_with_a_sentence(lambda: install(sys.argv[1:] or ("chromium", "firefox", "webkit")))
