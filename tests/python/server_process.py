"""A made site, and server.py as its visitors meet it: a real process, asked over real HTTP."""

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from pathlib import Path

from tests.python.server_certificate import certificate

SERVER = Path(__file__).resolve().parents[2] / "server.py"
PATIENCE = 60  # seconds after which a silent server counts as hung

SCRIPT = "export const answer = 42;\n" * 200
FILES = {
    "index.html": "<!doctype html><title>Made site</title><p>" + "digit " * 300,
    "sw.js": "self.addEventListener('fetch', () => {});\n" * 40,
    "manifest.webmanifest": '{"name": "Made site"}',
    "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "api/digitpad.js": "export const rasterizeInk = () => 1;\n" * 40,
    "assets/page-Ab_3-9xZ.js": SCRIPT,
    "assets/page-0a1b2c3d.css": "p { color: red }\n" * 40,
    "assets/engine-DEADbeef.wasm": b"\0asm" + bytes(range(256)) * 8,
    "assets/plain.js": SCRIPT,
    "model/0123456789ab/model.json": '{"format": "layers-model"}' + " " * 900,
    "model/0123456789ab/weights.bin": os.urandom(4096),
    "model/notes.txt": "not named by its content",
    ".hidden/key.txt": "not for visitors",
    ".env": "not for visitors",
}
SECURITY = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
]
SECRET = "the secret outside"


def content(name):
    data = FILES[name]
    return data if isinstance(data, bytes) else data.encode()


def build(folder):
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(name))
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "-q", folder], check=True, timeout=PATIENCE)


def link_astray(site, outside):
    """Put links into a site: to a secret file outside, to the folder that holds it, and in a circle."""
    (site / "leak.txt").symlink_to(outside / "secret.txt")
    (site / "leaks").symlink_to(outside)
    (site / "loop").symlink_to(site)


def read_all(connection):
    """Read until the other side closes."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


class Served:
    """A running server: its process, the address that it printed, and requests to it."""

    def __init__(self, site, *options, script=SERVER, command=None, **settings):
        """Start server.py, another `script` that does the same, or another `command`, until it listens."""
        self.process = subprocess.Popen(
            command or [sys.executable, script, "--site", site, "--port", "0", *map(str, options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **settings,
        )
        self.line = self.process.stdout.readline()
        found = re.search(r"(https?)://(\[.+\]|[\w.]+):(\d+)", self.line)
        assert found, (self.line, self.process.stderr.read())
        self.secure = found[1] == "https"
        self.host, self.port = found[2].strip("[]"), int(found[3])
        self.output = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def connect(self):
        """Open a connection, with TLS where the server prints an https address."""
        plain = socket.create_connection((self.host, self.port), timeout=PATIENCE)
        if not self.secure:
            return plain
        trusting = ssl.create_default_context(cafile=certificate() / "cert.pem")
        return trusting.wrap_socket(plain, server_hostname=self.host)

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        connection.sock = self.connect()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.body = response.read()
        connection.close()
        return response

    def ask_raw(self, target):
        """Send a request line that a client library would refuse or tidy."""
        return self.send(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    def send(self, data):
        """Send bytes, and read what comes until the server closes the connection."""
        with self.connect() as connection:
            connection.sendall(data)
            return read_all(connection)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.finish()

    def finish(self):
        """Wait for the end; give the exit code and what was written as errors. `output` holds the rest."""
        self.output, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


def hasty(folder, setting):
    """Write a script that is the same server with less patience, in seconds."""
    lines = ["import sys", f"sys.path.insert(0, {str(SERVER.parent)!r})", "import server", setting]
    (folder / "hasty.py").write_text("\n".join([*lines, "server.main()"]))
    return folder / "hasty.py"


def refusal(*options):
    """Run the server where it can't serve; give its one sentence."""
    done = subprocess.run(
        [sys.executable, SERVER, *map(str, options)], capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.endswith(".\n")
    assert done.stderr.count("\n") == 1
    return done.stderr
