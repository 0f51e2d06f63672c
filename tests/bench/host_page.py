"""Measure when a digit is first read on another page that has one pad, beside our own page, in the same run.

    make bench PART=host_page

Both are served by server.py: at full speed, and through slow 4G (slow_network.py). Each visit has an empty
cache. The same ink is put on the pad as soon as there is one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from server import SITE
from tests.bench.slow_network import slow_network
from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DIGITS
from tests.server_process import ServerProcess

PATIENCE_MS = 120_000
HOST = """<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="icon.svg">
<title>Another page</title>
<label>Code <digit-pad name="code"></digit-pad></label>
<script type="module" src="api/digitpad.js"></script>
"""
# Milliseconds from navigation: until there is a pad, and until its ink is read.
WATCH = """
globalThis.times = {};
customElements.whenDefined('digit-pad').then(() => {
    const pad = document.querySelector('digit-pad');
    times.pad = performance.now();
    pad.addEventListener('reading', ({ detail }) => {
        if (detail.final && detail.reading.text === '4') times.read ??= performance.now();
    });
    pad.restore(INK);
});
"""
PAGES = {"our own page": "", "another page": "host.html"}


def visit(browser: Browser, address: str) -> dict[str, float]:
    """Open a page with an empty cache; return the milliseconds from navigation."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.add_init_script(WATCH.replace("INK", json.dumps(DIGITS[4])))
        page.goto(address, wait_until="commit")
        return page.wait_for_function(
            "() => times.read && times", timeout=PATIENCE_MS, polling=50
        ).json_value()
    finally:
        context.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="visits of each page (%(default)s)")
    options = parser.parse_args()
    if not (SITE / "index.html").exists():
        sys.exit(f"{SITE} holds no index.html: run `make site` to build the page.")
    print(f"{'Median milliseconds until …':<34}{'our own page':>14}{'another page':>14}{'ratio':>8}")
    with ExitStack() as stack:
        site = Path(stack.enter_context(tempfile.TemporaryDirectory()), "site")
        shutil.copytree(SITE, site)
        (site / "host.html").write_text(HOST)
        server = stack.enter_context(ServerProcess(site))
        addresses = {"full speed": server.url, "slow 4G": stack.enter_context(slow_network(server.port))}
        browser = launch_chromium(stack.enter_context(sync_playwright()))
        for network, address in addresses.items():
            # In turns, so that what else the machine does hits both.
            rounds = [
                {name: visit(browser, address + path) for name, path in PAGES.items()}
                for _ in range(options.rounds)
            ]
            for key, label in {"pad": "there is a pad", "read": "its first ink is read"}.items():
                own, other = (statistics.median(visits[name][key] for visits in rounds) for name in PAGES)
                print(f"  {network + ': ' + label:<32}{own:14,.0f}{other:14,.0f}{other / own:7.2f}×")


if __name__ == "__main__":
    main()
