"""Measure the frontier: what each small network reads, against its size and its time in the browser.

    python -m tests.bench.frontier

Every network of training.network.architectures.FRONTIER learns for a few epochs from the teachers of a
trained run (`make train` comes first), is exported as the one that ships is, and reads in a real Chromium.
Accuracy is on the validation digits: nothing here looks at the test set. An interrupted measurement goes on
where it stopped.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from export.convert import read_layers_model, write_layers_model
from export.describe import describe
from export.fold import fold
from export.quantize import choose_bits
from tests.bench.open_site import build_site, open_apis
from tests.bench.suite_pages import ENOUGH, INKS, PREPARE, READ_INK, TIMED
from tests.browser.serving import ROOT
from training.data.characters import read_characters
from training.data.ink_digits import read_ink
from training.errors import RunError, exit_status
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
from training.train import find_data, make_repeatable, read_split

RESULT = ROOT / "training" / "report" / "frontier.json"
EPOCHS = 3  # of each network
ROUNDS = 20  # samples of a time, many readings each
PASSES = 3  # over all networks; the lowest of their medians counts, since other work only adds time


def train_all(run: Path) -> tuple[Split, dict[str, tuple[Settings, Progress]], dict]:
    """Train every network of the frontier on the answers of the run's teachers."""
    _, record = load_run(run)
    settings = Settings.from_dict(record["settings"])
    found, ink, unipen = find_data(None)
    if ink is None or unipen is None:
        raise RunError("there are no pen strokes to measure with; put pendigits/ and unipen/ beside MNIST")
    described, sums = describe_data(found, ink, unipen)
    if record["data"] != described or not settings.teachers:
        raise RunError(f"the run in {run} has other data or no teachers; run `make train` first")
    make_repeatable(settings)
    split = read_split(found, read_ink(ink), read_characters(unipen), settings)
    trained = {}
    with stop_on_interrupt() as stop:
        whole = Run(run, settings, split, sums, True, stop)
        targets = targets_of(train_teachers(whole), whole)
        for name in FRONTIER:
            short = replace(settings, recipe="frontier", network=name, epochs=EPOCHS)
            folder = run / "frontier" / name
            folder.mkdir(parents=True, exist_ok=True)
            keras.utils.set_random_seed(settings.seed)
            trained[name] = short, fit(replace(whole, folder=folder, settings=short), targets)
            if stop.is_set():
                raise KeyboardInterrupt
    return split, trained, described


def export_network(folder: Path, settings: Settings, progress: Progress, split: Split, data: dict) -> dict:
    """Export one network as the page takes it, and return what it reads of the validation digits."""
    model = build_network(name=settings.network)
    model.set_weights(with_temperature(progress.best_weights, progress.best["temperature"]))
    folded = fold(model)
    validation = [split.validation, *split.ink_validation.values()]
    bits, quantized = choose_bits(folded, [split.training], validation)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    write_layers_model(quantized, folder, "uint8")
    record = describe_run(data, split, settings, [], progress)
    description = describe(folder, f"int{bits}", folded.count_params(), {}, {}, record)
    write_json(folder / DESCRIPTION, description)
    quantized = read_layers_model(folder)
    figures = {
        "name": settings.network,
        "shipped": settings.network == NAME,
        "parameters": folded.count_params(),
        "multiplications": multiplications(folded),
        "bytes": sum(entry["bytes"] for entry in description["files"]),
    }
    ink, unipen = (split.ink_validation[name] for name in ("pendigits", "unipen"))
    for kind, digits in (("mnist", split.validation), ("ink", ink), ("unipen", unipen)):
        probabilities = predict(quantized, digits.images)
        figures[f"{kind}_accuracy"] = float(np.mean(probabilities.argmax(1) == digits.labels))
        figures[f"{kind}_loss"] = round(cross_entropy(probabilities, digits.labels), 6)
    return figures


def time_all(folders: dict[str, Path]) -> list[float]:
    """Return the milliseconds from strokes to reading in Chromium with each exported network."""
    for name, folder in folders.items():
        print(f"building the page with {name} …", flush=True)
        build_site(folder, folder.with_name("site"))
    medians: dict[str, list[float]] = defaultdict(list)
    with open_apis([folder.with_name("site") for folder in folders.values()]) as pages:
        for page in pages:
            page.evaluate(f"() => {{ {TIMED} }}")  # as an expression it would be called at once
            page.evaluate(PREPARE, INKS)
        for number in range(PASSES):
            for name, page in zip(folders, pages, strict=True):
                print(f"reading with {name}, pass {number + 1} of {PASSES} …", flush=True)
                times = [page.evaluate(READ_INK, ENOUGH) for _ in range(ROUNDS)]
                medians[name].append(statistics.median(times))
    return [min(medians[name]) for name in folders]


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
    for network, milliseconds in zip(networks, time_all(folders), strict=True):
        network["milliseconds"] = round(milliseconds, 3)
    networks.sort(key=lambda network: network["bytes"])
    write_json(RESULT, {"epochs": EPOCHS, "rounds": ROUNDS, "networks": networks})
    print(f"{'network':<12}{'parameters':>11}{'KB':>7}{'ms':>7}{'MNIST':>9}{'pendigits':>11}{'UNIPEN':>9}")
    for network in networks:
        size = f"{network['name']:<12}{network['parameters']:>11,}{network['bytes'] / 1000:>7.1f}"
        shares = f"{network['mnist_accuracy']:>9.2%}{network['ink_accuracy']:>11.2%}"
        shares += f"{network['unipen_accuracy']:>9.2%}"
        print(f"{size}{network['milliseconds']:>7.2f}{shares}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
