"""training/train.py on made digits: repeatable, resumable, interruptible."""

import json
import os
import shutil
import signal
import threading
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from tests.python.tiny import TINY, make_data, tiny
from training.data.datasets import Digits, read_digits
from training.data.shards import ShardWriter
from training.errors import DatasetError, RunError
from training.files import RECORD
from training.network.backend import tf
from training.recipe import checkpoint, settings
from training.recipe.checkpoint import NAME as CHECKPOINT
from training.recipe.fit import Run, fit, stop_on_interrupt
from training.recipe.run_folder import WEIGHTS, load_run
from training.recipe.settings import full, quick
from training.recipe.split import Block, divide
from training.recipe.targets import LabelTargets
from training.train import find_data, main, parse, train

TAUGHT = tiny(epochs=1, teachers=2, teacher_epochs=1)


@pytest.fixture(autouse=True)
def tiny_teachers(monkeypatch):
    monkeypatch.setattr(settings, "TEACHER", "tiny")


def assert_same_weights(one, other):
    for first, second in zip(load_run(one)[0].get_weights(), load_run(other)[0].get_weights(), strict=True):
        np.testing.assert_array_equal(first, second)


def without_times(record):
    return record | {"seconds": None, "history": [entry | {"seconds": None} for entry in record["history"]]}


def interrupt_after_first_save(monkeypatch):
    """Send a real Ctrl-C right after the first checkpoint is written."""
    save = checkpoint.save

    def save_and_interrupt(*arguments):
        save(*arguments)
        monkeypatch.setattr(checkpoint, "save", save)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(checkpoint, "save", save_and_interrupt)


def test_record_says_how_the_weights_were_made(finished):
    folder, record = finished
    assert record["interrupted"] is False
    assert record["data"]["source"] == "local folder"
    assert len(record["data"]["files"]) == 4
    counts = {"training": 400, "validation": 100, "test": 100}
    assert record["split"] == counts | {"seed": 0, "drawn": {}}
    assert record["settings"] == TINY.as_dict()
    assert record["settings"]["distortion"]["rotation"] == TINY.distortion.rotation
    assert [entry["epoch"] for entry in record["history"]] == [1, 2, 3]
    assert set(record["versions"]) == {"python", "tensorflow", "tf_keras", "numpy"}
    assert record["hardware"]["cores"] >= 1
    assert record["teachers"] == []
    assert record["data"]["ink"] is record["data"]["unipen"] is None
    assert record["accuracy"]["ink_validation"] == record["accuracy"]["ink_test"] == {}
    assert record["sure_enough"] is None  # no non-digits to refuse
    assert record["seconds"] > 0
    best = min(record["history"], key=lambda entry: entry["validation_loss"])
    assert (record["best_epoch"], record["temperature"]) == (best["epoch"], best["temperature"])
    assert record["accuracy"]["validation"] == best["validation_accuracy"]
    assert 0 <= record["accuracy"]["test"] <= 1
    model, on_disk = load_run(folder)
    assert on_disk == {"model": {"name": "tiny", "parameters": model.count_params()}} | record
    # Its files alone, and no name of this machine.
    assert {path.name for path in folder.iterdir()} == {WEIGHTS, RECORD, CHECKPOINT}
    text = (folder / RECORD).read_text()
    assert str(folder.parent) not in text
    assert os.uname().nodename not in text


def test_interrupt_then_resume_gives_the_same_as_no_interrupt(
    finished, made_data, tmp_path, monkeypatch, usual_ctrl_c
):
    folder, record = finished
    with monkeypatch.context() as patch:
        interrupt_after_first_save(patch)
        stopped = train(made_data, tmp_path, TINY)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert len(stopped["history"]) == 1
    assert stopped["interrupted"] is True
    assert stopped["accuracy"]["test"] is None
    assert load_run(tmp_path)[1]["best_epoch"] == 1
    resumed = train(made_data, tmp_path, TINY, resume=True)
    assert without_times(resumed) == without_times(record)
    assert_same_weights(folder, tmp_path)


@pytest.mark.slow
def test_a_taught_run_interrupted_between_its_teachers_then_resumed(
    made_data, tmp_path, monkeypatch, usual_ctrl_c
):
    whole, parted = tmp_path / "whole", tmp_path / "parted"
    record = train(made_data, whole, TAUGHT)
    described = [(each["seed"], each["network"], len(each["history"])) for each in record["teachers"]]
    assert described == [(1001, "tiny", 1), (1002, "tiny", 1)]
    assert record["seconds"] > sum(teacher["seconds"] for teacher in record["teachers"]) > 0
    files = {WEIGHTS, RECORD, CHECKPOINT, "teacher-1", "teacher-2", "answers"}
    assert {path.name for path in whole.iterdir()} == files
    for name in ("answers", "teacher-3"):  # of an older run
        (parted / name).mkdir(parents=True)
    with monkeypatch.context() as patch:
        interrupt_after_first_save(patch)
        with pytest.raises(KeyboardInterrupt):  # only a teacher's weights are there to keep
            train(made_data, parted, TAUGHT)
    assert [path.name for path in parted.iterdir()] == ["teacher-1"]
    resumed = train(made_data, parted, TAUGHT, resume=True)
    assert resumed["history"][-1]["validation_loss"] == record["history"][-1]["validation_loss"]
    assert_same_weights(whole, parted)


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    writer = ShardWriter(tmp_path_factory.mktemp("shards"), samples=100)
    writer.add(Digits(*make_digits(300, seed=2)))
    writer.finish({})
    return writer.folder


@pytest.mark.slow
def test_a_run_learns_from_shards_too_and_goes_on_with_what_would_have_come(
    made_data, shards, tmp_path, monkeypatch, usual_ctrl_c
):
    whole, parted = tmp_path / "whole", tmp_path / "parted"
    streaming = tiny(epochs=2, batch_size=64)
    record = train(made_data, whole, streaming, shards=[shards])
    assert list(record["data"]["shards"].values()) == [300]
    assert record["history"][-1]["accuracy"] > 0.3  # of what came from shards too
    with monkeypatch.context() as patch:
        interrupt_after_first_save(patch)
        train(made_data, parted, streaming, shards=[shards])
    with pytest.raises(RunError, match="these differ: the data"):
        train(made_data, parted, streaming, resume=True)
    resumed = train(made_data, parted, streaming, resume=True, shards=[shards])
    assert without_times(resumed) == without_times(record)
    assert_same_weights(whole, parted)


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


class TargetsOfTheEpoch:
    """Labels, but nothing that can be learnt for images that the epoch does not see."""

    def __init__(self, split):
        self.split, self.labels = split, LabelTargets(split.training.labels, TINY)

    def of_epoch(self, epoch, stop):
        draws, targets = self.labels.of_epoch(epoch, stop)
        unseen = ~np.isin(np.arange(len(targets)), self.split.places(epoch))
        return draws, tf.where(unseen[:, None], np.nan, targets)


def test_an_epoch_learns_from_the_images_whose_turn_it_is(made_data, tmp_path):
    split = divide(read_digits(made_data, "train"), TINY)._replace(blocks=(Block("mnist", 400, turns=3),))
    progress = fit(Run(tmp_path, TINY, split, {}, False, threading.Event()), TargetsOfTheEpoch(split))
    assert all(np.isfinite(entry["loss"]) for entry in progress.history)


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


def test_nothing_is_trained_without_a_folder_or_digits_for_a_batch(made_data, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RunError, match=r"cannot make the folder .*pass another --output"):
        train(made_data, tmp_path / "file" / "run", TINY)
    with pytest.raises(DatasetError, match=r"400 training digits do not fill a batch of 500"):
        train(made_data, tmp_path, tiny(batch_size=500))


def test_all_data_that_is_missing_is_named_mnist_first(monkeypatch, tmp_path):
    names = {"find_mnist": "MNIST", "find_ink": "pen strokes", "find_unipen": "UNIPEN"}
    for find, name in names.items():
        missing = Mock(side_effect=DatasetError(f"could not download {name}"))
        monkeypatch.setattr(f"training.train.{find}", missing)
    with pytest.raises(DatasetError) as caught:
        find_data(tmp_path)
    said = str(caught.value).split("\nerror: ")
    assert said == [f"could not download {name}" for name in names.values()]


def test_command_line_makes_the_settings():
    assert parse([])[1] == full()
    assert parse(["--quick", "--seed", "7", "--epochs", "2"])[1] == quick(seed=7, epochs=2)
    assert parse(["--batch-size", "64", "--validation", "10"])[1] == full(batch_size=64, validation=10)
    assert parse(["--teachers", "0"])[1] == full(teachers=0)
    assert parse([])[0].extra == []
    assert parse(["--shards", "a", "b"])[0].shards == [Path("a"), Path("b")] and parse([])[0].shards == []
    assert parse(["--extra", "a.jsonl", "b.jsonl", "--quick"])[0].extra == [Path("a.jsonl"), Path("b.jsonl")]


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
