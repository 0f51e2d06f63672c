"""A real server on the loopback interface that publishes files, well or badly."""

import re
import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Mirror:
    """A server whose first path component says how it behaves.

    "good" and "cut" go on from the byte that is asked for; "whole" always sends all, as a server may.
    """

    def __init__(self, contents):
        self.contents = contents
        self.requests = Counter()
        self.sent = []  # the first byte and the number of bytes of each answer
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                _, behaviour, name = self.path.split("/", 2)
                mirror.requests[f"{behaviour}/{name}"] += 1
                content = mirror.contents.get(name)
                if behaviour == "missing" or content is None:
                    return self.send_error(404)
                if behaviour == "wrong":
                    content = content[:-1] + b"x"
                asked = re.fullmatch(r"bytes=(\d+)-", self.headers["Range"] or "")
                start = int(asked[1]) if asked and behaviour != "whole" else 0
                if asked and start >= len(content):
                    return self.send_error(416)
                self.send_response(206 if start else 200)
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
                content = content[start:]
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if behaviour == "cut":
                    content = content[: len(content) // 2]
                mirror.sent.append((start, len(content)))
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.01])
        self.thread.start()

    def __call__(self, behaviour):
        if behaviour == "unreachable":
            return closed_address()
        return f"http://127.0.0.1:{self.server.server_port}/{behaviour}/"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def closed_address() -> str:
    """Return an address where nothing answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{server.getsockname()[1]}/"
