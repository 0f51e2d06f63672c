"""Slow, silent and stalled visitors, who must not hold the others up; and a stop that cuts nobody off."""

import signal
import socket
import time
from contextlib import suppress

import pytest

from tests.python.server_certificate import options as certified
from tests.server_process import PATIENCE, ServerProcess, read_all

SLOW = 50
LARGE = 8 * 2**20  # bytes: more than the buffers between a server and a visitor hold


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("page")
    (folder / "large.bin").write_bytes(bytes(range(256)) * (LARGE // 256))
    return folder


@pytest.fixture(params=["http", "https"])
def served(request, site):
    with ServerProcess(site, *(certified() if request.param == "https" else [])) as served:
        yield served


class Crowd:
    """Connections to a server, all closed at the end."""

    def __init__(self, served, size, connect=None):
        self.connections = [(connect or served.connect)() for _ in range(size)]

    def __enter__(self):
        return self.connections

    def __exit__(self, *_):
        for connection in self.connections:
            connection.close()


def plain(served):
    return lambda: socket.create_connection((served.host, served.port), timeout=PATIENCE)


def test_visitors_who_send_a_byte_at_a_time_do_not_hold_others_up(served):
    request = b"GET /?slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with Crowd(served, SLOW) as slow:
        for byte in request[:-1]:
            for connection in slow:
                connection.send(bytes([byte]))
            if byte in b"\r/":
                assert served.ask("/").body == b"page"
        for connection in slow:
            connection.send(request[-1:])
        assert all(read_all(connection).endswith(b"page") for connection in slow)


def test_visitors_who_say_nothing_do_not_hold_others_up(served):
    """Over TLS they have not even begun the handshake, or stopped in the middle of it."""
    with Crowd(served, SLOW, plain(served)) as silent:
        for connection in silent[: SLOW // 2]:
            connection.send(b"\x16\x03\x01\x02\x00\x01" if served.secure else b"GET")
        assert served.ask("/").body == b"page"


def test_visitors_who_read_nothing_do_not_hold_others_up(served):
    request = b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with Crowd(served, 10) as stalled:
        for connection in stalled:
            connection.sendall(request)
        assert served.ask("/").body == b"page"
        assert len(read_all(stalled[0]).partition(b"\r\n\r\n")[2]) == LARGE


def test_a_visitor_who_leaves_in_the_middle_breaks_nothing(served):
    for read in (0, 100_000):
        with Crowd(served, 5) as leaving:
            for connection in leaving:
                connection.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3)
                connection.recv(read or 1)
    assert served.ask("/").body == b"page"
    assert served.stop() == (0, "")


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_time_ends_for_visitors_who_send_nothing_or_take_nothing(site, secure):
    options = certified() if secure else []
    with (
        ServerProcess(site, *options, settings="server.PATIENCE = 2") as served,
        Crowd(served, 3) as (idle, sending, stalled),
        Crowd(served, 1, plain(served)) as (silent,),
    ):
        sending.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        stalled.sendall(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        assert suppressed(idle) == suppressed(sending) == suppressed(silent) == b""
        time.sleep(3)
        assert len(suppressed(stalled)) < LARGE
        assert served.ask("/").body == b"page"
        assert served.stop() == (0, "")


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_time_ends_for_visitors_whose_request_never_does(site, secure):
    """However busy they seem: a byte now and then, of a head, of a body, or of a second request."""
    whole = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    begun = [
        b"GET /",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n8000\r\n",
        whole + b"GET /",
    ]
    options = certified() if secure else []
    with (
        ServerProcess(site, *options, settings="server.PATIENCE = 2") as served,
        Crowd(served, len(begun) + 1) as (patient, *dripping),
    ):
        for connection, first in zip(dripping, begun, strict=True):
            connection.sendall(first)
            connection.settimeout(0.01)
        going, drips = set(dripping), 0
        while going and drips < 200:
            drips += 1
            for connection in list(going):
                if not drip(connection):
                    going.remove(connection)
            patient.sendall(whole)  # who sends as slowly, but one whole request after the other, may stay
            got = b""
            while not got.endswith(b"page"):
                got += patient.recv(4096)
                assert got
        assert not going
        assert drips > 5
        assert served.stop() == (0, "")


def drip(connection):
    """Send a byte more, and wait a little; tell whether the server still listens."""
    try:
        connection.sendall(b"x")
        time.sleep(0.05)
        while connection.recv(4096):
            pass
    except TimeoutError:
        return True
    except OSError:
        return False
    return False


def suppressed(connection):
    """Read what comes until the connection ends in one way or the other."""
    got = b""
    with suppress(OSError):
        while piece := connection.recv(65536):
            got += piece
    return got


def wait_until_the_door_is_shut(served):
    with pytest.raises(OSError):
        for _ in range(PATIENCE * 10):
            plain(served)().close()
            time.sleep(0.1)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_what_is_under_way_is_finished_before_it_stops(served, how):
    large = b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
    got = b""
    with Crowd(served, 3) as (reading, sending, idle):
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while not got.endswith(b"ok\n"):
            got += idle.recv(4096)
        reading.sendall(large)
        got = reading.recv(1000)
        sending.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n1")
        served.ask("/")  # what was sent before has arrived now
        served.process.send_signal(how)
        assert suppressed(idle) == b"", "nothing is under way there"
        wait_until_the_door_is_shut(served)
        sending.sendall(b"2")
        assert suppressed(sending).startswith(b"HTTP/1.1 405 ")
        got += read_all(reading)
        assert len(got.partition(b"\r\n\r\n")[2]) == LARGE
    assert served.finish() == (0, "")


STALLED = b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_a_visitor_who_never_ends_does_not_keep_it_from_stopping(site):
    with ServerProcess(site, settings="server.GRACE = 1") as served, Crowd(served, 3) as endless:
        for connection in endless:
            connection.sendall(STALLED)
            connection.recv(1)
        assert served.stop() == (0, "")


def test_told_twice_it_stops_at_once(site):
    with ServerProcess(site) as served, Crowd(served, 1) as (waiting,):
        waiting.sendall(STALLED)
        waiting.recv(1)
        served.process.send_signal(signal.SIGINT)
        wait_until_the_door_is_shut(served)
        assert served.process.poll() is None
        began = time.monotonic()
        assert served.stop(signal.SIGINT) == (0, "")
        assert time.monotonic() - began < 4
