"""server.py as its visitors meet it: a real process, asked over real HTTP."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import ssl
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds after which a silent server counts as hung


def read_all(connection: socket.socket) -> bytes:
    """Read until the other side closes."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


class ServerProcess:
    """A running server: its process, the address that it printed, and requests to it.

    stop() and start() keep the port, as if it came back.
    """

    def __init__(
        self,
        site: Path | None,
        *options: object,
        host: str | None = "127.0.0.1",
        settings: str = "",
        command: list | None = None,
        **process: object,
    ):
        """Start `python server.py`, or another `command`, and wait until it listens.

        `settings` are lines of Python that run before it starts, such as "server.PATIENCE = 1"; `process` are
        arguments of subprocess.Popen.
        """
        self.site, self.options, self.asked_host, self.command = site, options, host, command
        self.settings, self.how = settings, process
        self.port = 0
        self.process: subprocess.Popen | None = None
        self.output = ""
        self.start()

    def start(self, settings: str | None = None) -> None:
        """Start it, again if it was stopped; with other `settings` if they are given."""
        self.settings = self.settings if settings is None else settings
        script = ["-c", f"import server\n{self.settings}\nserver.main()"] if self.settings else ["server.py"]
        host = [] if self.asked_host is None else ["--host", self.asked_host]
        command = [sys.executable, *script, "--site", self.site, "--port", self.port, *host, *self.options]
        self.process = subprocess.Popen(
            [str(word) for word in self.command or command],
            **{"cwd": ROOT, "text": True, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **self.how},
        )
        self.line = self.process.stdout.readline()
        found = re.search(r"(https?)://(\[.+\]|[\w.]+):(\d+)", self.line)
        assert found, (self.line, self.process.stderr.read())
        self.secure = found[1] == "https"
        self.host, self.port = found[2].strip("[]"), int(found[3])
        self.url = f"{found[0]}/"

    def __enter__(self) -> ServerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def connect(self) -> socket.socket:
        """Open a connection, with TLS where the server printed an https address."""
        plain = socket.create_connection((self.host, self.port), timeout=PATIENCE)
        if not self.secure:
            return plain
        cert = self.process.args[self.process.args.index("--cert") + 1]
        return ssl.create_default_context(cafile=cert).wrap_socket(plain, server_hostname=self.host)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        """Send one request; give the answer, with its `body`."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        connection.sock = self.connect()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.body = response.read()
        connection.close()
        return response

    def ask_raw(self, target: bytes) -> bytes:
        """Send a request line that a client library would refuse or tidy."""
        return self.send(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    def send(self, data: bytes) -> bytes:
        """Send bytes, and read what comes until the server closes the connection."""
        with self.connect() as connection:
            connection.sendall(data)
            return read_all(connection)

    def stop(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        """Tell it to stop, if it has not ended by itself; give what finish() does."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.finish()

    def finish(self) -> tuple[int, str]:
        """Wait for the end; give the exit code and what was written as errors. `output` holds the rest."""
        if self.process.stdout is None or not self.process.stdout.closed:
            self.output, self.errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, self.errors
