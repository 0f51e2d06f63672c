"""server.py as a visitor meets it: files, conditions, refusals, slow visitors, and where it cannot serve."""

import gzip
import os
import random
import re
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack

import brotli
import pytest

from server import create_app, main
from tests.server_process import PATIENCE, ROOT, ServerProcess

SECRET = b"the secret outside"
SCRIPT = b"export const answer = 42;\n" * 200
SECURITY = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
IMMUTABLE = "public, max-age=31536000, immutable"
HEADERS = "".join(
    ["/*\n", *(f"  {name}: {value}\n" for name, value in SECURITY.items())]
    + [f"/{folder}/*\n  Cache-Control: {IMMUTABLE}\n" for folder in ("assets", "model")]
)
FILES = {
    "index.html": b"<!doctype html><title>Made site</title>" + b"digit " * 300,
    "404.html": b"<p>There is no page at this address.",
    "_headers": HEADERS.encode(),
    "sw.js": b"self.addEventListener('fetch', () => {});\n" * 40,
    "manifest.webmanifest": b'{"name": "Made site"}',
    "icon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "assets/page-Ab_3-9xZ.js": SCRIPT,
    "assets/engine-DEADbeef.wasm": b"\0asm" + bytes(range(256)) * 8,
    "model/0123456789ab/weights.bin": random.Random(1).randbytes(4096),
    "plain.txt": b"plain",
    ".hidden/key.txt": SECRET,
    ".env": SECRET,
}
WEIGHTS = "/model/0123456789ab/weights.bin"
LARGE = 8 * 2**20  # bytes: more than the buffers between a server and a visitor hold


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A made site with links that lead out of it, in a circle and nowhere."""
    folder, outside = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("outside")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "-q", folder], check=True, timeout=PATIENCE)
    (folder / "large.bin").write_bytes(bytes(LARGE))
    (outside / "secret.txt").write_bytes(SECRET)
    for name, target in {
        "leak.txt": outside / "secret.txt",
        "plain.txt.gz": outside / "secret.txt",
        "leaks": outside,
        "loop": folder,
        "self": folder / "self",
        "gone": folder / "nowhere",
        "alias.js": folder / "sw.js",
    }.items():
        (folder / name).symlink_to(target)
    return folder


@pytest.fixture(scope="module")
def served(site):
    with ServerProcess(site) as server:
        yield server
        assert server.stop() == (0, ""), "no traceback and no warning was written"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("sw.js", "text/javascript; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
        ("assets/engine-DEADbeef.wasm", "application/wasm"),
        ("model/0123456789ab/weights.bin", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_whole_with_its_type(served, name, kind):
    answer = served.ask("/" + name)
    assert (answer.status, answer.body) == (200, FILES[name])
    assert answer.getheader("Content-Type") == kind
    assert answer.getheader("Content-Encoding") is None
    kept = IMMUTABLE if name.startswith(("assets/", "model/")) else "no-cache"
    assert answer.getheader("Cache-Control") == kept


def test_the_page_is_at_the_root_and_at_index_html_without_a_redirect(served):
    for path in ("/", "/index.html", "/?source=pwa"):
        answer = served.ask(path)
        assert (answer.status, answer.body) == (200, FILES["index.html"])
    assert served.ask("/").getheader("Location") is None


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("", None),
        ("identity", None),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("brotli, sbr", None),
        ("gzip;q=0, br; q=0.000", None),
    ],
)
def test_the_variant_made_at_build_time_is_sent(served, accepted, encoding):
    answer = served.ask("/assets/page-Ab_3-9xZ.js", Accept_Encoding=accepted)
    plain = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert answer.getheader("Content-Encoding") == encoding
    assert answer.getheader("Vary") == "Accept-Encoding"
    assert answer.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert plain(answer.body) == SCRIPT


@pytest.mark.parametrize("prefix", ["/digitpad/", "digitpad", "/a/b"])
def test_behind_a_proxy_that_keeps_its_folder_the_site_is_in_that_folder_too(site, prefix):
    folder = "/" + prefix.strip("/")
    with ServerProcess(site, "--prefix", prefix) as server:
        for name in ("index.html", "sw.js", WEIGHTS[1:]):
            answer = server.ask(f"{folder}/{name}")
            assert (answer.status, answer.body) == (200, FILES[name])
        assert server.ask(f"{folder}/").body == server.ask("/").body == FILES["index.html"]
        assert server.ask(f"{folder}/healthz").body == server.ask("/healthz").body == b"ok\n"
        # The page's addresses are relative to the folder. The proxy's visitors know another host than ours.
        entered = server.ask(folder, Host="inside:5000")
        assert (entered.status, entered.getheader("Location")) == (308, f"{folder}/")
        for path in (f"{folder}/nothing", f"{folder}x/", f"{folder}{folder}/", f"{folder}/.env"):
            answer = server.ask(path)
            assert (answer.status, answer.body) == (404, FILES["404.html"]), path
        assert server.stop() == (0, "")


def test_a_prefix_of_slashes_is_none(site):
    with ServerProcess(site, "--prefix", "/") as server:
        assert server.ask("/").body == FILES["index.html"]


def test_an_unchanged_file_is_not_sent_again(served):
    first = served.ask("/sw.js", Accept_Encoding="br")
    tag = first.getheader("ETag")
    for tags in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        again = served.ask("/sw.js", If_None_Match=tags, Accept_Encoding="br")
        assert (again.status, again.body) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert again.getheader(name) == first.getheader(name)
        assert again.getheader("Content-Type") is None, "there is no content"
    assert served.ask("/sw.js", If_None_Match='"another"').status == 200
    assert served.ask("/sw.js", If_None_Match=tag).status == 200, "each variant has its own tag"


def test_the_tag_follows_the_content_and_not_the_time(tmp_path):
    tags = set()
    for text in ("one version", "two version"):  # of the same size and time
        (tmp_path / "_headers").write_text(HEADERS)
        (tmp_path / "index.html").write_text(text)
        os.utime(tmp_path / "index.html", (1_700_000_000, 1_700_000_000))
        tags.add(create_app(tmp_path).test_client().get("/").headers["ETag"])
    assert len(tags) == 2


@pytest.mark.parametrize("path", ["/", "/assets/engine-DEADbeef.wasm", "/nothing"])
def test_head_says_what_get_would(served, path):
    get, head = served.ask(path), served.ask(path, "HEAD")
    assert (head.status, head.body) == (get.status, b"")
    assert int(head.getheader("Content-Length")) == len(get.body)
    del get.headers["Date"], head.headers["Date"]
    assert sorted(head.getheaders()) == sorted(get.getheaders())


def test_a_range_is_sent_alone_and_only_of_what_the_visitor_has(served):
    ranges = {"0-99": (0, 100), "4000-9999": (4000, 4096), "-10": (4086, 4096), "0-0": (0, 1)}
    for asked, (start, stop) in ranges.items():
        answer = served.ask(WEIGHTS, Range=f"bytes={asked}")
        assert answer.status == 206
        assert answer.getheader("Content-Range") == f"bytes {start}-{stop - 1}/4096"
        assert answer.body == FILES[WEIGHTS[1:]][start:stop]
    tag = served.ask(WEIGHTS).getheader("ETag")
    assert served.ask(WEIGHTS, Range="bytes=9-99", If_Range=tag).status == 206
    assert served.ask(WEIGHTS, Range="bytes=9-99", If_Range='"other"').status == 200


WAYS = [  # to ask for the script, and what comes
    ("GET", {}, (200, None, len(SCRIPT))),
    ("HEAD", {}, (200, None, 0)),
    ("GET", {"Accept_Encoding": "br"}, (200, "br", len(brotli.compress(SCRIPT)))),
    ("GET", {"If_None_Match": "*"}, (304, None, 0)),
    ("GET", {"Range": "bytes=0-9"}, (206, None, 10)),
    ("GET", {"Range": "bytes=0-9", "If_Range": '"other"'}, (200, None, len(SCRIPT))),
    ("GET", {"If_Match": '"other"', "If_None_Match": '"other"'}, (200, None, len(SCRIPT))),
    ("POST", {}, (405, None, None)),
]


def test_an_answer_is_kept_for_those_alone_who_ask_in_the_same_way(served):
    for method, headers, (status, encoding, size) in WAYS + WAYS[::-1]:
        answer = served.ask("/assets/page-Ab_3-9xZ.js", method, **headers)
        assert (answer.status, answer.getheader("Content-Encoding")) == (status, encoding), (method, headers)
        assert size is None or len(answer.body) == size


def test_no_answer_is_kept_with_its_date(site):
    client = create_app(site).test_client()
    for headers in ({"If-None-Match": "*"}, {"Range": "bytes=0-9"}):
        assert "Date" not in client.get("/sw.js", headers=headers).headers


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("HEAD", "/", {}, 200),
        ("GET", "/healthz", {}, 200),
        ("GET", "/sw.js", {"If_None_Match": "*"}, 304),
        ("GET", "/assets/nothing-DEADbeef.js", {}, 404),
        ("POST", "/", {}, 405),
        ("OPTIONS", "/nothing", {}, 405),
        ("GET", WEIGHTS, {"Range": "bytes=5000-"}, 416),
    ],
)
def test_every_answer_carries_the_security_headers(served, method, path, headers, status):
    answer = served.ask(path, method, **headers)
    assert answer.status == status
    assert {name: ", ".join(answer.headers.get_all(name)) for name in SECURITY} == SECURITY
    assert answer.getheader("Server") == "granian", "without a version"
    if status >= 400:
        assert answer.getheader("Cache-Control") == "no-cache", "it may be there later"


def test_its_health_can_be_asked(served):
    answer = served.ask("/healthz")
    assert (answer.body, answer.getheader("Cache-Control")) == (b"ok\n", "no-store")


MISSING = [
    *("/nothing", "/assets", "/assets/", "/index.html/", "/assets/page-Ab_3-9xZ.js.gz", "/sw.js.br"),
    *("/.env", "/.hidden/key.txt", "/leak.txt", "/leaks/secret.txt", "/loop/index.html", "/self", "/gone"),
    "/" + "a" * 5000,
]


def test_there_is_no_page_for_anything_else(served):
    for path in MISSING:
        answer = served.ask(path)
        assert (answer.status, answer.body) == (404, FILES["404.html"]), path
        assert answer.getheader("Content-Type") == "text/html; charset=utf-8"


def test_a_link_within_the_site_is_a_file_of_it(served):
    assert served.ask("/alias.js").body == FILES["sw.js"]
    # The compressed variant leads outside.
    assert served.ask("/plain.txt", Accept_Encoding="gzip").body == b"plain"


CLIMBS = [
    *(b"/../server.py", b"/../../../../etc/passwd", b"/assets/../../outside/secret.txt"),
    *(b"/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2f..%2fetc%2fpasswd", b"/%2e%2e%5c%2e%2e%5cetc%5cpasswd"),
    *(b"/..\\..\\etc\\passwd", b"/%252e%252e/etc/passwd", b"/index.html%00.js", b"/index.html\0", b"*"),
    *(b"/%c0%ae%c0%ae/etc/passwd", b"/%ff%fe", b"//etc/passwd", b"///etc/passwd", b"/C:/Windows/win.ini"),
    *(b"/assets/./page-Ab_3-9xZ.js", b"file:///etc/passwd", b"http://localhost/../etc/passwd"),
]


def test_no_address_leads_out_of_the_site(served):
    for target in CLIMBS:
        answer = served.send(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert re.match(rb"HTTP/1\.[01] 40[04] ", answer), (target, answer)
        assert not re.search(rb"root:|Traceback|" + SECRET, answer), target


BROKEN = [
    *(b"\0" * 1000, b"GET /\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    b"GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=" + b"0-," * 500 + b"0-\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nIf-None-Match: W/,,*\r\nAccept-Encoding: *;q=-1\r\nConnection: close\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
]


def test_what_is_no_good_request_breaks_nothing(served):
    for request in BROKEN:
        answer = served.send(request, end=True)
        assert not re.search(rb"HTTP/1\.1 5|Traceback|" + SECRET, answer), request
        assert served.ask("/").status == 200


def test_slow_silent_and_stalled_visitors_do_not_hold_others_up(served):
    with ExitStack() as stack:
        visitors = [stack.enter_context(served.connect()) for _ in range(210)]
        for visitor in visitors[:100]:
            visitor.sendall(b"GET / HT")
        for visitor in visitors[200:]:
            visitor.sendall(b"GET /large.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert served.ask("/").body == FILES["index.html"]
        visitors[0].sendall(b"TP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert served.read(visitors[0]).endswith(FILES["index.html"])
        assert len(served.read(visitors[200]).partition(b"\r\n\r\n")[2]) == LARGE
    assert served.ask("/").status == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_to_though_a_visitor_stays(site, how):
    with ServerProcess(site, host=None) as server, server.connect() as visitor:
        assert server.host == "localhost"
        visitor.sendall(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        visitor.recv(1)
        assert server.stop(how) == (0, "")


def test_the_log_has_one_line_for_each_request_and_no_more_than_its_address(site):
    with ServerProcess(site, "--access-log", host="0.0.0.0") as server:
        assert server.host == "localhost", "the printed address opens"
        server.host = "127.0.0.1"
        for _ in range(2):
            server.ask("/sw.js?x=1", Cookie="secret=1")
        server.send(b"GET /%0aforged%1b%5b31m HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert server.stop() == (0, "")
        first, again, last = server.output.splitlines()
    for line in (first, again):
        assert line.endswith("127.0.0.1 GET '/sw.js' 200")
    assert last.endswith(r"127.0.0.1 GET '/\nforged\x1b[31m' 404")


def test_a_log_that_nobody_reads_stops_nothing(site):
    with ServerProcess(site, "--access-log") as server:
        server.process.stdout.close()
        assert [server.ask("/").status for _ in range(3)] == [200] * 3
        server.process.terminate()
        assert server.process.stderr.read() == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--port="], "PORT="),
        (["--host", "no.such.host.invalid"], "HOST="),
        (["--host", "192.0.2.1"], "192.0.2.1"),
        (["--site", "nowhere"], "make site"),
        (["--site", "tests"], "make site"),
        (["--https", "nowhere.pem", "nowhere.pem"], "CERT= and KEY="),
        (["--https", "server.py", "server.py"], "CERT= and KEY="),
    ],
)
def test_where_it_can_not_serve_it_says_why_in_one_sentence(site, monkeypatch, options, words):
    monkeypatch.setattr("sys.argv", ["server.py", "--site", str(site), *options])
    with pytest.raises(SystemExit) as stop:
        main()
    assert words in stop.value.code
    assert re.fullmatch(r"[^\n]+\.", stop.value.code)


def test_a_port_that_there_is_not_or_that_is_taken_is_said(site):
    assert "65536" in refusal("--site", site, "--port", 65536)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal("--site", site, "--host", "localhost", "--port", port)
    assert re.search(rf"localhost:{port} \(Address already in use.*PORT=", said)


def refusal(*options):
    """Run the server where it can't serve; return its sentence."""
    command = [sys.executable, "server.py", *map(str, options)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"[^\n]+\.\n", done.stderr), done.stderr
    return done.stderr
