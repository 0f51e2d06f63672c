"""A run with both sets of pen strokes: what its record says, and what can be found again from it."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from export.replay import learnt_digits
from tests.python.made_digits import write_idx
from tests.python.made_ink import write_unipen
from tests.python.made_unipen import write_distribution
from tests.python.tiny import tiny
from training.errors import RunError, exit_status
from training.evaluate import accuracy, held_out_ink, learnt_ink, main
from training.recipe.run_folder import load_run
from training.train import find_data, train

INKED = tiny(epochs=1, ink_copies=3, nondigits=40, unipen_copies=2, unipen_turns=2, slashed_zeros=8)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inked")
    data, run = folder / "data", folder / "run"
    write_idx(data / "mnist", train=500, test=100)
    write_unipen(data / "pendigits" / "pendigits-orig.tra", writers=10)
    write_distribution(data / "unipen")
    found, ink, unipen = find_data(data)
    record = train(found, run, INKED, ink=ink, unipen=unipen)
    return SimpleNamespace(data=data, run=run, found=found, ink=ink, unipen=unipen, record=record)


def test_the_record_says_what_was_learnt_and_what_is_refused(made):
    record = made.record
    drawn = {"pendigits": 180, "nondigits": 40, "unipen": 160, "slashed": 8, "characters": 128}
    assert record["split"] == {"training": 400, "validation": 100, "test": 100, "seed": 0, "drawn": drawn}
    assert 0 < record["sure_enough"] < 1
    assert set(record["refused"]) == {"mnist", "pendigits", "unipen", "nondigits", "characters"}
    assert list(record["data"]["ink"]) == ["pendigits-orig.tra"]
    assert list(record["data"]["unipen"]) == ["train_r01_v07"]
    assert set(record["history"][0]["ink_accuracy"]) == {"pendigits", "unipen"}
    assert load_run(made.run)[1]["accuracy"] == record["accuracy"]


@pytest.mark.parametrize("missing", ["ink", "unipen"])
def test_it_can_only_be_resumed_with_both(made, missing):
    both = {"ink": made.ink, "unipen": made.unipen}
    with pytest.raises(RunError, match="these differ: the data"):
        train(made.found, made.run, INKED, resume=True, **both | {missing: None})


@pytest.mark.parametrize("name", ["pendigits", "unipen"])
def test_digits_of_writers_kept_out_are_found_again(made, finished, tmp_path, name):
    path = {"pendigits": made.ink, "unipen": made.unipen}[name]
    model, record = load_run(made.run)
    for part in ("validation", "test"):
        digits = held_out_ink(record, name, path, part)
        assert len(digits.labels) == {"pendigits": 20, "unipen": 10}[name]
        assert accuracy(model, digits) == record["accuracy"][f"ink_{part}"][name]
    others = {
        "pendigits": write_unipen(tmp_path / "pendigits-orig.tra", writers=11),
        "unipen": write_distribution(tmp_path, seed=1),
    }
    for other in (None, others[name]):
        with pytest.raises(RunError, match=f"the pen strokes of {name} differ from those of the run; pass"):
            held_out_ink(record, name, other, "test")
    with pytest.raises(RunError, match=f"this run learnt nothing from {name}, so"):
        held_out_ink(finished[1], name, path, "test")


def test_the_command_measures_a_data_set(made, monkeypatch, capsys, tmp_path):
    def evaluate(data):
        options = ["--output", str(made.run), "--data", str(data), "--ink", "unipen", "--test"]
        monkeypatch.setattr(sys, "argv", ["evaluate", *options])
        return exit_status(main), *capsys.readouterr()

    status, out, _ = evaluate(made.data)
    share = made.record["accuracy"]["ink_test"]["unipen"]
    assert status == 0 and out.startswith(f"{round(10 * share)} of 10 right: {100 * share:.2f}%")
    status, _, err = evaluate(tmp_path)
    assert status == 1 and err.startswith("error: the pen strokes of unipen differ from those of the run;")


def test_export_rehearses_training_digits_of_every_set(made, finished):
    ink = {"pendigits": made.ink, "unipen": made.unipen}
    assert learnt_ink(made.record) == list(ink) and learnt_ink(finished[1]) == []
    sources = learnt_digits(made.record, made.found, ink)
    assert [len(source.labels) for source in sources] == [400, 60, 80]
    np.testing.assert_array_equal(sources[2].labels[:10], np.arange(10))
    with pytest.raises(RunError, match="the pen strokes of unipen differ"):
        learnt_digits(made.record, made.found, ink | {"unipen": None})
