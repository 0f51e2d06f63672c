"""Measure how long the page takes to load over slow 4G, beside a page built the usual way, in the same run.

    make bench PART=loading

Both come from server.py, compressed, through a slow network (slow_network.py); script and weights of both may
be kept for ever. Each round starts a Chromium with an empty profile: a first visit of each page, and repeat
visits.
"""

from __future__ import annotations

import argparse
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
from webapp.build.first_visit import IN_ALL, measure, size_of

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
WHEN = {"drawable": "one can draw", "loaded": "the model is there", "ready": "it has read once"}


def visit(context: BrowserContext, address: str) -> dict[str, float]:
    """Open the page in a tab of its own; return the milliseconds from navigation, by the keys of WHEN."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    times = page.wait_for_function(READY, timeout=PATIENCE_MS, polling=100).json_value()
    if page.query_selector("[data-offline]"):
        page.wait_for_selector("[data-offline=ready]", timeout=PATIENCE_MS)
    page.close()
    return times


def visit_often(browser_type: BrowserType, address: str, repeats: int = REPEATS) -> list[dict[str, float]]:
    """Visit a page with an empty profile, and again; return the times of each visit."""
    with tempfile.TemporaryDirectory() as folder:
        context = launch_profile(browser_type, Path(folder, "profile"))
        try:
            return [visit(context, address) for _ in range(1 + repeats)]
        finally:
            context.close()


def transferred(usual: Path) -> int:
    """Bytes that a first visit of the usual page transfers."""
    files = [path for name in ("index.html", "assets/*.js", "model/*/*") for path in usual.glob(name)]
    return sum(size_of(path)[1] for path in files if path.suffix not in (".br", ".gz"))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="first visits of each page (%(default)s)")
    options = parser.parse_args()
    if not (SITE / "index.html").exists():
        sys.exit(f"{SITE} holds no index.html: run `make site` to build the page.")
    with ExitStack() as stack:
        usual = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        parameters, _ = build_usual_page(usual)
        ours, theirs = measure(SITE)[IN_ALL][1], transferred(usual)
        servers = [stack.enter_context(ServerProcess(site)) for site in (SITE, usual)]
        addresses = [stack.enter_context(slow_network(server.port)) for server in servers]
        chromium = stack.enter_context(sync_playwright()).chromium
        # In turns, so that what else the machine does hits both.
        rounds = [[visit_often(chromium, address) for address in addresses] for _ in range(options.rounds)]
    pages = list(zip(*rounds, strict=True))
    print(
        f"{DOWN / 1e6} Mbit/s, round trips of {ROUND_TRIP * 1000:.0f} ms; to transfer: {ours / 1e3:,.0f} KB "
        f"by this page, {theirs / 1e3:,.0f} KB by the usual one ({parameters:,} parameters)"
    )
    print(f"Milliseconds until …{'':20}{'this page':>12}{'usual page':>12}{'ratio':>8}")
    for title, chosen in (("first visit", slice(1)), ("repeat visit", slice(1, None))):
        found = [[times for visits in page for times in visits[chosen]] for page in pages]
        for key, label in WHEN.items():
            fast, slow = (statistics.median(times[key] for times in visits) for visits in found)
            print(f"  {title + ': ' + label:<37}{fast:12,.0f}{slow:12,.0f}{slow / fast:7.1f}×")
        ready = sorted(times["ready"] for times in found[0])
        print(f"    (medians of {len(ready)}; this page from {ready[0]:,.0f} to {ready[-1]:,.0f})")


if __name__ == "__main__":
    main()
