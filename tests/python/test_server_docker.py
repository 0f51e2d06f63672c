"""The container, without Docker: that its files describe what works, step by step."""

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

from tests.server_process import PATIENCE, ROOT, ServerProcess

PYTHON = ROOT / ".venv" / "serve" / "bin" / "python"  # what `make site` sets up from the same two files


def stages():
    """The Dockerfile's stages, each a list of (instruction, its text)."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    lines = [
        (name, " ".join(rest.split())) for name, rest in re.findall(r"^([A-Z]+) +(.*)", text, re.MULTILINE)
    ]
    starts = [place for place, (name, _) in enumerate(lines) if name == "FROM"]
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


BUILD, SERVE = stages()


def texts(stage, name):
    return [text for instruction, text in stage if instruction == name]


def is_ignored(path):
    """Whether .dockerignore keeps a path from the build: the last rule that fits counts."""
    parts = path.split("/")
    names = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    verdict = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        rule = re.escape(line.lstrip("!").rstrip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
        if line.strip() and not line.startswith("#") and any(re.fullmatch(rule, name) for name in names):
            verdict = not line.startswith("!")
    return verdict


def copy(stage, folder):
    """Copy into `folder` what a stage copies; return the names of the sources."""
    sources = []
    for text in texts(stage, "COPY"):
        origin, names, target = re.fullmatch(r"(?:--from=(\w+) )?(.+) (\S+)", text).groups()
        for source in shlex.split(names):
            place = folder / target / (Path(source).name if target == "./" else "")
            path = ROOT / (source.removeprefix("/digitpad/") if origin else source)
            assert origin or not is_ignored(source), source

            def left_out(here, names, built=origin):
                return [
                    name
                    for name in names
                    if not built and is_ignored(os.path.relpath(Path(here, name), ROOT))
                ]

            shutil.copytree(path, place, ignore=left_out) if path.is_dir() else shutil.copy2(path, place)
            sources.append(source)
    return sources


@pytest.mark.parametrize(
    "path",
    [
        *(".git/config", ".venv/serve/bin/python", "node_modules/vite/x.js", "key.pem", ".env", "README.md"),
        *(
            "training/output/model.keras",
            "data/mnist.npz",
            "webapp/dist/index.html",
            "webapp/src/a.tsbuildinfo",
        ),
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
    # Every file that the page is built from; a rule that hid one would show only in a container.
    folders = ("webapp/src", "webapp/public", "webapp/model", "webapp/build", ".setup")
    sources = [
        path for name in folders for path in (ROOT / name).rglob("*.*") if path.parent.name != "__pycache__"
    ]
    assert len(sources) > 20
    assert [path for path in sources if not (tmp_path / path.relative_to(ROOT)).exists()] == []


def test_the_serving_stage_is_small_pinned_and_not_root(tmp_path):
    for stage in (BUILD, SERVE):
        assert re.fullmatch(r"[a-z]+:\d+\.\d+[\w.-]*( AS build)?", texts(stage, "FROM")[0])
    assert not re.search(r"\bnode\b|\bnpm\b|\bmake\b|apt-get|apk add", json.dumps(SERVE))
    assert "-r requirements.txt -c constraints.txt" in texts(SERVE, "RUN")[0]
    assert copy(SERVE, tmp_path) == [
        *("requirements.txt", "constraints.txt", "server.py"),
        "/digitpad/webapp/dist",
    ]
    user = texts(SERVE, "USER")[-1].split(":")[0]
    assert user.isdecimal() and int(user) > 0
    after = SERVE[[name for name, _ in SERVE].index("USER") :]
    assert not [name for name, _ in after if name in ("RUN", "COPY", "ADD")]


def write_nothing():
    """Let no file grow: this holds for root too, who may write in a read-only folder."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def is_healthy(port):
    """Run the command of HEALTHCHECK against a server on `port`; Docker reserves all codes but 0 and 1."""
    check = texts(SERVE, "HEALTHCHECK")[0]
    name, *words = json.loads(check[check.index("CMD ") + 4 :])
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
