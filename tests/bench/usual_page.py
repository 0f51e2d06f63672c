"""A page that reads digits, built the way that most are: what the benchmark of loading sets beside this one.

The whole of @tensorflow/tfjs and the program are one script; the weights of 3.3 million parameters are
float32, in files of 4 MB as the converter cuts them; there is no worker and no service worker.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import warnings
from pathlib import Path

from export.convert import tensorflowjs
from tests.server_process import ROOT
from training.network.backend import keras

LIBRARY = "@tensorflow/tfjs@4.22.0"

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
    const read = (model) => tf.tidy(() => {
        const pixels = tf.browser.fromPixels(canvas, 1).resizeBilinear([28, 28]).div(255).expandDims(0);
        return model.predict(pixels).dataSync();
    });
    canvas.addEventListener('pointermove', ({ buttons, offsetX, offsetY }) => {
        if (buttons) pen.fillRect(offsetX, offsetY, 20, 20);
    });
    document.documentElement.dataset.drawable = 'true';
    const model = await tf.loadLayersModel('MODEL');
    document.documentElement.dataset.loaded = 'true';
    document.querySelector('p').textContent = `${tf.getBackend()}: ${read(model).length} probabilities`;
    document.documentElement.dataset.ready = 'true';
})();
"""


def fetch_library() -> str:
    """Fetch the whole library as one script, the one that CDNs send for its name."""
    with tempfile.TemporaryDirectory() as folder:
        pack = [sys.executable, ".setup/node.py", "pack", LIBRARY, "--silent", "--pack-destination", folder]
        if subprocess.run(pack, cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
            sys.exit(f"{LIBRARY} could not be fetched: this benchmark needs a connection the first time.")
        [package] = Path(folder).glob("*.tgz")
        with tarfile.open(package) as files:
            return files.extractfile("package/dist/tf.min.js").read().decode()


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


def build_usual_page(folder: Path) -> int:
    """Write page and model, by names that may be kept for ever; return the number of parameters."""
    library = fetch_library()
    model = f"model/{hashlib.sha256(library.encode()).hexdigest()[:12]}"
    parameters = write_model(folder / model)
    program = library + PROGRAM.replace("MODEL", f"{model}/model.json")
    script = f"assets/index-{hashlib.sha256(program.encode()).hexdigest()[:8]}.js"
    (folder / "assets").mkdir()
    (folder / script).write_text(program)
    (folder / "index.html").write_text(PAGE.format(script=script))
    # Trained weights hardly shrink, and static hosts send them as they are.
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "--quiet", folder, "bin"], check=True)
    return parameters
