"""Serve the built page: static files only, compressed when they were built, with strict headers."""

import argparse
import errno
import hashlib
import logging
import os
import re
import signal
import socket
import sys
from http import HTTPStatus
from pathlib import Path

try:
    import waitress
    from flask import Flask, request
    from werkzeug.exceptions import HTTPException, MethodNotAllowed
    from whitenoise import WhiteNoise
    from whitenoise.responders import Response, SlicedFile, StaticFile
except ModuleNotFoundError as missing:
    sys.exit(f"This Python lacks {missing.name}: use `make run`, or after it .venv/serve/bin/python.")

SITE = Path(__file__).resolve().parent / "webapp" / "dist"

# A name that holds the hash of its content never changes what it means.
HASHED_NAME = re.compile(r"^/assets/.+-[\w-]{8,}\.\w+$|^/model/[0-9a-f]{12}/")

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; connect-src 'self' blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Every file is public, and a page of any origin may import api/digitpad.js and fetch the model.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


class SiteFile(StaticFile):
    """A static file that also answers a range of one byte, which WhiteNoise takes for an empty one."""

    def get_range_response(self, range_header, base_headers, file_handle):
        """Answer a single range of the file."""
        size = int(dict(base_headers)["Content-Length"])
        start, end = self.get_byte_range(range_header, size)
        if start != end:
            return super().get_range_response(range_header, base_headers, file_handle)
        headers = [(name, value) for name, value in base_headers if name != "Content-Length"]
        headers += [("Content-Range", f"bytes {start}-{end}/{size}"), ("Content-Length", "1")]
        body = file_handle and SlicedFile(file_handle, start, end)
        return Response(HTTPStatus.PARTIAL_CONTENT, headers, body)


class Site(WhiteNoise):
    """The files of a folder as they are now, in front of an application that answers everything else."""

    def __init__(self, application, folder: Path):
        super().__init__(application, mimetypes={".webmanifest": "application/manifest+json"})
        folder = folder.resolve()
        files = {}
        for here, folders, names in os.walk(folder):  # does not enter linked folders
            folders[:] = [name for name in folders if not name.startswith(".")]
            for path in (Path(here, name) for name in names if not name.startswith(".")):
                # A link may lead to another file of the site, never out of it.
                if path.is_file() and path.resolve().is_relative_to(folder) and os.access(path, os.R_OK):
                    files[str(path)] = path.stat()
        for path in files:
            self.add_file_to_dictionary("/" + Path(path).relative_to(folder).as_posix(), path, files)
        if "/index.html" in self.files:
            self.files["/"] = self.files["/index.html"]

    def get_static_file(self, path, url, stat_cache=None):
        """Describe a file: its headers, and the compressed variants beside it."""
        # Of the content, so that a build or a copy with the same time and size is never taken for it; weak,
        # because the variants share it.
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:20]
        immutable = HASHED_NAME.match(url)
        headers = {
            "Content-Type": self.media_types.get_type(path),
            "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
            "ETag": f'W/"{digest}"',
            "Accept-Ranges": "bytes",
        }
        if headers["Content-Type"].startswith("text/"):
            headers["Content-Type"] += "; charset=utf-8"
        variants = {"gzip": f"{path}.gz", "br": f"{path}.br"}
        return SiteFile(path, list(headers.items()), variants, stat_cache)

    def __call__(self, environ, start_response):
        """Answer one request."""

        def start(status, headers, exc_info=None):
            return start_response(status, [*headers, *SECURITY_HEADERS.items()], exc_info)

        # What WhiteNoise passes over: "gzip;q=0" refuses gzip, and a weak tag can't vouch for a range.
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        environ["HTTP_ACCEPT_ENCODING"] = re.sub(r"[^,]*;\s*q=0(\.0*)?\s*(?=,|$)", "", accepted)
        if "HTTP_IF_RANGE" in environ:
            environ.pop("HTTP_RANGE", None)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            try:
                return super().__call__(environ, start)
            except OSError:  # a file was taken away since the start
                pass
        return self.application(environ, start)


def create_app(site: Path) -> Flask:
    """Make the application that serves the files of the folder `site`, which holds an index.html."""
    app = Flask(__name__, static_folder=None)

    @app.before_request
    def only_read():
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(valid_methods=["GET", "HEAD"])

    @app.errorhandler(HTTPException)
    def say_in_plain_text(error):
        response = error.get_response()
        response.content_type = "text/plain; charset=utf-8"
        response.cache_control.no_cache = True
        response.data = f"{error.code} {error.name}\n"
        return response

    app.wsgi_app = Site(app.wsgi_app, site)
    return app


def listen(host: str, port: int) -> list[socket.socket]:
    """Open a socket on every address of `host`: localhost is often both 127.0.0.1 and ::1."""
    sockets = []
    unusable = None
    # A name may stand for the same address twice (two lines of /etc/hosts).
    for family, *_, address in dict.fromkeys(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
        # Port 0 asks for any free one: the first address draws it, and the others take the same.
        address = (address[0], port or (sockets[0].getsockname()[1] if sockets else 0), *address[2:])
        both = host == "::" and socket.has_dualstack_ipv6()
        try:
            sockets.append(socket.create_server(address, family=family, dualstack_ipv6=both))
        except OSError as error:
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                for opened in sockets:
                    opened.close()
                raise
            unusable = error  # a name in /etc/hosts for a family that is switched off
    if not sockets:
        raise unusable
    return sockets


def open_sockets(host: str, port: int) -> list[socket.socket]:
    """Listen on `host`, or leave with one sentence that says why not."""
    try:
        return listen(host, port)
    except (socket.gaierror, UnicodeError):
        reason = f"The host {host!r} is unknown: give --host a name or an address of this machine."
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = "on macOS AirPlay takes it; " if port == 5000 else ""
            free = max(port % 65535, 5000) + 1
            reason = f"Port {port} is taken ({hint}choose another with --port or `make run PORT={free}`)."
        elif error.errno == errno.EACCES:
            reason = f"Port {port} needs more rights than you have: choose one from 1024 to 65535."
        elif error.errno == errno.EADDRNOTAVAIL:
            reason = f"{host} is not an address of this machine: give --host one that is, or localhost."
        else:
            reason = f"Can't listen on {host} port {port}: {error.strerror}."
    sys.exit(reason)


def main(arguments: list[str] | None = None) -> None:
    """Serve a built site until Ctrl-C or SIGTERM."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: sys.exit(0))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="localhost", help="name or address to listen on (%(default)s)")
    parser.add_argument("--port", default="5000", help="port to listen on; 0 takes a free one (%(default)s)")
    parser.add_argument("--site", type=Path, default=SITE, help="the built site (%(default)s)")
    options = parser.parse_args(arguments)
    if not re.fullmatch("[0-9]{1,5}", options.port) or int(options.port) > 65535:
        sys.exit(f"{options.port!r} is not a port: give --port a number from 1 to 65535, such as 5000.")
    if not os.access(options.site / "index.html", os.R_OK):
        wrong = "holds no index.html" if os.access(options.site, os.F_OK) else "is not there"
        sys.exit(f"{options.site} {wrong}: run `make site` to build the page.")
    app = create_app(options.site)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page loads several files at once
    sockets = open_sockets(options.host, int(options.port))
    server = waitress.create_server(app, sockets=sockets, threads=8, ident=None, max_request_body_size=65536)
    everywhere = options.host in ("0.0.0.0", "::")
    name = "localhost" if everywhere else f"[{options.host}]" if ":" in options.host else options.host
    others = ", and at this machine's address for others" if everywhere else ""
    port = sockets[0].getsockname()[1]
    print(f"Digitpad is at http://{name}:{port}{others} (Ctrl-C stops it)", flush=True)
    server.run()


if __name__ == "__main__":
    main()
