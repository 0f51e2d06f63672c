"""Measure server.py beside others, on the same files and in the same run, slow visitors among them.

    make bench PART=server

The others are nginx (Debian's package nginx-light) and the hand-written server that this one replaced, if
they are there: a copy without git or the project's history lacks the older server, which also needs waitress.
Each has one process that answers, on this machine, and so has the load: compare a figure only with those
beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from server import SITE
from tests.server_process import ROOT, ServerProcess

WARM_UP = 0.2  # the share of the time that is not counted
FEWEST = 100  # answers that a figure needs
REPLACED = "8074ace:server.py"

# Paths are relative to the folder that nginx is started for.
NGINX = """
worker_processes 1;
pid nginx.pid;
{user}
events {{ worker_connections 8192; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    gzip_static on;
    keepalive_requests 1000000;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""


class Visitor(asyncio.Protocol):
    """A connection that sends one request after another."""

    def __init__(self, requests: Iterator[bytes]):
        self.requests = requests
        self.answers: list[
            tuple[float, float, bool]
        ] = []  # when each ended, its seconds, whether it was a 200

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        """Send the next request."""
        self.start, self.received, self.size = b"", 0, None
        self.started = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        """Count the bytes, and ask again once the answer is whole."""
        self.received += len(data)
        if self.size is None:
            self.start += data
            head, end, _ = self.start.partition(b"\r\n\r\n")
            if not end:
                return
            length = re.search(rb"\r\n[Cc]ontent-[Ll]ength: (\d+)", head)[1]
            self.size = len(head) + len(end) + int(length)
        if self.received == self.size:
            now = time.perf_counter()
            self.answers.append((now, now - self.started, self.start.startswith(b"HTTP/1.1 200 ")))
            self.ask()


async def dribble(port: int) -> None:
    """Send a request that never ends, a byte a second, on connection after connection."""
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 3600:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(1)
            finally:
                writer.close()
        await asyncio.sleep(1)


async def load(
    port: int, paths: list[str], connections: int, slow: int, seconds: float
) -> tuple[float, list[float], int, int]:
    """Let `connections` visitors ask for `seconds`, with `slow` others in between.

    Return the counted seconds, how many seconds each answer in them took, the failures, and how many visitors
    got no answer.
    """
    head = "HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
    requests = [f"GET {path} {head}".encode() for path in paths]
    slow_ones = [asyncio.create_task(dribble(port)) for _ in range(slow)]
    await asyncio.sleep(1 if slow else 0)
    visitors = []
    for first in range(connections):
        visitor = Visitor(itertools.islice(itertools.cycle(requests), first % len(requests), None))
        visitors.append(visitor)
        await asyncio.get_running_loop().create_connection(lambda one=visitor: one, "127.0.0.1", port)
    connected = time.perf_counter()
    await asyncio.sleep(seconds)
    ended = time.perf_counter()
    failures = sum(visitor.transport.is_closing() for visitor in visitors)  # the server hung up
    for visitor in visitors:
        visitor.transport.abort()
    for task in slow_ones:
        task.cancel()
    await asyncio.gather(*slow_ones, return_exceptions=True)
    counted_from = connected + WARM_UP * seconds
    answers = [answer for visitor in visitors for answer in visitor.answers]
    took = [took for at, took, _ in answers if counted_from <= at <= ended]
    failures += sum(not succeeded for *_, succeeded in answers)
    return ended - counted_from, took, failures, sum(not visitor.answers for visitor in visitors)


@contextmanager
def python_server(script: Path, site: Path) -> Iterator[int]:
    """Run server.py, or an older one, for a site; yield its port."""
    command = [sys.executable, script, "--host", "127.0.0.1", "--port", 0, "--site", site]
    with ServerProcess(site, command=command) as server:
        yield server.port


@contextmanager
def nginx(site: Path) -> Iterator[int]:
    """Run nginx for a site, with all that it writes in a folder that goes afterwards; yield its port."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        user = "user root;" if os.geteuid() == 0 else ""
        Path(folder, "nginx.conf").write_text(NGINX.format(port=port, site=site.resolve(), user=user))
        command = ["nginx", "-p", folder, "-e", "error.log", "-c", "nginx.conf"]
        subprocess.run(command, check=True)  # it goes on in the background once it listens
        try:
            yield port
        finally:
            subprocess.run([*command, "-s", "stop"], check=True)


def servers(folder: Path) -> dict:
    """Return the servers that can run here, by name, each as a function that runs it for a site."""
    found = {"server.py": partial(python_server, ROOT / "server.py")}
    if shutil.which("git") and find_spec("waitress"):  # which it stood behind, and nothing else needs
        shown = subprocess.run(["git", "show", REPLACED], cwd=ROOT, capture_output=True)
        if shown.returncode == 0:
            (folder / "server.py").write_bytes(shown.stdout)
            found["the one it replaced"] = partial(python_server, folder / "server.py")
    if shutil.which("nginx"):
        found["nginx"] = nginx
    return found


def site_paths() -> list[str]:
    """Return what a browser asks for: neither variants by name nor what is there for hosts alone."""
    files = [path for path in sorted(SITE.rglob("*")) if path.is_file() and path.suffix not in (".gz", ".br")]
    names = [path.relative_to(SITE).as_posix() for path in files]
    return [f"/{name}" for name in names if not name.startswith((".", "_"))]


def compare(found: dict, paths: list[str], connections: int, slow: int, options: argparse.Namespace) -> None:
    """Measure each server with so many visitors, and print the figures."""
    rates = defaultdict(list)
    for _ in range(options.rounds):  # in turns, so that what else the machine does hits all of them
        for name, start in found.items():
            with start(SITE) as port:
                met = asyncio.run(load(port, paths, connections, slow, options.seconds))
            seconds, took, failures, unserved = met
            if len(took) < FEWEST:
                sys.exit(f"{name} answered too few requests to count: give --seconds a larger number.")
            rates[name].append(len(took) / seconds)
            median, p99 = 1000 * statistics.median(took), 1000 * statistics.quantiles(took, n=100)[98]
            label = f"{name}, {connections} visitors" + (f", {slow} slow" if slow else "")
            figures = f"{rates[name][-1]:11.0f}{median:11.1f}{p99:11.1f}{failures:10d}{unserved:10d}"
            print(f"{label:42}{figures}", flush=True)
    ours = statistics.median(rates.pop("server.py"))
    for name, others in rates.items():
        print(f"  server.py answers {ours / statistics.median(others):.2f} times what {name} does (medians)")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=800, help="visitors at once (%(default)s)")
    parser.add_argument("--slow", type=int, default=200, help="others: a byte a second (%(default)s)")
    parser.add_argument("--seconds", type=float, default=10, help="time for each figure (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="figures of each server (%(default)s)")
    options = parser.parse_args()
    if not (SITE / "index.html").exists():
        sys.exit(f"{SITE} holds no index.html: run `make site` to build the page.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    paths = site_paths()
    print(f"{len(paths)} files, gzip where the build made it; {os.cpu_count()} cores shared with the load")
    print(f"{'':42}{'requests/s':>11}{'median ms':>11}{'99th % ms':>11}{'failures':>10}{'unserved':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for slow, connections in ((0, options.connections), (options.slow, min(50, options.connections))):
            compare(servers(Path(folder)), paths, connections, slow, options)


if __name__ == "__main__":
    main()
