"""What the set-up decides, and an environment made for real from what is on this machine."""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.python.scripts import ROOT, script

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


def test_which_python_fits(setup):
    fits = setup["environment"].fits
    assert [minor for minor in range(6, 16) if fits("serve", (3, minor))] == [10, 11, 12, 13, 14, 15]
    assert [minor for minor in range(6, 16) if fits("train", (3, minor))] == [11, 12]


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2\n", "v22.12.0", "v23.0.0", "v24.19.0", "v100.0.0"])
def test_a_node_that_fits(setup, version):
    assert setup["node"].fits(version)


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.9", "v21.7.3", "v22.11.0", "", "not node"])
def test_a_node_that_does_not_fit(setup, version):
    assert not setup["node"].fits(version)


def test_an_old_node_and_one_without_npm_are_passed_over(setup, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    machine_node = setup["node"].machine_node
    assert machine_node() is None
    node = script(tmp_path / "node", "echo v24.1.0")
    assert machine_node() is None
    script(tmp_path / "npm", "exit 1")
    assert machine_node() == str(node)
    script(tmp_path / "node", "echo v16.1.0")
    assert machine_node() is None


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


@pytest.mark.parametrize(
    ("machine", "word"), [(("Darwin", "x86_64"), "Intel"), (("Linux", "aarch64"), "ARM")]
)
def test_a_machine_that_can_serve_but_not_train_gets_a_sentence(setup, monkeypatch, machine, word):
    environment = setup["environment"]
    monkeypatch.setattr(environment.platform, "system", lambda: machine[0])
    monkeypatch.setattr(environment.platform, "machine", lambda: machine[1])
    with pytest.raises(setup["quietly"].SetupError, match=f"{word}.*make run` works"):
        environment.make("train")


def test_a_python_that_cannot_be_fetched_is_named_with_the_host_and_what_to_do(setup, tmp_path, monkeypatch):
    environment = setup["environment"]
    monkeypatch.setattr(environment, "HOME", tmp_path)
    monkeypatch.setattr(setup["quietly"], "HOME", tmp_path)
    monkeypatch.setattr(setup["quietly"], "ROOT", tmp_path)
    (tmp_path / "uv" / "bin").mkdir(parents=True)
    script(tmp_path / "uv" / "bin" / "uv", "echo dns error; exit 1")
    with pytest.raises(setup["quietly"].SetupError, match=r"3\.12 or 3\.11 .*github\.com.*PYTHON=path"):
        environment.fetch_python("train")


def test_a_python_without_pip_is_told_apart_from_a_missing_network(setup, tmp_path, monkeypatch):
    environment = setup["environment"]
    monkeypatch.setattr(setup["quietly"], "HOME", tmp_path)
    bare = script(tmp_path / "python", '[ "$1" = -m ]')  # makes environments, but can't import ensurepip

    def offline():
        raise setup["quietly"].SetupError("The network can't be reached: connect.")

    monkeypatch.setattr(environment, "debian_pip", offline)
    with pytest.raises(
        setup["quietly"].SetupError, match=r"lacks pip, and apt could not fetch it\. The network"
    ):
        environment.make_folder(str(bare), tmp_path / "serve")
    monkeypatch.setattr(environment, "debian_pip", lambda: None)
    with pytest.raises(
        setup["quietly"].SetupError, match=r"lacks pip: install it \(sudo apt install python3-venv"
    ):
        environment.make_folder(str(bare), tmp_path / "serve")


def test_a_folder_that_may_not_be_written_is_named_without_a_traceback(setup):
    def write():
        raise PermissionError(13, "Permission denied", "/somewhere/.venv")

    with pytest.raises(SystemExit, match=r"^You may not write /somewhere/\.venv: .*\.$"):
        setup["quietly"].leave_with_a_sentence(write)


def test_a_long_step_gives_signs_of_life_where_the_output_is_no_terminal(setup, capsys, monkeypatch):
    monkeypatch.setattr(setup["quietly"], "SIGN_OF_LIFE", 0)
    with subprocess.Popen(["sleep", "0.3"]) as process:
        setup["quietly"].wait_for(process)
    assert "still working after" in capsys.readouterr().out


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
    sentence = setup["quietly"].explain(output, "x.log")
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


def test_a_browser_has_to_open_a_page_before_anything_is_set_up(setup, tmp_path, monkeypatch):
    browser = setup["browser"]
    monkeypatch.setattr(browser, "HOME", tmp_path)
    monkeypatch.setattr(browser, "MAC_APPS", ())
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    lame = script(tmp_path / "chromium", 'echo Chromium 140.0; [ "$1" = --version ]')
    monkeypatch.setenv("DIGITPAD_CHROMIUM", str(lame))
    with pytest.raises(setup["quietly"].SetupError, match=r"can't open a page .*sudo apt install chromium"):
        browser.look()
    script(lame, "echo '<html></html>'")
    browser.look()


def test_a_linux_that_lacks_the_libraries_of_chromium_is_told_before_anything_is_fetched(setup, monkeypatch):
    browser = setup["browser"]
    monkeypatch.setattr(browser, "find_chromium", lambda: None)
    monkeypatch.setattr(browser.sys, "platform", "linux")
    monkeypatch.setattr(browser.ctypes.util, "find_library", lambda _: None)
    with pytest.raises(setup["quietly"].SetupError, match=r"machine has none.*sudo apt install chromium"):
        browser.look()


@pytest.mark.parametrize(
    ("playwright", "trouble"),
    [("echo ENOTFOUND; exit 1", "could not fetch Chromium"), ('[ "$1" = -m ]', "fetched does not start")],
)
def test_a_chromium_that_playwright_cannot_fetch_or_start_gets_one_sentence(
    setup, tmp_path, monkeypatch, playwright, trouble
):
    browser = setup["browser"]
    monkeypatch.setattr(browser, "find_chromium", lambda: None)
    monkeypatch.setattr(setup["quietly"], "HOME", tmp_path)
    monkeypatch.setattr(setup["quietly"], "ROOT", tmp_path)
    monkeypatch.setattr(browser.sys, "executable", str(script(tmp_path / "python", playwright)))
    with pytest.raises(
        setup["quietly"].SetupError, match=rf"^.*{trouble} \(details.*sudo apt install chromium.*$"
    ):
        browser.fetch()


def test_playwright_runs_on_a_node_that_needs_no_library_of_its_own(setup, monkeypatch):
    monkeypatch.delenv("PLAYWRIGHT_NODEJS_PATH", raising=False)
    assert setup["browser"].playwright_settings()["PLAYWRIGHT_NODEJS_PATH"] == setup["node"].find_node()


@pytest.fixture
def checkout(tmp_path):
    """A checkout of the set-up alone, whose server needs one package that lies on this machine."""
    shutil.copytree(SETUP, tmp_path / ".setup", ignore=shutil.ignore_patterns("__pycache__"))
    folder = "trivial-1.0.dist-info"
    files = {
        "trivial.py": "answer = 42\n",
        f"{folder}/METADATA": "Metadata-Version: 2.1\nName: trivial\nVersion: 1.0\n",
        f"{folder}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{folder}/RECORD": f"trivial.py,,\n{folder}/METADATA,,\n{folder}/WHEEL,,\n{folder}/RECORD,,\n",
    }
    with zipfile.ZipFile(tmp_path / "trivial-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    (tmp_path / "requirements.txt").write_text(f"{wheel.filename}\n")
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
    assert len(re.findall(r"^\S", done.stdout, re.MULTILINE)) == 1  # and signs of life on a slow machine
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
    parent = {
        "dev": True,
        "license": "MIT",
        "optionalDependencies": {"@tool/linux-x64-musl": "1.2.3", "@tool/win32-x64": "1.2.3", "extra": "^1"},
    }
    lock = {
        "packages": {
            "": {},
            "node_modules/tool": parent,
            "node_modules/tool/node_modules/@tool/win32-x64": {"version": "1.2.3"},
        }
    }
    entry = {"version": "1.2.3", "dev": True, "license": "MIT", "optional": True}
    assert complete_lock.missing_builds(lock) == {
        "node_modules/@tool/linux-x64-musl": {**entry, "cpu": ["x64"], "libc": ["musl"], "os": ["linux"]}
    }
