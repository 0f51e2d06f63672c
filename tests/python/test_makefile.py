"""What make does, says and refuses."""

import os
import re
import shutil
import subprocess

import pytest

from tests.python.scripts import ROOT, script

PATIENCE = 120  # seconds after which a silent make counts as hung


def ask_make(*arguments, folder=ROOT):
    """Run make, without what an enclosing `make test` set; return its exit status and all that it said."""
    ours = ("MAKE", "MFLAGS", "ARGS")
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith(ours)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout


def plan(*arguments):
    """Return what make would do, continued lines joined."""
    code, said = ask_make("--dry-run", "--always-make", *arguments)
    assert code == 0, said
    return re.sub(r"[ \t]+", " ", said.replace("\\\n", " "))


def test_make_passes_its_variables_on():
    assert '--host "localhost" --port "5000"' in plan("run")
    assert '--host "0.0.0.0" --port "8080"' in plan("run", "HOST=0.0.0.0", "PORT=8080")
    assert '--prefix "/digitpad/"' in plan("run", "PREFIX=/digitpad/")
    assert '-m training.train --quick --resume --seed "7"' in plan("train", "QUICK=1", "RESUME=1", "SEED=7")
    assert "--quick" not in plan("train", "QUICK=0")
    assert "-m tests.bench.suite" in plan("bench")
    assert "ci --prefix tests/bench/peers" in plan("bench")
    assert "ci --prefix tests/bench/peers" not in plan("bench", "PART=numbers")
    assert "-m tests.bench.loading --rounds 1" in plan("bench", "PART=loading", "ARGS=--rounds 1")
    assert "-m pytest tests/x.py" in plan("test", "ARGS=tests/x.py")
    assert "-m pytest -m slow tests/x.py" in plan("test-slow", "ARGS=tests/x.py")


@pytest.mark.parametrize("target", ["train", "export", "report", "bench", "test"])
def test_every_program_gets_the_folder_of_the_data_sets(tmp_path, target):
    shown = script(tmp_path / "python", "echo data is $DIGITPAD_DATA; exit 3")
    settings = [f"TRAIN={shown}", f"SERVE={shown}", f"PYTHON={shown}", "DATA=/some/where"]
    assert "data is /some/where" in ask_make(target, *settings)[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train", "EPOCHS=abc"], "EPOCHS=abc is not a whole number"),
        (["train", "SEED=x"], "SEED=x is not a whole number"),
        (["bench", "PART=nothing"], "PART=nothing is unknown; .* measures one of: .*loading.* suite"),
        (["run", "PYTHON="], "Python 3.10 or later is needed: install it"),
    ],
)
def test_make_says_in_one_sentence_what_is_wrong_before_it_does_anything(arguments, words):
    code, said = ask_make("--always-make", *arguments)
    assert code != 0
    assert re.fullmatch(rf"Makefile:\d+: \*\*\* {words}.*Stop\.\n", said)


def test_make_alone_only_lists_what_it_can_do():
    code, said = ask_make()
    assert code == 0
    listed = " ".join(re.findall(r"^make (\S+) ", said, re.MULTILINE))
    tests, rest = (
        "run check test test-slow test-engines",
        "train export report predict site package bench screenshots lint",
    )
    assert listed == f"{tests} {rest} clean"


def test_make_run_sets_up_the_server_alone():
    steps = plan("run")
    assert "environment.py train" not in steps
    assert steps.index("environment.py serve") < steps.index("node.py install") < steps.index("whitenoise")
    assert "webapp/build/first_visit.py" in plan("site")


def test_make_test_looks_for_the_browser_first_and_make_check_for_none():
    steps = plan("test")
    assert steps.index(".setup/browser.py") < steps.index("environment.py") < steps.index("-m ruff")
    assert steps.index("browser.py fetch") < steps.index("-m ruff") < steps.index("-m pytest")
    assert "browser.py" not in plan("check")


@pytest.fixture
def bare_checkout(tmp_path):
    """The Makefile among empty files, as if all was set up and built."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    sources = "requirements.txt training/requirements.txt export/requirements.txt tests/requirements.txt"
    sources += " .setup/environment.py webapp/x.ts constraints.txt package.json package-lock.json"
    made = "webapp/dist/index.html .venv/serve/bin/python .venv/train/bin/python .venv/serve/.ready"
    made += " .venv/train/.ready node_modules/.package-lock.json node_modules/.site-ready"
    for age, name in enumerate(f"{sources} {made}".split()):
        os.utime(script(tmp_path / name, ""), (age, age))
    return tmp_path


def test_what_tests_leave_behind_builds_nothing_again(bare_checkout):
    assert ask_make("--question", "node_modules/.site-ready", folder=bare_checkout)[0] == 0
    for left in ("node_modules/.vite/results.json", "build/__pycache__/x.pyc", "x.tsbuildinfo"):
        script(bare_checkout / "webapp" / left, "")
    assert ask_make("--question", "node_modules/.site-ready", folder=bare_checkout)[0] == 0
    script(bare_checkout / "webapp" / "x.ts", "")
    assert ask_make("--question", "node_modules/.site-ready", folder=bare_checkout)[0] == 1


@pytest.mark.parametrize("target", ["check", "test", "test-slow", "test-engines"])
def test_a_target_fails_when_a_part_fails(bare_checkout, target):
    for name in ("serve", "train"):
        script(bare_checkout / ".venv" / name / "bin" / "python", "echo no way >&2; exit 3")
    code, said = ask_make(target, "PYTHON=true", folder=bare_checkout)
    assert code != 0
    assert "no way" in said
    assert re.search(rf"make {target} FAILED after \d+ s\n", said)
