"""Measure Chromium's memory while it reads 500 large photos: `make bench PART=batch`.

The memory is the resident memory of all its processes: shared pages count several times.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil

from tests.bench.open_site import open_site
from tests.bench.pictures import large_photo
from tests.made_paper.pens import pens


def resident_megabytes() -> float:
    """Return the memory of all processes that this one has started, and of those that they have started."""
    total = 0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            total += process.memory_info().rss
    return total / 1e6


def main() -> None:
    """Print the memory before, at its height, after, and when all cards are removed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=500, help="of 12 megapixels (%(default)s)")
    photos = parser.parse_args().photos
    rng = np.random.default_rng(2026)
    content = large_photo(rng, pens("validation"))
    with tempfile.TemporaryDirectory() as folder, open_site() as page:
        files = [Path(folder) / f"{i}.jpg" for i in range(photos)]
        for path in files:
            path.write_bytes(content)
        page.wait_for_selector("html[data-ready=true]")
        print(f"{photos} photos of 12 megapixels, {len(content) / 1e6:.1f} MB each; memory in MB")
        print(f"  before {resident_megabytes():.0f}")
        page.get_by_test_id("upload").set_input_files(files)
        start, sizes, shown = time.monotonic(), [], 0
        while (done := page.get_by_test_id("upload-result").count()) < photos:
            sizes.append(resident_megabytes())
            if done >= shown + photos / 5:
                shown = done
                print(f"  {done} read: {sizes[-1]:.0f}", flush=True)
            time.sleep(0.2)
        print(f"  all read, {(time.monotonic() - start) / photos:.2f} s each: highest {max(sizes):.0f}")
        page.get_by_test_id("remove-results").click()
        time.sleep(3)
        print(f"  all removed: {resident_megabytes():.0f}")


if __name__ == "__main__":
    main()
