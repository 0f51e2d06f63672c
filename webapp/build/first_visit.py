"""Say what a first visit transfers, by part, beside its budget; `make site` prints it.

The head of the built index.html names everything that a page fetches before it can read. A test compares that
with what a real first visit asks for.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

SITE = Path(__file__).resolve().parents[1] / "dist"

PAGE, IN_ALL = "page", "in all"

# Patterns for the files of each part. All others are the page's: HTML, style sheet, script, icon, manifest.
PARTS = {"model": r"model/", "WASM runtime": r"\.wasm$", "recognizer": r"entry-|worker-|rolldown-runtime-"}

# Bytes, compressed with brotli. The model's and the total are promises; the others are a little above the
# present size, so that a library that slips in is noticed.
BUDGET = {
    PAGE: 16_500,
    "recognizer": 47_000,
    "WASM runtime": 110_000,
    "model": 100_000,
    IN_ALL: 300_000,
}

# Links that a browser follows while it opens the page, unlike apple-touch-icon.
FOLLOWED = {"icon", "manifest", "modulepreload", "prefetch", "stylesheet"}


class Size(NamedTuple):
    """Bytes on disk, and bytes on the wire."""

    raw: int
    brotli: int

    def __add__(self, other: Size) -> Size:
        return Size(self.raw + other.raw, self.brotli + other.brotli)


class Head(HTMLParser):
    """Collect the addresses of scripts and followed links."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        values = dict(attributes)
        followed = tag == "script" or (tag == "link" and values.get("rel") in FOLLOWED)
        address = values.get("src" if tag == "script" else "href")
        if followed and address:
            self.names.append(address.removeprefix("./"))


def files_of_first_visit(site: Path) -> list[str]:
    """Return the files of a first visit, index.html first, relative to the site's folder."""
    head = Head()
    head.feed((site / "index.html").read_text("utf-8"))
    return ["index.html", *head.names]


def part_of(name: str) -> str:
    """Tell which part of the site a file belongs to."""
    return next((part for part, pattern in PARTS.items() if re.search(pattern, name)), PAGE)


def size_of(path: Path) -> Size:
    """Measure a file and its compressed variant, which is missing where it would save nothing."""
    compressed = path.with_name(path.name + ".br")
    return Size(path.stat().st_size, (compressed if compressed.exists() else path).stat().st_size)


def measure(site: Path) -> dict[str, Size]:
    """Measure the parts of a first visit and their total."""
    sizes = {part: Size(0, 0) for part in BUDGET}
    for name in files_of_first_visit(site):
        for part in (part_of(name), IN_ALL):
            sizes[part] += size_of(site / name)
    return sizes


def table(sizes: dict[str, Size]) -> str:
    """Lay the sizes out beside the budget."""
    lines = [f"{'A first visit, bytes':<22}{'raw':>10}{'brotli':>10}{'budget':>10}"]
    for part, size in sizes.items():
        over = size.brotli - BUDGET[part]
        remark = f"  over by {over:,}" if over > 0 else ""
        lines.append(f"  {part:<20}{size.raw:>10,}{size.brotli:>10,}{BUDGET[part]:>10,}{remark}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(SITE)))
