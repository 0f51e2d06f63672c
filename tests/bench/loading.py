"""Measure how long the page takes to load over slow 4G, beside a page built the usual way, in the same run.

    make bench PART=loading

Both come from server.py, compressed, through a slow network (slow_network.py); script and weights of both may
be kept for ever. Each round starts a Chromium with an empty profile: a first visit of each page, and repeat
visits.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, sync_playwright

from server import SITE
from tests.bench.slow_network import DOWN, ROUND_TRIP, slow_network
from tests.bench.usual_page import build_usual_page
from tests.browser.chromium import launch_profile
from tests.server_process import ServerProcess
from webapp.build.first_visit import files_of_first_visit, size_of

REPEATS = 5  # repeat visits after each first one
PATIENCE_MS = 300_000

# Milliseconds from navigation. Both pages have read once before they say that they are ready.
WATCH = """
globalThis.times = {};
const look = () => {
    const { ready, loaded, drawable } = document.documentElement?.dataset ?? {};
    if (drawable || customElements.get('digit-pad')) times.drawable ??= performance.now();
    if (loaded || ready === 'true') times.loaded ??= performance.now();
    if (ready === 'true') times.ready ??= performance.now();
};
customElements.whenDefined('digit-pad').then(look);
new MutationObserver(look).observe(document, { subtree: true, attributes: true });
"""
READY = "() => times.ready === undefined ? null : times"
WHEN = {
    "drawable": "one can draw",
    "loaded": "the model is there",
    "ready": "it has read once",
}


def visit(context: BrowserContext, address: str) -> dict[str, float]:
    """Open the page in a tab of its own; give the milliseconds from navigation."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    times = page.wait_for_function(READY, timeout=PATIENCE_MS, polling=100).json_value()
    if page.query_selector("[data-offline]"):
        page.wait_for_selector("[data-offline=ready]", timeout=PATIENCE_MS)
    page.close()
    return times


def measure(browser_type: BrowserType, address: str) -> tuple[dict, list[dict]]:
    """Visit a page with an empty profile, and again; give the times of the first and of the repeat visits."""
    with tempfile.TemporaryDirectory() as folder:
        context = launch_profile(browser_type, Path(folder, "profile"))
        try:
            return visit(context, address), [visit(context, address) for _ in range(REPEATS)]
        finally:
            context.close()


def size_of_usual(site: Path) -> int:
    """Give the bytes that a first visit of the usual page transfers, which is all of it."""
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz")]
    return sum(size_of(path).brotli for path in files)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="first visits of each page (%(default)s)")
    options = parser.parse_args()
    if not (SITE / "index.html").exists():
        sys.exit(f"{SITE} holds no index.html: run `make site` to build the page.")
    with ExitStack() as stack:
        usual = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        parameters = build_usual_page(usual)
        found: dict[str, list] = {"this page": [], "usual page": []}
        addresses = []
        # The whole library makes code from text, which our policy forbids: no policy for the usual page.
        (usual / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n")
        shutil.copy(SITE / "404.html", usual)
        for site in (SITE, usual):
            server = stack.enter_context(ServerProcess(site))
            addresses.append(stack.enter_context(slow_network(server.port)))
        playwright = stack.enter_context(sync_playwright())
        for _ in range(options.rounds):
            for name, address in zip(found, addresses, strict=True):
                found[name].append(measure(playwright.chromium, address))
        ours = sum(size_of(SITE / name).brotli for name in files_of_first_visit(SITE))
        theirs = size_of_usual(usual)
    print(
        f"{DOWN / 1e6} Mbit/s, round trips of {ROUND_TRIP * 1000:.0f} ms; to transfer: {ours / 1e3:,.0f} KB "
        f"by this page, {theirs / 1e3:,.0f} KB by the usual one ({parameters:,} parameters)"
    )
    print(f"Milliseconds until …{'':20}{'this page':>12}{'usual page':>12}{'ratio':>8}")
    for title, visits in (
        ("first visit", lambda rounds: [first for first, _ in rounds]),
        ("repeat visit", lambda rounds: [again for _, repeats in rounds for again in repeats]),
    ):
        for key, label in WHEN.items():
            fast, slow = (
                statistics.median(times[key] for times in visits(rounds)) for rounds in found.values()
            )
            print(f"  {title + ': ' + label:<37}{fast:12,.0f}{slow:12,.0f}{slow / fast:7.1f}×")
        ready = sorted(times["ready"] for times in visits(found["this page"]))
        print(f"    (medians of {len(ready)}; this page from {ready[0]:,.0f} to {ready[-1]:,.0f})")


if __name__ == "__main__":
    main()
