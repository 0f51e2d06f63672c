"""Serve the built page: static files only, compressed when they were built, with strict headers."""

import argparse
import base64
import errno
import hashlib
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
    from waitress.channel import HTTPChannel
    from waitress.task import ErrorTask
    from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable
    from werkzeug.http import http_date
    from werkzeug.wrappers import Request, Response
    from whitenoise.media_types import MediaTypes
except ModuleNotFoundError as missing:
    sys.exit(f"This Python lacks {missing.name}: use `make run`, or after it .venv/serve/bin/python.")

SITE = Path(__file__).resolve().parent / "webapp" / "dist"

CONNECTIONS = 4000  # at once
PATIENCE = 60  # seconds for a request to come whole, and in which a visitor takes nothing
GRACE = 8  # seconds for what is under way when the server is stopped; Docker kills after 10

YEAR = "max-age=31536000"

CODINGS = {"br": ".br", "gzip": ".gz"}  # how files may be compressed, the best first
TYPES = MediaTypes(extra_types={".webmanifest": "application/manifest+json"})

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
    400: "This is no request that a server understands.",
    404: "There is no page at this address.",
    405: "This address can only be read.",
    413: "This server takes nothing in.",
    431: "This request is too long: the browser may send too many cookies for this address.",
    500: "Something went wrong in this server.",
}


class Site:
    """The files of a folder as they were at the start, in front of an application for everything else."""

    def __init__(self, application, folder: Path):
        self.application, folder, found = application, folder.resolve(), {}
        for here, folders, names in os.walk(folder):  # does not enter linked folders
            folders[:] = [name for name in folders if not name.startswith(".")]
            for path in (Path(here, name) for name in names if not name.startswith(".")):
                # A link may lead to another file of the site, never out of it.
                if path.is_file() and path.resolve().is_relative_to(folder) and os.access(path, os.R_OK):
                    found["/" + path.relative_to(folder).as_posix()] = path
        variants = {url + ending for url in found for ending in CODINGS.values()}
        self.files = {url: self.read(url, found) for url in found if url not in variants}
        inline = []
        if "/index.html" in self.files:
            self.files["/"] = self.files["/index.html"]
            # Scripts within the page are allowed by their content.
            inline = re.findall(rb"<script>(.*?)</script>", self.files["/"][""][0], re.DOTALL)
        sums = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in inline]
        allowed = " ".join(["'wasm-unsafe-eval'", *(f"'sha256-{one}'" for one in sums)])
        policy = SECURITY_HEADERS["Content-Security-Policy"].replace("'wasm-unsafe-eval'", allowed)
        self.headers = SECURITY_HEADERS | {"Content-Security-Policy": policy}

    def read(self, url: str, found: dict[str, Path]) -> dict[str, tuple[bytes, dict[str, str]]]:
        """Read a file and its compressed variants, with the headers of each, by how they are compressed."""
        kind = TYPES.get_type(url)
        headers = {
            "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            "Cache-Control": f"public, {YEAR}, immutable" if HASHED_NAME.match(url) else "no-cache",
            "Last-Modified": http_date(found[url].stat().st_mtime),
        }
        paths = {coding: found.get(url + ending) for coding, ending in CODINGS.items()}
        if any(paths.values()):
            headers["Vary"] = "Accept-Encoding"
        variants = {}
        for coding, path in {"": found[url], **paths}.items():
            if path is not None:
                content = path.read_bytes()
                # The tag is of the content: a build or a copy may keep the time and the size.
                told = headers | {"ETag": f'"{hashlib.sha256(content).hexdigest()[:20]}"'}
                variants[coding] = content, told | ({"Content-Encoding": coding} if coding else {})
        return variants

    def __call__(self, environ, start_response):
        """Answer one request."""
        secure = environ["wsgi.url_scheme"] == "https"
        promise = secure and not THIS_MACHINE.fullmatch(environ.get("HTTP_HOST", ""))
        added = [*self.headers.items(), *([("Strict-Transport-Security", YEAR)] if promise else [])]

        def start(status, headers, exc_info=None):
            return start_response(status, [*headers, *added], exc_info)

        variants = self.files.get(environ["PATH_INFO"])
        if variants is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start)
        accepted = Request(environ).accept_encodings
        coding = next((one for one in CODINGS if one in variants and accepted[one] > 0), "")
        content, headers = variants[coding]
        answer = Response(content, headers=headers)
        with suppress(RequestedRangeNotSatisfiable):  # HTTP allows to send the whole file then
            ranges = environ["REQUEST_METHOD"] == "GET"
            answer.make_conditional(environ, accept_ranges=ranges, complete_length=len(content))
        answer.headers["Accept-Ranges"] = "bytes"
        answer.headers.pop("Date", None)  # the server in front adds it
        return answer(environ, start)


def small_page(code: int, address: str = "/" * 99) -> str:
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


def logged(app):
    """Print a line for each request in the common log format."""

    def answer(environ, start_response):
        def start(status, headers, exc_info=None):
            asked = "{REQUEST_METHOD} {REQUEST_URI} {SERVER_PROTOCOL}".format_map(environ)
            asked = re.sub(r'[^ -~]|["\\]', lambda found: f"\\x{ord(found[0]):02x}", asked)
            when = time.strftime("%d/%b/%Y:%H:%M:%S %z")
            silent = environ["REQUEST_METHOD"] == "HEAD" or status.startswith("304")
            size = "-" if silent else dict(headers).get("Content-Length", "-")
            try:
                sys.stdout.write(f'{environ["REMOTE_ADDR"]} - - [{when}] "{asked}" {status[:3]} {size}\n')
                sys.stdout.flush()
            except OSError:  # who read the log has gone: from now on nobody does
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return start_response(status, headers, exc_info)

        return app(environ, start)

    return answer


class Refusal(ErrorTask):
    """The answer to what is no request, as a page like the others."""

    def execute(self):
        """Write it, and hang up."""
        error = self.request.error
        page = small_page(error.code).encode()
        self.status = f"{error.code} {error.reason}"
        told = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", **SECURITY_HEADERS}
        self.response_headers.extend(told.items())
        self.set_close_on_finish()
        self.content_length = len(page)
        self.write(page)


class Visitor(HTTPChannel):
    """A connection: by https too, and not for ever, however slowly one sends."""

    error_task_class = Refusal
    coming = None  # the request that has come in part
    began = 0.0

    def handle_read(self):
        """Take what has come."""
        try:
            data = self.recv(self.adj.recv_bytes)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):  # of the handshake, or of a record, only a part
            return
        except OSError:
            self.handle_close()
            return
        if not data:
            self.connected = False
            return
        self.last_activity = now = time.time()
        self.received(data)
        if self.request is not self.coming:
            self.coming, self.began = self.request, now
        if self.coming is not None:  # its first byte counts, not its last
            self.last_activity = self.began


class SecureSocket(ssl.SSLSocket):
    """A socket for https that never waits."""

    one_at_a_time = threading.Lock()  # a thread may send while another, whose visitor has gone, closes

    def send(self, data, flags=0):
        """Send what can be sent now."""
        try:
            with self.one_at_a_time:
                return super().send(data, flags)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise BlockingIOError(errno.EWOULDBLOCK, "nothing can be sent now") from None

    def close(self):
        """Say that this is the end, so that nobody can feign it."""
        with self.one_at_a_time, suppress(OSError, ValueError):
            self.unwrap()
        super().close()


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
            recv_bytes=2**15,  # more than a record of TLS, the rest of which would not show as waiting
            max_request_header_size=16384,
            max_request_body_size=65536,
            log_socket_errors=False,
        )
        self.doors = [one for one in self.open.values() if one.accepting]
        for door in self.doors:
            door.channel_class = Visitor

    def stop(self):
        """Let run() come to its end."""
        self.stopping = True
        self.doors[0].pull_trigger()

    def run(self):
        """Answer until it is stopped, and then what is under way, for at most GRACE seconds."""
        while not self.stopping:
            wasyncore.loop(timeout=1, use_poll=True, map=self.open, count=1)
            for door in self.doors:
                # The loop lets in one visitor at a time, between all that it reads and writes.
                inside = -1
                while inside < len(self.open) and door.readable():
                    inside = len(self.open)
                    door.handle_accept()
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
    if context is not None:
        context.sslsocket_class = SecureSocket
        secured = {"server_side": True, "do_handshake_on_connect": False}
        sockets = [context.wrap_socket(one, **secured) for one in sockets]
    scheme = "https" if context else "http"
    server = Server(logged(app) if access_log else app, sockets, allow_connections(), scheme)
    when_told_to_stop(server.stop)
    server.run()


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
    return CONNECTIONS if soft < 0 else max(10, min(CONNECTIONS, soft - 64))


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
