"""Serve the built page: static files only, compressed when they were built, with strict headers."""

import argparse
import asyncio
import errno
import hashlib
import io
import logging
import os
import re
import signal
import socket
import ssl
import sys
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

try:
    import waitress
    from flask import Flask, request
    from waitress import wasyncore
    from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable
    from werkzeug.wrappers import Response as Answer
    from whitenoise import WhiteNoise
    from whitenoise.responders import Response, StaticFile
except ModuleNotFoundError as missing:
    sys.exit(f"This Python lacks {missing.name}: use `make run`, or after it .venv/serve/bin/python.")

SITE = Path(__file__).resolve().parent / "webapp" / "dist"

CONNECTIONS = 1000  # at once
PATIENCE = 60  # seconds in which a visitor sends nothing and takes nothing
HANDSHAKE = 10  # seconds for the beginning of https
GRACE = 8  # seconds for what is under way when the server is stopped; Docker kills after 10
PIECE = 65536  # bytes that wait for a slow visitor of https at a time

YEAR = "max-age=31536000"

# A name that holds the hash of its content never changes what it means.
HASHED_NAME = re.compile(r"^/assets/.+-[\w-]{8,}\.\w+$|^/model/[0-9a-f]{12}/")
# There a promise of https would hold for every other server on this machine, whatever its port.
THIS_MACHINE = re.compile(r"(.*\.)?localhost\.?(:.*)?|127\..*|\[::1\].*|", re.IGNORECASE)

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

SENTENCES = {
    404: "There is no page at this address.",
    405: "This address can only be read.",
    500: "Something went wrong in this server.",
}


class SiteFile(StaticFile):
    """A static file and its compressed variants, kept in memory as they were when the server started."""

    def __init__(self, path, headers, variants, stat_cache):
        super().__init__(path, headers, variants, stat_cache)
        self.alternatives = [
            (accepted, *self.keep(path, dict(headers))) for accepted, path, headers in self.alternatives
        ]

    @staticmethod
    def keep(path, headers):
        """Read one variant. Its tag is of its content: a build or a copy may keep the time and the size."""
        content = Path(path).read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        return content, {**headers, "ETag": tag, "Content-Length": str(len(content))}

    def get_response(self, method, environ):
        """Answer a request by the variant that it accepts: whole, in part, or that it has not changed."""
        content, headers = self.get_path_and_headers(environ)
        answer = Answer(content, headers=headers)
        # WhiteNoise knows neither lists of tags nor If-Range, and takes a range of one byte for an empty one.
        with suppress(RequestedRangeNotSatisfiable):  # HTTP allows to send the whole file then
            answer.make_conditional(environ, accept_ranges=method == "GET", complete_length=len(content))
        answer.headers.pop("Date", None)  # the server in front adds it
        body = b"".join(answer.get_app_iter(environ))
        told = answer.get_wsgi_headers(environ).to_wsgi_list()
        return Response(HTTPStatus(answer.status_code), told, io.BytesIO(body) if body else None)


class Site(WhiteNoise):
    """The files of a folder as they were at the start, in front of an application for everything else."""

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
        immutable = HASHED_NAME.match(url)
        headers = {
            "Content-Type": self.media_types.get_type(path),
            "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
            "Accept-Ranges": "bytes",
        }
        if headers["Content-Type"].startswith("text/"):
            headers["Content-Type"] += "; charset=utf-8"
        variants = {"gzip": f"{path}.gz", "br": f"{path}.br"}
        return SiteFile(path, list(headers.items()), variants, stat_cache)

    def __call__(self, environ, start_response):
        """Answer one request."""
        secure = environ["wsgi.url_scheme"] == "https"
        promise = secure and not THIS_MACHINE.fullmatch(environ.get("HTTP_HOST", ""))
        added = [*SECURITY_HEADERS.items(), *([("Strict-Transport-Security", YEAR)] if promise else [])]

        def start(status, headers, exc_info=None):
            return start_response(status, [*headers, *added], exc_info)

        # What WhiteNoise passes over: "gzip;q=0" refuses gzip.
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "").lower()
        environ["HTTP_ACCEPT_ENCODING"] = re.sub(r"[^,]*;\s*q=0(\.0*)?\s*(?=,|$)", "", accepted)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return super().__call__(environ, start)
        return self.application(environ, start)


def small_page(code: int, address: str) -> str:
    """Write the page that says in one sentence why there is nothing at an address, and leads home."""
    phrase = HTTPStatus(code).phrase
    depth = address.count("/") - 1
    # By a relative link, as the site may lie in a folder of its host.
    home = "../" * depth or "./" if depth < 30 else "/"
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{phrase}</title>
<p>{SENTENCES.get(code, phrase + ".")} <a href="{home}">Go to Digitpad</a></p>
"""


def create_app(site: Path) -> Flask:
    """Make the application that serves the files of the folder `site`, which holds an index.html."""
    app = Flask(__name__, static_folder=None)

    @app.before_request
    def only_read():
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(valid_methods=["GET", "HEAD"])

    @app.get("/healthz")
    def healthz():
        return "ok\n", {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}

    @app.errorhandler(HTTPException)
    def say_in_a_page(error):
        allowed = [header for header in error.get_headers() if header[0] == "Allow"]
        return small_page(error.code, request.path), error.code, [("Cache-Control", "no-cache"), *allowed]

    app.wsgi_app = Site(app.wsgi_app, site)
    return app


def logged(app, visitors: dict[str, str]):
    """Print a line for each request in the common log format; `visitors` are the addresses behind ports."""

    def answer(environ, start_response):
        def start(status, headers, exc_info=None):
            asked = "{REQUEST_METHOD} {REQUEST_URI} {SERVER_PROTOCOL}".format_map(environ)
            asked = re.sub(r'[^ -~]|["\\]', lambda found: f"\\x{ord(found[0]):02x}", asked)
            visitor = visitors.get(environ["REMOTE_PORT"], environ["REMOTE_ADDR"])
            when = time.strftime("%d/%b/%Y:%H:%M:%S %z")
            silent = environ["REQUEST_METHOD"] == "HEAD" or status.startswith("304")
            size = "-" if silent else dict(headers).get("Content-Length", "-")
            try:
                sys.stdout.write(f'{visitor} - - [{when}] "{asked}" {status[:3]} {size}\n')
                sys.stdout.flush()
            except OSError:  # who read the log has gone: from now on nobody does
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return start_response(status, headers, exc_info)

        return app(environ, start)

    return answer


class Server:
    """Waitress on open sockets, with a stop that cuts nobody off."""

    def __init__(self, app, sockets: list[socket.socket], connections: int, scheme: str):
        self.open, self.stopping = {}, False
        waitress.create_server(
            app,
            map=self.open,
            sockets=sockets,
            threads=8,
            ident=None,
            url_scheme=scheme,
            connection_limit=connections,
            channel_timeout=PATIENCE,
            cleanup_interval=PATIENCE // 6,
            max_request_header_size=16384,
            max_request_body_size=65536,
            log_socket_errors=False,
        )
        self.doors = [one for one in self.open.values() if one.accepting]

    def stop(self):
        """Let run() come to its end."""
        self.stopping = True
        self.doors[0].pull_trigger()

    def run(self):
        """Answer until it is stopped, and then what is under way, for at most GRACE seconds."""
        while not self.stopping:
            wasyncore.loop(timeout=1, use_poll=True, map=self.open, count=1)
        for door in self.doors:
            wasyncore.dispatcher.close(door)
        end = time.monotonic() + GRACE
        while time.monotonic() < end:
            wasyncore.loop(timeout=0.1, use_poll=True, map=self.open, count=1)
            connections = [one for door in self.doors for one in door.active_channels.values()]
            if not connections:
                break
            for one in connections:
                if not (one.request or one.requests or one.total_outbufs_len):
                    one.handle_close()


async def pass_on(reader, writer) -> None:
    """Copy what comes until it ends, no faster than the other side takes it."""
    while piece := await reader.read(PIECE):
        writer.write(piece)
        await asyncio.wait_for(writer.drain(), PATIENCE)


async def unwrap(server: Server, inside: tuple, sockets, context, connections: int, visitors: dict) -> None:
    """Stand in front of a server at the address `inside`, and take off the TLS of its visitors."""
    loop, stopped, pumps = asyncio.get_running_loop(), asyncio.Event(), set()
    # What ends one connection, such as a broken handshake, is nobody's concern.
    loop.set_exception_handler(lambda *_: None)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)

    async def pump(reader, writer):
        if len(pumps) >= connections:
            return writer.transport.abort()
        pumps.add(asyncio.current_task())
        ways, port = [], None
        try:
            answers, asked = await asyncio.open_connection(*inside)
            port = str(asked.get_extra_info("sockname")[1])
            visitors[port] = (writer.get_extra_info("peername") or "-")[0]
            ways = [asyncio.create_task(pass_on(*way)) for way in ((reader, asked), (answers, writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            asked.close()
            writer.close()
            await asyncio.wait_for(writer.wait_closed(), PATIENCE)
        except (OSError, asyncio.TimeoutError):  # noqa: UP041 - its own kind in Python 3.10
            pass
        finally:
            for way in ways:
                way.cancel()
            writer.transport.abort()
            visitors.pop(port, None)
            pumps.discard(asyncio.current_task())

    doors = [
        await asyncio.start_server(
            pump, sock=one, backlog=1024, ssl=context, ssl_handshake_timeout=HANDSHAKE, limit=PIECE
        )
        for one in sockets
    ]
    when_told_to_stop(lambda: loop.call_soon_threadsafe(stopped.set))
    await stopped.wait()
    for door in doors:
        door.close()
    server.stop()
    if pumps:
        await asyncio.wait(pumps, timeout=GRACE)


def when_told_to_stop(stop) -> None:
    """Call `stop` at Ctrl-C or SIGTERM; told twice, leave at once."""

    def stop_once(*_):
        for how in (signal.SIGINT, signal.SIGTERM):
            signal.signal(how, lambda *_: os._exit(0))
        stop()

    for how in (signal.SIGINT, signal.SIGTERM):
        signal.signal(how, stop_once)


def serve(app, sockets: list[socket.socket], context: ssl.SSLContext | None, access_log: bool) -> None:
    """Answer at open sockets, by https where there is a context for it, until told to stop."""
    log = logging.getLogger("waitress")
    log.setLevel(logging.ERROR)  # it warns of every busy moment
    log.addFilter(lambda record: "uncaptured" not in str(record.msg))  # what ends one broken connection
    connections, visitors = allow_connections(), {}
    app = logged(app, visitors) if access_log else app
    if context is None:
        server = Server(app, sockets, connections, "http")
        when_told_to_stop(server.stop)
        server.run()
    else:
        inside = socket.create_server(("127.0.0.1", 0))
        server = Server(app, [inside], connections, "https")
        threading.Thread(target=server.run, daemon=True).start()
        asyncio.run(unwrap(server, inside.getsockname(), sockets, context, connections, visitors))


def allow_connections() -> int:
    """Ask the system for as many open files as a busy day needs; give the connections that they allow."""
    try:
        import resource
    except ModuleNotFoundError:  # on Windows, where a program can watch 512 of them
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < 8192:
        soft = 8192 if hard < 0 else min(8192, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft < 0 else max(10, min(CONNECTIONS, (soft - 64) // 3))  # https takes three


def check_certificate(cert: Path, key: Path) -> ssl.SSLContext:
    """Give what TLS needs, or leave with one sentence that says what is wrong with the files."""
    for option, path, kind in (("--cert", cert, "CERTIFICATE"), ("--key", key, "PRIVATE KEY")):
        try:
            content = path.read_bytes()
        except OSError as error:
            sys.exit(f"Can't read {path} ({error.strerror}): give {option} a file in PEM format.")
        if f"{kind}-----".encode() not in content:
            sys.exit(f"{path} holds no {kind.lower()}: give {option} a file in PEM format that does.")

    def has_a_passphrase():
        sys.exit(f"{key} is locked with a passphrase: give --key one that is not.")

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(cert, key, has_a_passphrase)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            sys.exit(f"{key} is not the key of {cert}: give --cert and --key two that were made together.")
        sys.exit(f"{cert} and {key} can't be used ({error.reason or 'damaged'}): make them anew.")
    return context


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
            # A byte sent as urgent is like any other: left aside, it would keep the server busy for good.
            sockets[-1].setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
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
    parser.add_argument("--cert", type=Path, help="certificate, in PEM format, to serve over https")
    parser.add_argument("--key", type=Path, help="its private key, in PEM format")
    parser.add_argument("--access-log", action="store_true", help="print a line for each request")
    options = parser.parse_args(arguments)
    if not re.fullmatch("[0-9]{1,5}", options.port) or int(options.port) > 65535:
        sys.exit(f"{options.port!r} is not a port: give --port a number from 1 to 65535, such as 5000.")
    if not os.access(options.site / "index.html", os.R_OK):
        wrong = "holds no index.html" if os.access(options.site, os.F_OK) else "is not there"
        sys.exit(f"{options.site} {wrong}: run `make site` to build the page.")
    if (options.cert is None) != (options.key is None):
        sys.exit("A certificate and its key belong together: give both --cert and --key, or neither.")
    context = check_certificate(options.cert, options.key) if options.cert else None
    app = create_app(options.site)
    sockets = open_sockets(options.host, int(options.port))
    everywhere = options.host in ("0.0.0.0", "::")
    name = "localhost" if everywhere else f"[{options.host}]" if ":" in options.host else options.host
    others = ", and at this machine's address for others" if everywhere else ""
    address = f"{'https' if context else 'http'}://{name}:{sockets[0].getsockname()[1]}"
    print(f"Digitpad is at {address}{others} (Ctrl-C stops it)", flush=True)
    serve(app, sockets, context, options.access_log)


if __name__ == "__main__":
    main()
