"""Serve the built page: static files, compressed when they were built, with the headers the build wrote."""

import argparse
import hashlib
import logging
import re
import signal
import socket
import sys
from pathlib import Path

try:
    import waitress
    from flask import Flask, Response, abort, request
    from werkzeug.exceptions import HTTPException
    from werkzeug.utils import get_content_type
    from whitenoise.media_types import MediaTypes
except ModuleNotFoundError as error:
    sys.exit(f"This Python lacks {error.name}: use `make run`, or after it .venv/serve/bin/python.")

SITE = Path(__file__).resolve().parent / "webapp" / "dist"
ENCODINGS = {"br": ".br", "gzip": ".gz", "identity": ""}  # and how the names of such files end; best first
TYPES = MediaTypes(extra_types={".webmanifest": "application/manifest+json"})


def read_headers(site: Path) -> dict[str, dict[str, str]]:
    """Read the site's `_headers`, as Netlify does: the headers to send, by the start of the address."""
    blocks = re.findall(r"^(/.*)\*\n((?: .*\n)+)", (site / "_headers").read_text("utf-8"), re.MULTILINE)
    return {start: dict(re.findall(r"^ +([\w-]+): (.+)", lines, re.MULTILINE)) for start, lines in blocks}


def read_site(site: Path) -> dict[str, dict[str, tuple[bytes, dict[str, str]]]]:
    """Read content and headers by address and encoding: no dot file, no link that leads out of the folder."""
    public, files, rules = {}, {}, read_headers(site)
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.is_file() and path.resolve().is_relative_to(site) and not re.search(r"(^|/)\.", name):
            public[name] = path.read_bytes()
    for name in public:
        if not name.endswith((".br", ".gz")):
            common = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Accept-Ranges": "bytes"}
            common["Content-Type"] = get_content_type(TYPES.get_type(name), "utf-8")
            for start, headers in rules.items():
                common |= headers if f"/{name}".startswith(start) else {}
            files[name] = files[re.sub("(?<=/)index.html$", "", name)] = {}
            for encoding, ending in ENCODINGS.items():
                if (content := public.get(name + ending)) is not None:
                    etag = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:20]}"'}
                    coding = {"Content-Encoding": encoding} if ending else {}
                    files[name][encoding] = content, common | etag | coding
    return files


def create_app(site: Path = SITE, access_log: bool = False) -> Flask:
    """Make the application that serves the built folder `site` as it is now, and may log each request."""
    files, security = read_site(site.resolve()), read_headers(site)["/"]
    app = Flask(__name__, static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False  # it would redirect

    @app.get("/healthz")
    def healthz():
        return "ok\n", security | {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}

    @app.get("/")
    @app.get("/<path:path>")
    def send(path: str = "index.html"):
        variants, accepted = files.get(path) or abort(404), request.accept_encodings
        content, headers = variants[next(name for name in variants if name == "identity" or accepted[name])]
        response = Response(content, headers=headers)
        if not {"HTTP_IF_NONE_MATCH", "HTTP_RANGE"}.isdisjoint(request.environ):
            response.make_conditional(request, accept_ranges=True, complete_length=len(content))
        return response

    @app.errorhandler(HTTPException)
    def explain(error):
        response = error.get_response()
        response.headers.update(security | {"Cache-Control": "no-cache"})
        response.data = files["404.html"]["identity"][0] if error.code == 404 else response.data
        return response

    @app.after_request
    def finish(response):
        if response.location:
            response.location = f"{request.script_root}/"  # a proxy's host is not ours
        if access_log:
            target = request.environ.get("REQUEST_URI", request.path)
            logging.info("%s %s %a %s", request.remote_addr, request.method, target, response.status_code)
        return response

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
    limits = {"connection_limit": 900, "max_request_body_size": 65536}
    how = {"ident": None, "asyncore_use_poll": True, "threads": 8, "url_prefix": options.prefix.strip("/")}
    doors = [door.dup() for door in sockets for _ in range(16)]  # each lets in one visitor a turn
    server = waitress.create_server(app, sockets=doors, **limits, **how)
    address = re.sub("(.*:.*)", r"[\1]", "localhost" if options.host in ("0.0.0.0", "::") else options.host)
    print(f"Digitpad is at http://{address}:{sockets[0].getsockname()[1]} (Ctrl-C stops it)", flush=True)
    server.run()


if __name__ == "__main__":
    main()
