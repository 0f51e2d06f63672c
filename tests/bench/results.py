"""What a run of the benchmark found: a table, a file of this machine, and what changed since the last one."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psutil

from tests.server_process import ROOT

FOLDER = Path(__file__).with_name("results")
OURS = "this page"
# What stands beside this page, in the order of the table's columns.
PEERS = ("TF.js", "TF.js, WASM", "ONNX Runtime", "limit")
Spread = list[float]  # the median, the lowest tenth's end, the highest tenth's start


class Figures:
    """All that was measured: samples by figure ("name, unit") and by whose they are."""

    def __init__(self) -> None:
        self.samples: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    def add(self, figure: str, whose: str, *values: float) -> None:
        """Note what was measured."""
        self.samples[figure][whose].extend(values)

    def take(self, other: Figures) -> None:
        """Add all samples of another."""
        for figure, of in other.samples.items():
            for whose, values in of.items():
                self.add(figure, whose, *values)

    def spreads(self) -> dict[str, dict[str, Spread]]:
        """Return median and spread of each figure, four digits each."""
        return {
            figure: {
                whose: [shorten(x) for x in np.percentile(values, (50, 10, 90))]
                for whose, values in of.items()
            }
            for figure, of in self.samples.items()
        }


def shorten(value: float) -> float:
    """Round to four digits; whole numbers stay."""
    return int(value) if value == int(value) else float(f"{value:.4g}")


def readable(value: float) -> str:
    """Write a number with three digits, or as many as it has before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def describe_machine(browser_version: str) -> dict[str, str | int]:
    """Describe this machine, without its name or anybody's."""
    processor = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        found = re.search(r"^model name\s*: (.+)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        processor = found[1] if found else processor
    elif platform.system() == "Darwin":
        processor = subprocess.check_output(["sysctl", "-n", "machdep.cpu.brand_string"], text=True).strip()
    return {
        "processor": re.sub(r"\((R|TM)\)", "", processor),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "chromium": browser_version,
    }


def version() -> str:
    """Return the version of this checkout: that of package.json, and the commit where git knows it."""
    number = json.loads((ROOT / "package.json").read_text("utf-8"))["version"]
    try:
        command = ["git", "rev-parse", "--short=7", "HEAD"]
        commit = subprocess.check_output(command, cwd=ROOT, text=True, stderr=subprocess.DEVNULL)
        return f"{number}-{commit.strip()}"
    except (OSError, subprocess.CalledProcessError):
        return number


def save(machine: dict, spreads: dict, folder: Path = FOLDER) -> tuple[Path, dict | None]:
    """Write the file of this machine and version; return it, and what the machine's last file before held."""
    words = f"{machine['processor']} {machine['cores']} cores"
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    before = [json.loads(path.read_text("utf-8")) for path in folder.glob(f"{name}-[0-9]*.json")]
    path = folder / f"{name}-{version()}.json"
    now = datetime.now(UTC).isoformat(timespec="seconds")
    head = json.dumps({"machine": machine, "version": version(), "time": now}, indent=2)
    lines = ",\n".join(
        f"    {json.dumps(figure, ensure_ascii=False)}: {json.dumps(of)}" for figure, of in spreads.items()
    )
    folder.mkdir(exist_ok=True)
    path.write_text(f'{head[:-2]},\n  "figures": {{\n{lines}\n  }}\n}}\n', "utf-8")
    return path, max(before, key=lambda content: content["time"], default=None)


def changes(before: dict[str, dict[str, Spread]], now: dict[str, dict[str, Spread]]) -> list[str]:
    """Say which figures have changed by more than their spread: the two ranges do not meet.

    A figure with one sample has no range, so a change must be 2% at least; but every byte counts.
    """
    lines = []
    for figure, of in now.items():
        for whose, (median, low, high) in of.items():
            old = before.get(figure, {}).get(whose)
            small = 0 if figure.endswith("bytes") else 0.02 * abs(old[0] if old else 0)
            if old and (low > old[2] or high < old[1]) and abs(median - old[0]) > small:
                share = f" ({median / old[0] - 1:+.0%})" if old[0] else ""
                lines.append(f"{figure}: {whose} {old[0]:,} → {median:,}{share}")
    return lines


def table(spreads: dict[str, dict[str, Spread]]) -> str:
    """Lay out the medians, this page's with half its spread, the others' as a multiple of this page's."""
    lines = [f"{'':<46}" + "".join(f"{whose:>20}" for whose in (OURS, *PEERS))]
    for figure, of in spreads.items():
        cells = ""
        for whose in (OURS, *PEERS):
            cell = ""
            if whose in of:
                median, low, high = of[whose]
                ours = of[OURS][0] if OURS in of else 0
                cell = readable(median)
                if whose != OURS and ours:
                    cell += f" ({median / ours:.3g}×)"
                elif whose == OURS and high > low:
                    cell += f" ±{readable((high - low) / 2)}"
            cells += f"{cell:>20}"
        lines.append(f"{figure:<46}{cells}")
    return "\n".join(lines)
