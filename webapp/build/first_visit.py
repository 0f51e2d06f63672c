"""Say what a first visit transfers, by part, beside its budget; `make site` prints it.

The head of the built index.html names everything that a page fetches before it can read. A test compares that
with what a real first visit asks for.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "dist"

PAGE, IN_ALL = "page", "in all"

# Patterns for the files of each part. All others are the page's: HTML, style sheet, script, icon, manifest.
PARTS = {"model": r"model/", "recognizer": r"recognizer-|rolldown-runtime-"}

# What must not grow; tests hold it. The model's bytes and those in all are promises; the other numbers are
# what is there now, or a little more, so that a library that slips in is noticed.
BUDGETS = json.loads((SITE.parent / "budgets.json").read_text("utf-8"))

# Bytes, compressed with brotli, by part.
BUDGET = BUDGETS["first visit, bytes"]

# The same for api/digitpad.js with all that it imports at once: what another page loads before a pad is used.
API_BUDGET = BUDGETS["api before a pad is used, bytes"]

# Scripts, and the links that a browser follows while it opens the page, unlike apple-touch-icon.
FETCHED = re.compile(
    r'<(?:script|link(?=[^>]* rel="(?:icon|manifest|modulepreload|later|stylesheet)"))'
    r'[^>]* (?:src|href)="\./([^"]+)"'
)


def files_of_first_visit(site: Path) -> list[str]:
    """Return the files of a first visit, index.html first, relative to the site's folder."""
    return ["index.html", *FETCHED.findall((site / "index.html").read_text("utf-8"))]


def files_of_api(site: Path) -> list[str]:
    """Return api/digitpad.js and the scripts that it imports at once, relative to the site's folder."""
    found = [site / "api" / "digitpad.js"]
    for script in found:  # also visits what is added meanwhile
        imported = re.findall(r'(?:import|from)\s*"(\.[^"]+)"', script.read_text("utf-8"))
        found += [path for name in imported if (path := (script.parent / name).resolve()) not in found]
    return [str(path.relative_to(site)) for path in found]


def part_of(name: str) -> str:
    """Tell which part of the site a file belongs to."""
    return next((part for part, pattern in PARTS.items() if re.search(pattern, name)), PAGE)


def size_of(path: Path) -> tuple[int, int]:
    """Return the bytes of a file, and of its compressed variant, which is missing where it saves nothing."""
    compressed = path.with_name(path.name + ".br")
    return path.stat().st_size, (compressed if compressed.exists() else path).stat().st_size


def measure(site: Path) -> dict[str, tuple[int, int]]:
    """Return the bytes, raw and with brotli, of each part of a first visit and of all."""
    sizes = dict.fromkeys(BUDGET, (0, 0))
    for name in files_of_first_visit(site):
        raw, brotli = size_of(site / name)
        for part in (part_of(name), IN_ALL):
            sizes[part] = sizes[part][0] + raw, sizes[part][1] + brotli
    return sizes


def table(sizes: dict[str, tuple[int, int]]) -> str:
    """Lay the sizes out beside the budget."""
    lines = [f"{'A first visit, bytes':<22}{'raw':>10}{'brotli':>10}{'budget':>10}"]
    for part, (raw, brotli) in sizes.items():
        over = brotli - BUDGET[part]
        remark = f"  over by {over:,}" if over > 0 else ""
        lines.append(f"  {part:<20}{raw:>10,}{brotli:>10,}{BUDGET[part]:>10,}{remark}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(SITE)))
