"""Serve the built page: static files, compressed when they were built, with the headers the build wrote."""

import argparse
import logging
import re
import signal
import socket
import sys
from functools import lru_cache
from pathlib import Path

try:
    import waitress
    from flask import Flask, Response, abort, request
    from whitenoise.media_types import MediaTypes
except ModuleNotFoundError as error:
    sys.exit(f"This Python lacks {error.name}: use `make run`, or after it .venv/serve/bin/python.")

SITE = Path(__file__).resolve().parent / "webapp" / "dist"
ASKED = ["wsgi.url_scheme", "wsgi.errors", "REQUEST_METHOD", "SCRIPT_NAME"]  # what Flask is told, and no more
ASKED += ["PATH_INFO", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_IF_RANGE"]
TYPES = MediaTypes(extra_types={".webmanifest": "application/manifest+json"})


def read_headers(site: Path) -> dict[str, dict[str, str]]:
    """Read the site's `_headers`, as Netlify does: the headers to send, by the start of the address."""
    blocks = re.findall(r"^(/.*)\*\n((?: .*\n)+)", (site / "_headers").read_text("utf-8"), re.MULTILINE)
    return {start: dict(re.findall(r"^ +([\w-]+): (.+)", lines, re.MULTILINE)) for start, lines in blocks}


def read_site(site: Path) -> dict[str, bytes]:
    """Read the files by address: no dot file, no link that leads out of the folder."""
    files = {}
    for path in site.rglob("*"):
        address = f"/{path.relative_to(site).as_posix()}"
        if path.is_file() and path.resolve().is_relative_to(site) and "/." not in address:
            files[address] = path.read_bytes()
    return files


def create_app(site: Path = SITE, access_log: bool = False) -> Flask:
    """Make the application that serves the built folder `site` as it is now, and may log each request."""
    files, rules = read_site(site.resolve()), read_headers(site)
    app = Flask(__name__, static_folder=None)

    @app.get("/healthz", provide_automatic_options=False)
    def healthz():
        return "ok\n", {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}

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
            logging.info("{REMOTE_ADDR} {REQUEST_METHOD} {REQUEST_URI!a} {}".format(status[:3], **environ))
        start_response(status, headers)
        return [body]

    by_flask, app.wsgi_app = app.wsgi_app, answer
    return app


def main() -> None:
    """Serve a built site until Ctrl-C or SIGTERM."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: sys.exit(0))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="localhost", help="name or address to listen on (%(default)s)")
    parser.add_argument("--port", default="5000", help="port to listen on; 0 takes a free one (%(default)s)")
    parser.add_argument("--prefix", default="", help="folder that a proxy keeps in addresses, as /digitpad/")
    parser.add_argument("--site", type=Path, default=SITE, help="the built site (%(default)s)")
    parser.add_argument("--access-log", action="store_true", help="print a line for each request")
    options = parser.parse_args()
    try:
        app = create_app(options.site, options.access_log)
    except OSError as error:
        sys.exit(f"Can't read {error.filename} ({error.strerror}): run `make site` to build the page.")
    try:
        # localhost is often both 127.0.0.1 and ::1; ADDRCONFIG leaves out IPv6 where it is switched off.
        asked = {"type": socket.SOCK_STREAM, "flags": socket.AI_ADDRCONFIG}
        found = {(family, address[0]) for family, *_, address in socket.getaddrinfo(options.host, 0, **asked)}
        sockets = [socket.create_server((name, int(options.port)), family=family) for family, name in found]
    except (OSError, ValueError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        sys.exit(f"Can't listen on {options.host}:{options.port} ({reason}): choose another PORT= or HOST=.")
    logging.basicConfig(stream=sys.stdout, format="%(asctime)s %(message)s", level=logging.INFO)
    logging.raiseExceptions = False  # nobody may read the log any more
    logging.getLogger("waitress").setLevel(logging.ERROR)  # it warns of every busy moment
    limits = {"connection_limit": 900, "max_request_header_size": 16384, "max_request_body_size": 65536}
    how = {"ident": None, "asyncore_use_poll": True, "threads": 8, "url_prefix": options.prefix.strip("/")}
    doors = [door.dup() for door in sockets for _ in range(16)]  # each lets in one visitor a turn
    server = waitress.create_server(app, sockets=doors, send_bytes=2**18, **limits, **how)  # head with body
    address = re.sub("(.*:.*)", r"[\1]", "localhost" if options.host in ("0.0.0.0", "::") else options.host)
    print(f"Digitpad is at http://{address}:{sockets[0].getsockname()[1]} (Ctrl-C stops it)", flush=True)
    server.run()


if __name__ == "__main__":
    main()
