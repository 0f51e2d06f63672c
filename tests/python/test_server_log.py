"""The log of requests: one line for each, and nothing that a visitor would not want to be kept."""

import os
import re

import pytest

from tests.python.made_site import build, content
from tests.python.server_certificate import options
from tests.server_process import ServerProcess

LINE = re.compile(
    r'(?P<address>\S+) - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "(?P<request>[ -~]*)" '
    r"(?P<status>\d{3}) (?P<size>\d+|-)"
)


@pytest.fixture
def site(tmp_path):
    build(tmp_path)
    return tmp_path


def lines(served):
    assert served.stop() == (0, "")
    found = [LINE.fullmatch(line) for line in served.output.splitlines()]
    assert all(found), served.output
    return [(line["request"], int(line["status"]), line["size"]) for line in found]


def test_nothing_is_logged_unless_asked_for(site):
    with ServerProcess(site) as served:
        served.ask("/")
        served.stop()
        assert served.output == ""


def test_one_line_for_each_request(site):
    with ServerProcess(site, "--access-log") as served:
        served.ask("/sw.js?x=1")
        tag = served.ask("/sw.js", "HEAD").getheader("ETag")
        served.ask("/sw.js", If_None_Match=tag)
        served.ask("/sw.js", Range="bytes=0-9")
        missing = served.ask("/nothing")
        served.ask("/", "POST", b"a body")
        served.ask("/healthz")
        logged = lines(served)
    size = str(len(content("sw.js")))
    assert [line[:2] for line in logged] == [
        ("GET /sw.js?x=1 HTTP/1.1", 200),
        ("HEAD /sw.js HTTP/1.1", 200),
        ("GET /sw.js HTTP/1.1", 304),
        ("GET /sw.js HTTP/1.1", 206),
        ("GET /nothing HTTP/1.1", 404),
        ("POST / HTTP/1.1", 405),
        ("GET /healthz HTTP/1.1", 200),
    ]
    assert [line[2] for line in logged[:5]] == [size, "-", "-", "10", str(len(missing.body))]


def test_what_a_visitor_sends_can_not_forge_a_line(site):
    with ServerProcess(site, "--access-log") as served:
        served.ask_raw(b'/"\\%0a%1b[31m?\\"')
        served.send(b"GET /\x1b[31m HTTP/1.1\r\nConnection: close\r\n\r\n")
        served.send(b"no request\r\n\r\n")  # and not in the log
        served.ask("/", Cookie="secret=1", Authorization="Basic secret", Referer="http://secret.example/")
        logged = lines(served)
    assert logged[0][0] == r"GET /\x22\x5c%0a%1b[31m?\x5c\x22 HTTP/1.1"
    assert logged[1][0] == r"GET /\x1b[31m HTTP/1.1"
    assert "secret" not in served.output
    assert len(logged) == 3


def test_a_log_that_nobody_reads_any_more_stops_nothing(site):
    # With its output buffered, which is what a process has unless told otherwise.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with ServerProcess(site, "--access-log", env=settings) as served:
        served.process.stdout.close()
        served.process.stdout = None
        assert [served.ask("/").status for _ in range(3)] == [200] * 3
        assert served.stop() == (0, "")


def test_behind_https_the_address_is_the_visitors(site):
    with ServerProcess(site, "--access-log", *options()) as served:
        served.ask("/sw.js")
        assert lines(served) == [("GET /sw.js HTTP/1.1", 200, str(len(content("sw.js"))))]
        assert served.output.startswith("127.0.0.1 - - ")
