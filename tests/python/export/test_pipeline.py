"""From data to an exported model with the two commands, on made digits."""

import hashlib
import json
import shutil
import sys

import numpy as np
import pytest

from export.__main__ import export
from export.__main__ import main as export_main
from export.errors import ExportError
from export.fold import fold
from export.quantize import BITS
from tests.made_run import ROOT, read_replay
from tests.python.made_digits import make_digits
from training.data.datasets import find_mnist
from training.errors import exit_status
from training.evaluate import main as evaluate_main
from training.network.architectures import HEAD, predict
from training.network.shipped import load_shipped
from training.recipe.run_folder import WEIGHTS, load_run


def test_training_shows_progress_and_result(made_run):
    out, err = made_run.trained
    assert out.startswith("100.00% on validation, ")
    assert str(made_run.run) in out
    for figure in ("digitpad 8/8", "loss=", "accuracy=", "validation=", "<00:"):
        assert figure in err, err
    lines = [line for line in err.replace("\r", "\n").splitlines() if line.strip()]
    assert all("step/s" in line or "s/step" in line or "?step" in line for line in lines), err


def test_export_prints_its_figures_and_nothing_else(made_run):
    out, err = made_run.exported
    description = load_shipped(made_run.model).description
    assert out.startswith(f"version {description['version']}: ")
    assert f"validation: 100.00% float32, 100.00% {description['quantization']}, of 100\n" in out
    assert err == ""


def test_exported_model_reads_digits(made_run):
    model = load_shipped(made_run.model).model
    images, labels = make_digits(300, seed=7)
    assert np.mean(predict(model, images).argmax(1) == labels) > 0.97


def test_description(made_run):
    shipped = load_shipped(made_run.model)
    description, record = shipped.description, load_run(made_run.run)[1]
    contents = {
        entry["path"]: (made_run.model / entry["path"]).read_bytes() for entry in description["files"]
    }
    names = {path.name for path in made_run.model.iterdir()}
    assert names == {"description.json", "training.json", "replay.bin", *contents}
    manifest = json.loads(contents["model.json"])["weightsManifest"]
    assert list(contents) == ["model.json", *(path for group in manifest for path in group["paths"])]
    assert description["quantization"] in [f"int{bits}" for bits in BITS]
    for entry in description["files"]:
        assert entry["bytes"] == len(contents[entry["path"]])
        assert entry["sha256"] == hashlib.sha256(contents[entry["path"]]).hexdigest()
    # The made digits are read without an error: as many of each are rehearsed.
    rehearsed = read_replay(made_run.model, description["replay"])
    answers = shipped.model.get_layer(HEAD)(rehearsed).numpy()[:, :10].argmax(1)
    assert np.bincount(answers, minlength=10).tolist() == [description["replay"]["samples"] // 10] * 10
    test = record["accuracy"]["test"]
    assert description["accuracy"]["validation"]["samples"] == 100
    assert description == description | {
        "version": hashlib.sha256(b"".join(contents.values())).hexdigest()[:12],
        "format": "tfjs-layers-model",
        "input": {"shape": [28, 28, 1], "range": [0, 1], "background": 0, "ink": 1},
        "labels": list("0123456789"),
        "parameters": fold(load_run(made_run.run)[0]).count_params(),
    }
    assert description["accuracy"]["test"] == {
        "float32": test,
        "quantized": pytest.approx(test, abs=0.0002),
        "samples": 200,
    }
    assert description["verification"]["images"] == 200
    assert 0 <= description["verification"]["float32_largest_difference"] <= 1e-5
    for key in ("settings", "data", "split", "versions", "hardware", "seconds", "accuracy"):
        assert description["training"][key] == record[key]
    assert "sure_enough" not in description  # made digits alone: no non-digits were learnt
    assert json.loads((made_run.model / "training.json").read_text()) == record


def test_nothing_names_a_folder_of_this_machine(made_run):
    for path in made_run.model.iterdir():
        assert str(made_run.folder.parent).encode() not in path.read_bytes()
        assert str(ROOT).encode() not in path.read_bytes()


def test_second_export_gives_the_same_bytes(made_run, tmp_path):
    export(made_run.run, tmp_path / "model", find_mnist(made_run.data))
    assert contents(tmp_path / "model") == contents(made_run.model)


@pytest.mark.parametrize(("quantization", "size"), [("uint16", 2), ("float16", 2), ("none", 4)])
def test_other_quantizations(finished, made_data, tmp_path, quantization, size):
    description = export(finished[0], tmp_path / "model", made_data, quantization)
    assert description["quantization"] == quantization
    weights = sum(entry["bytes"] for entry in description["files"] if entry["path"].endswith(".bin"))
    biases = 2 * (8 + 16 + 11 + 11 * 10)  # float32 takes two bytes more of each, and of `digits`
    assert size * description["parameters"] <= weights <= size * description["parameters"] + biases


def load_with_one_large_channel(run, factor):
    """Load a run, one channel `factor` times as large and used as little: the same function in float32.

    Beside the other weights of the kernels that use it, eight bits then leave nothing of that channel.
    """
    model, _ = load_run(run)
    gamma, beta, mean, variance = model.get_layer("conv1_1_norm").get_weights()
    channel = np.where(np.arange(len(gamma)) == 0, factor, 1.0)
    model.get_layer("conv1_1_norm").set_weights([gamma * channel, beta * channel, mean, variance])
    kernel = model.get_layer("conv1_2").get_weights()[0]
    model.get_layer("conv1_2").set_weights([kernel / channel[:, None]])
    return model


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_quantizing_that_costs_accuracy_is_refused(made_run, tmp_path, monkeypatch):
    monkeypatch.setattr("export.quantize.BITS", (8,))  # test_quantize has them all
    shutil.copytree(made_run.model, tmp_path / "model")
    shutil.copytree(made_run.run, tmp_path / "run")
    load_with_one_large_channel(made_run.run, 2.0**20).save_weights(tmp_path / "run" / WEIGHTS)
    with pytest.raises(ExportError, match=r"8 bits change the accuracy on validation from 100\.000% to \d+"):
        export(tmp_path / "run", tmp_path / "model", find_mnist(made_run.data))
    assert contents(tmp_path / "model") == contents(made_run.model)
    assert {path.name for path in tmp_path.iterdir()} == {"run", "model"}


@pytest.fixture
def failing(monkeypatch, capsys):
    """Run a command in this process, where it fails; return what it says."""

    def run(main, *words):
        monkeypatch.setattr(sys, "argv", ["command", *map(str, words)])
        assert exit_status(main) == 1
        return capsys.readouterr().err

    return run


def test_no_weights_is_one_sentence(failing, tmp_path):
    err = failing(export_main, "--run", tmp_path / "none", "--site-model", tmp_path / "model")
    assert err == f"error: there are no trained weights in {tmp_path / 'none'}; run `make train` first\n"
    assert not (tmp_path / "model").exists()


def test_no_data_is_one_sentence(failing, made_run, tmp_path):
    err = failing(evaluate_main, "--output", made_run.run, "--data", tmp_path)
    assert err.startswith(f"error: {tmp_path} lacks train-images-idx3-ubyte")
    assert err.count("\n") == 1


def test_evaluate_prints_a_confusion_matrix(made_run, monkeypatch, capsys):
    arguments = ("--output", str(made_run.run), "--data", str(made_run.data))
    monkeypatch.setattr(sys, "argv", ["evaluate", *arguments])
    evaluate_main()
    out, err = capsys.readouterr()
    assert out.startswith("100 of 100 right: 100.00%\n")
    assert len(out.splitlines()) == 16
    assert out.splitlines()[-1].startswith("expected calibration error (15 bins): ")
    assert err == ""
