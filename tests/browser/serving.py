"""Servers in threads for the tests: the application of server.py, and a host that only sends files."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Error, Page, Route
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

from server import create_app
from tests.server_process import ROOT as ROOT

SITE = ROOT / "webapp" / "dist"

# Makes server.py kill itself instead of sending one answer too many.
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


class LoggedServer:
    """The application that server.py serves. It notes every answer, and can send files damaged."""

    def __init__(self, site: Path):
        self.app = create_app(site)
        self.log: list[tuple[str, int, int]] = []  # path, status, bytes of the body
        self.prefetched: list[str] = []  # those of the paths that a browser asked for ahead
        # Path, or name of the site and path, to "missing", "cut" or "flipped" (one bit). With a name, the
        # file is damaged on http://name.localhost only: an origin of its own.
        self.damaged: dict[str, str] = {}
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True, request_handler=QuietHandler)
        self.url = f"http://127.0.0.1:{self.server.port}/"

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.log]

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
        parts, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        body = b"".join(parts)
        if how in ("cut", "flipped"):
            body = damage(body, how)
            headers["Content-Length"] = str(len(body))
            headers.pop("ETag", None)
        code = int(status.split()[0])
        self.log.append((path, code, len(body) if environ["REQUEST_METHOD"] == "GET" and code == 200 else 0))
        if environ.get("HTTP_SEC_PURPOSE") == "prefetch":
            self.prefetched.append(path)
        start_response(status, list(headers))
        return [body]


def damage(content: bytes, how: str) -> bytes:
    """Cut a file to its half, or flip one bit in its middle."""
    middle = len(content) // 2
    if how == "cut":
        return content[:middle]
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


class QuietHandler(WSGIRequestHandler):
    """Werkzeug's handler without a line on the terminal for every request."""

    def log(self, *_):
        pass


@contextmanager
def logged_server(site: Path) -> Iterator[LoggedServer]:
    """Serve `site` from a thread until the end of the block."""
    logged = LoggedServer(site)
    with in_a_thread(logged.server):
        yield logged


class PlainHost:
    """Python's own file server: a host without compression, rewrites, caching headers or security headers."""

    def __init__(self, folder: Path):
        self.sent: list[str] = []  # the paths of the files that were sent whole, in order
        host = self

        class Handler(SimpleHTTPRequestHandler):
            def log_request(self, code="-", size="-"):
                if code == 200:
                    host.sent.append(self.path)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def in_a_thread(server) -> Iterator[None]:
    """Run a server of the standard library until the end of the block; its thread ends before its socket."""
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


PLAIN_HTTP = (
    "http://digitpad.test/"  # browsers trust no name but localhost: this is like an address on the LAN
)


def serve_over_plain_http(page: Page, site: Path, replaced: dict[str, bytes] | None = None) -> None:
    """Answer requests to PLAIN_HTTP from the folder `site`, with other content for some file names."""

    def answer(route: Route) -> None:
        path = site / (route.request.url.removeprefix(PLAIN_HTTP) or "index.html")
        body = (replaced or {}).get(path.name, path.read_bytes())
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        with suppress(Error):  # the worker that asked ends as soon as one file is wrong
            route.fulfill(body=body, content_type=content_type)

    page.route(PLAIN_HTTP + "**", answer)
