"""The server as a visitor meets it: files, variants, conditions, refusals, and where it can't serve."""

import gzip
import os
import re
import signal
import socket
from contextlib import suppress

import brotli
import pytest

from tests.python.made_site import SCRIPT, SECRET, SECURITY, build, content, link_astray, refusal
from tests.server_process import ServerProcess

IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def served(tmp_path_factory, outside):
    site = tmp_path_factory.mktemp("site")
    build(site)
    link_astray(site, outside)
    (site / "plain.txt").write_text("plain")
    (site / "plain.txt.gz").symlink_to(outside / "secret.txt")
    (site / "self").symlink_to(site / "self")
    (site / "gone").symlink_to(site / "nowhere")
    (site / "alias.js").symlink_to(site / "sw.js")
    server = ServerProcess(site)
    yield server
    code, errors = server.stop()
    assert (code, errors) == (0, "")


TYPES = [
    ("index.html", "text/html; charset=utf-8"),
    ("sw.js", "text/javascript; charset=utf-8"),
    ("manifest.webmanifest", "application/manifest+json"),
    ("icon.svg", "image/svg+xml"),
    ("api/digitpad.js", "text/javascript; charset=utf-8"),
    ("assets/page-0a1b2c3d.css", "text/css; charset=utf-8"),
    ("assets/engine-DEADbeef.wasm", "application/wasm"),
    ("model/0123456789ab/model.json", "application/json"),
    ("model/0123456789ab/weights.bin", "application/octet-stream"),
]


def test_a_file_comes_whole_with_its_type(served):
    for name, kind in TYPES:
        response = served.ask("/" + name)
        assert response.status == 200
        assert response.getheader("Content-Type") == kind
        assert response.getheader("Content-Encoding") is None
        assert response.body == content(name)


def test_the_page_is_at_the_root_without_a_redirect(served):
    root, named, asked = served.ask("/"), served.ask("/index.html"), served.ask("/?source=pwa")
    assert root.status == named.status == asked.status == 200
    assert root.body == named.body == asked.body == content("index.html")


KEPT = [
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
]


def test_only_what_is_named_by_its_content_is_kept_for_good(served):
    for name, expected in KEPT:
        assert served.ask("/" + name).getheader("Cache-Control") == expected


CODINGS = [
    ("gzip, deflate, br, zstd", "br"),
    ("gzip", "gzip"),
    ("br", "br"),
    ("", None),
    ("identity", None),
    ("deflate", None),
    ("br;q=0, gzip;q=0.5", "gzip"),
    ("BR;Q=0, GZIP", "gzip"),
    ("brotli, sbr", None),
    ("gzip;q=0, br; q=0.000", None),
]


def test_the_variant_made_at_build_time_is_sent(served):
    for accepted, coding in CODINGS:
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


def test_an_unchanged_file_is_not_sent_again(served):
    for name in ("", "sw.js", "assets/page-Ab_3-9xZ.js"):
        check_unchanged(served, name)


def check_unchanged(served, name):
    first = served.ask("/" + name, Accept_Encoding="br")
    by_tag = served.ask("/" + name, If_None_Match=first.getheader("ETag"), Accept_Encoding="br")
    since = first.getheader("Last-Modified")
    by_time = served.ask("/" + name, If_Modified_Since=since, Accept_Encoding="br")
    for again in (by_tag, by_time):
        assert (again.status, again.body) == (304, b"")
        assert again.getheader("ETag") == first.getheader("ETag")
        assert again.getheader("Cache-Control") == first.getheader("Cache-Control")
        assert again.getheader("Vary") == "Accept-Encoding"
    tag = first.getheader("ETag")
    for tags in (f"W/{tag}", f'"another", {tag}', "*"):
        assert served.ask("/" + name, If_None_Match=tags, Accept_Encoding="br").status == 304, tags
    # Another tag, or another variant's: the time does not count then.
    assert served.ask("/" + name, If_None_Match='W/"another"', If_Modified_Since=since).status == 200
    assert served.ask("/" + name, If_None_Match=tag).status == 200
    for time in ("Thu, 01 Jan 1998 00:00:00 GMT", "yesterday", "", "Thu, 99 Jan 99999 00:00:00 GMT"):
        assert served.ask("/" + name, If_Modified_Since=time).status == 200, time


def test_each_variant_has_a_tag_of_its_own(served):
    codings = ("br", "gzip", "identity")
    tags = {served.ask("/sw.js", Accept_Encoding=coding).getheader("ETag") for coding in codings}
    assert len(tags) == 3
    assert all(re.fullmatch(r'"\w+"', tag) for tag in tags)


def test_the_tag_follows_the_content_and_not_the_time(tmp_path):
    tags = []
    for text in ("one version", "two version"):  # of the same size and time
        page = tmp_path / "index.html"
        page.write_text(text)
        os.utime(page, (1_700_000_000, 1_700_000_000))
        server = ServerProcess(tmp_path)
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


RANGES = [
    ("bytes=0-99", 0, 100),
    ("bytes=100-", 100, 4096),
    ("bytes=-10", 4086, 4096),
    ("bytes=4000-9999", 4000, 4096),
    ("bytes=0-0", 0, 1),
    ("bytes=-1", 4095, 4096),
    ("bytes=4095-", 4095, 4096),
]


def test_a_range_is_sent_alone(served):
    for asked, start, stop in RANGES:
        response = served.ask("/model/0123456789ab/weights.bin", Range=asked)
        assert response.status == 206
        assert response.getheader("Content-Range") == f"bytes {start}-{stop - 1}/4096"
        assert response.body == content("model/0123456789ab/weights.bin")[start:stop]


def test_a_range_that_makes_no_sense_is_passed_over(served):
    """HTTP allows that for every range: one that begins behind the end needs no answer of its own."""
    beyond = ("bytes=5000-", "bytes=4096-", "bytes=-0", "bytes=-9999")
    several = ("lines=1-2", "bytes=x-y", "bytes=0-1,5-6", "bytes=9-5", "bytes=-", "bytes=--5", "bytes=+1-2")
    for ignored in (*beyond, *several, "bytes=" + "9" * 5000 + "-"):
        response = served.ask("/model/0123456789ab/weights.bin", Range=ignored)
        assert (response.status, len(response.body)) == (200, 4096), ignored
    head = served.ask("/model/0123456789ab/weights.bin", "HEAD", Range="bytes=0-9")
    assert head.status == 200, "HTTP knows ranges of GET alone"


def test_a_range_is_sent_only_of_what_the_visitor_has(served):
    path = "/model/0123456789ab/weights.bin"
    whole = served.ask(path)
    tag, since = whole.getheader("ETag"), whole.getheader("Last-Modified")
    for known in (tag, since):
        assert served.ask(path, Range="bytes=9-99", If_Range=known).body == whole.body[9:100]
    for unknown in ('"other"', "Thu, 01 Jan 1998 00:00:00 GMT", ""):
        assert served.ask(path, Range="bytes=9-99", If_Range=unknown).status == 200, unknown


def test_a_range_of_a_variant_is_a_part_of_it(served):
    whole = served.ask("/sw.js", Accept_Encoding="br")
    part = served.ask("/sw.js", Accept_Encoding="br", Range="bytes=3-9", If_Range=whole.getheader("ETag"))
    assert (part.status, part.getheader("Content-Encoding")) == (206, "br")
    assert part.body == whole.body[3:10]
    assert served.ask("/sw.js", Range="bytes=3-9", If_Range=whole.getheader("ETag")).status == 200


ANSWERS = [
    ("/", "GET", 200),
    ("/", "HEAD", 200),
    ("/assets/engine-DEADbeef.wasm", "GET", 200),
    ("/nothing", "GET", 404),
    ("/", "POST", 405),
    ("/nothing", "DELETE", 405),
    ("/healthz", "GET", 200),
]


def test_every_answer_carries_the_security_headers(served):
    for path, method, status in ANSWERS:
        response = served.ask(path, method)
        assert response.status == status
        for name in SECURITY:
            assert len(response.headers.get_all(name, [])) == 1, name
        assert response.getheader("X-Content-Type-Options") == "nosniff"
        assert response.getheader("Server") is None
        assert response.getheader("Strict-Transport-Security") is None  # a promise that plain HTTP can't give


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


def test_nothing_can_be_sent_to_it(served):
    for path in ("/", "/assets/page-Ab_3-9xZ.js", "/nothing"):
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            response = served.ask(path, method, b"x=1")
            assert response.status == 405
            assert sorted(response.getheader("Allow").split(", ")) == ["GET", "HEAD"]
            check_small_page(response.body, "This address can only be read.")


def check_small_page(body, sentence, home=None):
    """A page of one sentence and a link home, which obeys the policy: nothing inline, nothing loaded."""
    text = body.decode()
    assert len(text) < 2000
    assert f"<p>{sentence} <a " in text
    assert not re.search(r"<script|<style|<link|<img|\sstyle=|\son\w+=|javascript:", text)
    link = re.search(r'<a href="([^"]*)">Go to Digitpad</a>', text)[1]
    assert re.fullmatch(r"\./|(\.\./)+|/", link), link
    assert home in (None, link)


def refused(served, request):
    """Give the code of a refusal in a page like the others, or 0 where it hangs up before all was sent."""
    answer = b""
    with served.connect() as connection, suppress(ConnectionError):
        connection.sendall(request)
        while piece := connection.recv(65536):
            answer += piece
    if not answer:
        return 0
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"\r\nconnection: close" in head.lower()
    assert b"\r\nContent-Type: text/html; charset=utf-8" in head
    check_small_page(body, REFUSALS[int(head[9:12])], "/")
    return int(head[9:12])


REFUSALS = {
    400: "This is no request that a server understands.",
    413: "This server takes nothing in.",
    431: "This request is too long: the browser may send too many cookies for this address.",
}


def test_a_large_body_is_refused(served):
    head = b"POST / HTTP/1.1\r\nHost: x\r\n"
    assert refused(served, head + b"Content-Length: 100000\r\n\r\n") == 413
    assert refused(served, head + b"Content-Length: 9000000\r\n\r\n" + b"x" * 9_000_000) in (413, 0)
    pieces = b"8000\r\n%s\r\n" % (b"x" * 0x8000) * 100
    assert refused(served, head + b"Transfer-Encoding: chunked\r\n\r\n" + pieces) in (413, 0)


def test_what_is_no_request_is_refused(served):
    assert refused(served, b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n") == 400
    assert refused(served, b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"x" * 20_000) in (431, 0)


def test_its_health_can_be_asked(served):
    response = served.ask("/healthz")
    assert (response.status, response.body) == (200, b"ok\n")
    assert response.getheader("Content-Type") == "text/plain; charset=utf-8"
    assert response.getheader("Cache-Control") == "no-store"
    assert response.getheader("ETag") is None
    head = served.ask("/healthz", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert served.ask("/healthz", "POST").status == 405


MISSING = [
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
]


def test_there_is_no_page_for_anything_else(served):
    for path in MISSING:
        response = served.ask(path)
        assert response.status == 404
        assert response.getheader("Content-Type") == "text/html; charset=utf-8"
        check_small_page(response.body, "There is no page at this address.")


HOMES = [("/x", "./"), ("/x?a=/b/", "./"), ("/x/", "../"), ("/x/y", "../"), ("/x" * 90, "/")]


def test_the_link_of_a_missing_page_leads_home_from_any_depth(served):
    for path, home in HOMES:
        check_small_page(served.ask(path).body, "There is no page at this address.", home)


TARGETS = [
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
]


def test_no_request_leads_out_of_the_site(served):
    for target in TARGETS:
        answer = served.ask_raw(target)
        assert re.match(rb"HTTP/1\.[01] 40[04] ", answer), answer
        assert b"root:" not in answer
        assert SECRET.encode() not in answer
        assert b"Traceback" not in answer
        assert b"\nserver:" not in answer.lower()
        assert served.ask("/").status == 200


def test_a_link_within_the_site_is_a_file_of_it(served):
    assert served.ask("/alias.js").body == content("sw.js")
    # The compressed variant that leads outside is passed over.
    assert served.ask("/plain.txt", Accept_Encoding="gzip").body == b"plain"


def test_the_site_stays_as_it_was_when_the_server_started(tmp_path, outside):
    (tmp_path / "index.html").write_text("page")
    (tmp_path / "extra.js").write_text("export {};")
    with ServerProcess(tmp_path) as server:
        (tmp_path / "extra.js").unlink()
        (tmp_path / "index.html").unlink()
        (tmp_path / "index.html").symlink_to(outside / "secret.txt")
        (tmp_path / "later.txt").symlink_to(outside / "secret.txt")
        assert server.ask("/extra.js").body == b"export {};"
        assert server.ask("/").body == b"page"
        assert server.ask("/later.txt").status == 404
        assert server.stop() == (0, "")


def test_localhost_answers_at_the_printed_address_and_ctrl_c_stops_it(tmp_path):
    (tmp_path / "index.html").write_text("page")
    server = ServerProcess(tmp_path, host=None)
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
    server = ServerProcess(tmp_path, host="0.0.0.0")
    assert server.host == "localhost"
    server.host = "127.0.0.1"
    assert server.ask("/").status == 200
    assert server.stop() == (0, "")


@pytest.fixture
def page(tmp_path):
    (tmp_path / "index.html").write_text("page")
    return tmp_path


def test_a_taken_port_is_said(page):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = refusal("--site", page, "--host", "localhost", "--port", port)
    assert f"Port {port} is taken" in sentence
    assert "--port" in sentence
    assert "make run PORT=" in sentence


@pytest.mark.parametrize("port", ["65536", "-1", "", "٥"])
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
