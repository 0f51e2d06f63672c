"""Make a virtual environment of Python: `serve` for the server, `train` for training, export and tests.

It needs the standard library alone and runs on Python 3.8 and later. If that Python doesn't fit, it looks for
another one on this machine, and then lets uv fetch one.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from quietly import HOME, NO_NETWORK, ROOT, SetupError, leave_with_a_sentence, run, say

PURPOSES = {
    "serve": "the server (once, about 10 s)",
    "train": "training and tests (once, about 1 GB to download, some minutes)",
}
ROOMS = {"serve": ["."], "train": [".", "training", "export", "tests"]}  # with a requirements.txt each
# The oldest Python and the newest: TensorFlow 2.19, as pinned in constraints.txt, is built for two versions.
VERSIONS = {"serve": ((3, 10), (3, 99)), "train": ((3, 11), (3, 12))}
PREFERRED = ((3, 12), (3, 11), (3, 13), (3, 14), (3, 10))

# What is not published for a kind of machine, so that training can't be set up on it.
LACKING = {
    "Darwin x86_64": "TensorFlow 2.19 doesn't exist for Macs with an Intel processor",
    "Linux aarch64": "tensorflow-decision-forests, which tensorflowjs needs, doesn't exist for Linux on ARM",
}


def fits(name: str, version: tuple[int, int] | None) -> bool:
    """Tell whether a Python of this version can be used for the environment."""
    oldest, newest = VERSIONS[name]
    return version is not None and oldest <= version <= newest


def fitting(name: str) -> list[str]:
    """Name the versions to look for, the best first, as "3.12"."""
    return [f"{major}.{minor}" for major, minor in PREFERRED if fits(name, (major, minor))]


def version_of(python: str) -> tuple[int, int] | None:
    """Ask an interpreter for its version; None if it doesn't run (a stub of a version manager, say)."""
    ask = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def find_python(name: str) -> str | None:
    """Find an interpreter on this machine that fits: the running one first, then those on the PATH."""
    named = [shutil.which(f"python{version}") for version in fitting(name)]
    return next((path for path in [sys.executable, *named] if path and fits(name, version_of(path))), None)


def fetch_python(name: str) -> str:
    """Let uv, installed from the package index, fetch an interpreter that fits, kept in .venv/python."""
    wanted = fitting(name)
    say(f"Python {platform.python_version()} doesn't fit; fetching Python {wanted[0]} (once) …")
    tools = HOME / "uv"
    uv = [str(tools / "bin" / "uv"), "--no-config"]
    if not Path(uv[0]).exists():
        make_folder(sys.executable, tools)
        install(tools, [".setup/uv.txt"])
    settings = {"UV_PYTHON_INSTALL_DIR": str(HOME / "python"), **os.environ}
    try:
        run([*uv, "python", "install", "--no-bin", wanted[0]], "uv", env=settings)
    except SetupError as error:
        offline = NO_NETWORK.search((HOME / "uv.log").read_text("utf-8", "replace"))
        reason = "github.com, which has it, can't be reached" if offline else "uv could not fetch it"
        raise SetupError(
            f"Python {' or '.join(wanted[:2])} is needed, and {reason} (details: .venv/uv.log): "
            "install it, or name one by PYTHON=path, and run the same command again."
        ) from error
    find = [*uv, "python", "find", "--managed-python", wanted[0]]
    return subprocess.check_output(find, env=settings, text=True).strip()


def debian_pip() -> Path | None:
    """Find pip's wheel as Debian and Ubuntu package it: installed, else in a package that apt downloads."""
    installed = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    if installed or not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return installed[-1] if installed else None
    folder = HOME / "pip"
    shutil.rmtree(folder, ignore_errors=True)
    # Lists and cache in a folder of ours need no root, and a fresh machine has no lists yet. apt still checks
    # the signatures with the machine's keys.
    (folder / "lists" / "partial").mkdir(parents=True)
    (folder / "cache" / "archives" / "partial").mkdir(parents=True)
    apt = ["apt-get", "-o", f"Dir::State::lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache"]
    run([*apt, "-o", "APT::Update::Error-Mode=any", "update"], "apt", cwd=folder)
    run([*apt, "download", "python3-pip-whl"], "apt", cwd=folder)
    for package in folder.glob("*.deb"):
        run(["dpkg-deb", "-x", package, folder], "apt")
    return next(folder.glob("usr/share/python-wheels/pip-*.whl"), None)


def make_folder(python: str, folder: Path) -> None:
    """Make an empty virtual environment with pip in it."""
    shutil.rmtree(folder, ignore_errors=True)
    ask = [python, "-c", "from ensurepip import version"]
    has_pip = subprocess.run(ask, stderr=subprocess.DEVNULL).returncode == 0
    run([python, "-m", "venv", *([] if has_pip else ["--without-pip"]), folder], folder.name)
    if has_pip:
        return
    # Debian and Ubuntu keep ensurepip in a package of its own.
    try:
        wheel = debian_pip()
    except SetupError as error:
        raise SetupError(f"Python's venv lacks pip, and apt could not fetch it. {error}") from error
    if wheel is None:
        raise SetupError("Python's venv lacks pip: install it (sudo apt install python3-venv).")
    run([folder / "bin" / "python", wheel / "pip", "install", "--no-index", wheel], folder.name)
    shutil.rmtree(HOME / "pip", ignore_errors=True)


def install(folder: Path, requirements) -> None:
    """Install requirement files into an environment, every package at its pinned version."""
    command = [folder / "bin" / "python", "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check", "--retries=2", "-c", "constraints.txt"]
    run([*command, *(f"-r{path}" for path in requirements)], folder.name, cwd=ROOT)


def make(name: str) -> None:
    """Make the environment, or bring it up to date; an unfinished one is made anew."""
    folder = HOME / name
    ready = folder / ".ready"
    machine = f"{platform.system()} {platform.machine()}"
    if name == "train" and machine in LACKING:
        raise SetupError(f"{LACKING[machine]}: `make run` works here, but train and test on another machine.")
    say(f"Setting up Python for {PURPOSES[name]} …")
    if ready.exists() and fits(name, version_of(str(folder / "bin" / "python"))):
        ready.unlink()
    else:
        make_folder(find_python(name) or fetch_python(name), folder)
    install(folder, [f"{room}/requirements.txt" for room in ROOMS[name]])
    ready.touch()


if __name__ == "__main__":
    leave_with_a_sentence(lambda: make(sys.argv[1]))
