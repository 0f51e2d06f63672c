"""What a hostile visitor sends: made paths and headers, broken requests, and what must never come back."""

import os
import random
import re
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.python.made_site import SECRET, SECURITY, build, content, link_astray
from tests.server_process import PATIENCE, ServerProcess

SEED = 20260101
CASES = 200
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"

STEPS = [
    *("..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "%uff0e%uff0e"),
    *("....", ".", "%2e", "..;", "..%00"),
]
SLASHES = [
    "/",
    "//",
    "%2f",
    "%2F",
    "%252f",
    "\\",
    "%5c",
    "%5C",
    "/./",
    "/%2e/",
    "%c0%af",
    "\\/",
    ";/",
    "%00/",
]
STARTS = ["", "/", "/", "//", "\\", "/assets/", "/leaks/", "/loop/", "file://", "http://localhost/", "/@fs/"]
NAMES = ["secret.txt", "leak.txt", "etc/passwd", "server.py", "index.html", "", ".env", "x" * 4000, "é"]
ENDS = ["", "", "%00", "%00.html", "?", "#", "%20", ".", "/", "::$DATA", ".gz", "~", "%0a", "?x=%00", "\x7f"]
METHODS = ["GET"] * 12 + [
    "HEAD",
    "POST",
    "PUT",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "G\x00T",
    "",
]
VERSIONS = [" HTTP/1.1"] * 12 + [" HTTP/1.0", " HTTP/2.0", " HTTP/9.9", " HTTP/1.1 ", " http/1.1", ""]
HEADERS = {
    "Host": ["localhost", "", "a b", "[::1", "../../etc/passwd", "x\x01y", "é:99999", "a\r\nHost: b"],
    "Range": ["bytes=0-", "bytes=-1", "bytes=9" + "9" * 99 + "-", "bytes=" + "0-," * 500 + "0-", "\xff"],
    "If-None-Match": ['"', "*,,,W/", '"' * 999],
    "If-Modified-Since": ["Mon, 99 Foo -1 99:99:99 GMT", "\x00", "9" * 99],
    "If-Range": ['W/""', "\xff"],
    "Accept-Encoding": ["*;q=-1", "gzip;q=0," * 800, "../../x", "br, gzip"],
    "X-Forwarded-For": ["../../etc/passwd"],
    "X-Original-URL": ["/../../secret.txt"],
    "Transfer-Encoding": ["chunked", "xchunked", "chunked, identity", "\x0bchunked"],
    "Content-Length": ["-1", "5", "0x10", "1\r\nContent-Length: 2", "9" * 20, "9" * 5000],
    "Expect": ["100-continue", "tea"],
    "Connection": ["close, keep-alive, \xff", "upgrade\r\nUpgrade: h2c"],
    "Cookie": ["a=b;" * 2000, "x" * 20000],
    "Bad Name": ["x"],
    "Under_score": ["1"],
    " Folded": ["x"],
    "": ["no name"],
    "Broken": ["b\rC: d", "b\nC: d"],
    "X" * 9000: ["y"],
}
BODIES = ["", "", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "f" * 16 + "\r\n", "GET /leak.txt HTTP/1.1\r\n\r\n"]


def hostile_request(source):
    """Make a request, as bytes: a path that climbs, winds or lies, and headers that break rules."""
    steps = source.choice([0, 0, 1, 2, 3, 5, 9])
    climb = "".join(source.choice(STEPS) + source.choice(SLASHES) for _ in range(steps))
    target = source.choice(STARTS) + climb + source.choice(NAMES) + source.choice(ENDS)
    if source.random() < 0.15:  # a file that is there, so that the headers count
        target = "/index.html"
    names = source.sample(sorted(HEADERS), source.randrange(4))
    headers = [f"{name}: {source.choice(HEADERS[name])}" for name in names]
    headers += [] if "Host" in names or source.random() < 0.1 else ["Host: localhost"]
    first = f"{source.choice(METHODS)} {target}{source.choice(VERSIONS)}"
    return "\r\n".join([first, *headers, "", source.choice(BODIES)]).encode("latin-1")


@pytest.fixture(scope="module")
def served(tmp_path_factory, outside):
    site = tmp_path_factory.mktemp("site")
    build(site)
    link_astray(site, outside)
    # Who asks for nothing more is hung up on late: not that late for each of hundreds.
    with ServerProcess(site, settings="server.PATIENCE = 1") as server:
        yield server
        assert server.stop() == (0, ""), "no traceback and no warning was written"


def send(served, *requests):
    """Send each on a connection of its own, all at once; give what comes until the server closes them."""
    answers = []
    with ExitStack() as stack:
        connections = [stack.enter_context(served.connect()) for _ in requests]
        for connection, data in zip(connections, requests, strict=True):
            with suppress(OSError):  # it may be cut off before it has said everything
                connection.sendall(data)
        for connection in connections:
            got = b""
            with suppress(ConnectionError):
                while piece := connection.recv(65536):
                    got += piece
            answers.append(got)
    return answers


def statuses(answer):
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]


def check_harmless(answer, request):
    assert not [code for code in statuses(answer) if code >= 500 and code != 501], request
    for told in (SECRET.encode(), b"root:", b"Traceback", b"not for visitors"):
        assert told not in answer, request
    for head in re.findall(rb"HTTP/1\.[01] .*?\r\n\r\n", answer, re.DOTALL):
        assert b"\r\nserver:" not in head.lower(), request
        if not re.match(rb"HTTP/1\.[01] 1\d\d ", head):  # no answer yet
            assert all(head.lower().count(f"\r\n{name}: ".lower().encode()) == 1 for name in SECURITY), (
                request
            )


def test_hostile_requests_get_nothing_and_break_nothing(served):
    made = [hostile_request(random.Random(seed)) for seed in range(SEED, SEED + CASES)]
    assert len(set(made)) == CASES
    codes = set()
    for start in range(0, CASES, 50):
        requests = made[start : start + 50]
        for request, answer in zip(requests, send(served, *requests), strict=True):
            check_harmless(answer, request)
            codes.update(statuses(answer))
        assert served.ask("/").body == content("index.html"), requests
    # If all of them failed at the first line, they would test nothing behind it.
    assert codes >= {200, 400, 404, 405}, codes


NO_REQUESTS = [
    b"",
    b"\r\n\r\n\r\n",
    b"\0" * 1000,
    b"GET",
    b"GET /\r\n\r\n",
    b"GET / HTTP/1.1",
    b"GET / HTTP/1.1\n\n",
    b"GET  /  HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 3000 + b"\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x01" * 500,  # a TLS handshake
    b"SSH-2.0-OpenSSH_9.6\r\n",
    b"\xff\xfe\xfd / \r\n\r\n",
    b"GET " + b"/a" * 50000,
    b"CONNECT localhost:22 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    b"GET http://[/ HTTP/1.1\r\nHost: [\r\n\r\n",
    # HTTP/2, well begun and broken.
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    PREFACE + b"\x00\x00\x05\x01\x05\x00\x00\x00\x01\x82\x86\xff\xff\xff",
    PREFACE + b"\x00\x00\x04\x01\x05\x00\x00\x00\x01\x82\x86\x04\x01" + b"\xff",
    PREFACE + b"\x00\x00\x06\x01\x05\x00\x00\x00\x01\x82\x86\x04\x02/\xff",  # a path that is not ASCII
    PREFACE + b"\x00\x00\x07\x01\x05\x00\x00\x00\x01\x82\x86\x04\x03/?\xff",  # a query that is not
    PREFACE + b"\x00\x00\x05\x00\x01\x00\x00\x00\x07hello",  # data for no request
]


def test_what_is_no_request_is_harmless(served):
    for request, answer in zip(NO_REQUESTS, send(served, *NO_REQUESTS), strict=True):
        assert not re.search(rb"HTTP/1\.1 2", answer), request
        check_harmless(answer, request)
    assert served.ask("/").status == 200


def test_another_protocol_is_not_changed_to(served):
    asked = b"GET /sw.js HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: %s\r\n\r\n"
    answers = send(served, *[asked % protocol for protocol in (b"h2c", b"websocket", b"TLS/1.3")])
    assert [statuses(answer) for answer in answers] == [[200]] * 3


def test_requests_sent_in_one_go_are_answered_in_order(served):
    paths = [b"/sw.js", b"/nothing", b"/icon.svg", b"/healthz", b"/sw.js"] * 20
    asked = [b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % path for path in paths]
    asked[-1] = asked[-1].replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    answer = served.send(b"".join(asked))
    assert statuses(answer) == [200, 404, 200, 200, 200] * 20
    assert answer.count(content("icon.svg")) == 20
    assert answer.endswith(content("sw.js"))


def test_a_body_is_not_taken_for_the_next_request(served):
    hidden = b"GET /icon.svg HTTP/1.1\r\nHost: x\r\n\r\n"
    for head in (b"Content-Length: %d\r\n" % len(hidden), b"Transfer-Encoding: chunked\r\n"):
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden) if b"chunked" in head else hidden
        last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        answer = served.send(b"GET /sw.js HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n" + body + last)
        assert statuses(answer) == [200, 200]
        assert answer.endswith(b"\r\n\r\nok\n")


def test_a_host_that_makes_no_sense_changes_nothing(served):
    for host in ("localhost", "", "a b", "[::1", "x" * 5000, "<script>", "\x01", "é", "..", "a:b:c"):
        for path, code in ((b"/", 200), (b"/nothing", 404), (b"/healthz", 200)):
            request = b"GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
            request %= (path, host.encode("latin-1"))
            answer = served.send(request)
            assert statuses(answer) in ([code], [400]), request
            check_harmless(answer, request)
            assert b"<script>" not in answer


def test_an_absolute_address_is_no_way_elsewhere(served):
    """Only proxies are asked in this form, and this is none."""
    assert served.ask_raw(b"http://elsewhere.example/icon.svg").endswith(content("icon.svg"))
    assert statuses(served.ask_raw(b"http://elsewhere.example/secret.txt")) == [404]


def test_urgent_data_does_no_harm(served):
    with socket.create_connection((served.host, served.port), timeout=PATIENCE) as connection:
        connection.send(b"!", socket.MSG_OOB)
        before = cpu_time(served.process.pid)
        time.sleep(1)
        assert served.ask("/").status == 200
        assert cpu_time(served.process.pid) - before < 0.5, "it keeps the server busy"


def cpu_time(pid):
    """Give the seconds that a process has computed, or 0 where the system does not tell it here."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
