"""Measure what pads cost on a page of another site: `make bench PART=pads`.

Memory is that of the processes that run the page and its worker (PSS), after garbage is collected.
"""

from __future__ import annotations

import argparse
import re
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
from tests.browser.serving import SITE, logged_server
from tests.server_process import ServerProcess

PLAIN_SERVER = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"]
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">
<title>Pads</title><style>body {{ display: grid; grid-template-columns: repeat(10, 1fr) }}</style>
{script}{pads}"""
SCRIPT = '<script type="module" src="{url}api/digitpad.js"></script>'
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


def memory() -> float:
    """Return the megabytes of the processes that run pages and their workers."""
    total = 0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if "--type=renderer" in process.cmdline():
                total += process.memory_full_info().pss
    return total / 1e6


@contextmanager
def host_page(site: str, pads: int) -> Iterator[tuple[Page, list[str]]]:
    """Open a page with so many pads in a browser of its own; the list names what is fetched."""
    script = SCRIPT.format(url=site) if pads else ""
    html = HOST.format(script=script, pads="".join(PAD.format(i) for i in range(pads)))
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        (Path(folder) / "index.html").write_text(html)
        host = stack.enter_context(ServerProcess(folder, command=[*PLAIN_SERVER, folder]))
        browser = launch_chromium(stack.enter_context(sync_playwright()))
        page = browser.new_page(viewport={"width": 1280, "height": 1500})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(host.url)
        yield page, asked
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


def one_run(site: str, pads: int, seconds: int) -> dict[str, float]:
    """Open, write on the first pad and the last one, and measure."""
    with host_page(site, pads) as (page, asked):
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
        names = [url.rsplit("/", 1)[-1] for url in asked]
        return {
            "memory": memory(),
            "workers": len(page.workers),
            "models": sum(name == "model.json" for name in names),
            "runtimes": sum(bool(re.search(r"\.wasm$", name)) for name in names),
            "layouts": layouts,
            "script": script,
        }


def main() -> None:
    """Print a line for no pad, one and a hundred."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="browsers for each count (%(default)s)")
    parser.add_argument("--seconds", type=int, default=5, help="to watch the idle page (%(default)s)")
    options = parser.parse_args()
    counts = (0, 1, 100)
    found: dict[int, list[dict[str, float]]] = {count: [] for count in counts}
    with logged_server(SITE) as server:
        for _ in range(options.runs):
            for count in counts:
                found[count].append(one_run(server.url, count, options.seconds))
    print(" pads  memory, MB  workers  models  runtimes  idle: layouts  script, ms")
    for count, runs in found.items():
        middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        print(
            f"{count:>5}{middle['memory']:>12.1f}{middle['workers']:>9.0f}{middle['models']:>8.0f}"
            f"{middle['runtimes']:>10.0f}{middle['layouts']:>15.0f}{middle['script']:>12.2f}"
        )
    one, many = (statistics.median(run["memory"] for run in found[count]) for count in (1, 100))
    print(f"a hundred pads take {many / one:.2f} times the memory of one")


if __name__ == "__main__":
    main()
