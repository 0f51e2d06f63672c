"""Fit one network: epochs with a progress bar, validation after each, a checkpoint, and a stop by Ctrl-C."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.errors import RunError
from training.network.architectures import build_network, predict
from training.network.backend import keras
from training.network.calibration import best_temperature, cross_entropy
from training.recipe import checkpoint
from training.recipe.checkpoint import Progress
from training.recipe.optimisation import build_optimizer, build_step, learning_rate
from training.recipe.settings import Settings
from training.recipe.split import Split
from training.recipe.targets import Lessons


def fit(
    split: Split,
    folder: Path,
    settings: Settings,
    lessons: Lessons,
    sums: dict[str, str],
    resume: bool,
    stop: threading.Event,
) -> Progress:
    """Train the network of `settings` on what `lessons` teach, until the end or until `stop` is set.

    `sums`, checksums by file name, tell what data it is: RunError on resuming a checkpoint of other data or
    settings. After each epoch the folder holds a checkpoint, and the progress the averaged weights that did
    best on validation so far.
    """
    model = build_network(settings.seed, settings.network)
    average = build_network(settings.seed, settings.network)
    optimizer = build_optimizer(model, settings)
    progress = Progress(settings.as_dict(), sums)
    if resume:
        progress = checkpoint.load(folder, model, average, optimizer)
        refuse_other_run(progress, settings, sums)
    run_epochs(split, folder, settings, lessons, progress, model, average, optimizer, stop)
    return progress


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


def run_epochs(
    split: Split,
    folder: Path,
    settings: Settings,
    lessons: Lessons,
    progress: Progress,
    model: keras.Model,
    average: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    stop: threading.Event,
) -> None:
    """Run the epochs that are left, with a progress bar; return after the current step once `stop` is set."""
    done = len(progress.history)
    if done == settings.epochs:
        return
    step = build_step(model, average, optimizer, *split.training, settings)
    per_epoch = len(split.training.labels) // settings.batch_size
    total = per_epoch * settings.epochs
    with tqdm(total=total, initial=done * per_epoch, unit="step", dynamic_ncols=True, mininterval=0.5) as bar:
        for epoch in range(done, settings.epochs):
            started = time.perf_counter()
            draws, targets = lessons.of_epoch(epoch, stop)
            if stop.is_set():
                return
            # A fresh shuffle that seed and epoch alone decide; the few digits left over come in other epochs.
            order = np.random.default_rng((settings.seed, epoch)).permutation(len(split.training.labels))
            sums = np.zeros(2)
            bar.set_description(f"{settings.network} {epoch + 1}/{settings.epochs}")
            for batch in range(per_epoch):
                number = epoch * per_epoch + batch
                indices = order[batch * settings.batch_size : (batch + 1) * settings.batch_size]
                rate = learning_rate(number, total, settings)
                loss, correct = step(indices, draws, targets, number, rate)
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
    ink_accuracy = None
    if split.ink_validation:
        images, ink_labels = split.ink_validation
        drawn = predict(average, images).numpy()
        ink_accuracy = float(np.mean(drawn.argmax(1) == ink_labels))
        temperature = best_temperature(
            np.concatenate([probabilities, drawn]), np.concatenate([labels, ink_labels])
        )
        loss = (
            cross_entropy(probabilities, labels, temperature) + cross_entropy(drawn, ink_labels, temperature)
        ) / 2
    else:
        temperature = best_temperature(probabilities, labels)
        loss = cross_entropy(probabilities, labels, temperature)
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
