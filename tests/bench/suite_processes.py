"""What the benchmark measures with processes of their own: loads, the server, training."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserType

from server import SITE
from tests.bench.loading import transferred, visit_often
from tests.bench.results import OURS, Figures
from tests.bench.server import load, servers, site_paths
from tests.bench.slow_network import slow_network
from tests.server_process import ServerProcess
from training.files import RECORD
from webapp.build.first_visit import measure

USUAL = "TF.js"
# Loads with an empty profile, and repeats after each. The usual page takes a minute over slow 4G.
VISITS = {"full speed": {OURS: (3, 3), USUAL: (3, 2)}, "slow 4G": {OURS: (3, 3), USUAL: (1, 2)}}
CONNECTIONS, SECONDS, ROUNDS = 800, 4, 3
ACCURACIES = (0.990, 0.995, 0.997)


def loads(browser_type: BrowserType, pages: list[ServerProcess], usual: Path, figures: Figures) -> None:
    """First and repeat visits until the page has read; the bytes of a first visit."""
    for part, (_, size) in measure(SITE).items():
        figures.add(f"first visit, {part}, bytes", OURS, size)
    figures.add("first visit, in all, bytes", USUAL, transferred(usual))
    for network, plan in VISITS.items():
        for number in range(max(firsts for firsts, _ in plan.values())):
            for server, (whose, (firsts, repeats)) in zip(pages, plan.items(), strict=True):
                if number >= firsts:
                    continue
                if network == "slow 4G":
                    with slow_network(server.port) as address:
                        visits = visit_often(browser_type, address, repeats)
                else:
                    visits = visit_often(browser_type, server.url, repeats)
                ready = [times["ready"] for times in visits]
                figures.add(f"first visit until it reads, {network}, ms", whose, ready[0])
                figures.add(f"repeat visit until it reads, {network}, ms", whose, *ready[1:])


def server(figures: Figures) -> None:
    """Answers a second of server.py, and of nginx where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        found = servers(Path(folder))
        for _ in range(ROUNDS):
            for name, whose in (("server.py", OURS), ("nginx", "limit")):
                if name in found:
                    with found[name](SITE) as port:
                        seconds, took, *_ = asyncio.run(load(port, site_paths(), CONNECTIONS, 0, SECONDS))
                    figures.add(f"server, {CONNECTIONS} visitors, answers/s", whose, len(took) / seconds)


def training(recipe: str, figures: Figures) -> None:
    """Seconds, those of the teachers among them, until the weights first read so much of validation right."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--quick"] if recipe == "quick" else []
        command = [sys.executable, "-m", "training.train", "--output", folder, *options]
        subprocess.run(command, check=True)
        record = json.loads((Path(folder) / RECORD).read_text("utf-8"))
    teachers = record["seconds"] - sum(epoch["seconds"] for epoch in record["history"])
    for wanted in ACCURACIES:
        spent = teachers
        for epoch in record["history"]:
            spent += epoch["seconds"]
            if epoch["validation_accuracy"] >= wanted:
                figures.add(f"{recipe} training to {wanted:.1%} of validation, s", OURS, spent)
                break
