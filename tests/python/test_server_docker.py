"""The container, without Docker: that its file describes what works, step by step."""

import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.server_process import PATIENCE, ServerProcess

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / "serve" / "bin" / "python"  # what `make site` sets up from the same two files


def instructions():
    """The Dockerfile as a list of stages, each a list of (instruction, its text)."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = [line.split(maxsplit=1) for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    stages = []
    for name, rest in lines:
        if name == "FROM":
            stages.append([])
        stages[-1].append((name, " ".join(rest.split())))
    return stages


BUILD, SERVE = instructions()


def texts(stage, name):
    return [text for instruction, text in stage if instruction == name]


def copies(stage):
    """What a stage copies: (the stage it comes from or None, source, target folder or name)."""
    for text in texts(stage, "COPY"):
        found = re.fullmatch(r"(?:--from=(\w+) )?(.+) (\S+)", text)
        for source in shlex.split(found[2]):
            yield found[1], source, found[3]


def is_ignored(path):
    """Tell whether .dockerignore keeps a path from the build: the last rule that fits counts."""
    parts = path.split("/")
    names = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    verdict = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        rule = re.escape(line.lstrip("!").rstrip("/"))
        rule = rule.replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
        if any(re.fullmatch(rule, name) for name in names):
            verdict = not line.startswith("!")
    return verdict


def copy(stage, folder):
    """Make in `folder` what a stage copies into its own."""
    for origin, source, target in copies(stage):
        place = folder / target / (Path(source).name if target == "./" else "")
        if origin:
            assert origin == "build" and source == "/digitpad/webapp/dist"
            shutil.copytree(ROOT / "webapp" / "dist", place)
        elif (ROOT / source).is_dir():

            def left_out(here, names):
                return [name for name in names if is_ignored(os.path.relpath(Path(here, name), ROOT))]

            shutil.copytree(ROOT / source, place, ignore=left_out)
        else:
            shutil.copy2(ROOT / source, place)


def test_both_stages_start_from_pinned_images_of_docker_io():
    for stage in (BUILD, SERVE):
        image = texts(stage, "FROM")[0].split()[0]
        assert re.fullmatch(r"[a-z]+:\d+\.\d+[\w.-]*", image), image
    assert texts(BUILD, "FROM")[0].endswith(" AS build")


def test_what_is_copied_is_there_and_reaches_the_build():
    for stage in (BUILD, SERVE):
        for origin, source, _ in copies(stage):
            if origin is None:
                assert (ROOT / source).exists(), source
                assert not is_ignored(source), source


@pytest.mark.parametrize(
    "path",
    [
        *(".git", ".git/config", ".venv/serve/bin/python", "node_modules/vite/x.js", "key.pem", ".env"),
        *("training/output/model.keras", "data/mnist.npz", "webapp/dist/index.html", "tests/python/x.py"),
        *("webapp/node_modules/x.js", "webapp/src/a/__pycache__/x.pyc", "webapp/a.tsbuildinfo", "README.md"),
    ],
)
def test_nothing_else_reaches_the_build(path):
    assert is_ignored(path)


def test_the_page_is_built_from_what_the_build_stage_copies(tmp_path):
    assert "make site" in texts(BUILD, "RUN")
    copy(BUILD, tmp_path)
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", "site"]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    plan = subprocess.check_output(command, cwd=tmp_path, env=settings, text=True, timeout=PATIENCE)
    for step in ("environment.py serve", "node.py install", "run --silent build", "whitenoise.compress"):
        assert step in plan
    # Every file that the page is built from is there; a rule that hid one would show only in a container.
    folders = [
        ROOT / name for name in ("webapp/src", "webapp/public", "webapp/model", "webapp/build", ".setup")
    ]
    sources = [path for folder in folders for path in folder.rglob("*.*") if "__pycache__" not in path.parts]
    assert len(sources) > 20
    assert [path for path in sources if not (tmp_path / path.relative_to(ROOT)).exists()] == []


def test_the_serving_stage_holds_nothing_that_only_builds():
    text = json.dumps(SERVE)
    assert not re.search(r"\bnode\b|\bnpm\b|\bmake\b|apt-get|apk add", text)
    assert "-r requirements.txt -c constraints.txt" in texts(SERVE, "RUN")[0]
    assert {source for _, source, _ in copies(SERVE)} == {
        *("requirements.txt", "constraints.txt", "server.py"),
        "/digitpad/webapp/dist",
    }


def test_it_does_not_run_as_root():
    user = texts(SERVE, "USER")[-1].split(":")[0]
    assert user.isdecimal() and int(user) > 0
    after = SERVE[[name for name, _ in SERVE].index("USER") :]
    assert not [name for name, _ in after if name in ("RUN", "COPY", "ADD")]


def write_nothing():
    """Let no file grow: to root, who may write in a read-only folder, this applies too."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def is_healthy(port):
    """Run the command of HEALTHCHECK against a server on `port`; Docker reserves all codes but 0 and 1."""
    check = texts(SERVE, "HEALTHCHECK")[0]
    command = json.loads(check[check.index("CMD ") + 4 :])
    assert command[0] == "python" and "5000" in command[-1]
    command = [PYTHON, *(word.replace("5000", str(port)) for word in command[1:])]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE)
    assert done.returncode in (0, 1)
    return done.returncode == 0


def test_a_server_without_that_answer_is_not_healthy(tmp_path):
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        assert not is_healthy(other.server_port)
        (tmp_path / "healthz").write_text("ok")
        assert is_healthy(other.server_port)
        other.shutdown()


def contents(folder):
    return {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in folder.rglob("*")}


def test_the_files_of_the_serving_stage_serve_from_a_folder_that_can_not_be_written(tmp_path):
    folder = tmp_path / "digitpad"
    folder.mkdir()
    copy(SERVE, folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = contents(folder)
    entry = json.loads(texts(SERVE, "ENTRYPOINT")[0])
    assert entry[0] == "python" and entry[-1] == texts(SERVE, "EXPOSE")[0] == "5000"
    assert entry[entry.index("--host") + 1] == "0.0.0.0", "a container's localhost is its own"
    command = [PYTHON, *entry[1:-1], "0"]
    try:
        with ServerProcess(None, command=command, cwd=folder, preexec_fn=write_nothing) as served:
            for path in sorted((folder / "webapp" / "dist").rglob("*")):
                if path.is_file() and path.suffix not in (".br", ".gz") and path.name[0] != ".":
                    asked = served.ask("/" + path.relative_to(folder / "webapp" / "dist").as_posix())
                    assert asked.status == 200 and asked.body == path.read_bytes()
            assert b"digitpad" in served.ask("/").body.lower()
            assert is_healthy(served.port)
            assert served.stop() == (0, "")
            assert not is_healthy(served.port)
        assert contents(folder) == before
    finally:
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)


def test_compose_runs_it_with_as_few_rights():
    lines = [line.strip() for line in (ROOT / "compose.yaml").read_text().splitlines()]
    for line in ("build: .", "read_only: true", "- ALL", "- no-new-privileges:true", '- "5000:5000"'):
        assert line in lines, line
