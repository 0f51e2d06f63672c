"""The two commands on a fresh machine: a small Debian that has only Python, make and git."""

import os
import re
import shutil
import socket
import subprocess
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
MIRROR = "deb.debian.org"
CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")
FOLDER = "/srv/my digit pad"
OWNER, STRANGER = "1000:1000", "1001:1001"
PATIENCE = 900  # seconds after which a silent step counts as hung

# What no step of these tests needs, and what takes most of the time and space of the set-up.
BIG = re.compile(r"^(tensorflow|tf-keras|ydf|matplotlib)")

# How this machine reaches the package indexes: proxies, mirrors, certificates.
NETWORK = re.compile(r"(PIP_|npm_config_|SSL_CERT|NODE_EXTRA_CA).*|.*_proxy", re.IGNORECASE)


def what_lacks():
    """Say why this machine can't make another one; None if it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root can make a small Debian"
    if not all(map(shutil.which, ("debootstrap", "unshare"))):
        return "debootstrap and unshare make a small Debian, and one of them is not installed"
    try:
        socket.create_connection((MIRROR, 80), timeout=10).close()
    except OSError as error:
        return f"{MIRROR} can't be reached: {error}"
    return None


LACKING = what_lacks()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(LACKING is not None, reason=str(LACKING))]


class Machine:
    """A Debian in a folder, with this working tree in FOLDER."""

    def __init__(self, folder, suite):
        self.folder = folder
        packages = "--include=python3,make,git,ca-certificates"
        run(["debootstrap", "--variant=minbase", packages, suite, folder, f"http://{MIRROR}/debian"])
        for path in (CERTIFICATES, Path("etc/resolv.conf")):
            if (Path("/") / path).exists():
                shutil.copy(Path("/") / path, folder / path)
        (folder / "etc" / "hosts").write_text("127.0.0.1 localhost\n")  # as an installer does
        folder.chmod(0o755)  # it is the root of users who may not read pytest's folders
        self.tree = folder / FOLDER.lstrip("/")
        names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
        for name in filter(None, names):
            (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.tree / name)
        run(["chown", "-R", OWNER, self.tree])

    def command(self, line, user):
        """Return the arguments of subprocess for a shell's line in the working tree, and its environment."""
        mounts = 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev"'
        enter = f'{mounts} && exec chroot --userspec="$2" "$1" sh -c "$3"'
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", enter, "sh"]
        network = {name: value for name, value in os.environ.items() if NETWORK.fullmatch(name)}
        own = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"}
        return {
            "args": [*apart, self.folder, user, f"cd '{FOLDER}' && {line}"],
            "env": own | network,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
            "text": True,
        }

    def ask(self, line, user=OWNER):
        """Run a line; return its exit status and what it said."""
        done = subprocess.run(**self.command(line, user), timeout=PATIENCE)
        return done.returncode, done.stdout

    @contextmanager
    def serving(self):
        """Run `make run`; yield the page that answers, and what make said before."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with subprocess.Popen(**self.command(f"exec make run PORT={port}", OWNER)) as process:
            try:
                said = ""
                for line in process.stdout:  # ends when make does
                    said += line
                    if "Digitpad is at" in line:
                        break
                assert "Digitpad is at" in said, said
                with urllib.request.urlopen(f"http://localhost:{port}/", timeout=60) as answer:
                    yield answer.read().decode(), said
            finally:
                # Its first process takes the machine with it; --kill-child ends with the change of user.
                for first in psutil.Process(process.pid).children():
                    first.kill()


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


@pytest.fixture(scope="module", params=["bookworm", "trixie"])
def machine(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    yield Machine(folder, request.param)
    shutil.rmtree(folder)


def test_a_fresh_machine_runs_both_commands(machine, request):
    code, said = machine.ask("make run", STRANGER)
    assert code != 0
    assert f"\nYou may not write {FOLDER}/.venv: use a copy" in said
    assert "Traceback" not in said

    with machine.serving() as (page, said):
        assert "<title>" in page
        assert "Building the page" in said
    with machine.serving() as (page, said):
        assert "<title>" in page
        assert said.count("\n") == 1

    code, said = machine.ask("make test")
    assert (code, "sudo apt install chromium" in said.splitlines()[0]) == (2, True), said
    assert not (machine.tree / ".venv" / "train").exists()

    if "trixie" in request.node.name:
        return  # its Python is too new for TensorFlow; a fitting one comes from the internet
    install = "apt-get update -qq && apt-get install -qq --no-install-recommends chromium"
    code, said = machine.ask(install, "0:0")
    assert code == 0, said[-3000:]
    assert not list(machine.folder.glob("usr/lib/*/libatomic.so*"))
    for room in ("training", "export"):
        path = machine.tree / room / "requirements.txt"
        path.write_text("\n".join(line for line in path.read_text().splitlines() if not BIG.match(line)))
    code, said = machine.ask('make test ARGS="tests/browser/test_reading.py tests/python/test_budget.py"')
    assert code == 0, said[-3000:]
    assert re.search(r"\d+ passed.*\nmake test passed after \d+ s\n$", said), said[-3000:]
    with machine.serving() as (_, said):
        assert said.count("\n") == 1
