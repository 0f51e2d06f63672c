"""Fit one network: epochs with a progress bar, validation and a checkpoint after each, a stop by Ctrl-C."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tqdm import tqdm

from training.errors import RunError
from training.network.architectures import outputs
from training.network.backend import keras
from training.network.calibration import best_temperature, cross_entropy, spread
from training.recipe import checkpoint
from training.recipe.checkpoint import Progress
from training.recipe.feed import Feed
from training.recipe.group import ALONE, Group
from training.recipe.optimisation import Learner, build_learner, build_step, learning_rate
from training.recipe.settings import Settings
from training.recipe.split import Split
from training.recipe.stream import Stream
from training.recipe.targets import Targets


@dataclass(frozen=True)
class Run:
    """What one network learns from, by which recipe, and where its checkpoints are."""

    folder: Path
    settings: Settings
    split: Split
    checksums: dict[str, str]  # of the data, by file name
    resume: bool  # continue from the folder's checkpoint, if there is one
    stop: threading.Event  # when set, training ends after the next step at the latest
    stream: Stream | None = None  # what the network learns from beside the split
    group: Group = field(default=ALONE)


def fit(run: Run, targets: Targets) -> Progress:
    """Train the network of a run on `targets`, until the end or until it is stopped.

    The progress holds the averaged weights that did best on validation so far. RunError on resuming a
    checkpoint of other data or settings.
    """
    learner = build_learner(run.settings, run.group)
    progress = Progress(run.settings.as_dict(), run.checksums)
    if run.resume and (run.folder / checkpoint.NAME).is_file():
        progress = checkpoint.load(run.folder, learner, run.group)
        refuse_other_run(progress, run)
    if len(progress.history) < run.settings.epochs:
        run_epochs(run, targets, progress, learner)
    return progress


def refuse_other_run(progress: Progress, run: Run) -> None:
    """Raise RunError unless the checkpoint to resume has the run's settings and data."""
    wanted = run.settings.as_dict()
    had = progress.settings
    different = [f"{key} {had.get(key)} → {wanted[key]}" for key in wanted if had.get(key) != wanted[key]]
    if progress.data != run.checksums:
        different.append("the data")
    if different:
        raise RunError(
            f"a run can only be resumed with its own settings, but these differ: {', '.join(different)}; "
            "repeat the options of the first command, or leave --resume away to start again"
        )


def run_epochs(run: Run, targets: Targets, progress: Progress, learner: Learner) -> None:
    """Run the epochs that are left, with a progress bar; return after a step if any worker is stopped."""
    settings, group, done = run.settings, run.group, len(progress.history)
    step = build_step(learner, settings, group)
    feed = Feed(run.split, targets, settings, group, run.stream)
    per_epoch = feed.per_epoch
    total = per_epoch * settings.epochs
    style = {"unit": "step", "dynamic_ncols": True, "mininterval": 0.5, "disable": not group.is_chief}
    with tqdm(total=total, initial=done * per_epoch, **style) as bar:
        for epoch in range(done, settings.epochs):
            started = time.perf_counter()
            batches = feed.of_epoch(epoch, run.stop)
            if batches is None:
                run.stop.set()
                return
            sums = np.zeros(2)
            bar.set_description(f"{settings.network} {epoch + 1}/{settings.epochs}")
            for place, batch in enumerate(batches):
                number = epoch * per_epoch + place
                rate = learning_rate(number, total, settings)
                loss, correct, stopping = step(batch, number, rate, run.stop.is_set())
                sums += loss, correct
                bar.set_postfix(bar_figures(sums / (place + 1), progress), refresh=False)
                bar.update()
                if stopping:
                    run.stop.set()
                    return
            finish_epoch(run.split, progress, learner.average, sums / per_epoch, started)
            checkpoint.save(run.folder, progress, learner, group)
            bar.set_postfix(bar_figures(sums / per_epoch, progress))


def finish_epoch(
    split: Split, progress: Progress, average: keras.Model, means: np.ndarray, started: float
) -> None:
    """Score the averaged weights on validation, and keep them if they are the best so far."""
    sets = {"mnist": split.validation} | split.ink_validation
    answers = {name: outputs(average, digits.images) for name, digits in sets.items()}
    labels = {name: digits.labels for name, digits in sets.items()}
    temperature = best_temperature(*(np.concatenate([*each.values()]) for each in (answers, labels)))
    loss = np.mean([cross_entropy(answers[name], labels[name], temperature) for name in sets])
    accuracies = {name: float(np.mean(spread(answers[name]).argmax(1) == labels[name])) for name in sets}
    seconds = time.perf_counter() - started
    entry = {
        "epoch": len(progress.history) + 1,
        "loss": round(float(means[0]), 6),
        "accuracy": round(float(means[1]), 6),
        "validation_loss": round(float(loss), 6),
        "validation_accuracy": accuracies.pop("mnist"),
        "ink_accuracy": accuracies,
        "temperature": round(temperature, 4),
        "seconds": round(seconds, 2),
    }
    progress.history.append(entry)
    progress.seconds += seconds
    # Cross-entropy at the best temperature chooses: it is steadier than accuracy among weights that differ by
    # a digit or two, and smoothed labels do not bias it.
    if progress.best is None or entry["validation_loss"] < progress.best["validation_loss"]:
        progress.best = entry
        progress.best_weights = average.get_weights()


def bar_figures(means: np.ndarray, progress: Progress) -> dict[str, str]:
    """Return what the progress bar shows beside the time left."""
    figures = {"loss": f"{means[0]:.4f}", "accuracy": f"{100 * means[1]:.2f}%"}
    if progress.history:
        figures["validation"] = f"{100 * progress.history[-1]['validation_accuracy']:.2f}%"
        for name, share in progress.history[-1]["ink_accuracy"].items():
            figures[name] = f"{100 * share:.2f}%"
    return figures


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """Yield an event that the first Ctrl-C sets; the second raises KeyboardInterrupt.

    This works too where the parent process ignores SIGINT, as a shell does for background jobs.
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def on_interrupt(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    previous = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, previous)
