"""Break the code in many ways, one at a time, and count how many the tests catch.

`python -m tests.mutations` reads the faults from tests/mutations.toml: for each a file, a piece of its text
that occurs once, what to put in its place, and the tests to try first. The tests of its room follow while
none has failed. All of it happens in a copy of the working tree. Results are written after each fault, and a
second call goes on where the first one stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FAULTS = ROOT / "tests" / "mutations.toml"
RESULTS = ROOT / "tests" / "output" / "mutations.json"
SUITE_LIMIT = 900  # seconds; a fault may make a loop endless
CAPTURED = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}


class InvalidFault(Exception):
    """A fault that breaks the build or the import of the tests, or does not fit the file."""


def link_or_copy(source: str, target: str) -> None:
    """Make a hard link, or a copy on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def copy_tree(target: Path) -> None:
    """Copy the working tree without what git ignores; environment and libraries are shared by links."""
    listed = subprocess.check_output(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, text=True
    )
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    (target / ".venv").symlink_to((ROOT / ".venv").resolve())
    # Not a link: Vite looks for libraries beside the real path of what it bundles.
    shutil.copytree(ROOT / "node_modules", target / "node_modules", symlinks=True, copy_function=link_or_copy)


def build_page(tree: Path) -> None:
    """Build the page of a tree; InvalidFault where that fails."""
    compress = [".venv/serve/bin/python", "-m", "whitenoise.compress", "--quiet", "webapp/dist"]
    for step in (["npm", "run", "--silent", "build", "--", "--logLevel", "warn"], compress):
        done = subprocess.run(step, cwd=tree, **CAPTURED)
        if done.returncode:
            raise InvalidFault(f"the page does not build: {done.stdout[-400:]}")
    (tree / "node_modules" / ".site-ready").touch()


@contextmanager
def broken(tree: Path, fault: dict):
    """Put a fault into its file, and take it out again at the end."""
    path = tree / fault["file"]
    text = path.read_text("utf-8")
    if text.count(fault["find"]) != 1:
        raise InvalidFault(f"{fault['file']} holds the text {text.count(fault['find'])} times")
    path.write_text(text.replace(fault["find"], fault["replace"]), "utf-8")
    try:
        yield
    finally:
        path.write_text(text, "utf-8")


@contextmanager
def built(tree: Path, fault: dict, suite: str):
    """Have the page built with the fault in it, where the suite may look at it."""
    if not (fault["file"].startswith("webapp/") and suite.startswith("pytest")):
        yield
        return
    whole, kept = tree / "webapp" / "dist", tree / "webapp" / "dist-whole"
    shutil.rmtree(kept, ignore_errors=True)
    whole.rename(kept)
    try:
        build_page(tree)
        yield
    finally:
        shutil.rmtree(whole, ignore_errors=True)
        kept.rename(whole)


def run_suite(tree: Path, words: list[str], marks: str) -> str | None:
    """Run tests up to the first failure; return the name of the test that failed, None where all passed."""
    if words[0] == "vitest":
        command = ["npx", "vitest", "run", "--root", "webapp", "--bail", "1", *words[1:]]
    else:
        command = [str(tree / ".venv/train/bin/python"), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        command += ["-m", marks, *words[1:]] if marks else words[1:]
    environment = {**os.environ, "NO_COLOR": "1", "CI": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, timeout=SUITE_LIMIT, **CAPTURED)
    except subprocess.TimeoutExpired:
        return f"{words[1]} did not end within {SUITE_LIMIT} s"
    if done.returncode == 0:
        return None
    pattern = (
        r"^\s*FAIL\s+(.+ > .+)$" if words[0] == "vitest" else r"^(?:FAILED|ERROR) (tests/\S+::.+?)(?: - .*)?$"
    )
    failed = re.search(pattern, done.stdout, re.MULTILINE)
    if failed is None or (words[0] == "pytest" and done.returncode != 1):
        raise InvalidFault(f"no test ran in {words}: {done.stdout[-600:]}")
    return failed[1]


def first_failure(tree: Path, suite: str, marks: str) -> str | None:
    """Run a suite; a test in a browser counts as failed where it fails twice in a row."""
    failed = run_suite(tree, shlex.split(suite), marks)
    if failed and "browser/" in failed and run_suite(tree, ["pytest", failed], marks) is None:
        return run_suite(tree, shlex.split(suite), marks)
    return failed


def try_fault(tree: Path, fault: dict, suites: list[str], results: dict, marks: str) -> dict:
    """Return what came of one fault: the verdict, the test that caught it, and the suites that ran."""
    started, ran = time.monotonic(), []
    outcome = {"verdict": "survived", "by": None}
    try:
        for suite in dict.fromkeys(suites):
            sane = results["suites"]
            if suite not in sane:
                sane[suite] = first_failure(tree, suite, marks) or "passes"
                print(f"  without a fault {suite}: {sane[suite]}", flush=True)
            if sane[suite] != "passes":
                continue
            ran.append(suite)
            with broken(tree, fault), built(tree, fault, suite):
                failed = first_failure(tree, suite, marks)
            if failed:
                outcome = {"verdict": "caught", "by": failed}
                break
    except InvalidFault as error:
        outcome = {"verdict": "invalid", "by": str(error)}
    return {"room": fault["room"], **outcome, "ran": ran, "seconds": round(time.monotonic() - started)}


def print_table(results: dict, faults: list[dict]) -> None:
    """Print how many faults of each room were caught, and every other one by name."""
    known = {f["name"]: results["faults"].get(f["name"], {"verdict": "not tried"}) for f in faults}
    print(f"\n{'room':12} faults caught")
    for room in [*dict.fromkeys(fault["room"] for fault in faults), "all"]:
        verdicts = [known[f["name"]]["verdict"] for f in faults if room in ("all", f["room"])]
        print(f"{room:12} {len(verdicts):6} {verdicts.count('caught'):6}")
    for name, result in known.items():
        if result["verdict"] != "caught":
            print(f"{result['verdict']}: {name} ({result.get('by') or ', '.join(result.get('ran', []))})")


def main() -> int:
    """Try the faults that have no result yet; exit with 1 where one was not caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=main.__doc__)
    parser.add_argument("--faults", type=Path, default=FAULTS, help="what to break (default: %(default)s)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results are kept")
    parser.add_argument("--marks", default="", help='which tests pytest takes, as -m does: "not slow"')
    parser.add_argument("--only", nargs="+", metavar="NAME", help="try these, whatever is known of them")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a background job
    content = tomllib.loads(options.faults.read_text("utf-8"))
    faults = content["fault"]
    results = {"suites": {}, "faults": {}}
    if options.results.is_file():
        results = json.loads(options.results.read_text("utf-8"))
    tried = {name for name, result in results["faults"].items() if result["verdict"] != "invalid"}
    names = options.only or [fault["name"] for fault in faults if fault["name"] not in tried]
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        tree = Path(folder)
        copy_tree(tree)
        build_page(tree)
        for fault in faults:
            if fault["name"] not in names:
                continue
            suites = [*fault["tests"], *content["rooms"].get(fault["room"], [])]
            result = try_fault(tree, fault, suites, results, options.marks)
            print(f"{result['verdict']}: {fault['name']} ({result['seconds']} s, {result['by']})", flush=True)
            results["faults"][fault["name"]] = result
            options.results.parent.mkdir(parents=True, exist_ok=True)
            options.results.write_text(json.dumps(results, indent=1), "utf-8")
    print_table(results, faults)
    caught = [result["verdict"] == "caught" for result in results["faults"].values()]
    return int(not all(caught) or len(caught) < len(faults))


if __name__ == "__main__":
    sys.exit(main())
