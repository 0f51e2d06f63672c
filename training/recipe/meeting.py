"""Let workers wait for each other before they start: each of them calls all others, and is called by them."""

import os
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from training.errors import RunError

PATIENCE = 600  # seconds until a worker gives up
FIRST_WORD = 10  # seconds until it says whom it waits for
ATTEMPT = 2  # seconds that a worker has to answer
PAUSE = 0.1


def meet(addresses: Sequence[str], worker: int) -> None:
    """Return once all workers, at host:port each, have called this; RunError names those who have not."""
    port = int(addresses[worker].rpartition(":")[2])
    try:
        door = socket.create_server(("", port))
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise RunError(f"can't listen on port {port} ({reason}); choose another in TF_CONFIG") from error
    others = set(range(len(addresses))) - {worker}
    called: set[int] = set()
    callers: set[int] = set()
    started, said = time.monotonic(), False
    with door:
        door.settimeout(PAUSE)
        while missing := others - (called & callers):
            called |= {each for each in missing - called if _call(addresses[each], worker)}
            callers |= _listen(door)
            names = ", ".join(addresses[each] for each in sorted(missing))
            waited = time.monotonic() - started
            if waited > PATIENCE:
                raise RunError(
                    f"no answer from {names} for {PATIENCE} s; start a worker at each address of TF_CONFIG, "
                    "and let all of them reach each other"
                )
            if waited > FIRST_WORD and not said:
                said = True
                print(f"waiting for {names}", file=sys.stderr, flush=True)


def _call(address: str, worker: int) -> bool:
    """Tell another worker this one's number; return whether it is there."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), ATTEMPT) as call:
            call.sendall(worker.to_bytes(4, "big"))
    except OSError:
        return False
    return True


def _listen(door: socket.socket) -> set[int]:
    """Return the number of the worker that calls, if one does in time."""
    with suppress(OSError):
        call, _ = door.accept()
        with call:
            call.settimeout(ATTEMPT)
            said = call.recv(4, socket.MSG_WAITALL)
            return {int.from_bytes(said, "big")} if len(said) == 4 else set()
    return set()
