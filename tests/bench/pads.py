"""Measure what pads cost on a page of another site: `make bench PART=pads`.

Memory, after garbage is collected: what the browser says that the page and its worker use, and that of the
process that runs them, which also holds what it has laid out and painted. USS is what no other process
shares: where no other Chromium runs, that is also 36 MB of Chromium's program, else 2 MB. What the process
has written does not depend on others.

A page of a hundred pads is longer than one of one pad, and Chromium keeps pixels of what is below the window.
So a page as long, of one pad and 99 plain boxes, stands beside them.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DIGITS
from tests.browser.serving import SITE, LoggedServer, logged_server
from tests.server_process import ServerProcess

# Python's own file server, with the headers without which a page is not told its own memory.
HOST_SERVER = """
import functools, http.server, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()
http.server.test(functools.partial(Handler, directory=sys.argv[1]), port=0, bind="127.0.0.1")
"""
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">
<title>Pads</title><style>body {{ display: grid; grid-template-columns: repeat(10, 1fr) }}</style>
{script}{pads}"""
SCRIPT = '<script type="module" src="{url}api/digitpad.js"></script>'
BOX = '<div style="height: 216px; border: 1px solid; box-sizing: border-box">n</div>'
SAID = {"own": "the page", "process": "its process", "written": "what that wrote"}
PAD = '<digit-pad name="n{}" style="height: 120px"></digit-pad>'

# Write a digit on the first pad as a fast mouse does, and return its value.
WRITE = """async ([strokes, index]) => {
    const pad = document.querySelectorAll('digit-pad')[index];
    const { left, top } = pad.getBoundingClientRect();
    const event = (type, [x, y], more) => new PointerEvent(type, { clientX: left + 20 + x * 0.7,
        clientY: top + 15 + y * 0.5, pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true,
        composed: true, ...more });
    pad.value = '';
    const read = new Promise((resolve) => pad.addEventListener('input', resolve, { once: true }));
    for (const [first, ...rest] of strokes) {
        pad.dispatchEvent(event('pointerdown', first));
        for (const point of rest) pad.dispatchEvent(event('pointermove', point));
        pad.dispatchEvent(event('pointerup', rest.at(-1) ?? first));
    }
    await read;
    return pad.value;
}"""


def memory() -> tuple[float, float]:
    """Return the megabytes of the process that runs the page and its worker: USS, and what it has written."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            command = process.cmdline()
            if "--type=renderer" in command and "--top-chrome-webui" not in command:  # Chromium's own windows
                written = sum(part.private_dirty for part in process.memory_maps())
                found.append((process.memory_full_info().uss / 1e6, written / 1e6))
    return max(found)  # Chromium keeps another one for the next page


@contextmanager
def host_page(site: str, pads: int, boxes: int = 0) -> Iterator[Page]:
    """Open a page with so many pads, and plain boxes as large, in a browser of its own."""
    script = SCRIPT.format(url=site) if pads else ""
    html = HOST.format(script=script, pads="".join(PAD.format(i) for i in range(pads)) + boxes * BOX)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        (Path(folder) / "index.html").write_text(html)
        host = stack.enter_context(
            ServerProcess(folder, command=[sys.executable, "-u", "-c", HOST_SERVER, folder])
        )
        browser = launch_chromium(stack.enter_context(sync_playwright()))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(host.url)
        yield page
        browser.close()


def collect(page: Page) -> None:
    """Free what nothing refers to."""
    devtools = page.context.new_cdp_session(page)
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(500)


def idle_tasks(page: Page, seconds: int) -> tuple[int, float]:
    """Return how many frames and script runs an untouched page had, and its milliseconds of script."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def read() -> dict[str, float]:
        return {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}

    before = read()
    page.wait_for_timeout(1000 * seconds)
    after = read()
    counts = sum(after[name] - before[name] for name in ("LayoutCount", "RecalcStyleCount"))
    return int(counts), 1000 * (after["ScriptDuration"] - before["ScriptDuration"])


def one_run(site: LoggedServer, pads: int, boxes: int, seconds: int) -> dict[str, float]:
    """Open, write on the first pad and the last one, and measure."""
    site.log.clear()
    with host_page(site.url, pads, boxes) as page:
        if pads:
            page.wait_for_function("() => customElements.get('digit-pad')")
            for index in {0, pads - 1}:
                strokes = DIGITS[7]
                value = page.evaluate(WRITE, [strokes, index])
                if value != "7":
                    raise SystemExit(f"A 7 on pad {index} was read as {value!r}.")
            page.wait_for_timeout(1000)
        collect(page)
        layouts, script = idle_tasks(page, seconds)
        names = [path.rsplit("/", 1)[-1] for path in site.paths()]
        process, written = memory()
        return {
            "process": process,
            "written": written,
            "own": page.evaluate("performance.measureUserAgentSpecificMemory()")["bytes"] / 1e6,
            "workers": len(page.workers),
            "models": sum(name == "model.json" for name in names),
            "layouts": layouts,
            "script": script,
        }


def main() -> None:
    """Print a line for no pad, one, one on a long page, and a hundred."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="browsers for each count (%(default)s)")
    parser.add_argument("--seconds", type=int, default=5, help="to watch the idle page (%(default)s)")
    options = parser.parse_args()
    cases = {"0": (0, 0), "1": (1, 0), "1, long": (1, 99), "100": (100, 0)}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in cases}
    with logged_server(SITE) as server:
        for _ in range(options.runs):
            for name, (pads, boxes) in cases.items():
                found[name].append(one_run(server, pads, boxes, options.seconds))
    print("   pads  MB of the page  of its process  written  workers  models  idle: layouts  script, ms")
    for count, runs in found.items():
        middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        print(
            f"{count:>7}{middle['own']:>16.1f}{middle['process']:>16.1f}{middle['written']:>9.1f}"
            f"{middle['workers']:>9.0f}{middle['models']:>8.0f}"
            f"{middle['layouts']:>15.0f}{middle['script']:>12.2f}"
        )
    for name, said in SAID.items():
        one, long, many = (statistics.median(run[name] for run in runs) for runs in list(found.values())[1:])
        print(
            f"a hundred pads, MB of {said}: {many / one:.2f} times one, {many / long:.2f} on a page as long"
        )


if __name__ == "__main__":
    main()
