"""training/recipe/meeting.py: workers start when all of them are there."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from training.errors import RunError
from training.recipe import meeting
from training.recipe.meeting import meet


def free_addresses(count):
    """Return as many addresses of this machine that nobody listens at."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    addresses = [f"127.0.0.1:{door.getsockname()[1]}" for door in doors]
    for door in doors:
        door.close()
    return addresses


def test_all_workers_meet_whoever_comes_first(monkeypatch):
    monkeypatch.setattr(meeting, "PATIENCE", 30)
    addresses = free_addresses(3)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(meet, addresses, 0)
        second = pool.submit(meet, addresses, 1)
        for _ in range(2):  # somebody else calls, and says nothing that is understood
            knock(addresses[0], first)
        assert not first.done() and not second.done()
        meet(addresses, 2)
        assert first.result(30) is second.result(30) is None


def knock(address, waiting):
    """Call a worker that waits, as soon as it listens, and hang up after a byte."""
    host, port = address.split(":")
    while not waiting.done():
        with suppress(ConnectionRefusedError), socket.create_connection((host, int(port))) as call:
            call.sendall(b"\2")
            return


def test_who_does_not_come_is_named(monkeypatch, capsys):
    monkeypatch.setattr(meeting, "PATIENCE", 0.5)
    monkeypatch.setattr(meeting, "FIRST_WORD", 0)
    addresses = free_addresses(3)
    with ThreadPoolExecutor() as pool:
        other = pool.submit(meet, addresses, 1)
        for waiting in (lambda: meet(addresses, 0), other.result):
            with pytest.raises(RunError, match=rf"no answer from .*{addresses[2]} for 0.5 s; start a worker"):
                waiting()
    assert f"{addresses[2]}\n" in capsys.readouterr().err


def test_who_listens_and_does_not_call_is_missing(monkeypatch):
    monkeypatch.setattr(meeting, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        other = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(RunError, match=f"no answer from {other}"):
            meet([*free_addresses(1), other], 0)


def test_a_port_that_is_taken_is_said():
    with socket.create_server(("", 0)) as door:
        taken = f"127.0.0.1:{door.getsockname()[1]}"
        with pytest.raises(RunError, match=r"can't listen on port \d+ \(Address already in use\); choose"):
            meet([taken, *free_addresses(1)], 0)
