"""The server as a visitor meets it: a real process, asked over real HTTP."""

import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import brotli
import pytest

SERVER = Path(__file__).resolve().parents[2] / "server.py"
PATIENCE = 60  # seconds after which a silent server counts as hung

SCRIPT = "export const answer = 42;\n" * 200
FILES = {
    "index.html": "<!doctype html><title>Made site</title><p>" + "digit " * 300,
    "sw.js": "self.addEventListener('fetch', () => {});\n" * 40,
    "manifest.webmanifest": '{"name": "Made site"}',
    "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "api/digitpad.js": "export const rasterizeInk = () => 1;\n" * 40,
    "assets/page-Ab_3-9xZ.js": SCRIPT,
    "assets/page-0a1b2c3d.css": "p { color: red }\n" * 40,
    "assets/engine-DEADbeef.wasm": b"\0asm" + bytes(range(256)) * 8,
    "assets/plain.js": SCRIPT,
    "model/0123456789ab/model.json": '{"format": "layers-model"}' + " " * 900,
    "model/0123456789ab/weights.bin": os.urandom(4096),
    "model/notes.txt": "not named by its content",
    ".hidden/key.txt": "not for visitors",
    ".env": "not for visitors",
}
IMMUTABLE = "public, max-age=31536000, immutable"
SECURITY = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
]


def content(name):
    data = FILES[name]
    return data if isinstance(data, bytes) else data.encode()


def build(folder):
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(name))
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "-q", folder], check=True, timeout=PATIENCE)


class Served:
    """A running server: its process, the address that it printed, and requests to it."""

    def __init__(self, site, *options):
        self.process = subprocess.Popen(
            [sys.executable, SERVER, "--site", site, "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.line = self.process.stdout.readline()
        found = re.search(r"http://(\[.+\]|[\w.]+):(\d+)", self.line)
        assert found, (self.line, self.process.stderr.read())
        self.host, self.port = found[1].strip("[]"), int(found[2])

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.body = response.read()
        connection.close()
        return response

    def ask_raw(self, target):
        """Send a request line that a client library would refuse or tidy."""
        with socket.create_connection((self.host, self.port), timeout=PATIENCE) as connection:
            connection.sendall(
                b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.txt").write_text("the secret outside")
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory, outside):
    site = tmp_path_factory.mktemp("site")
    build(site)
    (site / "leak.txt").symlink_to(outside / "secret.txt")
    (site / "leaks").symlink_to(outside)
    (site / "plain.txt").write_text("plain")
    (site / "plain.txt.gz").symlink_to(outside / "secret.txt")
    (site / "loop").symlink_to(site)
    (site / "self").symlink_to(site / "self")
    (site / "gone").symlink_to(site / "nowhere")
    (site / "alias.js").symlink_to(site / "sw.js")
    server = Served(site, "--host", "127.0.0.1")
    yield server
    code, errors = server.stop()
    assert (code, errors) == (0, "")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("sw.js", "text/javascript; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("icon.svg", "image/svg+xml"),
        ("api/digitpad.js", "text/javascript; charset=utf-8"),
        ("assets/page-0a1b2c3d.css", "text/css; charset=utf-8"),
        ("assets/engine-DEADbeef.wasm", "application/wasm"),
        ("model/0123456789ab/model.json", "application/json"),
        ("model/0123456789ab/weights.bin", "application/octet-stream"),
    ],
)
def test_a_file_comes_whole_with_its_type(served, name, kind):
    response = served.ask("/" + name)
    assert response.status == 200
    assert response.getheader("Content-Type") == kind
    assert response.getheader("Content-Encoding") is None
    assert response.body == content(name)


def test_the_page_is_at_the_root_without_a_redirect(served):
    root, named, asked = served.ask("/"), served.ask("/index.html"), served.ask("/?source=pwa")
    assert root.status == named.status == asked.status == 200
    assert root.body == named.body == asked.body == content("index.html")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "no-cache"),
        ("index.html", "no-cache"),
        ("sw.js", "no-cache"),
        ("manifest.webmanifest", "no-cache"),
        ("api/digitpad.js", "no-cache"),
        ("assets/plain.js", "no-cache"),
        ("model/notes.txt", "no-cache"),
        ("assets/page-Ab_3-9xZ.js", IMMUTABLE),
        ("assets/engine-DEADbeef.wasm", IMMUTABLE),
        ("model/0123456789ab/model.json", IMMUTABLE),
        ("model/0123456789ab/weights.bin", IMMUTABLE),
        ("nothing-DEADbeef.js", "no-cache"),
        ("assets/nothing-DEADbeef.js", "no-cache"),
    ],
)
def test_only_what_is_named_by_its_content_is_kept_for_good(served, name, expected):
    assert served.ask("/" + name).getheader("Cache-Control") == expected


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br", "br"),
        ("", None),
        ("identity", None),
        ("deflate", None),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0, br; q=0.000", None),
    ],
)
def test_the_variant_made_at_build_time_is_sent(served, accepted, coding):
    response = served.ask("/assets/page-Ab_3-9xZ.js", Accept_Encoding=accepted)
    plain = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert response.getheader("Content-Encoding") == coding
    assert response.getheader("Vary") == "Accept-Encoding"
    assert response.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert plain(response.body).decode() == SCRIPT


def test_what_does_not_shrink_is_sent_as_it_is(served):
    response = served.ask("/model/0123456789ab/weights.bin", Accept_Encoding="gzip, br")
    assert response.getheader("Content-Encoding") is None
    assert response.body == content("model/0123456789ab/weights.bin")


@pytest.mark.parametrize("name", ["", "sw.js", "assets/page-Ab_3-9xZ.js"])
def test_an_unchanged_file_is_not_sent_again(served, name):
    first = served.ask("/" + name, Accept_Encoding="br")
    by_tag = served.ask("/" + name, If_None_Match=first.getheader("ETag"), Accept_Encoding="br")
    by_time = served.ask("/" + name, If_Modified_Since=first.getheader("Last-Modified"))
    for again in (by_tag, by_time):
        assert (again.status, again.body) == (304, b"")
        assert again.getheader("ETag") == first.getheader("ETag")
        assert again.getheader("Cache-Control") == first.getheader("Cache-Control")
        assert again.getheader("Vary") == "Accept-Encoding"
    assert served.ask("/" + name, If_None_Match='W/"another"').status == 200


def test_the_tag_follows_the_content_and_not_the_time(tmp_path):
    tags = []
    for text in ("one version", "two version"):  # of the same size and time
        page = tmp_path / "index.html"
        page.write_text(text)
        os.utime(page, (1_700_000_000, 1_700_000_000))
        server = Served(tmp_path, "--host", "127.0.0.1")
        tags.append(server.ask("/").getheader("ETag"))
        server.stop()
    assert tags[0] != tags[1]


def test_head_tells_what_get_would(served):
    for path in ("/", "/assets/engine-DEADbeef.wasm", "/nothing"):
        get, head = served.ask(path), served.ask(path, "HEAD")
        assert (head.status, head.body) == (get.status, b"")
        assert int(head.getheader("Content-Length")) == len(get.body)
        skipped = {"date"}
        told = {name.lower(): value for name, value in head.getheaders() if name.lower() not in skipped}
        assert told == {
            name.lower(): value for name, value in get.getheaders() if name.lower() not in skipped
        }


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, 4096),
        ("bytes=-10", 4086, 4096),
        ("bytes=4000-9999", 4000, 4096),
        ("bytes=0-0", 0, 1),
        ("bytes=-1", 4095, 4096),
        ("bytes=4095-", 4095, 4096),
    ],
)
def test_a_range_is_sent_alone(served, asked, start, stop):
    response = served.ask("/model/0123456789ab/weights.bin", Range=asked)
    assert response.status == 206
    assert response.getheader("Content-Range") == f"bytes {start}-{stop - 1}/4096"
    assert response.body == content("model/0123456789ab/weights.bin")[start:stop]


def test_a_range_that_makes_no_sense(served):
    path = "/model/0123456789ab/weights.bin"
    beyond = served.ask(path, Range="bytes=5000-")
    assert (beyond.status, beyond.getheader("Content-Range")) == (416, "bytes */4096")
    for ignored in ("lines=1-2", "bytes=x-y", "bytes=0-1,5-6"):
        assert len(served.ask(path, Range=ignored).body) == 4096
    # Nothing says that the part still belongs to what the visitor has.
    assert served.ask(path, Range="bytes=9-99", If_Range='"other"').status == 200


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/", "HEAD", 200),
        ("/assets/engine-DEADbeef.wasm", "GET", 200),
        ("/nothing", "GET", 404),
        ("/", "POST", 405),
        ("/nothing", "DELETE", 405),
    ],
)
def test_every_answer_carries_the_security_headers(served, path, method, status):
    response = served.ask(path, method)
    assert response.status == status
    for name in SECURITY:
        assert len(response.headers.get_all(name, [])) == 1, name
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Server") is None


def test_the_policy_of_what_the_page_may_load(served):
    policy = dict(
        part.strip().split(" ", 1) for part in served.ask("/").getheader("Content-Security-Policy").split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "worker-src": "'self'",
        "connect-src": "'self' blob:",
        "img-src": "'self' data: blob:",
        "style-src": "'self'",
        "font-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }


def test_an_unchanged_answer_carries_them_too(served):
    tag = served.ask("/").getheader("ETag")
    response = served.ask("/", If_None_Match=tag)
    assert response.status == 304
    assert all(response.getheader(name) for name in SECURITY)


def test_other_pages_may_import_the_module(served):
    response = served.ask("/api/digitpad.js", Origin="https://elsewhere.example")
    assert response.getheader("Access-Control-Allow-Origin") == "*"
    assert response.getheader("Cross-Origin-Resource-Policy") == "cross-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/assets/page-Ab_3-9xZ.js", "/nothing"])
def test_nothing_can_be_sent_to_it(served, path, method):
    response = served.ask(path, method, b"x=1")
    assert response.status == 405
    assert sorted(response.getheader("Allow").split(", ")) == ["GET", "HEAD"]
    assert response.body == b"405 Method Not Allowed\n"


def test_a_large_body_is_refused(served):
    connection = http.client.HTTPConnection(served.host, served.port, timeout=PATIENCE)
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", "100000")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/assets",
        "/assets/",
        "/model/0123456789ab/",
        "/index.html/",
        "/assets/page-Ab_3-9xZ.js.gz",
        "/assets/page-Ab_3-9xZ.js.br",
        "/.env",
        "/.hidden/key.txt",
        "/leak.txt",
        "/leaks/secret.txt",
        "/loop/index.html",
        "/self",
        "/gone",
        "/" + "a" * 5000,
    ],
)
def test_there_is_no_page_for_anything_else(served, path):
    response = served.ask(path)
    assert (response.status, response.body) == (404, b"404 Not Found\n")
    assert response.getheader("Content-Type") == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "target",
    [
        b"/../server.py",
        b"/../../../../etc/passwd",
        b"/assets/../../outside/secret.txt",
        b"/%2e%2e/%2e%2e/etc/passwd",
        b"/..%2f..%2f..%2fetc%2fpasswd",
        b"/%2e%2e%5c%2e%2e%5cetc%5cpasswd",
        b"/..\\..\\etc\\passwd",
        b"/%252e%252e/etc/passwd",
        b"/index.html%00.js",
        b"/index.html\0",
        b"/%c0%ae%c0%ae/etc/passwd",
        b"/%ff%fe",
        b"//etc/passwd",
        b"///etc/passwd",
        b"/assets/./page-Ab_3-9xZ.js",
        b"/C:/Windows/win.ini",
        b"file:///etc/passwd",
        b"*",
        b"http://localhost/../etc/passwd",
    ],
)
def test_no_request_leads_out_of_the_site(served, target):
    answer = served.ask_raw(target)
    assert re.match(rb"HTTP/1\.[01] 40[04] ", answer), answer
    assert b"root:" not in answer
    assert b"secret outside" not in answer
    assert b"Traceback" not in answer
    assert b"\nserver:" not in answer.lower()
    assert served.ask("/").status == 200


def test_a_link_within_the_site_is_a_file_of_it(served):
    assert served.ask("/alias.js").body == content("sw.js")
    # The compressed variant that leads outside is passed over.
    assert served.ask("/plain.txt", Accept_Encoding="gzip").body == b"plain"


def test_a_file_taken_away_while_it_runs_is_missing(tmp_path):
    (tmp_path / "index.html").write_text("page")
    (tmp_path / "extra.js").write_text("export {};")
    server = Served(tmp_path, "--host", "127.0.0.1")
    (tmp_path / "extra.js").unlink()
    assert server.ask("/extra.js").status == 404
    assert server.stop() == (0, "")


def test_localhost_answers_at_the_printed_address_and_ctrl_c_stops_it(tmp_path):
    (tmp_path / "index.html").write_text("page")
    server = Served(tmp_path)
    assert server.host == "localhost"
    for family, *_, address in socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM):
        try:
            socket.create_server(address, family=family).close()
        except OSError:
            continue  # a family that this machine has switched off
        server.host = address[0]
        assert server.ask("/").body == b"page"
    assert server.stop(signal.SIGINT) == (0, "")


def test_every_address_prints_one_that_opens(tmp_path):
    (tmp_path / "index.html").write_text("page")
    server = Served(tmp_path, "--host", "0.0.0.0")
    assert server.host == "localhost"
    server.host = "127.0.0.1"
    assert server.ask("/").status == 200
    assert server.stop() == (0, "")


@pytest.fixture
def page(tmp_path):
    (tmp_path / "index.html").write_text("page")
    return tmp_path


def refusal(*options):
    """Run the server where it can't serve; give its one sentence."""
    done = subprocess.run(
        [sys.executable, SERVER, *map(str, options)], capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.endswith(".\n")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_taken_port_is_said(page):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = refusal("--site", page, "--host", "localhost", "--port", port)
    assert f"Port {port} is taken" in sentence
    assert "--port" in sentence
    assert "make run PORT=" in sentence


@pytest.mark.parametrize("port", ["65536", "-1", "http", "", "5000.5", "٥", "99999999999999999999"])
def test_what_is_no_port_is_said(page, port):
    assert f"{port!r} is not a port" in refusal("--site", page, f"--port={port}")


def test_an_unknown_host_is_said(page):
    sentence = refusal("--site", page, "--host", "no.such.host.invalid", "--port", 0)
    assert "'no.such.host.invalid' is unknown" in sentence


def test_an_address_of_another_machine_is_said(page):
    assert "192.0.2.1 is not an address" in refusal("--site", page, "--host", "192.0.2.1", "--port", 0)


def test_a_site_that_is_not_built_is_said(tmp_path):
    assert "make site" in refusal("--site", tmp_path)


def test_a_missing_folder_is_said(tmp_path):
    sentence = refusal("--site", tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in sentence
    assert "is not there" in sentence
