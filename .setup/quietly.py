"""Run the long steps of the set-up: one plain sentence for the reader, the details in a log."""

from __future__ import annotations

import errno
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"

NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|nodename nor servname|Network is unreachable"
    r"|NewConnectionError|ConnectTimeout|ProxyError|Read timed out|Connection reset|failure resolving"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT"
    r"|dns error|error sending request|Could not resolve"
)
SIGN_OF_LIFE = 30  # seconds between two lines where the output is no terminal


class SetupError(Exception):
    """Why the set-up can't be finished, as one sentence for the person at the keyboard."""


def say(sentence: str) -> None:
    """Print a sentence at once."""
    print(sentence, flush=True)


def explain(output: str, log: str) -> str:
    """Say in one sentence why a step failed, from its output."""
    if NO_NETWORK.search(output):
        return f"The network can't be reached: connect, and run the same command again (details: {log})."
    if "No space left on device" in output or "ENOSPC" in output:
        return "The disk is full: make room, and run the same command again."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(npm )?error\b|E: ", line, re.IGNORECASE)]
    reason = (errors[:1] or lines[-1:] or ["it gave no reason"])[0]
    return f"A step of the set-up failed: {reason} (details: {log})."


def run(command: list, name: str, **options) -> None:
    """Run a command, its output in `.venv/<name>.log`; raise a SetupError if it fails."""
    HOME.mkdir(exist_ok=True)
    log = HOME / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        )
        try:
            wait_for(process)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if process.returncode:
        raise SetupError(explain(log.read_text("utf-8", "replace"), str(log.relative_to(ROOT))))


def wait_for(process: subprocess.Popen) -> None:
    """Wait for the end of a process; show the seconds, on a terminal in place, else a line now and then."""
    started = time.monotonic()
    lines = 0
    while process.poll() is None:
        time.sleep(0.1)
        seconds = time.monotonic() - started
        if sys.stdout.isatty():
            print(f"\r  {seconds:.0f} s ", end="", flush=True)
        elif seconds >= (lines + 1) * SIGN_OF_LIFE:
            lines += 1
            say(f"  … still working after {seconds:.0f} s")
    if sys.stdout.isatty():
        print("\r", end="", flush=True)


def leave_with_a_sentence(step) -> None:
    """Run `step`; if it fails in a way that the user can mend, leave with one sentence and no traceback."""
    try:
        step()
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; the next call continues.")
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        sys.exit(f"You may not write {error.filename}: use a copy of the repository that belongs to you.")
