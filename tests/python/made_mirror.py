"""A real server on the loopback interface that publishes files, well or badly."""

import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Mirror:
    """A server whose first path component says how it behaves."""

    def __init__(self, contents):
        self.requests = Counter()
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                _, behaviour, name = self.path.split("/")
                mirror.requests[f"{behaviour}/{name}"] += 1
                content = contents.get(name)
                if behaviour == "missing" or content is None:
                    return self.send_error(404)
                if behaviour == "wrong":
                    content = content[:-1] + b"x"
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if behaviour == "cut" else content)

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
