"""What drawing costs while the page reads along: frames, answers to the pen, layouts.

    make bench PART=drawing ARGS="--slower 4 --beside folder-of-another-built-site"

A number is written with a real mouse, with the processor slowed down by the DevTools protocol. Another site,
such as an older version, is measured in turn with this one.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DigitpadPage
from tests.browser.serving import SITE, logged_server
from tests.browser.written import largest, written

# Notes the times of frames, and how long each press and lift took until the next paint.
WATCH = """() => {
    globalThis.frames = [];
    globalThis.answers = [];
    const note = (time) => {
        frames.push(time);
        requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    new PerformanceObserver((list) => {
        for (const { name, duration } of list.getEntries()) {
            if (name === 'pointerdown' || name === 'pointerup') answers.push(duration);
        }
    }).observe({ type: 'event', durationThreshold: 16 });
}"""


def measure(browser: Browser, site: Path, slower: float, size: tuple[int, int]) -> dict[str, float]:
    """Write 2026; return the milliseconds of frames and answers, and the layouts of a second of drawing."""
    with logged_server(site) as server:
        page = DigitpadPage(browser.new_page(viewport={"width": size[0], "height": size[1]}))
        page.open(server.url).wait_until_kept()
        page.read(written("1"))
        page.clear.click()
        page.devtools.send("Performance.enable")
        page.devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.page.evaluate(WATCH)
        strokes = written("2026")
        gaps, layouts, seconds = [], 0, 0.0
        for stroke in page.place(strokes, size=largest(page, strokes, 0.6)):
            page.page.mouse.move(*stroke[0])
            page.page.mouse.down()
            page.page.mouse.move(*stroke[1])
            page.page.wait_for_timeout(100)
            page.page.evaluate("frames.length = 0")
            before = layout_count(page)
            for start, end in pairwise(stroke[1:]):  # slowly: a second and more
                for part in (0.25, 0.5, 0.75, 1):
                    page.page.mouse.move(*(a + (b - a) * part for a, b in zip(start, end, strict=True)))
            frames = page.page.evaluate("frames.slice()")
            layouts += layout_count(page) - before
            gaps += np.diff(frames).tolist()
            seconds += (frames[-1] - frames[0]) / 1000
            page.page.mouse.up()
        page.page.wait_for_timeout(500)
        answers = page.page.evaluate("answers")
        page.page.close()
    return {
        "frame p50": float(np.percentile(gaps, 50)),
        "frame p99": float(np.percentile(gaps, 99)),
        "press or lift to paint, most": max(answers, default=0),
        "layouts a second": layouts / seconds,
    }


def layout_count(page: DigitpadPage) -> int:
    metrics = page.devtools.send("Performance.getMetrics")["metrics"]
    return next(int(metric["value"]) for metric in metrics if metric["name"] == "LayoutCount")


def main() -> None:
    """Print the medians of some rounds, of this site and of another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--slower", type=float, default=4, help="how many times slower the processor is made")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", type=int, nargs=2, default=(1280, 800), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--beside", type=Path, help="a folder with another built site")
    options = parser.parse_args()
    sites = {"this site": SITE} | ({"the other": options.beside} if options.beside else {})
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        rounds = [
            {name: measure(browser, site, options.slower, options.size) for name, site in sites.items()}
            for _ in range(options.rounds)
        ]
        browser.close()
    for name in sites:
        print(f"{name}, processor {options.slower:g} times slower, median of {options.rounds}:")
        for figure in rounds[0][name]:
            print(f"  {figure:<30}{np.median([one[name][figure] for one in rounds]):8.1f}")


if __name__ == "__main__":
    main()
