"""Measure the page in a real Chromium: what a first visit transfers, and how long one digit takes to read.

    make bench

Times stand beside a baseline from the same run, the plain JavaScript backend: machines differ and are noisy.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.serving import SITE, logged_server
from tests.browser.workers import WITHOUT_WASM, put_before_worker
from webapp.build.first_visit import BUDGET, IN_ALL, part_of

# One digit at a time, as the page asks: from the strokes to the reading, and the network alone.
# A browser's clock ticks in tenths of a millisecond, so GROUP digits are timed together.
GROUP = 10
TIME_READINGS = """async ({ ink, rounds, group }) => {
    const { createRecognizer, rasterizeInk } = await import('/api/digitpad.js');
    const recognizer = await createRecognizer();
    const pixels = ink.map((strokes) => rasterizeInk(strokes));
    const times = { reading: [], network: [] };
    const timed = async (kind, first, job) => {
        const start = performance.now();
        for (let i = first; i < first + group; i++) await job(i);
        const each = (performance.now() - start) / group;
        if (first >= rounds / 10) times[kind].push(each);   // the first tenth warms up
    };
    for (let first = 0; first < rounds; first += group) {
        await timed('reading', first, (i) => recognizer.readInk(ink[i % ink.length]));
        await timed('network', first, (i) => recognizer.classify(pixels[i % pixels.length]));
    }
    const many = new Float32Array(784 * 1024).fill(0.5);
    await recognizer.classify(many);
    const start = performance.now();
    await recognizer.classify(many);
    return { ...times, batch: [(performance.now() - start) / 1024], backend: recognizer.backend };
}"""

# Runs before the worker's script, and notes how long pixels take from their message to the answer to it.
NOTE_WORK = """{
    const begun = new Map();
    const { addEventListener, postMessage } = globalThis;
    globalThis.spent = [];
    globalThis.addEventListener = (type, listen, options) => {
        const noted = (event) => {
            if (event.data?.path?.at(-1) === 'classify') begun.set(event.data.id, performance.now());
            return listen(event);
        };
        addEventListener.call(globalThis, type, noted, options);
    };
    globalThis.postMessage = (answer, transfer) => {
        const start = begun.get(answer?.id);
        if (start !== undefined) globalThis.spent.push(performance.now() - start);
        return postMessage.call(globalThis, answer, transfer);
    };
}
"""

ROWS = {
    "reading": "strokes to reading, as the page asks",
    "network": "pixels to probabilities",
    "worker": "the same, in the worker alone",
    "batch": "the same, 1,024 at once",
}


def first_visit(browser: Browser, site: Path) -> dict[str, int]:
    """Bytes of the bodies that a first visit transfers until it can read, compressed, by part of the site."""
    with logged_server(site) as server:
        context = browser.new_context(service_workers="block")
        DigitpadPage(context.new_page()).open(server.url).wait_until_ready()
        context.close()
    sizes = {part: 0 for part in BUDGET if part != IN_ALL}
    for path, _, size in server.log:
        sizes[part_of(path)] += size
    return sizes


def time_readings(browser: Browser, site: Path, rounds: int, prelude: str = "") -> dict:
    """Return the milliseconds a digit, for each group of `rounds` readings, by the keys of ROWS.

    `prelude` runs in the worker before its script.
    """
    with logged_server(site) as server:
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        put_before_worker(page, site, NOTE_WORK + prelude)
        page.goto(server.url + "api/none")
        times = page.evaluate(TIME_READINGS, {"ink": list(DIGITS.values()), "rounds": rounds, "group": GROUP})
        spent = page.workers[0].evaluate("globalThis.spent")[:-2]  # two large batches stand at the end
        context.close()
    groups = [statistics.mean(spent[start : start + GROUP]) for start in range(0, len(spent), GROUP)]
    return times | {"worker": groups[len(groups) // 10 :]}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1000, help="digits to read (%(default)s)")
    rounds = parser.parse_args().rounds
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        sizes = first_visit(browser, SITE)
        print("A first visit transfers, compressed (brotli or gzip, bodies only):")
        for part, size in [*sizes.items(), (IN_ALL, sum(sizes.values()))]:
            print(f"  {part:<14}{size / 1000:8.1f} KB")
        wasm = time_readings(browser, SITE, rounds)
        plain = time_readings(browser, SITE, rounds // 10, WITHOUT_WASM)
        print(f"One digit, median of {len(wasm['reading'])} groups of {GROUP} (Chromium {browser.version}):")
        print(f"  {'':<34}{wasm['backend']:>12}{plain['backend']:>12}{'ratio':>8}")
        for kind, label in ROWS.items():
            fast, slow = statistics.median(wasm[kind]), statistics.median(plain[kind])
            print(f"  {label:<37}{fast:6.2f} ms{slow:9.2f} ms{slow / fast:7.1f}×")
        browser.close()


if __name__ == "__main__":
    main()
