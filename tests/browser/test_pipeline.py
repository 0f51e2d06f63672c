"""The whole pipeline on a tiny made data set: train, export, build the page, serve it, read with it."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from tests.browser.api_calls import classify, import_api
from tests.browser.serving import ROOT
from tests.python.made_digits import make_digits, write_idx
from training.network.architectures import predict
from training.network.shipped import load_shipped


def run(*command: object, **settings: str) -> None:
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the data, a run trained on them, its exported model, and the page built with that."""
    folder = tmp_path_factory.mktemp("made")
    data = write_idx(folder / "data" / "mnist", train=600, test=200).parent
    recipe = ("--epochs", 6, "--batch-size", 25, "--validation", 100, "--teachers", 0)
    run("-m", "training.train", "--data", data, "--output", folder / "run", *recipe)
    run("-m", "export", "--run", folder / "run", "--site-model", folder / "model", "--data", data)
    where = {"DIGITPAD_MODEL": str(folder / "model"), "DIGITPAD_SITE": str(folder / "site")}
    shipped = (ROOT / "webapp" / "dist" / "sw.js").read_bytes()
    run(".setup/node.py", "run", "--silent", "build", **where)
    assert (ROOT / "webapp" / "dist" / "sw.js").read_bytes() == shipped, "the page that ships is left alone"
    return folder


@pytest.mark.slow  # test_pipeline.py of export trains and exports too, without the page
def test_a_page_built_with_another_model_reads_as_keras_does(made, start_server, open_page):
    server = start_server(made / "site")
    page = open_page(server.url).wait_until_ready().wait_until_offline_ready().page
    images, labels = make_digits(200, seed=5)
    in_browser = classify(import_api(page), images)
    in_keras = predict(load_shipped(made / "model").model, images).numpy()
    assert np.abs(in_browser - in_keras).max() <= 1e-3
    assert (in_browser.argmax(1) == labels).mean() > 0.9
