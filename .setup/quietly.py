"""Run the long steps of the set-up: a plain sentence for the reader, the details in a log."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"

NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|nodename nor servname|Network is unreachable"
    r"|NewConnectionError|ConnectTimeout|ProxyError|Read timed out|Connection reset"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT"
    r"|dns error|error sending request|Could not resolve"
)


class SetupError(Exception):
    """What keeps the set-up from being finished, as one sentence for the person at the keyboard."""


def say(sentence: str) -> None:
    """Tell the person at the keyboard what is happening."""
    print(sentence, flush=True)


def explain(output: str, log: Path) -> str:
    """Say in one sentence why a step failed, from what it wrote."""
    if NO_NETWORK.search(output):
        return f"There is no way to the network: connect, and run the same command again (details: {log})."
    if "No space left on device" in output or "ENOSPC" in output:
        return "The disk is full: make room, and run the same command again."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(npm )?error\b|E: ", line, re.IGNORECASE)]
    reason = (errors[:1] or lines[-1:] or ["it gave no reason"])[0]
    return f"A step of the set-up failed: {reason} (details: {log})."


def run(command: list, name: str, **options) -> None:
    """Run a command whose output goes to the log `name`; raise a SetupError where it fails."""
    HOME.mkdir(exist_ok=True)
    log = HOME / f"{name}.log"
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        )
        try:
            while process.poll() is None:
                time.sleep(0.1)
                if sys.stdout.isatty():
                    print(f"\r  {time.monotonic() - started:.0f} s ", end="", flush=True)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            if sys.stdout.isatty():
                print("\r", end="", flush=True)
    if process.returncode:
        shown = log.relative_to(ROOT)
        raise SetupError(explain(log.read_text("utf-8", "replace"), shown))


def leave_with_a_sentence(step) -> None:
    """Run `step`; where it can't be done, leave with one sentence instead of a traceback."""
    try:
        step()
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; the next call takes it up again.")
