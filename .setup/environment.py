"""Make a virtual environment of Python: `serve` for the server, `train` for training, export and tests.

It needs nothing but the standard library, so that any Python from 3.8 on can run it. Where that Python
doesn't fit what is to be installed, it looks for another on this machine, and else lets uv fetch one.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from quietly import HOME, ROOT, SetupError, leave_with_a_sentence, run, say


class Environment(NamedTuple):
    """What an environment is for, what it holds, and the Python versions that it can be made with."""

    purpose: str
    cost: str
    requirements: tuple[str, ...]
    oldest: tuple[int, int]
    newest: tuple[int, int]
    preferred: tuple[str, ...]


ENVIRONMENTS = {
    "serve": Environment(
        purpose="the server",
        cost="about 10 s",
        requirements=("requirements.txt",),
        oldest=(3, 10),
        newest=(3, 99),
        preferred=("3.12", "3.13", "3.11", "3.14", "3.10"),
    ),
    "train": Environment(
        purpose="training and tests",
        cost="about 1 GB to download, some minutes",
        requirements=(
            "requirements.txt",
            "training/requirements.txt",
            "export/requirements.txt",
            "tests/requirements.txt",
        ),
        # What TensorFlow 2.19 and its surroundings as pinned in constraints.txt are built for.
        oldest=(3, 11),
        newest=(3, 12),
        preferred=("3.12", "3.11"),
    ),
}


def fits(name: str, version: tuple[int, int]) -> bool:
    """Tell whether a Python of this version can be used for the environment."""
    return ENVIRONMENTS[name].oldest <= version <= ENVIRONMENTS[name].newest


def version_of(python: str) -> tuple[int, int] | None:
    """Ask an interpreter for its version; None where it doesn't run (a stub of a version manager, say)."""
    try:
        answer = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def find_python(name: str) -> str | None:
    """Find an interpreter on this machine that fits: the running one first, then those on the PATH."""
    named = (shutil.which(f"python{version}") for version in ENVIRONMENTS[name].preferred)
    for python in (sys.executable, *filter(None, named)):
        version = version_of(python)
        if version and fits(name, version):
            return python
    return None


def fetch_python(name: str) -> str:
    """Let uv, installed from the package index, fetch an interpreter that fits, kept in .venv/python."""
    version = ENVIRONMENTS[name].preferred[0]
    say(f"This machine's Python {platform.python_version()} doesn't fit; fetching Python {version} (once) …")
    tools = HOME / "uv"
    uv = [str(tools / "bin" / "uv"), "--no-config"]
    if not Path(uv[0]).exists():
        make_folder(sys.executable, tools)
        install(tools, [".setup/uv.txt"])
    settings = {**os.environ, "UV_PYTHON_INSTALL_DIR": str(HOME / "python")}
    try:
        run([*uv, "python", "install", "--no-bin", version], "uv", env=settings)
        find = [*uv, "python", "find", "--managed-python", version]
        return subprocess.run(
            find, env=settings, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()
    except (SetupError, OSError, subprocess.CalledProcessError) as error:
        wanted = " or ".join(ENVIRONMENTS[name].preferred[:2])
        raise SetupError(
            f"Python {wanted} is needed for {ENVIRONMENTS[name].purpose} and could not be fetched: "
            "install it, and run the same command again (details: .venv/uv.log)."
        ) from error


def debian_pip() -> Path | None:
    """Find pip's wheel as Debian and Ubuntu package it: installed, else taken out of a downloaded package."""
    installed = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    if installed or not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return installed[-1] if installed else None
    folder = HOME / "pip"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "lists" / "partial").mkdir(parents=True)
    (folder / "cache" / "archives" / "partial").mkdir(parents=True)
    # Lists and cache of our own: no need to be root, and a fresh machine has no lists yet. apt still checks
    # the signatures with the machine's keys.
    own = ["-o", f"Dir::State::lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache"]
    download = ["download", "python3-pip-whl"]
    for steps in ([["apt-get", *download]], [["apt-get", *own, "update"], ["apt-get", *own, *download]]):
        try:
            for step in steps:
                run(step, "apt", cwd=folder)
            for package in folder.glob("*.deb"):
                run(["dpkg-deb", "-x", package, folder], "apt")
        except SetupError:
            continue
        return next(folder.glob("usr/share/python-wheels/pip-*.whl"), None)
    return None


def make_folder(python: str, folder: Path) -> None:
    """Make an empty virtual environment with pip in it."""
    shutil.rmtree(folder, ignore_errors=True)
    ask = [python, "-c", "from ensurepip import version"]
    has_pip = subprocess.run(ask, stderr=subprocess.DEVNULL).returncode == 0
    run([python, "-m", "venv", *([] if has_pip else ["--without-pip"]), folder], folder.name)
    if has_pip:
        return
    # Debian and Ubuntu keep ensurepip in a package of its own.
    wheel = debian_pip()
    if wheel is None:
        raise SetupError("Python's venv is not complete here: install it (sudo apt install python3-venv).")
    run([folder / "bin" / "python", wheel / "pip", "install", "--no-index", wheel], folder.name)
    shutil.rmtree(HOME / "pip", ignore_errors=True)


def install(folder: Path, requirements) -> None:
    """Install requirement files into an environment, every package at its pinned version."""
    command = [folder / "bin" / "python", "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check", "--retries=2", "-c", "constraints.txt"]
    for path in requirements:
        command += ["-r", path]
    run(command, folder.name, cwd=ROOT)


def lacking(system: str, machine: str) -> str | None:
    """Say which package is not published for a kind of machine, so that training can't be set up on it."""
    if (system, machine) == ("Darwin", "x86_64"):
        return "TensorFlow 2.19 doesn't exist for Macs with an Intel processor"
    if (system, machine) == ("Linux", "aarch64"):
        return "tensorflow-decision-forests 1.12, which tensorflowjs needs, doesn't exist for Linux on ARM"
    return None


def make(name: str) -> None:
    """Make the environment, or bring it up to date; an unfinished one is made anew."""
    environment = ENVIRONMENTS[name]
    folder = HOME / name
    ready = folder / ".ready"
    if name == "train" and (lack := lacking(platform.system(), platform.machine())):
        raise SetupError(f"{lack}: `make run` works here, but train and test on another machine.")
    say(f"Setting up Python for {environment.purpose} (once, {environment.cost}) …")
    usable = ready.exists() and version_of(str(folder / "bin" / "python"))
    if usable and fits(name, usable):
        ready.unlink()
    else:
        make_folder(find_python(name) or fetch_python(name), folder)
    install(folder, environment.requirements)
    ready.touch()


def main() -> None:
    """Make the environment that the command line names."""
    if len(sys.argv) != 2 or sys.argv[1] not in ENVIRONMENTS:
        sys.exit(f"Usage: python .setup/environment.py {'|'.join(ENVIRONMENTS)}")
    leave_with_a_sentence(lambda: make(sys.argv[1]))


if __name__ == "__main__":
    main()
