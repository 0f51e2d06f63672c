"""Train the network: `python -m training.train` (see --help)."""

import argparse
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training import checkpoint
from training.backend import keras, tf
from training.calibration import best_temperature, cross_entropy, with_temperature
from training.checkpoint import Progress
from training.datasets import MnistFiles, checksums, find_mnist, read_digits
from training.errors import RunError, exit_status
from training.evaluate import accuracy
from training.ink_digits import draw_digits, find_ink, ink_checksum, read_ink
from training.network import build_network, predict
from training.optimisation import build_optimizer, build_step, learning_rate
from training.record import DEFAULT_FOLDER, hardware, load_run, versions, write_run
from training.settings import Settings, full, quick
from training.split import Split, divide, with_ink


def train(
    found: MnistFiles, folder: Path, settings: Settings, resume: bool = False, ink: Path | None = None
) -> dict:
    """Train into `folder` and return the record; the averaged weights that do best on validation are kept.

    `ink` is a file of pen strokes to learn from beside MNIST (see training.ink_digits). After each epoch the
    folder holds a checkpoint. The first Ctrl-C ends the run after the current step and keeps the best weights
    so far; the record then says `interrupted` and holds no test accuracy.
    """
    # Op determinism makes a seed repeat a run exactly; it costs a few per cent of time on a CPU.
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(settings.seed)
    make_folder(folder)
    data = {"source": found.origin, "files": checksums(found), "ink": ink_checksum(ink) or None}
    sums = data["files"] | (data["ink"] or {})
    split = divide(read_digits(found, "train"), settings)
    strokes = read_ink(ink) if ink else None
    if strokes:
        split = with_ink(split, strokes, settings)
    model, average = build_network(settings.seed), build_network(settings.seed)
    optimizer = build_optimizer(model, settings)
    progress = Progress(settings.as_dict(), sums)
    if resume:
        progress = checkpoint.load(folder, model, average, optimizer)
        refuse_other_run(progress, settings, sums)
        refuse_finished_run(folder, progress, settings)
    with stop_on_interrupt() as stop:
        run_epochs(split, folder, settings, progress, model, average, optimizer, stop)
    if progress.best is None:
        raise KeyboardInterrupt
    record = describe_run(data, split, settings, progress)
    weights = with_temperature(progress.best_weights, progress.best["temperature"])
    write_run(folder, weights, record)
    if not record["interrupted"]:
        # The weights are chosen and written; only now is the test set read.
        test = read_digits(found, "test")
        best, _ = load_run(folder)
        record["accuracy"]["test"] = accuracy(best, test)
        if strokes:
            record["accuracy"]["ink_test"] = accuracy(best, draw_digits(strokes.test))
        record["split"]["test"] = len(test.labels)
        write_run(folder, weights, record)
    return record


def make_folder(folder: Path) -> None:
    """Make the folder of a run; RunError if that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(
            f"cannot make the folder {folder} ({error.strerror}); pass another --output"
        ) from error


def describe_run(data: dict, split: Split, settings: Settings, progress: Progress) -> dict:
    """Return the record of a run, without its test accuracy."""
    return {
        "data": data,
        "split": {
            "training": len(split.training.labels) - split.drawn,
            "validation": len(split.validation.labels),
            "test": None,
            "seed": settings.split_seed,
            "drawn": split.drawn,  # training images made of pen strokes, beside those of MNIST
        },
        "settings": settings.as_dict(),
        "versions": versions(),
        "hardware": hardware(),
        "seconds": round(progress.seconds, 1),
        "interrupted": len(progress.history) < settings.epochs,
        "best_epoch": progress.best["epoch"],
        "temperature": progress.best["temperature"],
        "accuracy": {
            "validation": progress.best["validation_accuracy"],
            "test": None,
            "ink_validation": progress.best["ink_accuracy"],
            "ink_test": None,
        },
        "history": progress.history,
    }


def refuse_other_run(progress: Progress, settings: Settings, files: dict[str, str]) -> None:
    """Raise RunError unless the run to resume has the same settings and data."""
    wanted = settings.as_dict()
    different = [
        f"{key} {progress.settings.get(key)} → {wanted[key]}"
        for key in wanted
        if progress.settings.get(key) != wanted[key]
    ]
    if progress.data != files:
        different.append("the data")
    if different:
        raise RunError(
            f"a run can only be resumed with its own settings, but these differ: {', '.join(different)}; "
            "repeat the options of the first command, or leave --resume away to start again"
        )


def refuse_finished_run(folder: Path, progress: Progress, settings: Settings) -> None:
    """Raise RunError if nothing is left to do; a run stopped before its test figure still lacks it."""
    if len(progress.history) < settings.epochs:
        return
    _, record = load_run(folder)
    if record["accuracy"]["test"] is not None:
        raise RunError(
            f"all {settings.epochs} epochs of this run are done; leave --resume away to start again"
        )


def run_epochs(
    split: Split,
    folder: Path,
    settings: Settings,
    progress: Progress,
    model: keras.Model,
    average: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    stop: threading.Event,
) -> None:
    """Run the epochs that are left, with a progress bar; return after the current step once `stop` is set."""
    step = build_step(model, average, optimizer, *split.training, settings)
    per_epoch = len(split.training.labels) // settings.batch_size
    total = per_epoch * settings.epochs
    done = len(progress.history)
    with tqdm(total=total, initial=done * per_epoch, unit="step", dynamic_ncols=True, mininterval=0.5) as bar:
        for epoch in range(done, settings.epochs):
            started = time.perf_counter()
            # A fresh shuffle that seed and epoch alone decide; the few digits left over come in other epochs.
            order = np.random.default_rng((settings.seed, epoch)).permutation(len(split.training.labels))
            sums = np.zeros(2)
            bar.set_description(f"epoch {epoch + 1}/{settings.epochs}")
            for batch in range(per_epoch):
                number = epoch * per_epoch + batch
                indices = order[batch * settings.batch_size : (batch + 1) * settings.batch_size]
                loss, correct = step(indices, number, learning_rate(number, total, settings))
                sums += float(loss), float(correct)
                bar.set_postfix(shown(sums / (batch + 1), progress), refresh=False)
                bar.update()
                if stop.is_set():
                    return
            finish_epoch(split, progress, average, sums / per_epoch, started)
            checkpoint.save(folder, progress, model, average, optimizer)
            bar.set_postfix(shown(sums / per_epoch, progress))


def finish_epoch(
    split: Split, progress: Progress, average: keras.Model, means: np.ndarray, started: float
) -> None:
    """Score the averaged weights on validation, and keep them if they are the best so far."""
    labels = split.validation.labels
    probabilities = predict(average, split.validation.images).numpy()
    temperature = best_temperature(probabilities, labels)
    loss = cross_entropy(probabilities, labels, temperature)
    ink_accuracy = None
    if split.ink_validation:
        images, ink_labels = split.ink_validation
        drawn = predict(average, images).numpy()
        ink_accuracy = float(np.mean(drawn.argmax(1) == ink_labels))
        loss = (loss + cross_entropy(drawn, ink_labels, temperature)) / 2
    seconds = time.perf_counter() - started
    entry = {
        "epoch": len(progress.history) + 1,
        "loss": round(float(means[0]), 6),
        "accuracy": round(float(means[1]), 6),
        "validation_loss": round(loss, 6),
        "validation_accuracy": float(np.mean(probabilities.argmax(1) == labels)),
        "ink_accuracy": ink_accuracy,
        "temperature": round(temperature, 4),
        "seconds": round(seconds, 2),
    }
    progress.history.append(entry)
    progress.seconds += seconds
    # Cross-entropy at the best temperature chooses: among weights that differ by a digit or two it is the
    # steadier measure, and smoothed labels do not bend it.
    if progress.best is None or entry["validation_loss"] < progress.best["validation_loss"]:
        progress.best = entry
        progress.best_weights = average.get_weights()


def shown(means: np.ndarray, progress: Progress) -> dict[str, str]:
    """Return what the progress bar shows beside time left."""
    figures = {"loss": f"{means[0]:.4f}", "accuracy": f"{100 * means[1]:.2f}%"}
    if progress.history:
        figures["validation"] = f"{100 * progress.history[-1]['validation_accuracy']:.2f}%"
        if progress.history[-1]["ink_accuracy"] is not None:
            figures["ink"] = f"{100 * progress.history[-1]['ink_accuracy']:.2f}%"
    return figures


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C sets instead of raising; a second Ctrl-C raises as usual."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def on_interrupt(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, previous)

    previous = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, previous)


def parse(arguments: list[str] | None = None) -> tuple[argparse.Namespace, Settings]:
    """Return the command line's options, and the settings that they make."""
    parser = argparse.ArgumentParser(
        prog="python -m training.train", description="Train the digit network on MNIST."
    )
    parser.add_argument("--data", type=Path, help="folder of MNIST (default: DIGITPAD_DATA, else a download)")
    parser.add_argument(
        "--output", type=Path, default=DEFAULT_FOLDER, help="folder of the run (default: %(default)s)"
    )
    parser.add_argument("--quick", action="store_true", help="a minute of training instead of ten")
    parser.add_argument("--resume", action="store_true", help="continue the run in --output")
    numbers = {
        "seed": "of all randomness",
        "epochs": "",
        "batch-size": "digits per step",
        "validation": "digits kept for choosing",
    }
    for name, help_text in numbers.items():
        parser.add_argument(f"--{name}", type=int, help=help_text or None)
    options = parser.parse_args(arguments)
    changes = {
        name: value
        for name in ("seed", "epochs", "batch_size", "validation")
        if (value := getattr(options, name)) is not None
    }
    for name, value in changes.items():
        if value < (0 if name == "seed" else 1):
            parser.error(f"--{name.replace('_', '-')} {value} is too small")
    return options, (quick if options.quick else full)(**changes)


def main() -> int:
    """Train as the command line says; print where the result is."""
    options, settings = parse()
    ink = find_ink(options.data)
    record = train(find_mnist(options.data), options.output, settings, options.resume, ink)
    validation = f"{100 * record['accuracy']['validation']:.2f}% on validation"
    if record["interrupted"]:
        print(
            f"interrupted: the best weights so far ({validation}, epoch {record['best_epoch']} "
            f"of {settings.epochs}) are in {options.output}; the same command with --resume continues"
        )
        return 130
    figures = [validation, f"{100 * record['accuracy']['test']:.2f}% on test"]
    if record["accuracy"]["ink_test"] is not None:
        figures.append(f"{100 * record['accuracy']['ink_test']:.2f}% on ink of unseen writers")
    print(f"{', '.join(figures)}, after {record['seconds']:.0f} s; the weights are in {options.output}")
    if ink is None:
        print("(there were no pen strokes beside MNIST, in pendigits/; with them drawn ink is read better)")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
