"""Train the network: `python -m training.train` (see --help)."""

import argparse
import shutil
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from training.data.datasets import MnistFiles, checksums, find_mnist, read_digits
from training.data.ink_digits import InkSplit, draw_digits, find_ink, ink_checksum, read_ink
from training.errors import RunError, exit_status
from training.evaluate import accuracy
from training.network.architectures import build_network, predict
from training.network.backend import keras, tf
from training.network.calibration import with_temperature
from training.network.refusal import refused, sure_enough
from training.recipe import checkpoint
from training.recipe.checkpoint import Progress
from training.recipe.extra import describe_extra, read_extra, say_extra, with_extra
from training.recipe.fit import fit, stop_on_interrupt
from training.recipe.hardware import hardware, use_fast_formats
from training.recipe.record import DEFAULT_FOLDER, RECORD, load_run, versions, write_run
from training.recipe.settings import Settings, full, quick
from training.recipe.split import Split, divide, with_ink
from training.recipe.targets import LabelLessons, Lessons, TeacherLessons

LESSONS = "lessons"  # the teachers' answers


def train(
    found: MnistFiles,
    folder: Path,
    settings: Settings,
    resume: bool = False,
    ink: Path | None = None,
    extra: Sequence[Path] = (),
) -> dict:
    """Train into `folder` and return the record; the averaged weights that do best on validation are kept.

    `ink` is a file of pen strokes to learn from beside MNIST (see training.data.ink_digits), `extra` are
    files of corrections (see training.recipe.extra). First come the teachers, each in a folder of its own,
    then the network that learns their answers. After each epoch there is a checkpoint. The first Ctrl-C ends
    the run after the current step and keeps the best weights so far; the record then says `interrupted` and
    holds no test accuracy. KeyboardInterrupt if there are none yet.
    """
    make_repeatable(settings)
    make_folder(folder)
    if resume:
        refuse_empty_folder(folder)
    else:
        remove_other_run(folder)
    data, sums = describe_data(found, ink)
    corrections = read_extra(extra)
    if corrections:
        data["extra"] = corrections.checksums
        sums |= dict.fromkeys(corrections.checksums, "extra")
    if resume:
        refuse_finished_run(folder, settings, data)
    strokes = read_ink(ink) if ink else None
    split = read_split(found, strokes, settings)
    if corrections:
        split = with_extra(split, corrections, settings)
    with stop_on_interrupt() as stop:
        teachers = train_teachers(split, folder, settings, sums, resume, stop)
        lessons = lessons_of(teachers, split, folder, settings)
        progress = fit(split, folder, settings, lessons, sums, is_begun(folder, resume), stop)
    if progress.best is None:
        raise KeyboardInterrupt
    weights = with_temperature(progress.best_weights, progress.best["temperature"])
    record = describe_run(data, split, settings, teachers, progress)
    record |= describe_refusal(split, settings, weights)
    write_run(folder, weights, record)
    if not record["interrupted"]:
        # The weights are chosen and written; only now is the test set read.
        test = read_digits(found, "test")
        best, _ = load_run(folder)
        record["accuracy"]["test"] = accuracy(best, test)
        if strokes:
            record["accuracy"]["ink_test"] = accuracy(best, draw_digits(strokes.test))
        if corrections:
            record["extra"] = describe_extra(corrections, best)
        record["split"]["test"] = len(test.labels)
        write_run(folder, weights, record)
    return record


def make_repeatable(settings: Settings) -> None:
    """Let the seed alone decide a run on the same machine; it costs a few per cent of time on a CPU."""
    tf.config.experimental.enable_op_determinism()
    use_fast_formats()
    keras.utils.set_random_seed(settings.seed)


def read_split(found: MnistFiles, strokes: InkSplit | None, settings: Settings) -> Split:
    """Return what is learnt from and what chooses, of MNIST and, where there are any, of pen strokes."""
    split = divide(read_digits(found, "train"), settings)
    return with_ink(split, strokes, settings) if strokes else split


def describe_data(found: MnistFiles, ink: Path | None) -> tuple[dict, dict[str, str]]:
    """Return what the record says about the data, and all its checksums by file name."""
    data = {"source": found.origin, "files": checksums(found), "ink": ink_checksum(ink) or None}
    return data, data["files"] | (data["ink"] or {})


def train_teachers(
    split: Split,
    folder: Path,
    settings: Settings,
    sums: dict[str, str],
    resume: bool,
    stop: threading.Event,
) -> list[Progress]:
    """Train the teachers of a run, or those that are left; KeyboardInterrupt if `stop` is set on the way."""
    finished = []
    for number in range(1, settings.teachers + 1):
        recipe = settings.of_teacher(number)
        own = folder / f"teacher-{number}"
        own.mkdir(exist_ok=True)
        print(f"teacher {number} of {settings.teachers}:", flush=True)
        lessons = label_lessons(split, recipe)
        finished.append(fit(split, own, recipe, lessons, sums, is_begun(own, resume), stop))
        if stop.is_set():
            raise KeyboardInterrupt
    return finished


def label_lessons(split: Split, settings: Settings) -> Lessons:
    """Return the labels as what is to be learnt."""
    return LabelLessons(split.training.labels, settings)


def lessons_of(teachers: list[Progress], split: Split, folder: Path, settings: Settings) -> Lessons:
    """Return what the network learns: the teachers' answers, or the labels where there are none."""
    if not teachers:
        return label_lessons(split, settings)
    models = []
    for progress in teachers:
        model = build_network(name=progress.settings["network"])
        model.set_weights(with_temperature(progress.best_weights, progress.best["temperature"]))
        models.append(model)
    return TeacherLessons(models, split.training.images, settings, folder / LESSONS)


def refuse_empty_folder(folder: Path) -> None:
    """Raise RunError unless a run was begun in the folder."""
    if not any(folder.glob(f"**/{checkpoint.NAME}")):
        raise RunError(f"there is nothing to resume in {folder}; leave --resume away to start a run")


def refuse_finished_run(folder: Path, settings: Settings, data: dict) -> None:
    """Raise RunError if nothing is left to do; a run stopped before its test figure still lacks it."""
    if not (folder / RECORD).is_file():
        return
    _, record = load_run(folder)
    same = record["settings"] == settings.as_dict() and record["data"] == data
    if same and record["accuracy"]["test"] is not None:
        raise RunError(
            f"all {settings.epochs} epochs of this run are done; leave --resume away to start again"
        )


def is_begun(folder: Path, resume: bool) -> bool:
    """Tell whether a network has a checkpoint to go on from."""
    return resume and (folder / checkpoint.NAME).is_file()


def remove_other_run(folder: Path) -> None:
    """Remove what a run leaves for its own continuation; its weights stay until new ones replace them."""
    (folder / checkpoint.NAME).unlink(missing_ok=True)
    for part in (folder / LESSONS, *folder.glob("teacher-*")):
        shutil.rmtree(part, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Make the folder of a run; RunError if that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(
            f"cannot make the folder {folder} ({error.strerror}); pass another --output"
        ) from error


def describe_run(
    data: dict, split: Split, settings: Settings, teachers: list[Progress], progress: Progress
) -> dict:
    """Return the record of a run, without its test accuracy."""
    return {
        "data": data,
        "split": {
            "training": len(split.training.labels) - split.drawn - split.nondigits - split.extra,
            "validation": len(split.validation.labels),
            "test": None,
            "seed": settings.split_seed,
            # Beside the images of MNIST: what was made of pen strokes, and what is no digit.
            "drawn": split.drawn,
            "nondigits": split.nondigits,
        },
        "settings": settings.as_dict(),
        "versions": versions(),
        "hardware": hardware(),
        "seconds": round(progress.seconds + sum(teacher.seconds for teacher in teachers), 1),
        "interrupted": len(progress.history) < settings.epochs,
        "best_epoch": progress.best["epoch"],
        "temperature": progress.best["temperature"],
        "accuracy": _validated(progress) | {"test": None, "ink_test": None},
        "history": progress.history,
        "teachers": [
            {
                "network": teacher.settings["network"],
                "seed": teacher.settings["seed"],
                "seconds": round(teacher.seconds, 1),
                "best_epoch": teacher.best["epoch"],
                "temperature": teacher.best["temperature"],
                "accuracy": _validated(teacher),
                "history": teacher.history,
            }
            for teacher in teachers
        ],
    }


def _validated(progress: Progress) -> dict:
    best = progress.best
    return {"validation": best["validation_accuracy"], "ink_validation": best["ink_accuracy"]}


def describe_refusal(split: Split, settings: Settings, weights: list) -> dict:
    """Return the confidence that names a digit, and what it refuses of the validation images."""
    if split.nondigit_validation is None:
        return {"sure_enough": None, "refused": None}
    model = build_network(name=settings.network)
    model.set_weights(weights)
    digits, ink, nondigits = (
        predict(model, images).numpy()
        for images in (split.validation.images, split.ink_validation.images, split.nondigit_validation)
    )
    threshold = sure_enough([digits, ink])
    shares = {"validation": digits, "ink_validation": ink, "nondigit_validation": nondigits}
    return {
        "sure_enough": threshold,
        "refused": {part: refused(answers, threshold) for part, answers in shares.items()},
    }


def parse(arguments: list[str] | None = None) -> tuple[argparse.Namespace, Settings]:
    """Return the command line's options, and the settings that they make."""
    parser = argparse.ArgumentParser(
        prog="python -m training.train", description="Train the digit network on MNIST."
    )
    parser.add_argument("--data", type=Path, help="folder of MNIST (default: DIGITPAD_DATA, else a download)")
    parser.add_argument(
        "--output", type=Path, default=DEFAULT_FOLDER, help="folder of the run (default: %(default)s)"
    )
    parser.add_argument(
        "--extra", type=Path, nargs="+", default=[], metavar="FILE", help="corrections that the page exported"
    )
    parser.add_argument("--quick", action="store_true", help="a minute of training, without teachers")
    parser.add_argument("--resume", action="store_true", help="continue the run in --output")
    numbers = {
        "seed": "of all randomness",
        "epochs": "",
        "batch-size": "digits per step",
        "validation": "digits kept for choosing",
        "teachers": "networks whose answers are learnt; 0: the labels",
    }
    for name, help_text in numbers.items():
        parser.add_argument(f"--{name}", type=int, help=help_text or None)
    options = parser.parse_args(arguments)
    changes = {
        name: value
        for name in ("seed", "epochs", "batch_size", "validation", "teachers")
        if (value := getattr(options, name)) is not None
    }
    for name, value in changes.items():
        if value < (0 if name in ("seed", "teachers") else 1):
            parser.error(f"--{name.replace('_', '-')} {value} is too small")
    return options, (quick if options.quick else full)(**changes)


def main() -> int:
    """Train as the command line says; print where the result is."""
    options, settings = parse()
    ink = find_ink(options.data)
    record = train(find_mnist(options.data), options.output, settings, options.resume, ink, options.extra)
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
    if "extra" in record:
        print(say_extra(record["extra"]))
    if ink is None:
        print("(there were no pen strokes beside MNIST, in pendigits/; with them drawn ink is read better)")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
