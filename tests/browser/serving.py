"""The application of server.py as tests serve it: it notes answers, damages files, or dies."""

import logging
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page
from werkzeug import Response
from werkzeug.serving import BaseWSGIServer, make_server

from server import create_app
from tests.server_process import ROOT as ROOT

SITE = ROOT / "webapp" / "dist"
logging.getLogger("werkzeug").setLevel(logging.ERROR)  # no line for each request

# Makes server.py kill itself instead of sending one answer too many.
DYING = """
import multiprocessing, os, signal

multiprocessing.set_start_method("fork")  # what answers inherits the following
make, left = server.create_app, iter(range({answers}))

def create_app(*arguments):
    app = make(*arguments)

    def answer_or_die(environ, start_response, answer=app.wsgi_app):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer(environ, start_response)

    app.wsgi_app = answer_or_die
    return app

server.create_app = create_app
"""


class LoggedServer:
    """The application that server.py serves. It notes every answer, and can send files damaged."""

    def __init__(self, site: Path):
        self.app = create_app(site)
        self.log: list[tuple[str, int, int]] = []  # path, status, bytes of the body
        # Path, or name of the site and path, to "missing", "cut" (to its half), "flipped" (one bit) or "late"
        # (its second half). With a name only on http://name.localhost, which is an origin of its own.
        self.damaged: dict[str, str] = {}
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.port}/"
        # Browsers do not trust this address: it is like one on the LAN.
        self.plain_url = f"http://digitpad.test:{self.server.port}/"

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.log]

    def not_asked_for(self, page: Page, *patterns: str) -> list[str]:
        """Let a page run until paths of all patterns were asked for, or half a minute; return the rest."""
        for _ in range(600):
            rest = [one for one in patterns if not any(re.search(one, path) for path in self.paths())]
            if not rest:
                break
            page.wait_for_timeout(50)
        return rest

    def url_of(self, name: str) -> str:
        """Return the address of the same site under another origin."""
        return f"http://{name}.localhost:{self.server.port}/"

    def answer(self, environ, start_response):
        """Answer one request, as WSGI has it."""
        path = environ["PATH_INFO"]
        named = "/index.html" if path == "/" else path
        name = environ["HTTP_HOST"].split(".")[0]
        how = self.damaged.get(named) or self.damaged.get(name + named)
        if how == "missing":
            environ = environ | {"PATH_INFO": "/no-such-file"}
        elif how is not None:  # whole, and as it is on the disk
            kept = {key for key in environ if not key.startswith(("HTTP_ACCEPT_ENCODING", "HTTP_IF_"))}
            environ = {key: environ[key] for key in kept}
        response = Response.from_app(self.app, environ, buffered=True)
        body = response.data
        if how in ("cut", "flipped"):
            middle = len(body) // 2
            rest = b"" if how == "cut" else bytes([body[middle] ^ 1]) + body[middle + 1 :]
            response.data = body[:middle] + rest
            response.headers.pop("ETag", None)
        elif how == "late":
            response.response = send_late(response.data)
        whole = environ["REQUEST_METHOD"] == "GET" and response.status_code == 200
        sent = int(response.headers["Content-Length"]) if whole else 0
        self.log.append((path, response.status_code, sent))
        return response(environ, start_response)


def send_late(body: bytes) -> Iterator[bytes]:
    """Send the first half, and half a second later the rest."""
    middle = len(body) // 2
    yield body[:middle]
    time.sleep(0.5)
    yield body[middle:]


def build_site(model: Path, folder: Path) -> Path:
    """Build the page with another model into `folder`, and return that."""
    where = {"DIGITPAD_MODEL": str(model), "DIGITPAD_SITE": str(folder)}
    command = [sys.executable, ".setup/node.py", "run", "--silent", "build", "--", "--logLevel", "warn"]
    subprocess.run(command, cwd=ROOT, env=os.environ | where, check=True)
    return folder


@contextmanager
def logged_server(site: Path) -> Iterator[LoggedServer]:
    """Serve `site` from a thread until the end of the block."""
    logged = LoggedServer(site)
    with answering(logged.server):
        yield logged


@contextmanager
def answering(server: BaseWSGIServer) -> Iterator[None]:
    """Let a server answer from a thread until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
