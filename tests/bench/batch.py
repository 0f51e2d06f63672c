"""Measure Chromium's memory while it reads 500 large photos: `make bench PART=batch`.

The memory is the resident memory of all its processes, from /proc: shared pages count several times.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.bench.open_site import open_site
from tests.bench.pictures import large_photo
from tests.made_photos import sources

PHOTOS = 500  # of twelve megapixels


def resident_megabytes(root: int) -> float:
    """Return the memory of all processes that `root` has started, and that those have."""
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
    mnist, _ = sources("validation")
    rng = np.random.default_rng(2026)
    content = large_photo(rng, [mnist[rng.integers(len(mnist))] for _ in range(6)])
    with tempfile.TemporaryDirectory() as folder, open_site() as page:
        files = [Path(folder) / f"{i}.jpg" for i in range(PHOTOS)]
        for path in files:
            path.write_bytes(content)
        page.wait_for_selector("html[data-ready=true]")
        cards = page.get_by_test_id("upload-result")
        before = resident_megabytes(os.getpid())
        page.get_by_test_id("upload").set_input_files(files)
        start, sizes = time.monotonic(), []
        print(f"{PHOTOS} photos of 12 megapixels, {len(content) / 1e6:.1f} MB each; memory in MB")
        print(f"  before {before:.0f}")
        shown = 0
        while (done := cards.count()) < PHOTOS:
            sizes.append(resident_megabytes(os.getpid()))
            if done >= shown + PHOTOS / 5:
                shown = done
                print(f"  {done} read: {sizes[-1]:.0f}", flush=True)
            time.sleep(0.2)
        print(f"  all read, {(time.monotonic() - start) / PHOTOS:.2f} s each: highest {max(sizes):.0f}")
        page.get_by_test_id("remove-results").click()
        time.sleep(3)
        print(f"  all removed: {resident_megabytes(os.getpid()):.0f}")


if __name__ == "__main__":
    main()
