"""training/train.py on made digits: repeatable, resumable, interruptible."""

import json
import os
import shutil
import signal
import threading

import numpy as np
import pytest

from tests.python.tiny import TINY, make_data, tiny
from training.data.datasets import read_digits
from training.errors import DatasetError, RunError
from training.files import RECORD
from training.recipe import checkpoint, settings
from training.recipe.checkpoint import NAME as CHECKPOINT
from training.recipe.fit import Run, fit, stop_on_interrupt
from training.recipe.run_folder import WEIGHTS, load_run
from training.recipe.settings import full, quick
from training.recipe.split import divide
from training.recipe.targets import LabelTargets
from training.train import find_data, main, parse, train

TAUGHT = tiny(epochs=2, teachers=2, teacher_epochs=1, distillation_rounds=2)


@pytest.fixture(autouse=True)
def tiny_teachers(monkeypatch):
    monkeypatch.setattr(settings, "TEACHERS", ("tiny",))


def assert_same_weights(one, other):
    for first, second in zip(load_run(one)[0].get_weights(), load_run(other)[0].get_weights(), strict=True):
        np.testing.assert_array_equal(first, second)


def without_times(record):
    history = [
        {key: value for key, value in entry.items() if key != "seconds"} for entry in record["history"]
    ]
    return {key: value for key, value in record.items() if key != "seconds"} | {"history": history}


def interrupt_after_save(monkeypatch, number):
    """Send a real Ctrl-C right after a checkpoint is written; the first of the run has number 1."""
    save, count = checkpoint.save, 0

    def save_and_interrupt(*arguments):
        nonlocal count
        save(*arguments)
        count += 1
        if count == number:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(checkpoint, "save", save_and_interrupt)


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
    assert record["data"]["ink"] is None and record["accuracy"]["ink_test"] is None
    assert record["sure_enough"] is None  # no non-digits to refuse
    assert record["seconds"] > 0
    best = min(record["history"], key=lambda entry: entry["validation_loss"])
    assert (record["best_epoch"], record["temperature"]) == (best["epoch"], best["temperature"])
    assert record["accuracy"]["validation"] == best["validation_accuracy"]
    assert 0 <= record["accuracy"]["test"] <= 1
    model, on_disk = load_run(folder)
    assert on_disk == {"model": {"name": "tiny", "parameters": model.count_params()}} | record


def test_a_run_folder_holds_its_files_alone_and_names_no_folder_of_this_machine(finished):
    folder, _ = finished
    assert {path.name for path in folder.iterdir()} == {WEIGHTS, RECORD, CHECKPOINT}
    text = (folder / RECORD).read_text()
    assert str(folder.parent) not in text
    assert os.uname().nodename not in text


def test_the_seed_alone_decides_the_weights(finished, made_data, tmp_path):
    folder, record = finished
    again = train(made_data, tmp_path / "same", TINY)
    assert without_times(again) == without_times(record)
    assert_same_weights(folder, tmp_path / "same")
    train(made_data, tmp_path / "other", tiny(seed=2, epochs=1))
    one, other = (load_run(each)[0].get_weights()[0] for each in (folder, tmp_path / "other"))
    assert not np.array_equal(one, other)


def test_interrupt_then_resume_gives_the_same_as_no_interrupt(
    finished, made_data, tmp_path, monkeypatch, usual_ctrl_c
):
    folder, record = finished
    with monkeypatch.context() as patch:
        interrupt_after_save(patch, 1)
        stopped = train(made_data, tmp_path, TINY)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert len(stopped["history"]) == 1
    assert stopped["interrupted"] is True
    assert stopped["accuracy"]["test"] is None
    assert load_run(tmp_path)[1]["best_epoch"] == 1
    resumed = train(made_data, tmp_path, TINY, resume=True)
    assert without_times(resumed) == without_times(record)
    assert_same_weights(folder, tmp_path)


def test_a_taught_run_interrupted_between_its_teachers_then_resumed(
    made_data, tmp_path, monkeypatch, usual_ctrl_c
):
    whole, parted = tmp_path / "whole", tmp_path / "parted"
    record = train(made_data, whole, TAUGHT)
    assert [teacher["seed"] for teacher in record["teachers"]] == [1001, 1002]
    assert [teacher["network"] for teacher in record["teachers"]] == ["tiny", "tiny"]
    assert [len(teacher["history"]) for teacher in record["teachers"]] == [1, 1]
    assert record["seconds"] > sum(teacher["seconds"] for teacher in record["teachers"]) > 0
    files = {WEIGHTS, RECORD, CHECKPOINT, "teacher-1", "teacher-2", "answers"}
    assert {path.name for path in whole.iterdir()} == files
    with monkeypatch.context() as patch:
        interrupt_after_save(patch, 1)
        with pytest.raises(KeyboardInterrupt):  # only a teacher's weights are there to keep
            train(made_data, parted, TAUGHT)
    resumed = train(made_data, parted, TAUGHT, resume=True)
    assert resumed["history"][-1]["validation_loss"] == record["history"][-1]["validation_loss"]
    assert_same_weights(whole, parted)
    train(made_data, parted, tiny(epochs=2))
    one, other = (load_run(each)[0].get_weights()[0] for each in (whole, parted))
    assert not np.array_equal(one, other), "the teachers make no difference"
    assert {path.name for path in parted.iterdir()} == {WEIGHTS, RECORD, CHECKPOINT}


@pytest.mark.parametrize("before", [signal.default_int_handler, signal.SIG_IGN])
def test_first_interrupt_waits_and_the_second_does_not(usual_ctrl_c, before):
    signal.signal(signal.SIGINT, before)
    with pytest.raises(KeyboardInterrupt), stop_on_interrupt() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_the_command_hears_ctrl_c_where_its_parent_ignores_it(usual_ctrl_c, monkeypatch):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    monkeypatch.setattr("training.train.find_data", lambda _: signal.raise_signal(signal.SIGINT))
    monkeypatch.setattr("sys.argv", ["train"])
    with pytest.raises(KeyboardInterrupt):
        main()


def test_stop_before_the_first_epoch_keeps_nothing(made_data, tmp_path):
    split, stop = divide(read_digits(made_data, "train"), TINY), threading.Event()
    stop.set()
    progress = fit(Run(tmp_path, TINY, split, {}, False, stop), LabelTargets(split.training.labels, TINY))
    assert progress.history == []
    assert progress.best is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"epochs": 5, "seed": 9}, r"these differ: seed 1 → 9, epochs 3 → 5; repeat the options"),
        ({}, "all 3 epochs of this run are done"),
    ],
)
def test_resume_refuses_other_settings_and_a_finished_run(finished, made_data, changes, said):
    with pytest.raises(RunError, match=said):
        train(made_data, finished[0], tiny(**changes), resume=True)


def test_resume_refuses_other_data(finished, tmp_path):
    with pytest.raises(RunError, match="these differ: the data"):
        train(make_data(tmp_path, train=600), finished[0], TINY, resume=True)


def test_resume_fills_in_a_test_figure_that_an_interrupt_left_open(finished, made_data, tmp_path):
    folder, record = finished
    shutil.copytree(folder, tmp_path / "run")
    path = tmp_path / "run" / RECORD
    stopped = json.loads(path.read_text())
    stopped["accuracy"]["test"] = None
    path.write_text(json.dumps(stopped))
    resumed = train(made_data, tmp_path / "run", TINY, resume=True)
    assert resumed["accuracy"] == record["accuracy"]


def test_resume_refuses_an_empty_folder(made_data, tmp_path):
    with pytest.raises(RunError, match=r"there is nothing to resume in .*; leave --resume away"):
        train(made_data, tmp_path, TINY, resume=True)


@pytest.mark.parametrize("damage", [lambda content: content[:2000], lambda _: b"", lambda _: b"text"])
def test_resume_refuses_a_damaged_checkpoint(finished, made_data, tmp_path, damage):
    content = (finished[0] / CHECKPOINT).read_bytes()
    (tmp_path / CHECKPOINT).write_bytes(damage(content))
    with pytest.raises(RunError, match="is damaged or of another version"):
        train(made_data, tmp_path, TINY, resume=True)


def test_output_that_cannot_be_made(made_data, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RunError, match=r"cannot make the folder .*pass another --output"):
        train(made_data, tmp_path / "file" / "run", TINY)


def test_too_few_digits_for_a_batch(made_data, tmp_path):
    with pytest.raises(DatasetError, match=r"400 training digits do not fill a batch of 500"):
        train(made_data, tmp_path, tiny(batch_size=500))


def test_all_data_that_is_missing_is_named_mnist_first(monkeypatch, tmp_path):
    def missing(name):
        def find(folder):
            raise DatasetError(f"could not download {name}")

        return find

    monkeypatch.setattr("training.train.find_mnist", missing("MNIST"))
    monkeypatch.setattr("training.train.find_ink", missing("pen strokes"))
    with pytest.raises(DatasetError, match=r"MNIST\nerror: could not download pen strokes"):
        find_data(tmp_path)


def test_command_line_makes_the_settings():
    assert parse([])[1] == full()
    assert parse(["--quick", "--seed", "7", "--epochs", "2"])[1] == quick(seed=7, epochs=2)
    assert parse(["--batch-size", "64", "--validation", "10"])[1] == full(batch_size=64, validation=10)
    assert parse(["--teachers", "0"])[1] == full(teachers=0)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--epochs", "0", "EPOCHS must be a whole number from 1 up, not '0'"),
        ("--epochs", "abc", "EPOCHS must be a whole number from 1 up, not 'abc'"),
        ("--batch-size", "-1", "BATCH_SIZE must be a whole number from 1 up, not '-1'"),
        ("--seed", "x", "SEED must be a whole number from 0 up, not 'x'"),
    ],
)
def test_command_line_refuses_numbers_that_make_no_sense(option, value, said, capsys):
    with pytest.raises(SystemExit) as caught:
        parse([option, value])
    assert caught.value.code == 2
    assert said in capsys.readouterr().err
