"""A page that reads digits, built the way that most are: what the benchmark of loading sets beside this one.

The whole of @tensorflow/tfjs and the program are one script; the weights of 3.3 million parameters are
float32, in files of 4 MB as the converter cuts them; there is no worker and no service worker.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

from export.convert import tensorflowjs
from server import SITE
from tests.server_process import ROOT
from training.network.backend import keras

PEERS = ROOT / "tests" / "bench" / "peers"
LIBRARY = (
    PEERS / "node_modules" / "@tensorflow" / "tfjs" / "dist" / "tf.min.js"
)  # what CDNs send for its name

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>A usual page</title>
<canvas width="280" height="280"></canvas>
<p></p>
<script src="{script}"></script>
"""

PROGRAM = """
(async () => {
    const canvas = document.querySelector('canvas');
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    const small = new OffscreenCanvas(28, 28).getContext('2d', { willReadFrequently: true });
    const read = (model) => tf.tidy(() => {
        small.drawImage(canvas, 0, 0, 28, 28);
        const pixels = tf.browser.fromPixels(small.canvas, 1).toFloat().div(255).expandDims(0);
        return model.predict(pixels).argMax(1).dataSync()[0];
    });
    canvas.addEventListener('pointermove', ({ buttons, offsetX, offsetY }) => {
        if (buttons) pen.fillRect(offsetX, offsetY, 20, 20);
    });
    document.documentElement.dataset.drawable = 'true';
    const model = await tf.loadLayersModel('MODEL');
    document.documentElement.dataset.loaded = 'true';
    const show = () => {
        document.querySelector('p').textContent = `${tf.getBackend()}: ${read(model)}`;
        canvas.dispatchEvent(new CustomEvent('reading', { detail: { final: true } }));
    };
    canvas.addEventListener('pointerup', show);
    show();
    document.documentElement.dataset.ready = 'true';
})();
"""


def write_model(folder: Path) -> int:
    """Write an untrained model in TF.js layers format; return the number of its parameters."""
    layers = keras.layers
    model = keras.Sequential(
        [
            layers.InputLayer((28, 28, 1)),
            layers.Conv2D(32, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(1024, "relu"),
            layers.Dense(10, "softmax"),
        ]
    )
    warnings.filterwarnings("ignore", "You are saving your model as an HDF5 file")  # the converter does
    tensorflowjs.converters.save_keras_model(model, str(folder))
    return model.count_params()


def build_usual_page(folder: Path) -> tuple[int, str]:
    """Write page and model for server.py, by names that may be kept for ever.

    Return the number of parameters, and the model's folder relative to the page's.
    """
    library = LIBRARY.read_text("utf-8")
    model = f"model/{hashlib.sha256(library.encode()).hexdigest()[:12]}"
    parameters = write_model(folder / model)
    program = library + PROGRAM.replace("MODEL", f"{model}/model.json")
    script = f"assets/index-{hashlib.sha256(program.encode()).hexdigest()[:8]}.js"
    (folder / "assets").mkdir()
    (folder / script).write_text(program)
    (folder / "index.html").write_text(PAGE.format(script=script))
    # Trained weights hardly shrink, and static hosts send them as they are.
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "--quiet", folder, "bin"], check=True)
    # The whole library makes code from text, which our policy forbids: no policy for the usual page.
    headers = re.sub(r"\n +Content-Security-Policy: .*", "", (SITE / "_headers").read_text("utf-8"))
    (folder / "_headers").write_text(headers, "utf-8")
    shutil.copy(SITE / "404.html", folder)
    return parameters, model
