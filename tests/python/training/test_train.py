"""training/train.py on a made data set: repeatable, resumable, interruptible."""

import json
import os
import shutil
import signal
import threading

import numpy as np
import pytest

from tests.python.made_digits import write_idx
from training.data.datasets import find_mnist, read_digits
from training.errors import DatasetError, RunError
from training.network.architectures import TEACHERS, build_network
from training.recipe import checkpoint
from training.recipe.checkpoint import NAME as CHECKPOINT
from training.recipe.checkpoint import Progress
from training.recipe.fit import run_epochs, stop_on_interrupt
from training.recipe.optimisation import build_optimizer
from training.recipe.record import RECORD, WEIGHTS, load_run
from training.recipe.settings import Settings, full, quick
from training.recipe.split import divide
from training.train import label_lessons, parse, train

TINY = Settings(recipe="tiny", epochs=3, batch_size=50, validation=100, averaging=0.9, teachers=0)
TAUGHT = Settings(**vars(TINY) | {"epochs": 2, "teachers": 2, "teacher_epochs": 1, "rounds": 2})


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return find_mnist(write_idx(tmp_path_factory.mktemp("data"), train=500, test=100))


@pytest.fixture(scope="module")
def finished(data, tmp_path_factory):
    """Return the folder and the record of an uninterrupted run."""
    folder = tmp_path_factory.mktemp("run")
    return folder, train(data, folder, TINY)


@pytest.fixture
def interrupt_after_first_epoch(monkeypatch):
    """Let a real Ctrl-C arrive right after the first checkpoint is written."""
    save = checkpoint.save

    def save_and_interrupt(*arguments):
        save(*arguments)
        monkeypatch.undo()
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(checkpoint, "save", save_and_interrupt)


def weights_of(folder):
    return load_run(folder)[0].get_weights()


def without_times(record):
    history = [
        {key: value for key, value in entry.items() if key != "seconds"} for entry in record["history"]
    ]
    return {key: value for key, value in record.items() if key != "seconds"} | {"history": history}


def test_record_says_how_the_weights_were_made(finished):
    folder, record = finished
    assert record["interrupted"] is False
    assert record["data"]["source"] == "local folder"
    assert len(record["data"]["files"]) == 4
    counts = {"training": 400, "drawn": 0, "nondigits": 0, "validation": 100, "test": 100}
    assert record["split"] == counts | {"seed": 0}
    assert record["settings"] == TINY.as_dict()
    assert record["settings"]["distortion"]["rotation"] == TINY.distortion.rotation
    assert [entry["epoch"] for entry in record["history"]] == [1, 2, 3]
    assert set(record["versions"]) == {"python", "tensorflow", "tf_keras", "numpy"}
    assert record["hardware"]["cores"] >= 1
    assert record["teachers"] == []
    assert record["sure_enough"] is None  # nothing to refuse was learnt
    assert record["seconds"] > 0
    best = min(record["history"], key=lambda entry: entry["validation_loss"])
    assert (record["best_epoch"], record["temperature"]) == (best["epoch"], best["temperature"])
    assert record["accuracy"]["validation"] == best["validation_accuracy"]
    assert 0 <= record["accuracy"]["test"] <= 1
    model, on_disk = load_run(folder)
    assert on_disk == {"model": {"name": "digitpad", "parameters": model.count_params()}} | record


def test_record_names_no_folder_of_this_machine(finished, data):
    folder, _ = finished
    text = (folder / RECORD).read_text()
    assert str(folder.parent) not in text
    assert os.uname().nodename not in text


def test_run_folder_holds_nothing_else(finished):
    folder, _ = finished
    assert {path.name for path in folder.iterdir()} == {WEIGHTS, RECORD, CHECKPOINT}


def test_same_seed_same_weights(finished, data, tmp_path):
    folder, record = finished
    again = train(data, tmp_path, TINY)
    assert without_times(again) == without_times(record)
    for first, second in zip(weights_of(folder), weights_of(tmp_path), strict=True):
        np.testing.assert_array_equal(first, second)


def test_other_seed_other_weights(finished, data, tmp_path):
    train(data, tmp_path, Settings(**vars(TINY) | {"seed": 2, "epochs": 1}))
    assert not np.array_equal(weights_of(finished[0])[0], weights_of(tmp_path)[0])


def test_interrupt_then_resume_gives_the_same_as_no_interrupt(
    finished, data, tmp_path, interrupt_after_first_epoch
):
    folder, record = finished
    stopped = train(data, tmp_path, TINY)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert len(stopped["history"]) == 1
    assert stopped["interrupted"] is True
    assert stopped["accuracy"]["test"] is None
    assert load_run(tmp_path)[1]["best_epoch"] == 1
    resumed = train(data, tmp_path, TINY, resume=True)
    assert without_times(resumed) == without_times(record)
    for first, second in zip(weights_of(folder), weights_of(tmp_path), strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.fixture(scope="module")
def taught(data, tmp_path_factory):
    """Return the folder and the record of a run whose network learns from two teachers."""
    folder = tmp_path_factory.mktemp("taught")
    return folder, train(data, folder, TAUGHT)


def test_a_taught_run_says_what_its_teachers_did(taught):
    folder, record = taught
    assert [teacher["seed"] for teacher in record["teachers"]] == [1001, 1002]
    assert [teacher["network"] for teacher in record["teachers"]] == list(TEACHERS)
    assert [len(teacher["history"]) for teacher in record["teachers"]] == [1, 1]
    assert record["seconds"] > sum(teacher["seconds"] for teacher in record["teachers"]) > 0
    own = {WEIGHTS, RECORD, CHECKPOINT}
    assert {path.name for path in folder.iterdir()} == own | {"teacher-1", "teacher-2", "lessons"}


def test_teachers_change_what_is_learnt(taught, data, tmp_path):
    train(data, tmp_path, Settings(**vars(TAUGHT) | {"teachers": 0}))
    assert not np.array_equal(weights_of(taught[0])[0], weights_of(tmp_path)[0])


def interrupt_at_save(monkeypatch, number):
    """Let a real Ctrl-C arrive right after a checkpoint is written; the first of the run has number 1."""
    save, count = checkpoint.save, 0

    def save_and_interrupt(*arguments):
        nonlocal count
        save(*arguments)
        count += 1
        if count == number:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(checkpoint, "save", save_and_interrupt)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_interrupt_anywhere_in_a_taught_run_then_resume(taught, data, tmp_path, monkeypatch, number):
    folder, record = taught
    with monkeypatch.context() as patch:
        interrupt_at_save(patch, number)
        if number < 3:  # before the network has begun there is nothing to keep but the teachers
            with pytest.raises(KeyboardInterrupt):
                train(data, tmp_path, TAUGHT)
        else:
            assert train(data, tmp_path, TAUGHT)["interrupted"] is True
    resumed = train(data, tmp_path, TAUGHT, resume=True)
    assert resumed["history"][-1]["validation_loss"] == record["history"][-1]["validation_loss"]
    for first, second in zip(weights_of(folder), weights_of(tmp_path), strict=True):
        np.testing.assert_array_equal(first, second)


def test_first_interrupt_waits_and_the_second_does_not():
    with pytest.raises(KeyboardInterrupt), stop_on_interrupt() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_stop_before_the_first_epoch_keeps_nothing(data, tmp_path):
    split = divide(read_digits(data, "train"), TINY)
    model, average = build_network(), build_network()
    progress = Progress(TINY.as_dict(), {})
    stop = threading.Event()
    stop.set()
    optimizer, lessons = build_optimizer(model, TINY), label_lessons(split, TINY)
    run_epochs(split, tmp_path, TINY, lessons, progress, model, average, optimizer, stop)
    assert progress.history == []
    assert progress.best is None
    assert list(tmp_path.iterdir()) == []


def test_a_run_started_again_does_not_go_on_from_the_old_one(finished, data, tmp_path):
    shutil.copytree(finished[0], tmp_path / "run")
    (tmp_path / "run" / "teacher-1").mkdir()
    (tmp_path / "run" / "lessons").mkdir()
    train(data, tmp_path / "run", Settings(**vars(TINY) | {"epochs": 1}))
    assert {path.name for path in (tmp_path / "run").iterdir()} == {WEIGHTS, RECORD, CHECKPOINT}


def test_resume_refuses_other_settings(finished, data):
    other = Settings(**vars(TINY) | {"epochs": 5, "seed": 9})
    with pytest.raises(RunError, match=r"these differ: seed 1 → 9, epochs 3 → 5; repeat the options"):
        train(data, finished[0], other, resume=True)


def test_resume_refuses_other_data(finished, tmp_path):
    other = find_mnist(write_idx(tmp_path, train=600, test=100))
    with pytest.raises(RunError, match="these differ: the data"):
        train(other, finished[0], TINY, resume=True)


def test_resume_refuses_a_finished_run(finished, data):
    with pytest.raises(RunError, match="all 3 epochs of this run are done"):
        train(data, finished[0], TINY, resume=True)


def test_resume_fills_in_a_test_figure_that_an_interrupt_left_open(finished, data, tmp_path):
    folder, record = finished
    shutil.copytree(folder, tmp_path / "run")
    path = tmp_path / "run" / RECORD
    stopped = json.loads(path.read_text())
    stopped["accuracy"]["test"] = None
    path.write_text(json.dumps(stopped))
    resumed = train(data, tmp_path / "run", TINY, resume=True)
    assert resumed["accuracy"] == record["accuracy"]


def test_resume_refuses_an_empty_folder(data, tmp_path):
    with pytest.raises(RunError, match=r"there is nothing to resume in .*; leave --resume away"):
        train(data, tmp_path, TINY, resume=True)


@pytest.mark.parametrize("damage", [lambda content: content[:2000], lambda _: b"", lambda _: b"text"])
def test_resume_refuses_a_damaged_checkpoint(finished, data, tmp_path, damage):
    content = (finished[0] / CHECKPOINT).read_bytes()
    (tmp_path / CHECKPOINT).write_bytes(damage(content))
    with pytest.raises(RunError, match="is damaged or of another version"):
        train(data, tmp_path, TINY, resume=True)


def test_output_that_cannot_be_made(data, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RunError, match=r"cannot make the folder .*pass another --output"):
        train(data, tmp_path / "file" / "run", TINY)


def test_too_few_digits_for_a_batch(data, tmp_path):
    with pytest.raises(DatasetError, match=r"400 training digits do not fill a batch of 500"):
        train(data, tmp_path, Settings(**vars(TINY) | {"batch_size": 500}))


def test_validation_is_apart_from_training(data):
    split = divide(read_digits(data, "train"), TINY)
    seen = {image.tobytes() for image in split.training.images}
    assert not any(image.tobytes() in seen for image in split.validation.images)


def test_command_line_makes_the_settings():
    assert parse([])[1] == full()
    assert parse(["--quick", "--seed", "7", "--epochs", "2"])[1] == quick(seed=7, epochs=2)
    assert parse(["--batch-size", "64", "--validation", "10"])[1] == full(batch_size=64, validation=10)
    assert parse(["--teachers", "0"])[1] == full(teachers=0)


@pytest.mark.parametrize("arguments", [["--epochs", "0"], ["--batch-size", "-1"], ["--seed", "-1"]])
def test_command_line_refuses_numbers_that_make_no_sense(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        parse(arguments)
    assert caught.value.code == 2
    assert f"{arguments[0]} {arguments[1]} is too small" in capsys.readouterr().err
