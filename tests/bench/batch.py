"""Measure Chromium's memory while many large photos are read: `python -m tests.bench.batch` (see --help).

The memory is that of all its processes, resident, from /proc: what several share counts several times.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from tests.bench.pictures import SITE, large_photo
from tests.browser.chromium import launch_chromium
from tests.browser.serving import logged_server
from tests.made_photos import sources


def resident_megabytes(root: int) -> float:
    """Of all processes that this one has started, and those have."""
    parents, sizes = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended
        parents[int(folder.name)], sizes[int(folder.name)] = int(fields[1]), int(fields[21])

    def is_ours(process: int) -> bool:
        while process not in (root, 0):
            process = parents.get(process, 0)
        return process == root

    pages = sum(size for process, size in sizes.items() if process != root and is_ours(process))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Print the memory before, at its height, after, and when all cards are removed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=500, help="of twelve megapixels (%(default)s)")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    mnist, _ = sources("validation")
    rng = np.random.default_rng(options.seed)
    content = large_photo(rng, [mnist[rng.integers(len(mnist))] for _ in range(6)])
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        logged_server(SITE) as server,
    ):
        files = [Path(folder) / f"{i}.jpg" for i in range(options.photos)]
        for path in files:
            path.write_bytes(content)
        browser = launch_chromium(playwright)
        page = browser.new_page()
        page.goto(server.url)
        page.wait_for_selector("html[data-ready=true]", timeout=60_000)
        cards = page.get_by_test_id("upload-result")
        before = resident_megabytes(os.getpid())
        page.get_by_test_id("upload").set_input_files(files)
        start, seen = time.monotonic(), []
        print(f"{options.photos} photos of 12 megapixels, {len(content) / 1e6:.1f} MB each; memory in MB")
        print(f"  before {before:.0f}")
        shown = 0
        while (done := cards.count()) < options.photos:
            seen.append(resident_megabytes(os.getpid()))
            if done >= shown + options.photos / 5:
                shown = done
                print(f"  {done} read: {seen[-1]:.0f}", flush=True)
            time.sleep(0.2)
        print(
            f"  all read, {(time.monotonic() - start) / options.photos:.2f} s each: highest {max(seen):.0f}"
        )
        page.get_by_test_id("remove-results").click()
        time.sleep(3)
        print(f"  all removed: {resident_megabytes(os.getpid()):.0f}")
        browser.close()


if __name__ == "__main__":
    main()
