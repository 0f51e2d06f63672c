"""From data to an exported model with the two commands, on a tiny made data set."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from export.__main__ import export
from export.convert import read_layers_model
from export.errors import ExportError
from export.load import load_exported, read_description
from export.replay import read_replay
from tests.python.made_digits import make_digits, write_idx
from training.data.datasets import find_mnist
from training.network.architectures import predict
from training.recipe.record import WEIGHTS, load_run

ROOT = Path(__file__).resolve().parents[3]
TRAINING = ("--epochs", "8", "--batch-size", "25", "--validation", "100", "--teachers", "0")


def command(module, *arguments, expected=0):
    """Run a command as a person would and return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "DIGITPAD_DATA"}
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder with the data, the run and the exported model, and what the commands printed."""
    folder = tmp_path_factory.mktemp("pipeline")
    data = write_idx(folder / "data" / "mnist", train=600, test=200).parent
    trained = command("training.train", "--data", data, "--output", folder / "run", *TRAINING)
    exported = command("export", "--run", folder / "run", "--site-model", folder / "model", "--data", data)
    return folder, trained, exported


def test_training_shows_progress_and_result(made):
    folder, (out, err), _ = made
    assert out.startswith("100.00% on validation, ")
    assert str(folder / "run") in out
    for figure in ("digitpad 8/8", "loss=", "accuracy=", "validation=", "<00:"):
        assert figure in err, err
    lines = [line for line in err.replace("\r", "\n").splitlines() if line.strip()]
    assert all("step/s" in line or "s/step" in line or "?step" in line for line in lines), err


def test_export_prints_its_figures_and_nothing_else(made):
    folder, _, (out, err) = made
    version = read_description(folder / "model")["version"]
    assert out.startswith(f"version {version}: ")
    assert "validation: 100.00% float32, 100.00% uint8, of 100\n" in out
    assert err == ""


def test_exported_model_reads_digits(made):
    model = load_exported(made[0] / "model")
    images, labels = make_digits(300, seed=7)
    assert np.mean(predict(model, images).numpy().argmax(1) == labels) > 0.97


def test_description(made):
    folder, *_ = made
    description = read_description(folder / "model")
    contents = {
        entry["path"]: (folder / "model" / entry["path"]).read_bytes() for entry in description["files"]
    }
    names = {path.name for path in (folder / "model").iterdir()}
    assert names == {"description.json", "training.json", "replay.bin", *contents}
    replay = read_replay(folder / "model" / "replay.bin", description["replay"])
    assert replay.shape == (description["replay"]["samples"], 64)
    answers = load_exported(folder / "model").layers[-1](replay).numpy().argmax(1)
    # The made digits are read without an error: as many of each are rehearsed.
    assert len(set(np.bincount(answers, minlength=10))) == 1
    assert next(iter(contents)) == "model.json"
    manifest = json.loads(contents["model.json"])["weightsManifest"]
    assert list(contents)[1:] == [path for group in manifest for path in group["paths"]]
    for entry in description["files"]:
        assert entry["bytes"] == len(contents[entry["path"]])
        assert entry["sha256"] == hashlib.sha256(contents[entry["path"]]).hexdigest()
    assert description["version"] == hashlib.sha256(b"".join(contents.values())).hexdigest()[:12]
    assert description["format"] == "tfjs-layers-model"
    assert description["input"] == {"shape": [28, 28, 1], "range": [0, 1], "background": 0, "ink": 1}
    assert description["labels"] == list("0123456789")
    assert description["quantization"] == "uint8"
    assert description["parameters"] == load_exported(folder / "model").count_params()
    assert description["verification"]["images"] == 200
    assert 0 <= description["verification"]["float32_largest_difference"] <= 1e-5
    record = load_run(folder / "run")[1]
    assert description["accuracy"]["validation"]["samples"] == 100
    assert description["accuracy"]["test"] == {
        "float32": record["accuracy"]["test"],
        "quantized": pytest.approx(record["accuracy"]["test"], abs=0.0002),
        "samples": 200,
    }
    for key in ("settings", "data", "split", "versions", "hardware", "seconds", "accuracy"):
        assert description["training"][key] == record[key]
    assert "sure_enough" not in description  # made digits alone: no non-digits were learnt
    assert json.loads((folder / "model" / "training.json").read_text()) == record


def test_nothing_names_a_folder_of_this_machine(made):
    folder, *_ = made
    for path in (folder / "model").iterdir():
        content = path.read_bytes()
        assert str(folder.parent).encode() not in content
        assert str(ROOT).encode() not in content


def test_second_export_gives_the_same_bytes(made, tmp_path):
    folder, *_ = made
    export(folder / "run", tmp_path / "model", find_mnist(folder / "data"))
    for path in (folder / "model").iterdir():
        assert path.read_bytes() == (tmp_path / "model" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("quantization", ["uint16", "float16", "none"])
def test_other_quantizations(made, tmp_path, quantization):
    folder, *_ = made
    description = export(folder / "run", tmp_path / "model", find_mnist(folder / "data"), quantization)
    assert description["quantization"] == quantization
    size = sum(entry["bytes"] for entry in description["files"])
    assert size > 1.5 * sum(entry["bytes"] for entry in read_description(folder / "model")["files"])


def copy_with_one_large_channel(run, target, factor):
    """Copy a run, one channel `factor` times as large and used as little: the same function in float32.

    Eight bits over the whole kernel then leave little of the other channels.
    """
    shutil.copytree(run, target)
    model, _ = load_run(run)
    gamma, beta, mean, variance = model.get_layer("conv1_1_norm").get_weights()
    channel = np.where(np.arange(len(gamma)) == 0, factor, 1.0)
    model.get_layer("conv1_1_norm").set_weights([gamma * channel, beta * channel, mean, variance])
    kernel = model.get_layer("conv1_2").get_weights()[0]
    model.get_layer("conv1_2").set_weights([kernel / channel[:, None]])
    model.save_weights(target / WEIGHTS)


def test_quantizing_that_costs_accuracy_is_refused(made, tmp_path):
    folder, *_ = made
    shutil.copytree(folder / "model", tmp_path / "model")
    copy_with_one_large_channel(folder / "run", tmp_path / "run", 2.0**20)
    before = {path.name: path.read_bytes() for path in (tmp_path / "model").iterdir()}
    with pytest.raises(ExportError, match=r"uint8 changes the accuracy on validation from 100\.000% to \d+"):
        export(tmp_path / "run", tmp_path / "model", find_mnist(folder / "data"))
    assert {path.name: path.read_bytes() for path in (tmp_path / "model").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"run", "model"}


def test_layer_that_needs_sixteen_bits_gets_them(made, tmp_path):
    folder, *_ = made
    assert read_description(folder / "model")["verification"]["uint16_layers"] == []
    copy_with_one_large_channel(folder / "run", tmp_path / "run", 256.0)
    description = export(tmp_path / "run", tmp_path / "model", find_mnist(folder / "data"))
    assert "conv1_1" in description["verification"]["uint16_layers"]
    assert description["accuracy"]["validation"]["quantized"] == 1.0


def test_no_weights_is_one_sentence(tmp_path):
    _, err = command("export", "--run", tmp_path / "none", "--site-model", tmp_path / "model", expected=1)
    assert err == f"error: there are no trained weights in {tmp_path / 'none'}; run `make train` first\n"
    assert not (tmp_path / "model").exists()


def test_no_data_is_one_sentence(made, tmp_path):
    folder, *_ = made
    _, err = command("training.evaluate", "--output", folder / "run", "--data", tmp_path, expected=1)
    assert err.startswith(f"error: {tmp_path} lacks train-images-idx3-ubyte")
    assert err.count("\n") == 1


def test_evaluate_prints_a_confusion_matrix(made):
    folder, *_ = made
    out, err = command("training.evaluate", "--output", folder / "run", "--data", folder / "data")
    assert out.startswith("100 of 100 right: 100.00%\n")
    assert len(out.splitlines()) == 16
    assert out.splitlines()[-1].startswith("expected calibration error (15 bins): ")
    assert err == ""


@pytest.mark.parametrize("name", ["model.json", "group1-shard2of3.bin"])
def test_altered_file_is_refused(made, tmp_path, name):
    shutil.copytree(made[0] / "model", tmp_path / "model")
    path = tmp_path / "model" / name
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(ExportError, match=rf"{name} is not the file that description\.json describes"):
        load_exported(tmp_path / "model")


def test_missing_file_is_refused(made, tmp_path):
    shutil.copytree(made[0] / "model", tmp_path / "model")
    (tmp_path / "model" / "group1-shard1of3.bin").unlink()
    with pytest.raises(ExportError, match=r"group1-shard1of3\.bin is missing; run `make export` again"):
        load_exported(tmp_path / "model")


def test_missing_or_damaged_description_is_refused(tmp_path):
    with pytest.raises(ExportError, match=r"there is no exported model in .*; run `make export` first"):
        load_exported(tmp_path)
    (tmp_path / "description.json").write_text("{")
    with pytest.raises(ExportError, match=r"description\.json is damaged"):
        load_exported(tmp_path)


def test_loaded_weights_are_the_exported_ones(made):
    folder, *_ = made
    direct = read_layers_model(folder / "model").get_weights()
    for loaded, read in zip(load_exported(folder / "model").get_weights(), direct, strict=True):
        np.testing.assert_array_equal(loaded, read)
