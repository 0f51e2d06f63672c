"""Measure the frontier: what each small network reads, against its size and its time in the browser.

    python -m tests.bench.frontier

Every network of training.network.architectures.FRONTIER learns for a few epochs from the teachers of a
trained run (`make train` comes first), is exported as the one that ships is, and reads in a real Chromium.
Accuracy is on the validation digits: nothing here looks at the test set. An interrupted measurement goes on
where it stopped.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from export.convert import read_layers_model, write_layers_model
from export.describe import describe
from export.fold import fold
from export.quantize import choose_widened
from tests.bench.reading import NOTE_WORK, time_readings
from tests.browser.chromium import launch_chromium
from tests.browser.serving import ROOT
from training.data.datasets import Digits, find_mnist
from training.data.ink_digits import find_ink, read_ink
from training.errors import RunError, exit_status
from training.evaluate import accuracy
from training.files import write_json
from training.network.architectures import FRONTIER, NAME, build_network, multiplications, predict
from training.network.backend import keras
from training.network.calibration import cross_entropy, with_temperature
from training.network.shipped import DESCRIPTION
from training.recipe.checkpoint import Progress
from training.recipe.fit import Run, fit, stop_on_interrupt
from training.recipe.record import describe_data, describe_run
from training.recipe.run_folder import DEFAULT_FOLDER, load_run
from training.recipe.settings import Settings
from training.recipe.split import Split
from training.recipe.teachers import targets_of, train_teachers
from training.train import make_repeatable, read_split

RESULT = ROOT / "training" / "report" / "frontier.json"
EPOCHS = 6  # of each network
ROUNDS = 600  # readings to time
PASSES = 3  # over all networks; the least of their medians counts, since other work only adds time


def train_all(run: Path) -> tuple[Split, dict[str, tuple[Settings, Progress]], dict]:
    """Train every network of the frontier on the answers of the run's teachers."""
    _, record = load_run(run)
    settings = Settings.from_dict(record["settings"])
    found, ink = find_mnist(), find_ink()
    if ink is None:
        raise RunError("there are no pen strokes to measure with; put pendigits/ beside MNIST")
    described, sums = describe_data(found, ink)
    if record["data"] != described or not settings.teachers:
        raise RunError(f"the run in {run} has other data or no teachers; run `make train` first")
    make_repeatable(settings)
    split = read_split(found, read_ink(ink), settings)
    results = {}
    with stop_on_interrupt() as stop:
        whole = Run(run, settings, split, sums, True, stop)
        targets = targets_of(train_teachers(whole), whole)
        for name in FRONTIER:
            short = replace(settings, recipe="frontier", network=name, epochs=EPOCHS)
            folder = run / "frontier" / name
            folder.mkdir(parents=True, exist_ok=True)
            keras.utils.set_random_seed(settings.seed)
            progress = fit(replace(whole, folder=folder, settings=short), targets)
            if stop.is_set():
                raise KeyboardInterrupt
            results[name] = short, progress
    return split, results, described


def export_network(folder: Path, settings: Settings, progress: Progress, split: Split, data: dict) -> dict:
    """Export one network as the page takes it, and return what it reads of the validation digits."""
    model = build_network(name=settings.network)
    model.set_weights(with_temperature(progress.best_weights, progress.best["temperature"]))
    folded = fold(model)
    widened = choose_widened(folded, split.validation, accuracy(folded, split.validation))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    write_layers_model(folded, folder, "uint8", widened)
    record = describe_run(data, split, settings, [], progress)
    description = describe(folder, "uint8", folded.count_params(), {}, {}, record)
    write_json(folder / DESCRIPTION, description)
    quantized = read_layers_model(folder)
    figures = {
        "name": settings.network,
        "shipped": settings.network == NAME,
        "parameters": folded.count_params(),
        "multiplications": multiplications(folded),
        "bytes": sum(entry["bytes"] for entry in description["files"]),
    }
    return figures | read(quantized, "mnist", split.validation) | read(quantized, "ink", split.ink_validation)


def read(model: keras.Model, kind: str, digits: Digits) -> dict[str, float]:
    """Return accuracy and cross-entropy on digits, by names that begin with `kind`."""
    probabilities = predict(model, digits.images).numpy()
    right = float(np.mean(probabilities.argmax(1) == digits.labels))
    return {f"{kind}_accuracy": right, f"{kind}_loss": round(cross_entropy(probabilities, digits.labels), 6)}


def time_all(folders: dict[str, Path]) -> dict[str, float]:
    """Return the milliseconds from strokes to reading in Chromium for the exported networks, by name."""
    sites = {name: folder.with_name("site") for name, folder in folders.items()}
    for name, folder in folders.items():
        print(f"building the page with {name} …", flush=True)
        where = {"DIGITPAD_MODEL": str(folder.resolve()), "DIGITPAD_SITE": str(sites[name].resolve())}
        build = [sys.executable, ".setup/node.py", "run", "--silent", "build"]
        subprocess.run(build, cwd=ROOT, env=os.environ | where, check=True)
    medians: dict[str, list[float]] = {name: [] for name in folders}
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for number in range(PASSES):
            for name, site in sites.items():
                print(f"reading with {name}, pass {number + 1} of {PASSES} …", flush=True)
                times = time_readings(browser, site, ROUNDS, NOTE_WORK)
                medians[name].append(statistics.median(times["reading"]))
        browser.close()
    return {name: min(values) for name, values in medians.items()}


def table(networks: list[dict]) -> str:
    """Return the frontier as text."""
    lines = [f"{'network':<12}{'parameters':>11}{'KB':>7}{'ms':>7}{'MNIST':>9}{'ink':>9}"]
    for network in networks:
        lines.append(
            f"{network['name']:<12}{network['parameters']:>11,}{network['bytes'] / 1000:>7.1f}"
            f"{network['milliseconds']:>7.2f}{100 * network['mnist_accuracy']:>8.2f}%"
            f"{100 * network['ink_accuracy']:>8.2f}%"
        )
    return "\n".join(lines)


def main() -> int:
    """Train, export and time the networks; write the result and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.frontier", description=main.__doc__)
    parser.add_argument("--run", type=Path, default=DEFAULT_FOLDER, help="folder of a run with teachers")
    options = parser.parse_args()
    split, trained, data = train_all(options.run)
    networks, folders = [], {}
    for name, (settings, progress) in trained.items():
        folders[name] = options.run / "frontier" / name / "model"
        networks.append(export_network(folders[name], settings, progress, split, data))
    milliseconds = time_all(folders)
    for network in networks:
        network["milliseconds"] = round(milliseconds[network["name"]], 3)
    networks.sort(key=lambda network: network["bytes"])
    write_json(RESULT, {"epochs": EPOCHS, "rounds": ROUNDS, "networks": networks})
    print(table(networks))
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
