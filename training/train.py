"""Train the network: `python -m training.train` (see --help)."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from training.data.characters import CharacterPart, pen_digits, read_characters
from training.data.datasets import MnistFiles, find_mnist, read_digits
from training.data.ink_digits import InkSplit, draw_digits, find_ink, read_ink
from training.data.shards import Shards, check_shards, open_shards
from training.data.unipen_files import find_unipen
from training.data.writers import Part
from training.errors import DatasetError, exit_status
from training.evaluate import accuracy
from training.network.backend import keras, tf
from training.network.calibration import with_temperature
from training.recipe.fit import Run, fit, stop_on_interrupt
from training.recipe.group import ALONE, Group, join
from training.recipe.hardware import use_fast_formats
from training.recipe.learn_corrections import (
    describe_corrections,
    learn_corrections,
    summarise,
    with_corrections,
)
from training.recipe.record import describe_data, describe_refusal, describe_run
from training.recipe.run_folder import (
    DEFAULT_FOLDER,
    load_run,
    refuse_empty_folder,
    refuse_finished_run,
    remove_other_run,
    run_folder,
    write_run,
)
from training.recipe.settings import Settings, full, quick
from training.recipe.split import Split, divide, with_characters, with_ink
from training.recipe.stream import Stream
from training.recipe.teachers import targets_of, train_teachers

# Options that change the recipe: name, smallest value, help.
NUMBERS = (
    ("seed", 0, "of all randomness"),
    ("epochs", 1, "passes over the training digits"),
    ("batch-size", 1, "digits per step"),
    ("validation", 1, "digits kept out to choose the weights"),
    ("teachers", 0, "networks whose answers are learnt; 0: learn the labels"),
)


def train(
    found: MnistFiles,
    folder: Path,
    settings: Settings,
    resume: bool = False,
    ink: Path | None = None,
    extra: Sequence[Path] = (),
    unipen: Path | None = None,
    shards: Sequence[Path] = (),
    group: Group = ALONE,
) -> dict:
    """Train into `folder` and return the record; the averaged weights that do best on validation are kept.

    `ink` is a file of pen strokes (see training.data.ink_digits), `unipen` an archive or a folder (see
    training.data.unipen_files), `extra` are files or folders of corrections (see
    training.recipe.learn_corrections), `shards` are folders of samples (see training.data.shards). The
    teachers are trained first, each in its own folder, then the network that learns their answers. Each epoch
    ends with a checkpoint. The first Ctrl-C ends the run after the next step and keeps the best weights so
    far; the record then says `interrupted` and has no test accuracy. KeyboardInterrupt if there are no
    weights yet. All workers of `group` must call this with the same data and settings.
    """
    make_repeatable(settings)
    with run_folder(folder, resume, group) as own:
        record = train_in(own, found, settings, resume, ink, extra, unipen, shards, group)
        group.agree(False)  # a worker that ends alone would look like one that failed
    return record


def train_in(
    folder: Path,
    found: MnistFiles,
    settings: Settings,
    resume: bool,
    ink: Path | None,
    extra: Sequence[Path],
    unipen: Path | None,
    shards: Sequence[Path],
    group: Group,
) -> dict:
    """Train as `train` says; `folder` is this worker's own."""
    if resume:
        refuse_empty_folder(folder)
    else:
        remove_other_run(folder)
    data, sums = describe_data(found, ink, unipen)
    opened = [open_shards(each) for each in shards]
    if opened:
        data["shards"] = {each.checksum: each.count for each in opened}
        sums |= dict.fromkeys(data["shards"], "shards")
    corrections = learn_corrections(extra, folder, settings)
    if corrections:
        data["corrections"] = corrections.checksums
        sums |= dict.fromkeys(corrections.checksums, "corrections")
    group.refuse_others([settings.as_dict(), sums])
    if resume:
        refuse_finished_run(folder, settings, data)
    strokes = read_ink(ink) if ink else None
    characters = read_characters(unipen) if unipen else None
    split = read_split(found, strokes, characters, settings)
    if corrections and isinstance(corrections.training, Shards):
        opened.append(corrections.training)
    elif corrections:
        split = with_corrections(split, corrections)
    check_shards([shard for each in opened for shard in each.shards][group.worker :: group.workers])
    stream = Stream(opened, settings.seed) if opened else None
    with stop_on_interrupt() as stop:
        run = Run(folder, settings, split, sums, resume, stop, stream, group)
        teachers = train_teachers(run)
        progress = fit(run, targets_of(teachers, run))
    if progress.best is None:
        raise KeyboardInterrupt
    weights = with_temperature(progress.best_weights, progress.best["temperature"])
    record = describe_run(data, split, settings, teachers, progress)
    record |= describe_refusal(split, settings, weights)
    write_run(folder, weights, record)
    if not record["interrupted"]:
        # The test set is read only now that the weights are chosen and written.
        test = read_digits(found, "test")
        best, _ = load_run(folder)
        record["accuracy"]["test"] = accuracy(best, test)
        record["accuracy"]["ink_test"] = {}
        if strokes:
            record["accuracy"]["ink_test"]["pendigits"] = accuracy(best, draw_digits(strokes.test))
        if characters:
            drawn = draw_digits(pen_digits(characters["test"].digits))
            record["accuracy"]["ink_test"]["unipen"] = accuracy(best, drawn)
        if corrections:
            record["corrections"] = describe_corrections(corrections, best)
        record["split"]["test"] = len(test.labels)
        write_run(folder, weights, record)
    return record


def make_repeatable(settings: Settings) -> None:
    """Let the seed alone decide a run on the same machine; it costs a few per cent of time on a CPU."""
    tf.config.experimental.enable_op_determinism()
    use_fast_formats()
    keras.utils.set_random_seed(settings.seed)


def read_split(
    found: MnistFiles,
    strokes: InkSplit | None,
    characters: dict[Part, CharacterPart] | None,
    settings: Settings,
) -> Split:
    """Return the training and validation digits of MNIST and, if there are any, of both sets of ink."""
    split = divide(read_digits(found, "train"), settings)
    if strokes:
        split = with_ink(split, strokes, settings)
    return with_characters(split, characters, settings) if characters else split


def find_data(folder: Path | None) -> tuple[MnistFiles, Path | None, Path | None]:
    """Return MNIST's files, the pen strokes and UNIPEN; one DatasetError names everything that is missing."""
    found, missing = [], []
    for find in (find_mnist, find_ink, find_unipen):
        try:
            found.append(find(folder))
        except DatasetError as error:
            missing.append(str(error))
    if missing:
        raise DatasetError("\nerror: ".join(missing))
    return tuple(found)


def whole_number(name: str, smallest: int) -> Callable[[str], int]:
    """Return a reader of an option's value; its errors name the option and its variable of `make train`."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = smallest - 1
        if value < smallest:
            variable = name.upper().replace("-", "_")
            raise argparse.ArgumentTypeError(
                f"{variable} must be a whole number from {smallest} up, not {text!r}"
            )
        return value

    return read


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
        "--extra",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="corrections that the page exported, or folders of them",
    )
    parser.add_argument(
        "--shards",
        type=Path,
        nargs="+",
        default=[],
        metavar="FOLDER",
        help="samples on disk, from training.make_shards, to learn from too",
    )
    parser.add_argument("--quick", action="store_true", help="a minute of training, without teachers")
    parser.add_argument("--resume", action="store_true", help="continue the run in --output")
    for name, smallest, words in NUMBERS:
        parser.add_argument(f"--{name}", type=whole_number(name, smallest), help=words)
    options = parser.parse_args(arguments)
    names = [name.replace("-", "_") for name, *_ in NUMBERS]
    changes = {name: value for name in names if (value := getattr(options, name)) is not None}
    return options, (quick if options.quick else full)(**changes)


def main() -> int:
    """Train as the command line says; print where the result is."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores Ctrl-C
    options, settings = parse()
    group = join()
    found, ink, unipen = find_data(options.data)
    record = train(
        found, options.output, settings, options.resume, ink, options.extra, unipen, options.shards, group
    )
    if not group.is_chief:
        return 130 if record["interrupted"] else 0
    validation = f"{100 * record['accuracy']['validation']:.2f}% on validation"
    if record["interrupted"]:
        print(
            f"interrupted: the best weights so far ({validation}, epoch {record['best_epoch']} "
            f"of {settings.epochs}) are in {options.output}; the same command with --resume continues"
        )
        return 130
    figures = [validation, f"{100 * record['accuracy']['test']:.2f}% on test"]
    for name, share in record["accuracy"]["ink_test"].items():
        figures.append(f"{100 * share:.2f}% of other writers' digits in {name}")
    print(f"{', '.join(figures)}, after {record['seconds']:.0f} s; the weights are in {options.output}")
    if "corrections" in record:
        print(summarise(record["corrections"]))
    for path, name in ((ink, "pendigits"), (unipen, "unipen")):
        if path is None:
            print(f"(the data has no pen strokes in {name}/; with them the network reads drawings better)")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
