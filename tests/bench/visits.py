"""Count what visitors cost a server, in requests and bytes: `make bench PART=visits`.

A visitor comes for the first time, comes again, and comes after a newer version was published: the page built
once more with another version of the model, which changes the addresses of its files. The bytes are those of
the answers with their heads, as server.py sends them, without what TCP and TLS add.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserContext, sync_playwright
from werkzeug.serving import make_server

from server import SITE, create_app
from tests.bench.open_site import build_site
from tests.browser.chromium import launch_chromium, launch_profile
from tests.browser.serving import answering

MODEL = Path("webapp/model")
PATIENCE_MS = 120_000
KEPT = "[data-offline=ready]"


class Answer(NamedTuple):
    """What one request cost."""

    path: str
    status: str
    size: int  # bytes


class Counter:
    """The application of server.py for a site that may be replaced, with a list of its answers."""

    def __init__(self, site: Path) -> None:
        self.answers: list[Answer] = []
        self.publish(site)

    def publish(self, site: Path) -> None:
        """Put another site in the place of the one that is served."""
        self.app = create_app(site)

    def __call__(self, environ: dict, start_response: Callable) -> Iterator[bytes]:
        """Answer a request as WSGI wants it."""
        head = []

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable:
            lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]
            head.append((status, len("\r\n".join(lines))))
            return start_response(status, headers, *rest)

        body = [*self.app(environ, start)]
        [(status, size)] = head
        self.answers.append(Answer(environ["PATH_INFO"], status, size + sum(map(len, body))))
        return body


@contextmanager
def serving(counter: Counter) -> Iterator[str]:
    """Serve the counter's site in a thread; yield its address."""
    server = make_server("127.0.0.1", 0, counter, threaded=True)
    with answering(server):
        yield f"http://localhost:{server.port}/"


def visit(context: BrowserContext, address: str, until: str, counter: Counter | None = None) -> None:
    """Open the page in a tab, until a selector is there and the browser has asked for a newer version.

    Without a counter it is not asked for.
    """
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]", timeout=PATIENCE_MS)
    page.wait_for_selector(until, timeout=PATIENCE_MS)
    while counter and not any(each.path == "/sw.js" for each in counter.answers):
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    page.close()


def show(label: str, answers: list[Answer]) -> None:
    """Print a line about what a visit cost, and take it off the list."""
    unchanged = sum(each.status.startswith("304") for each in answers)
    size = sum(each.size for each in answers)
    print(f"{label:44}{len(answers):9}{unchanged:11}{size:12,}", flush=True)
    answers.clear()


def newer_site(folder: Path) -> Path:
    """Build the page, compressed, with the same model under another version."""
    shutil.copytree(MODEL, folder / "model")
    description = folder / "model" / "description.json"
    changed = json.loads(description.read_text("utf-8")) | {"version": "222222222222"}
    description.write_text(json.dumps(changed), "utf-8")
    build_site(folder / "model", folder / "newer")
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "--quiet", folder / "newer"], check=True)
    return folder / "newer"


def main() -> None:
    """Print the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        newer, counter = newer_site(folder), Counter(SITE)
        address = stack.enter_context(serving(counter))
        playwright = stack.enter_context(sync_playwright())
        print(f"{'':44}{'requests':>9}{'unchanged':>11}{'bytes':>12}")
        browser = launch_chromium(playwright)
        visit(browser.new_context(service_workers="block"), address, "html")
        browser.close()
        show("a first visit, until it reads", counter.answers)
        context = launch_profile(playwright.chromium, folder / "profile")
        visit(context, address, KEPT, counter)
        show("a first visit, until all is kept", counter.answers)
        for number in (2, 3):
            visit(context, address, KEPT, counter)
            show(f"visit {number}, of the same version", counter.answers)
        counter.publish(newer)
        visit(context, address, ".newer:not([hidden])", counter)
        show("a visit after a newer version came out", counter.answers)
        context.close()


if __name__ == "__main__":
    main()
