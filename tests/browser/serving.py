"""Servers for the browser tests: other hosts, and the application of server.py with a log."""

from __future__ import annotations

import mimetypes
import re
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import waitress
from playwright.sync_api import Error, Page, Route

from server import create_app
from tests.server_process import ROOT as ROOT

# What makes server.py kill itself in the place of an answer too many.
DYING = """
import os, signal

make, answers = server.create_app, {answers}

def create_app(*arguments):
    app = make(*arguments)
    serve = app.wsgi_app

    def serve_or_die(environ, start_response):
        global answers
        answers -= 1
        if answers < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return serve(environ, start_response)

    app.wsgi_app = serve_or_die
    return app

server.create_app = create_app
"""


class StaticServer:
    """`python -m http.server`: a host without compression, rewrites, caching headers or security headers."""

    def __init__(self, folder: Path, log: Path):
        self.log = log
        command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
        pipe = subprocess.PIPE
        with log.open("w") as noted:
            self.process = subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=noted, text=True)
        said = self.process.stdout.readline()
        found = re.search(r"port (\d+)", said)
        assert found, f"http.server did not say where it listens: {said!r}"
        self.url = f"http://127.0.0.1:{found[1]}/"

    def sent(self) -> list[str]:
        """The paths of the files that were sent whole, in order."""
        return re.findall(r'"GET (\S+) HTTP/[\d.]+" 200', self.log.read_text())

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@dataclass
class LoggedServer:
    """The application that server.py serves, with every answer noted as (path, status, bytes of its body)."""

    url: str = ""
    log: list[tuple[str, int, int]] = field(default_factory=list)
    prefetched: list[str] = field(default_factory=list)  # those of the paths that a browser asked for ahead

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.log]


@contextmanager
def many_sites(sites: dict[str, Path]):
    """Serve each folder as a site of its own, by names that browsers know as local; gives the addresses."""
    apps = {name: create_app(folder) for name, folder in sites.items()}

    def application(environ, start_response):
        return apps[environ["HTTP_HOST"].split(".")[0]](environ, start_response)

    # A browser holds several connections to each site, for minutes.
    server = waitress.create_server(
        application, host="127.0.0.1", port=0, threads=8, connection_limit=2000, asyncore_use_poll=True
    )
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield {name: f"http://{name}.localhost:{server.effective_port}/" for name in sites}
    finally:
        server.close()


@contextmanager
def logged_server(site: Path):
    """Serve `site` from a thread and note what is sent."""
    app = create_app(site)
    logged = LoggedServer()

    def application(environ, start_response):
        note = {}

        def start(status, headers, exc_info=None):
            note["status"] = int(status.split()[0])
            note["bytes"] = int(dict(headers).get("Content-Length", 0))
            return start_response(status, headers, exc_info)

        body = app(environ, start)
        sent = note["bytes"] if environ["REQUEST_METHOD"] == "GET" and note["status"] == 200 else 0
        logged.log.append((environ["PATH_INFO"], note["status"], sent))
        if environ.get("HTTP_SEC_PURPOSE") == "prefetch":
            logged.prefetched.append(environ["PATH_INFO"])
        return body

    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=8)
    logged.url = f"http://127.0.0.1:{server.effective_port}/"
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield logged
    finally:
        server.close()


PLAIN_HTTP = (
    "http://digitpad.test/"  # to a browser a name that is not localhost is like any address on the LAN
)


def serve_over_plain_http(page: Page, site: Path, replaced: dict[str, bytes] | None = None) -> None:
    """Answer requests to PLAIN_HTTP from the folder `site`, with other content for some file names."""

    def answer(route: Route) -> None:
        path = site / (route.request.url.removeprefix(PLAIN_HTTP) or "index.html")
        body = (replaced or {}).get(path.name, path.read_bytes())
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        with suppress(Error):  # who asked may have gone: a worker is ended as soon as one file is wrong
            route.fulfill(body=body, content_type=content_type)

    page.route(PLAIN_HTTP + "**", answer)
