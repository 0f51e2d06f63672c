"""A page that reads digits, built the way that most are: what the benchmark of loading sets beside this one.

The whole of @tensorflow/tfjs and the program are one script; the weights of 3.3 million parameters are
float32, in files of 4 MB as the converter cuts them; there is no worker and no service worker.
"""

from __future__ import annotations

import hashlib
import json
import math
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np

from tests.server_process import ROOT

LIBRARY = "@tensorflow/tfjs@4.22.0"
SHARD = 4 * 2**20  # bytes

# Two 5×5 convolutions of 32 and 64, and a dense layer of 1024.
LAYERS = [
    ("Conv2D", {"filters": 32, "kernel_size": [5, 5], "padding": "same", "activation": "relu"}),
    ("MaxPooling2D", {"pool_size": [2, 2]}),
    ("Conv2D", {"filters": 64, "kernel_size": [5, 5], "padding": "same", "activation": "relu"}),
    ("MaxPooling2D", {"pool_size": [2, 2]}),
    ("Flatten", {}),
    ("Dense", {"units": 1024, "activation": "relu"}),
    ("Dense", {"units": 10, "activation": "softmax"}),
]
KERNELS = {
    0: (5, 5, 1, 32),
    2: (5, 5, 32, 64),
    5: (7 * 7 * 64, 1024),
    6: (1024, 10),
}  # by number of the layer

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
        command = [
            sys.executable,
            ".setup/node.py",
            "pack",
            LIBRARY,
            "--silent",
            "--pack-destination",
            folder,
        ]
        if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
            sys.exit(f"{LIBRARY} could not be fetched: this benchmark needs a connection the first time.")
        [package] = Path(folder).glob("*.tgz")
        with tarfile.open(package) as files:
            return files.extractfile("package/dist/tf.min.js").read().decode()


def write_model(folder: Path) -> int:
    """Write the model in TF.js layers format, with random weights; give the number of its parameters."""
    random = np.random.default_rng(0)
    configs, specs, weights = [], [], []
    for number, (kind, config) in enumerate(LAYERS):
        name = f"layer{number}"
        first = {"batch_input_shape": [None, 28, 28, 1], "dtype": "float32"} if number == 0 else {}
        configs.append({"class_name": kind, "config": {"name": name, **config, **first}})
        if number in KERNELS:
            shape = KERNELS[number]
            deviation = math.sqrt(2 / math.prod(shape[:-1]))
            for part, values in (
                ("kernel", random.normal(0, deviation, shape)),
                ("bias", random.normal(0, 0.1, shape[-1:])),
            ):
                specs.append({"name": f"{name}/{part}", "shape": values.shape, "dtype": "float32"})
                weights.append(values.astype("<f4"))
    content = b"".join(values.tobytes() for values in weights)
    shards = [content[start : start + SHARD] for start in range(0, len(content), SHARD)]
    paths = [f"group1-shard{number}of{len(shards)}.bin" for number in range(1, len(shards) + 1)]
    for path, shard in zip(paths, shards, strict=True):
        (folder / path).write_bytes(shard)
    topology = {"class_name": "Sequential", "config": {"name": "usual", "layers": configs}}
    description = {
        "format": "layers-model",
        "modelTopology": {"keras_version": "2.15.0", "backend": "tensorflow", "model_config": topology},
        "weightsManifest": [{"paths": paths, "weights": specs}],
    }
    (folder / "model.json").write_text(json.dumps(description))
    return sum(values.size for values in weights)


def build_usual_page(folder: Path) -> int:
    """Write page and model, by names that may be kept for ever; give the number of parameters."""
    library = fetch_library()
    model = f"model/{hashlib.sha256(library.encode()).hexdigest()[:12]}"
    (folder / model).mkdir(parents=True)
    parameters = write_model(folder / model)
    program = library + PROGRAM.replace("MODEL", f"{model}/model.json")
    script = f"assets/index-{hashlib.sha256(program.encode()).hexdigest()[:8]}.js"
    (folder / "assets").mkdir()
    (folder / script).write_text(program)
    (folder / "index.html").write_text(PAGE.format(script=script))
    # Trained weights hardly shrink, and static hosts send them as they are.
    command = [sys.executable, "-m", "whitenoise.compress", "--quiet", folder, "bin"]
    subprocess.run(command, check=True)
    return parameters
