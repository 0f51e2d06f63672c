"""What the set-up decides, and an environment made for real from what is on this machine."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import browser
import complete_lock
import engines
import environment
import node
import pytest
import quietly
from quietly import SetupError

from tests.python.scripts import ROOT, script

PATIENCE = 120  # seconds after which a silent step counts as hung


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty folder, in which the set-up works, and which alone the PATH names."""
    for module in (quietly, environment, browser):
        monkeypatch.setattr(module, "HOME", tmp_path)
    monkeypatch.setattr(quietly, "ROOT", tmp_path)
    monkeypatch.setattr(browser, "MAC_APPS", ())
    monkeypatch.delenv("DIGITPAD_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_which_python_fits():
    fits = environment.fits
    assert [minor for minor in range(6, 16) if fits("serve", (3, minor))] == [10, 11, 12, 13, 14, 15]
    assert [minor for minor in range(6, 16) if fits("train", (3, minor))] == [11, 12]


def test_which_node_fits():
    good = ["v20.19.0", "v20.20.2\n", "v22.12.0", "v23.0.0", "v24.19.0", "v100.0.0"]
    bad = ["v18.20.4", "v20.18.9", "v21.7.3", "v22.11.0", "", "not node"]
    assert [version for version in good + bad if node.fits(version)] == good


def test_an_old_node_and_one_without_npm_are_passed_over(home):
    assert node.machine_node() is None
    found = script(home / "node", "echo v24.1.0")
    assert node.machine_node() is None
    script(home / "npm", "exit 1")
    assert node.machine_node() == str(found)
    script(home / "node", "echo v16.1.0")
    assert node.machine_node() is None


def test_a_python_on_the_path_is_taken_when_the_running_one_does_not_fit(home, monkeypatch):
    running = script(home / "python3", "echo 3 13")
    monkeypatch.setattr(environment.sys, "executable", str(running))
    assert environment.find_python("serve") == str(running)
    script(home / "python3.12", "exit 127")  # as a version manager's stub answers
    assert environment.find_python("train") is None
    fitting = script(home / "python3.11", "echo 3 11")
    assert environment.find_python("train") == str(fitting)


@pytest.mark.parametrize(
    ("system", "machine", "word"), [("Darwin", "x86_64", "Intel"), ("Linux", "aarch64", "ARM")]
)
def test_a_machine_that_can_serve_but_not_train_gets_a_sentence(monkeypatch, system, machine, word):
    monkeypatch.setattr(environment.platform, "system", lambda: system)
    monkeypatch.setattr(environment.platform, "machine", lambda: machine)
    with pytest.raises(SetupError, match=f"{word}.*make run` works"):
        environment.make("train")


def test_a_python_that_cannot_be_fetched_is_named_with_the_host_and_what_to_do(home):
    script(home / "uv" / "bin" / "uv", "echo dns error; exit 1")
    with pytest.raises(SetupError, match=r"3\.12 or 3\.11 .*github\.com.*PYTHON=path"):
        environment.fetch_python("train")


def test_a_python_without_pip_is_told_apart_from_a_missing_network(home, monkeypatch):
    bare = script(home / "python", '[ "$1" = -m ]')  # makes environments, but can't import ensurepip
    monkeypatch.setattr(environment, "debian_pip", lambda: None)
    with pytest.raises(SetupError, match=r"lacks pip: install it \(sudo apt install python3-venv"):
        environment.make_folder(str(bare), home / "serve")

    def offline():
        raise SetupError("The network can't be reached: connect.")

    monkeypatch.setattr(environment, "debian_pip", offline)
    with pytest.raises(SetupError, match=r"lacks pip, and apt could not fetch it\. The network"):
        environment.make_folder(str(bare), home / "serve")


def test_a_folder_that_may_not_be_written_is_named_without_a_traceback():
    def write():
        raise PermissionError(13, "Permission denied", "/somewhere/.venv")

    with pytest.raises(SystemExit, match=r"^You may not write /somewhere/\.venv: .*\.$"):
        quietly.leave_with_a_sentence(write)


def test_a_long_step_gives_signs_of_life_where_the_output_is_no_terminal(capsys, monkeypatch):
    monkeypatch.setattr(quietly, "SIGN_OF_LIFE", 0)
    with subprocess.Popen(["sleep", "0.3"]) as process:
        quietly.wait_for(process)
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
def test_a_failed_step_is_told_in_one_sentence(output, words):
    sentence = quietly.explain(output, "x.log")
    assert words in sentence
    assert re.fullmatch(r".+\.", sentence)


def test_a_browser_that_only_says_how_to_install_it_is_passed_over(home, monkeypatch):
    assert browser.find_chromium() is None
    script(home / "chromium-browser", "echo requires the chromium snap; exit 1")
    assert browser.find_chromium() is None
    for name, said in (("google-chrome", "Google Chrome 140.0"), ("chromium", "Chromium 140.0")):
        script(home / name, f"echo {said}")
        assert browser.find_chromium() == str(home / name)
    shell = script(home / "chromium-headless-shell", "")
    assert browser.find_headless_shell() == str(shell)
    monkeypatch.setenv("DIGITPAD_CHROMIUM", "/named/by/hand")
    assert (browser.find_chromium(), browser.find_headless_shell()) == ("/named/by/hand", None)


def test_a_browser_has_to_open_a_page_before_anything_is_set_up(home):
    script(home / "chromium", 'echo Chromium 140.0; [ "$1" = --version ]')
    with pytest.raises(SetupError, match=r"can't open a page .*sudo apt install chromium"):
        browser.look()
    script(home / "chromium", "echo 'Chromium 140.0 <html></html>'")
    browser.look()
    script(home / "chromium-headless-shell", "exit 1")
    with pytest.raises(SetupError, match=r"headless-shell can't open a page"):
        browser.look()


def test_a_linux_that_lacks_the_libraries_of_chromium_is_told_before_anything_is_fetched(home, monkeypatch):
    monkeypatch.setattr(browser.sys, "platform", "linux")
    monkeypatch.setattr(browser.ctypes.util, "find_library", lambda _: None)
    with pytest.raises(SetupError, match=r"machine has none.*sudo apt install chromium"):
        browser.look()


@pytest.mark.parametrize(
    ("playwright", "trouble"),
    [("echo ENOTFOUND; exit 1", "could not fetch Chromium"), ('[ "$1" = -m ]', "fetched does not start")],
)
def test_a_chromium_that_can_not_be_fetched_or_started_is_said(home, monkeypatch, playwright, trouble):
    monkeypatch.setattr(browser.sys, "executable", str(script(home / "python", playwright)))
    with pytest.raises(SetupError, match=rf"^.*{trouble} \(details.*sudo apt install chromium.*$"):
        browser.fetch()


@pytest.fixture
def bare_debian(home, monkeypatch):
    """A machine with apt and without browsers, whose user is not root."""
    python = str(home / "python3")
    monkeypatch.setattr(engines, "SYSTEM_PYTHON", python)
    monkeypatch.setitem(engines.PROGRAMS, "python3-gi", (python,))
    monkeypatch.setattr(engines.os, "geteuid", lambda: 1000)
    script(home / "apt-get", "exit 1")
    return home


def test_engines_that_are_missing_are_named_by_their_packages(bare_debian):
    webkit = ["webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1"]
    assert engines.missing_packages(["chromium", "firefox", "webkit"]) == ["chromium", "firefox-esr", *webkit]
    for name in ("firefox", "WebKitWebDriver", "Xvfb"):
        script(bare_debian / name, "")
    script(bare_debian / "python3", "case $2 in *WebKit2*) exit 1; esac")
    assert engines.missing_packages(["firefox", "webkit"]) == ["gir1.2-webkit2-4.1"]
    script(bare_debian / "python3", "")
    assert engines.missing_packages(["firefox", "webkit"]) == []


def test_only_what_is_missing_is_installed_with_sudo_where_one_is_not_root(bare_debian):
    with pytest.raises(SetupError, match=r"^This machine lacks browsers .*: install firefox-esr .*\.$"):
        engines.install(["firefox"])
    firefox = bare_debian / "firefox-esr"
    made = f"case $* in *install*) echo > {firefox}; /bin/chmod +x {firefox}; esac"
    script(bare_debian / "sudo", f'echo "$@" >> {bare_debian}/asked; {made}')
    engines.install(["firefox"])
    update, install = (bare_debian / "asked").read_text().splitlines()
    assert update.endswith("apt-get -qq update")
    assert install.endswith("apt-get -qq install -y --no-install-recommends firefox-esr")


def test_an_engine_that_apt_can_not_install_is_said_in_one_sentence(bare_debian):
    script(bare_debian / "sudo", "echo E: Unable to locate package; exit 100")
    with pytest.raises(SetupError, match=r"E: Unable to locate package .*engines\.log"):
        engines.install(["webkit"])
    script(bare_debian / "sudo", "")
    with pytest.raises(
        SetupError, match=r"^webkit2gtk-driver, .* does not work, though apt has installed it\.$"
    ):
        engines.install(["webkit"])


def test_playwright_runs_on_a_node_that_needs_no_library_of_its_own(monkeypatch):
    monkeypatch.delenv("PLAYWRIGHT_NODEJS_PATH", raising=False)
    assert browser.playwright_settings()["PLAYWRIGHT_NODEJS_PATH"] == node.find_node()


def make_environment(checkout):
    return subprocess.run(
        [sys.executable, ".setup/environment.py", "serve"],
        cwd=checkout,
        env={**os.environ, "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@pytest.mark.slow
def test_an_environment_is_made_and_an_unfinished_one_made_anew(tmp_path):
    """Of one package that lies on this machine."""
    shutil.copytree(ROOT / ".setup", tmp_path / ".setup", ignore=shutil.ignore_patterns("__pycache__"))
    info = "trivial-1.0.dist-info"
    with zipfile.ZipFile(tmp_path / "trivial-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("trivial.py", "answer = 42\n")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: trivial\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(
            f"{info}/RECORD", f"trivial.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"
        )
    (tmp_path / "requirements.txt").write_text(f"{wheel.filename}\n")
    (tmp_path / "constraints.txt").write_text("")
    folder = tmp_path / ".venv" / "serve"
    folder.mkdir(parents=True)
    (folder / "half-made").write_text("left by a set-up that was interrupted")
    done = make_environment(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(re.findall(r"^\S", done.stdout, re.MULTILINE)) == 1  # and signs of life on a slow machine
    assert (folder / ".ready").exists() and not (folder / "half-made").exists()
    asked = [folder / "bin" / "python", "-c", "import trivial; print(trivial.answer)"]
    assert subprocess.check_output(asked, text=True, timeout=PATIENCE) == "42\n"

    # A finished one is only brought up to date, and counts as unfinished until that has worked.
    (folder / "kept").write_text("")
    (tmp_path / "requirements.txt").write_text("no-such-package==1.0\n")
    failed = make_environment(tmp_path)
    assert failed.returncode == 1
    assert re.fullmatch(r".+\n", failed.stderr)
    assert (folder / "kept").exists() and not (folder / ".ready").exists()


def pins(path):
    lines = [line.split("#")[0].strip() for line in (ROOT / path).read_text().splitlines()]
    return dict(re.fullmatch(r"([\w.-]+)==([\w.]+)", line).groups() for line in filter(None, lines))


def test_every_package_is_pinned_once():
    rooms = ("", "training/", "export/", "tests/", "tests/bench/peers/")
    files = (f"{room}requirements.txt" for room in rooms)
    seen = {}
    for path in (*files, "constraints.txt", ".setup/uv.txt", ".setup/node.txt"):
        for name in pins(path):  # anything but an exact pin has failed by now
            name = re.sub("[-_.]+", "-", name).lower()
            assert name not in seen, f"{name} is pinned in {seen[name]} and in {path}"
            seen[name] = path


def test_the_lock_file_serves_every_system():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert complete_lock.missing_builds(lock) == {}, "run `python .setup/complete_lock.py`"


def test_the_build_for_another_system_is_described_by_its_name():
    common = {"dev": True, "license": "MIT"}
    builds = {"@tool/linux-x64-musl": "1.2.3", "@tool/win32-x64": "1.2.3", "extra": "^1"}
    locked = {
        "": {},
        "node_modules/tool": {**common, "optionalDependencies": builds},
        "node_modules/tool/node_modules/@tool/win32-x64": {"version": "1.2.3"},
    }
    entry = {
        **common,
        "version": "1.2.3",
        "optional": True,
        "cpu": ["x64"],
        "libc": ["musl"],
        "os": ["linux"],
    }
    missing = complete_lock.missing_builds({"packages": locked})
    assert missing == {"node_modules/@tool/linux-x64-musl": entry}
