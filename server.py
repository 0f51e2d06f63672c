"""Serve the built page: static files, compressed when they were built, with the headers the build wrote."""

import argparse
import os
import re
import socket
import sys
import time
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from threading import Thread

try:
    from flask import Flask, Response, abort, request
    from granian import Granian
    from werkzeug.middleware.dispatcher import DispatcherMiddleware
    from whitenoise.media_types import MediaTypes
except ModuleNotFoundError as error:
    sys.exit(f"This Python lacks {error.name}: use `make run`, or after it .venv/serve/bin/python.")

SITE = Path(__file__).resolve().parent / "webapp" / "dist"
ASKED = ["wsgi.url_scheme", "wsgi.errors", "REQUEST_METHOD", "SCRIPT_NAME"]  # what Flask is told, and no more
ASKED += ["PATH_INFO", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_IF_RANGE"]
TYPES = MediaTypes(extra_types={".webmanifest": "application/manifest+json", "healthz": "text/plain"})


def read_headers(site: Path) -> dict[str, dict[str, str]]:
    """Read the site's `_headers`, as Netlify does: the headers to send, by the start of the address."""
    blocks = re.findall(r"^(/.*)\*\n((?: .*\n)+)", (site / "_headers").read_text("utf-8"), re.MULTILINE)
    return {start: dict(re.findall(r"^ +([\w-]+): (.+)", lines, re.MULTILINE)) for start, lines in blocks}


def read_site(site: Path) -> dict[str, bytes]:
    """Read the files by address: no dot file, no link that leads out of the folder."""
    paths = {f"/{path.relative_to(site).as_posix()}": path for path in site.rglob("*") if path.is_file()}
    safe = {at: path for at, path in paths.items() if "/." not in at and path.resolve().is_relative_to(site)}
    return {"/healthz": b"ok\n"} | {address: path.read_bytes() for address, path in safe.items()}


def create_app(site: Path = SITE, prefix: str = "", access_log: bool = False) -> Flask:
    """Make the application that serves the built `site` as it is now, in folder `prefix` too; it may log."""
    files, rules = read_site(site.resolve()), read_headers(site)
    rules["/healthz"] = {"Cache-Control": "no-store"}
    app = Flask(__name__, static_folder=None)

    @app.get("/", provide_automatic_options=False)
    @app.get("/<path:path>", provide_automatic_options=False, merge_slashes=False)
    def send(path: str = ""):
        name = re.sub("/$", "/index.html", f"/{path}")
        if name not in files or name.endswith((".br", ".gz")):
            abort(404)
        response = Response(files[name], mimetype=TYPES.get_type(name))
        response.headers |= {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Accept-Ranges": "bytes"}
        for coding, ending in (("gzip", ".gz"), ("br", ".br")):  # best last
            if name + ending in files and request.accept_encodings[coding]:
                response.data, response.content_encoding = files[name + ending], coding
        response.add_etag()
        return response.make_conditional(request, accept_ranges=True, complete_length=response.content_length)

    @app.after_request
    def finish(response):
        for start, headers in rules.items():
            response.headers.update(headers if request.path.startswith(start) else {})
        if response.status_code > 304:
            response.headers["Cache-Control"] = "no-cache"  # it may be there later
            response.data = files["/404.html"] if response.status_code == 404 else response.data
        if response.location:
            response.location = f"{request.script_root}/"  # a proxy's host is not ours
        response.headers.pop("Date", None)  # the server says it
        return response

    @lru_cache(256)
    def ask_flask(*asked):
        head = []
        body = by_flask(dict(asked), lambda *began: head.extend(began))
        return *head, b"".join(body)

    def answer(environ, start_response):
        """Answer as Flask does, or did: it takes 50 times as long, and equal requests get equal answers."""
        status, headers, body = ask_flask(*((name, environ[name]) for name in ASKED if name in environ))
        if access_log:
            asked = "{REMOTE_ADDR} {REQUEST_METHOD} {PATH_INFO!a}".format(**environ)
            with suppress(OSError):  # nobody may read it any more
                os.write(1, f"{time.strftime('%F %T')} {asked} {status[:3]}\n".encode())
        start_response(status, headers)
        return [body]

    by_flask, folder = app.wsgi_app, prefix.strip("/")
    app.wsgi_app = DispatcherMiddleware(answer, {f"/{folder}": answer}) if folder else answer
    return app


def main() -> None:
    """Serve a built site until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="localhost", help="name or address to listen on (%(default)s)")
    parser.add_argument("--port", default="5000", help="port to listen on; 0 takes a free one (%(default)s)")
    parser.add_argument("--prefix", default="", help="folder that a proxy keeps in addresses, as /digitpad/")
    parser.add_argument("--site", type=Path, default=SITE, help="the built site (%(default)s)")
    parser.add_argument("--https", nargs=2, type=Path, metavar=("CERT", "KEY"), help="PEM files")
    parser.add_argument("--access-log", action="store_true", help="print a line for each request")
    options = parser.parse_args()
    app = partial(create_app, options.site, options.prefix, options.access_log)
    doing, advice = f"read {options.site}", "run `make site` to build the page"
    try:
        app()
        doing, advice = f"listen on {options.host}:{options.port}", "choose another PORT= or HOST="
        family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
        with socket.create_server((options.host, int(options.port)), family=family) as door:
            address, port = door.getsockname()[:2]
        doing, advice = "serve https with these files", "give CERT= and KEY= as PEM files"
        cert, key = options.https or (None, None)
        how = {"interface": "wsgi", "websockets": False, "blocking_threads": 1, "workers_kill_timeout": 1}
        server = Granian("server", address, port, ssl_cert=cert, ssl_key=key, log_level="error", **how)
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(f"Can't {doing} ({getattr(error, 'strerror', None) or error}): {advice}.")

    def announce():
        while socket.socket(family).connect_ex((address, port)):
            time.sleep(0.01)
        name = re.sub("(.*:.*)", r"[\1]", re.sub(r"^(0\.0\.0\.0|::)$", "localhost", options.host))
        print(f"Digitpad is at http{'s' * bool(cert)}://{name}:{port} (Ctrl-C stops it)", flush=True)

    server.on_startup(Thread(target=announce, daemon=True).start)
    server.serve(target_loader=app, wrap_loader=False)


if __name__ == "__main__":
    main()
