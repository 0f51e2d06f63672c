"""Measure what recognizers leave behind that come and go, and one that reads for long.

    make bench PART=sharing

Flat columns are the goal. One page of Chromium does it all, through api/digitpad.js. Garbage is collected
before each line.
"""

from __future__ import annotations

import argparse
import time

from playwright.sync_api import Page

from tests.bench.batch import resident_megabytes
from tests.bench.open_site import open_site
from tests.browser.digitpad_page import DIGITS
from tests.browser.heaps import READ, Heaps

COME_AND_GO = """async ({ times }) => {
    for (let i = 0; i < times; i++) (await digitpad.createRecognizer()).dispose();
}"""


def measure(page: Page, heaps: Heaps, what: str, times: int, job: str, **arguments: object) -> None:
    """Run `job` `times` times, in tenths, and print a line before the first and after each."""
    print(f"\n{what}")
    print(f"{'done':>9}{'ms each':>10}{'page MB':>10}{'all MB':>8}{'workers':>9}")
    start, done = time.monotonic(), 0
    for tenth in range(11):
        took = (time.monotonic() - start) * 1000 / max(done, 1)
        paused = time.monotonic()
        heaps.settle(workers=0)
        columns = f"{heaps.megabytes():>10.2f}{resident_megabytes():>8.0f}"
        each = f"{took:>10.2f}" if done else f"{'':>10}"
        print(f"{done:>9,}{each}{columns}{len(heaps.workers):>9}", flush=True)
        start += time.monotonic() - paused
        if tenth < 10:
            more = times * (tenth + 1) // 10 - done
            page.evaluate(job, {"first": done, "times": more, **arguments})
            done += more


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recognizers", type=int, default=10_000, help="beside another (%(default)s)")
    parser.add_argument("--models", type=int, default=200, help="recognizers that are alone (%(default)s)")
    parser.add_argument("--readings", type=int, default=100_000, help="(%(default)s)")
    options = parser.parse_args()
    with open_site(address="api/none", service_workers="block") as page:
        page.evaluate("import('/api/digitpad.js').then((module) => { globalThis.digitpad = module; })")
        heaps = Heaps(page)
        measure(page, heaps, "Recognizers alone: a model for each", options.models, COME_AND_GO)
        page.evaluate("digitpad.createRecognizer().then((made) => { globalThis.living = made; })")
        measure(page, heaps, "Recognizers beside another", options.recognizers, COME_AND_GO)
        inks = list(DIGITS.values())
        measure(page, heaps, "Readings of varied ink", options.readings, READ, inks=inks)


if __name__ == "__main__":
    main()
