"""The container, without Docker: its files describe what works, step by step."""

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

from tests.server_process import PATIENCE, ROOT, ServerProcess

PYTHON = ROOT / ".venv" / "serve" / "bin" / "python"  # what `make site` sets up from the same two files


def stages():
    """The Dockerfile's stages, each a list of (instruction, its text)."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.findall(r"^([A-Z]+) +(.*)", re.sub(r" *\\\n *", " ", text), re.MULTILINE)
    second = [place for place, (name, _) in enumerate(lines) if name == "FROM"][1]
    return lines[:second], lines[second:]


BUILD, SERVE = stages()


def texts(stage, name):
    return [text for instruction, text in stage if instruction == name]


def is_ignored(path):
    """Whether .dockerignore keeps a path from the build: the last rule that fits counts."""
    parts = path.split("/")
    names = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    verdict = False
    for line in re.findall(r"^[^#\n]+", (ROOT / ".dockerignore").read_text(), re.MULTILINE):
        rule = re.escape(line.lstrip("!").rstrip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
        if any(re.fullmatch(rule, name) for name in names):
            verdict = not line.startswith("!")
    return verdict


def left_out(folder, names):
    return [name for name in names if is_ignored(os.path.relpath(Path(folder, name), ROOT))]


def copy(stage, folder):
    """Copy into `folder` what a stage copies; return the names of the sources."""
    sources = []
    for text in texts(stage, "COPY"):
        built, names, target = re.fullmatch(r"(--from=build )?(.+) (\S+)", text).groups()
        for source in shlex.split(names):
            assert built or not is_ignored(source), source
            path = ROOT / source.removeprefix("/digitpad/")
            place = folder / target / (path.name if target == "./" else "")
            if path.is_dir():
                shutil.copytree(path, place, ignore=None if built else left_out)
            else:
                shutil.copy2(path, place)
            sources.append(source)
    return sources


HIDDEN = [
    *(".git/config", ".venv/serve/bin/python", "node_modules/vite/x.js", "key.pem", ".env", "README.md"),
    *("training/output/model.keras", "data/mnist.npz", "webapp/dist/index.html", "webapp/src/a.tsbuildinfo"),
]


def test_nothing_else_reaches_the_build():
    assert [path for path in HIDDEN if not is_ignored(path)] == []


def test_the_page_is_built_from_what_the_build_stage_copies(tmp_path):
    assert "make site" in texts(BUILD, "RUN")
    copy(BUILD, tmp_path)
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", "site"]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    plan = subprocess.check_output(command, cwd=tmp_path, env=settings, text=True, timeout=PATIENCE)
    for step in ("environment.py serve", "node.py install", "run --silent build", "whitenoise.compress"):
        assert step in plan
    # Every file that the page is built from; a rule that hid one would show only in a container.
    folders = ("webapp/src", "webapp/public", "webapp/model", "webapp/build", ".setup")
    paths = [path for name in folders for path in (ROOT / name).rglob("*.*") if path.suffix != ".pyc"]
    assert len(paths) > 20
    assert [path for path in paths if not (tmp_path / path.relative_to(ROOT)).exists()] == []


def test_the_serving_stage_is_small_pinned_and_not_root(tmp_path):
    for stage in (BUILD, SERVE):
        assert re.fullmatch(r"[a-z]+:\d+\.\d+[\w.-]*( AS build)?", texts(stage, "FROM")[0])
    assert not re.search(r"\bnode\b|\bnpm\b|\bmake\b|apt-get|apk add", json.dumps(SERVE))
    assert "-r requirements.txt -c constraints.txt" in texts(SERVE, "RUN")[0]
    copied = copy(SERVE, tmp_path)
    assert copied == ["requirements.txt", "constraints.txt", "server.py", "/digitpad/webapp/dist"]
    assert re.match(r"[1-9]\d*", texts(SERVE, "USER")[-1])
    after = SERVE[[name for name, _ in SERVE].index("USER") :]
    assert not [name for name, _ in after if name in ("RUN", "COPY", "ADD")]


def write_nothing():
    """Let no file grow: this holds for root too, who may write in a read-only folder."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def is_healthy(port):
    """Run the command of HEALTHCHECK against a server on `port`; Docker reserves all codes but 0 and 1."""
    name, *words = json.loads(texts(SERVE, "HEALTHCHECK")[0].partition("CMD ")[2])
    assert name == "python" and "5000" in words[-1]
    command = [PYTHON, *(word.replace("5000", str(port)) for word in words)]
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


def test_the_serving_stage_serves_every_file_and_writes_none(tmp_path):
    copy(SERVE, tmp_path)
    site = tmp_path / "webapp" / "dist"
    before = sorted(tmp_path.rglob("*"))
    entry = json.loads(texts(SERVE, "ENTRYPOINT")[0])
    assert entry[0] == "python" and entry[-1] == texts(SERVE, "EXPOSE")[0] == "5000"
    assert entry[entry.index("--host") + 1] == "0.0.0.0", "a container's localhost is its own"
    command = [PYTHON, *entry[1:-1], "0"]
    with ServerProcess(None, command=command, cwd=tmp_path, preexec_fn=write_nothing) as served:
        for path in site.rglob("*"):
            if path.is_file() and path.suffix not in (".br", ".gz") and path.name[0] != ".":
                answer = served.ask(f"/{path.relative_to(site).as_posix()}")
                assert (answer.status, answer.body) == (200, path.read_bytes())
        assert is_healthy(served.port)
        assert served.stop() == (0, "")
        assert not is_healthy(served.port)
    assert sorted(tmp_path.rglob("*")) == before


def test_compose_runs_it_with_as_few_rights():
    lines = [line.strip() for line in (ROOT / "compose.yaml").read_text().splitlines()]
    for line in ("build: .", "read_only: true", "- ALL", "- no-new-privileges:true", '- "5000:5000"'):
        assert line in lines, line
