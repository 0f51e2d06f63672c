"""The set-up's decisions, and an environment made for real from what is on this machine."""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP = ROOT / ".setup"
PATIENCE = 120  # seconds after which a silent step counts as hung


@pytest.fixture(scope="module")
def setup():
    """The modules of .setup by name, imported as they import one another: from their own folder."""
    names = ("quietly", "environment", "node", "browser", "complete_lock")
    sys.path.insert(0, str(SETUP))
    try:
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(SETUP))
        for name in names:
            sys.modules.pop(name, None)


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("version", "serve", "train"),
    [
        ((3, 8), False, False),
        ((3, 9), False, False),
        ((3, 10), True, False),
        ((3, 11), True, True),
        ((3, 12), True, True),
        ((3, 13), True, False),
        ((3, 14), True, False),
    ],
)
def test_which_python_fits(setup, version, serve, train):
    fits = setup["environment"].fits
    assert (fits("serve", version), fits("train", version)) == (serve, train)


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v18.20.4", False),
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v20.20.2\n", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v23.0.0", True),
        ("v24.19.0", True),
        ("v100.0.0", True),
        ("", False),
        ("not node", False),
    ],
)
def test_which_node_fits(setup, version, fits):
    assert setup["node"].fits(version) is fits


def test_an_old_node_and_one_without_npm_are_passed_over(setup, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    machine_npm = setup["node"].machine_npm
    assert machine_npm() is None
    script(tmp_path / "node", "echo v24.1.0")
    assert machine_npm() is None
    npm = script(tmp_path / "npm", "exit 1")
    assert machine_npm() == [str(npm)]
    script(tmp_path / "node", "echo v16.1.0")
    assert machine_npm() is None


def test_a_python_on_the_path_is_taken_when_the_running_one_does_not_fit(setup, tmp_path, monkeypatch):
    environment = setup["environment"]
    running = script(tmp_path / "python3", "echo 3 13")
    monkeypatch.setattr(environment.sys, "executable", str(running))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert environment.find_python("serve") == str(running)
    assert environment.find_python("train") is None
    script(tmp_path / "python3.12", "exit 127")  # as a version manager's stub answers
    assert environment.find_python("train") is None
    fitting = script(tmp_path / "python3.11", "echo 3 11")
    assert environment.find_python("train") == str(fitting)


def test_machines_that_can_serve_but_not_train_are_named(setup):
    lacking = setup["environment"].lacking
    assert "Intel" in lacking("Darwin", "x86_64")
    assert "ARM" in lacking("Linux", "aarch64")
    assert lacking("Darwin", "arm64") is lacking("Linux", "x86_64") is None


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("WARNING: Retrying (NewConnectionError(...))\nERROR: No matching distribution", "network"),
        ("npm error code EAI_AGAIN\nnpm error network", "network"),
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("Collecting\nERROR: first reason\nERROR: second", "first reason"),
        ("npm error code EUSAGE", "EUSAGE"),
        ("one\nlast words\n", "last words"),
        ("", "no reason"),
    ],
)
def test_a_failed_step_is_told_in_one_sentence(setup, output, words):
    sentence = setup["quietly"].explain(output, Path("x.log"))
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_browser_that_only_says_how_to_install_it_is_passed_over(setup, tmp_path, monkeypatch):
    browser = setup["browser"]
    monkeypatch.setattr(browser, "MAC_APPS", ())
    monkeypatch.delenv("DIGITPAD_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find_chromium() is None
    script(tmp_path / "chromium-browser", "echo requires the chromium snap; exit 1")
    assert browser.find_chromium() is None
    chrome = script(tmp_path / "google-chrome", "echo Google Chrome 140.0")
    assert browser.find_chromium() == str(chrome)
    chromium = script(tmp_path / "chromium", "echo Chromium 140.0")
    assert browser.find_chromium() == str(chromium)
    monkeypatch.setenv("DIGITPAD_CHROMIUM", "/named/by/hand")
    assert browser.find_chromium() == "/named/by/hand"


@pytest.fixture
def checkout(tmp_path):
    """A checkout of the set-up alone, whose server needs one package that lies on this machine."""
    shutil.copytree(SETUP, tmp_path / ".setup", ignore=shutil.ignore_patterns("__pycache__"))
    package = tmp_path / "package"
    package.mkdir()
    metadata = "Metadata-Version: 2.1\nName: trivial\nVersion: 1.0\n"
    files = {
        "trivial.py": "answer = 42\n",
        "trivial-1.0.dist-info/METADATA": metadata,
        "trivial-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, "trivial-1.0.dist-info/RECORD"])
    for name, text in {**files, "trivial-1.0.dist-info/RECORD": record}.items():
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text(text)
    archive = shutil.make_archive(str(tmp_path / "trivial-1.0-py3-none-any"), "zip", package)
    wheel = Path(archive).rename(tmp_path / "trivial-1.0-py3-none-any.whl")
    (tmp_path / "requirements.txt").write_text(f"{wheel}\n")
    (tmp_path / "constraints.txt").write_text("")
    return tmp_path


def make_environment(checkout):
    return subprocess.run(
        [sys.executable, ".setup/environment.py", "serve"],
        cwd=checkout,
        env={**os.environ, "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def test_an_environment_is_made_and_an_unfinished_one_made_anew(checkout):
    folder = checkout / ".venv" / "serve"
    folder.mkdir(parents=True)
    (folder / "half-made").write_text("left by a set-up that was interrupted")
    done = make_environment(checkout)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert (folder / ".ready").exists()
    assert not (folder / "half-made").exists()
    asked = [folder / "bin" / "python", "-c", "import trivial; print(trivial.answer)"]
    assert subprocess.check_output(asked, text=True, timeout=PATIENCE) == "42\n"

    # A finished one is only brought up to date, and counts as unfinished until that has worked.
    (folder / "kept").write_text("")
    (checkout / "requirements.txt").write_text("no-such-package==1.0\n")
    failed = make_environment(checkout)
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert failed.stderr.count("\n") == 1
    assert (folder / "kept").exists()
    assert not (folder / ".ready").exists()


def pins(path):
    lines = [line.split("#")[0].strip() for line in (ROOT / path).read_text().splitlines()]
    return dict(re.fullmatch(r"([\w.-]+)==([\w.]+)", line).groups() for line in filter(None, lines))


def test_every_package_is_pinned_once():
    seen = {}
    for path in (
        *("requirements.txt", "training/requirements.txt", "export/requirements.txt"),
        *("tests/requirements.txt", "constraints.txt", ".setup/uv.txt", ".setup/node.txt"),
    ):
        for name in pins(path):  # anything but an exact pin has failed by now
            name = re.sub("[-_.]+", "-", name).lower()
            assert name not in seen, f"{name} is pinned in {seen[name]} and in {path}"
            seen[name] = path


def test_the_lock_file_serves_every_system(setup):
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert setup["complete_lock"].missing_builds(lock) == {}, "run `python .setup/complete_lock.py`"


def test_the_build_for_another_system_is_described_by_its_name(setup):
    complete_lock = setup["complete_lock"]
    lock = {
        "packages": {
            "": {},
            "node_modules/tool": {
                "dev": True,
                "license": "MIT",
                "optionalDependencies": {
                    "@tool/linux-x64-musl": "1.2.3",
                    "@tool/here": "1.2.3",
                    "extra": "^1",
                },
            },
            "node_modules/tool/node_modules/@tool/here": {"version": "1.2.3"},
        }
    }
    assert complete_lock.missing_builds(lock) == {
        "node_modules/@tool/linux-x64-musl": {
            "version": "1.2.3",
            "cpu": ["x64"],
            "dev": True,
            "libc": ["musl"],
            "license": "MIT",
            "optional": True,
            "os": ["linux"],
        }
    }


def surroundings():
    """The environment without what an enclosing `make test` put into it."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))
    }


def plan(*arguments):
    """Ask make what it would do."""
    command = ["make", "--dry-run", "--no-print-directory", "--always-make", *arguments]
    return subprocess.check_output(command, cwd=ROOT, env=surroundings(), text=True, timeout=PATIENCE)


def test_make_passes_on_what_it_is_told():
    assert '--host "localhost" --port "5000"' in plan("run")
    assert '--host "0.0.0.0" --port "8080"' in plan("run", "HOST=0.0.0.0", "PORT=8080")
    train = " ".join(plan("train", "QUICK=1", "RESUME=1", "SEED=7").replace("\\\n", " ").split())
    assert '-m training.train --quick --resume --seed "7"' in train
    assert "--quick" not in plan("train")
    assert "--quick" not in plan("train", "QUICK=0")
    assert "-m export" in plan("export")
    assert "-m tests.bench" in plan("bench")


def test_make_alone_only_tells_what_it_can_do():
    told = subprocess.check_output(["make"], cwd=ROOT, env=surroundings(), text=True, timeout=PATIENCE)
    for target in ("run", "test", "train", "export", "site", "bench", "lint", "clean"):
        assert f"make {target} " in told


def test_make_run_sets_up_the_server_alone():
    steps = plan("run")
    assert ".setup/environment.py serve" in steps
    assert ".setup/environment.py train" not in steps
    assert steps.index("environment.py serve") < steps.index("node.py install") < steps.index("whitenoise")


def test_make_test_fails_when_a_part_fails(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "webapp").mkdir()
    failing = script(tmp_path / "python", "echo no way >&2; exit 3")
    for name in ("package.json", "package-lock.json", "pyproject.toml"):
        (tmp_path / name).write_text("{}")
    for name in ("requirements.txt", "constraints.txt"):
        (tmp_path / name).write_text("")
    for name in ("training", "export", "tests", ".setup"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "requirements.txt").write_text("")
    (tmp_path / ".setup" / "environment.py").write_text("")
    done = subprocess.run(
        ["make", "test", f"PYTHON={failing}"],
        cwd=tmp_path,
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode != 0
    assert "no way" in done.stderr
    assert re.search(r"make test FAILED after \d+ s\n$", done.stdout)
