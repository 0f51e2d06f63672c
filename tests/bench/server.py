"""Measure server.py beside others, on the same files and in the same run, slow visitors among them.

    make bench PART=server

The others are nginx (Debian's package nginx-light) and the hand-written server that this one replaced, each
where it is there. Each runs in one process on this machine, and so does the load: compare a figure only with
those beside it.
"""

from __future__ import annotations

import argparse
import asyncio
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
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from server import SITE

ROOT = Path(__file__).resolve().parents[2]
WARM_UP = 0.2  # the share of the time that is not counted
PATIENCE = 60  # seconds for a server to start or to stop
REPLACED = "8074ace:server.py"

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 8192; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    gzip_static on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""


class Visitor(asyncio.Protocol):
    """A connection that asks for one file after another, and notes how long each took, in seconds."""

    def __init__(self, requests: list[bytes], first: int, times: list[tuple[float, float]]):
        self.requests, self.next, self.times = requests, first, times
        self.head, self.missing, self.failures, self.done = b"", None, 0, False
        self.answers = 0

    def connection_made(self, transport):
        """Begin."""
        self.transport = transport
        self.ask()

    def ask(self):
        """Ask for the next file."""
        self.head, self.missing, self.started = b"", None, time.perf_counter()
        self.transport.write(self.requests[self.next % len(self.requests)])
        self.next += 1

    def data_received(self, data):
        """Count what comes, and ask again once the answer is whole."""
        if self.missing is None:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self.head.startswith(b"HTTP/1.1 200 "):
                self.failures += 1
            length = int(re.search(rb"\r\n[Cc]ontent-[Ll]ength: (\d+)", self.head)[1])
            self.missing = length - (len(self.head) - end - 4)
        else:
            self.missing -= len(data)
        if self.missing == 0:
            now = time.perf_counter()
            self.times.append((now, now - self.started))
            self.answers += 1
            self.ask()

    def connection_lost(self, _):
        """Note that a server hung up in the middle of it."""
        self.failures += not self.done


async def dribble(address: tuple[str, int]) -> None:
    """Send a request that never ends, a byte a second, on connection after connection."""
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(*address)
            try:
                for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 3600:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(1)
            finally:
                writer.close()
        await asyncio.sleep(1)


async def load(port: int, paths: list[str], connections: int, slow: int, seconds: float) -> dict | None:
    """Let `connections` visitors ask for `seconds`, with `slow` others in between; give what they met.

    That is the rate per second, the median and the 99th percentile in milliseconds, the failures and how many
    visitors got no answer, or None where there were too few answers to say.
    """
    address = ("127.0.0.1", port)
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode() for path in paths
    ]
    loop = asyncio.get_running_loop()
    slow_ones = [asyncio.create_task(dribble(address)) for _ in range(slow)]
    await asyncio.sleep(1 if slow else 0)
    times, visitors = [], []
    for first in range(connections):
        _, visitor = await loop.create_connection(
            lambda first=first: Visitor(requests, first, times), *address
        )
        visitors.append(visitor)
    connected = time.perf_counter()
    await asyncio.sleep(seconds)
    ended = time.perf_counter()
    for visitor in visitors:
        visitor.done = True
        visitor.transport.abort()
    for task in slow_ones:
        task.cancel()
    await asyncio.gather(*slow_ones, return_exceptions=True)
    counted_from = connected + WARM_UP * seconds
    counted = [took for at, took in times if counted_from <= at <= ended]
    if len(counted) < 100:
        return None
    return {
        "rate": len(counted) / (ended - counted_from),
        "median": statistics.median(counted) * 1000,
        "p99": statistics.quantiles(counted, n=100)[98] * 1000,
        "failures": sum(visitor.failures for visitor in visitors),
        "unserved": sum(visitor.answers == 0 for visitor in visitors),
    }


@contextmanager
def running(command: list, port: int | None = None):
    """Run a server until the end of the block; give its port, which it prints unless it is told."""
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        if port is None:
            port = int(re.search(r":(\d+)", process.stdout.readline())[1])
        for _ in range(PATIENCE * 20):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            if process.poll() is not None:
                sys.exit(f"{command[0]} did not start: see what it wrote above.")
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


@contextmanager
def nginx(site: Path):
    """Run nginx for a site, with all that it writes in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as drawn:
        port = drawn.getsockname()[1]
        drawn.close()
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        settings = Path(folder, "nginx.conf")
        settings.write_text(NGINX.format(folder=folder, port=port, site=site.resolve(), user=user))
        with running(["nginx", "-p", folder, "-e", f"{folder}/error.log", "-c", settings], port) as port:
            yield port


@contextmanager
def python_server(script: Path, site: Path):
    """Run server.py, or an older one, for a site."""
    with running([sys.executable, script, "--host", "127.0.0.1", "--port", 0, "--site", site]) as port:
        yield port


@contextmanager
def replaced(site: Path):
    """Run the server that this one replaced."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "server.py")
        script.write_bytes(subprocess.check_output(["git", "show", REPLACED], cwd=ROOT))
        with python_server(script, site) as port:
            yield port


def servers() -> dict:
    """Name the servers that can run here, each with the function that runs it for a site."""
    found = {"server.py": partial(python_server, ROOT / "server.py")}
    if subprocess.run(["git", "cat-file", "-e", REPLACED], cwd=ROOT, capture_output=True).returncode == 0:
        found["the one it replaced"] = replaced
    if shutil.which("nginx"):
        found["nginx"] = nginx
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=SITE, help="the built site (%(default)s)")
    parser.add_argument("--connections", type=int, default=800, help="visitors at once (%(default)s)")
    parser.add_argument(
        "--slow", type=int, default=200, help="others that send a byte a second (%(default)s)"
    )
    parser.add_argument("--seconds", type=float, default=10, help="time for each figure (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="figures of each server (%(default)s)")
    options = parser.parse_args()
    if not (options.site / "index.html").exists():
        sys.exit(f"{options.site} holds no index.html: run `make site` to build the page.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    files = (path for path in sorted(options.site.rglob("*")) if path.is_file())
    # What a browser asks for: neither variants by name nor what is there for hosts alone.
    names = [path.relative_to(options.site).as_posix() for path in files if path.suffix not in (".gz", ".br")]
    paths = [f"/{name}" for name in names if not name.startswith((".", "_"))]
    print(f"{len(paths)} files, gzip where the build made it; {os.cpu_count()} cores shared with the load")
    print(f"{'':42}{'requests/s':>11}{'median ms':>11}{'99th % ms':>11}{'failures':>10}{'unserved':>10}")
    for slow, connections in ((0, options.connections), (options.slow, min(50, options.connections))):
        rates = defaultdict(list)
        for _ in range(options.rounds):  # in turns, so that what else the machine does hits all of them
            for name, start in servers().items():
                with start(options.site) as port:
                    met = asyncio.run(load(port, paths, connections, slow, options.seconds))
                if met is None:
                    sys.exit(f"{name} answered too few requests to count: give --seconds a larger number.")
                rates[name].append(met["rate"])
                label = f"{name}, {connections} visitors" + (f", {slow} slow" if slow else "")
                print(
                    f"{label:42}{met['rate']:11.0f}{met['median']:11.1f}{met['p99']:11.1f}"
                    f"{met['failures']:10d}{met['unserved']:10d}",
                    flush=True,
                )
        ours = statistics.median(rates.pop("server.py"))
        for name, others in rates.items():
            print(
                f"  server.py answers {ours / statistics.median(others):.2f} times what {name} does (medians)"
            )


if __name__ == "__main__":
    main()
