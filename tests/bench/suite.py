"""Measure everything that matters in one run, each figure beside its baselines: `make bench`.

    make bench ARGS="--rounds 40 --readings 10000 --training quick"

All that reads runs in one Chromium, warmed up, in turns, so that what else the machine does hits all of it.
Only loads have a browser of their own, with an empty profile. The columns:

  this page      as it is built: it reads on the page, and many images at once in its worker
  TF.js          the whole library on its default backend, with the textbook network: convolutions of 32 and
                 64 5×5 filters, each pooled, 1,024 units, ten; the canvas squeezed to 28×28; no worker
  TF.js, WASM    the same on its WebAssembly backend
  ONNX Runtime   this page's own network and pixels on ONNX Runtime Web, WebAssembly, one thread
  limit          this page's multiply-adds, one by one, at the speed of a loop that does nothing else: only
                 fewer of them can be faster; of pictures the browser's decoding, of the server nginx

The result goes to tests/bench/results, one file for each machine and version. It is compared with the last
one of the same machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import sync_playwright

from server import SITE
from tests.bench import suite_pages, suite_processes
from tests.bench.results import OURS, Figures, changes, describe_machine, save, table
from tests.bench.usual_page import build_usual_page
from tests.browser.chromium import launch_chromium
from tests.server_process import ServerProcess

STEPS = ("networks", "work", "drawing", "memory", "loads", "server")


def measure(options: argparse.Namespace, figures: Figures) -> dict:
    """Measure all figures, or one step's; return the description of the machine."""
    with ExitStack() as stack:
        usual = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _, model = build_usual_page(usual)
        suite_pages.add_peers(usual)
        servers = [stack.enter_context(ServerProcess(site)) for site in (SITE, usual)]
        addresses = [each.url for each in servers]
        playwright = stack.enter_context(sync_playwright())
        browser = launch_chromium(playwright)
        machine = describe_machine(browser.version)
        pages = suite_pages.open_pages(browser, *addresses, model)
        if wanted("networks", options):
            suite_pages.networks(pages, figures, options.rounds)
        if wanted("work", options):
            suite_pages.other_work(pages, figures, max(options.rounds // 4, 1))
        if wanted("memory", options):
            suite_pages.memory(pages[OURS], figures, options.readings)
        if wanted("drawing", options):
            suite_pages.drawing(browser, addresses, figures, options.rounds)
        browser.close()
        if wanted("loads", options):
            suite_processes.loads(playwright.chromium, servers, usual, figures)
    if wanted("server", options):
        suite_processes.server(figures)
    if options.training:
        suite_processes.training(options.training, figures)
    return machine


def wanted(step: str, options: argparse.Namespace) -> bool:
    """Tell whether a step is to run, and say so."""
    if options.only in (None, step):
        print(f"measuring: {step} …", file=sys.stderr, flush=True)
    return options.only in (None, step)


def main() -> None:
    """Print the table and what has changed."""
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=16, help="samples of each time (%(default)s)")
    parser.add_argument("--readings", type=int, default=2000, help="before memory is measured (%(default)s)")
    parser.add_argument("--training", choices=("quick", "full"), help="also train: takes 4 or 70 minutes")
    parser.add_argument("--only", choices=STEPS, help="one step, whose figures are printed and not kept")
    options = parser.parse_args()
    figures = Figures()
    machine = measure(options, figures)
    spreads = figures.spreads()
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    print("Medians ± half the way from the lowest to the highest tenth; (×): how many times this page's\n")
    print(table(spreads))
    if options.only:
        return
    path, before = save(machine, spreads)
    print(f"\nwritten to {path.name}")
    if before:
        found = changes(before["figures"], spreads) or ["nothing"]
        print(f"changed by more than its spread since {before['version']} ({before['time'][:10]}):")
        print("\n".join(f"  {line}" for line in found))


if __name__ == "__main__":
    main()
