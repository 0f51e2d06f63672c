"""server.py as its visitors meet it: a real process, asked over real HTTP."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds after which a silent server counts as hung


class ServerProcess:
    """A running server: its process, the address that it printed, and requests to it.

    stop() and start() keep the port, as if the server had been restarted.
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

        `settings` are lines of Python that run before it starts; `process` are arguments of subprocess.Popen.
        """
        self.site, self.options, self.asked_host, self.command = site, options, host, command
        self.settings, self.how = settings, process
        self.port = 0
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
            start_new_session=True,
        )
        line = self.process.stdout.readline()
        found = re.search(r"https?://(\[.+\]|[\w.]+):(\d+)", line)
        assert found, (line, self.process.stderr.read())
        self.host, self.port = found[1].strip("[]"), int(found[2])
        self.url = f"{found[0]}/"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()

    def kill(self) -> None:
        """End it and what it started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection((self.host, self.port), timeout=PATIENCE)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        """Send one request; return the answer, with its `body`."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.body = response.read()
        connection.close()
        return response

    def send(self, data: bytes, end: bool = False) -> bytes:
        """Send bytes, with `end` the last ones, and read until the server closes the connection."""
        with self.connect() as connection, suppress(ConnectionError):
            connection.sendall(data)
            if end:
                with suppress(OSError):  # the server may have hung up
                    connection.shutdown(socket.SHUT_WR)
            return self.read(connection)
        return b""

    @staticmethod
    def read(connection: socket.socket) -> bytes:
        """Read until the other side closes."""
        return b"".join(iter(lambda: connection.recv(65536), b""))

    def stop(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        """Stop it if it runs; return its exit code and its errors. `output` holds what it printed."""
        if how == signal.SIGKILL:
            self.kill()
        elif self.process.poll() is None:
            self.process.send_signal(how)
        if not self.process.stdout.closed:
            self.output, self.errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, self.errors
