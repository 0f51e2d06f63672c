"""Write a Keras model in TF.js layers format, and read it back."""

import json
import tempfile
import warnings
from pathlib import Path

import numpy as np

from training.network.architectures import SHOWN
from training.network.backend import keras, quiet_import
from training.network.shipped import MODEL

with quiet_import(), warnings.catch_warnings():
    # Its own imports (JAX, Decision Forests) warn about each other.
    warnings.simplefilter("ignore")
    import tensorflowjs
    from tensorflowjs.converters.keras_h5_conversion import (
        h5_merged_saved_model_to_tfjs_format,
        write_artifacts,
    )

# About three shards: few enough requests, and enough to load side by side.
SHARD_BYTES = 36_000
CONVERTER = f"tensorflowjs {tensorflowjs.__version__}"


def write_layers_model(model: keras.Model, folder: Path, quantization: str = "none") -> None:
    """Write model.json and its weight shards into `folder`.

    Only kernels of layers that learn are quantised, each over its own range. Those of layers without a bias
    are whole numbers already (see export.quantize) and become bytes as they are. All else stays float32: it
    is a twentieth of the bytes.
    """
    learning = [layer for layer in model.layers if hasattr(layer, "kernel") and layer.name != SHOWN]
    whole = {f"{layer.name}/kernel" for layer in learning if not layer.use_bias}
    spread = [f"{layer.name}/kernel" for layer in learning if layer.use_bias]
    with tempfile.TemporaryDirectory() as temporary, warnings.catch_warnings():
        # Keras warns that HDF5 is its older format; the converter goes through it.
        warnings.filterwarnings("ignore", "You are saving your model as an HDF5 file")
        path = str(Path(temporary) / "model.h5")
        model.save(path)
        topology, groups = h5_merged_saved_model_to_tfjs_format(path)
    groups = [
        [entry | _as_bytes(entry["data"]) if entry["name"] in whole else entry for entry in group]
        for group in groups
    ]
    write_artifacts(
        topology,
        groups,
        str(folder),
        quantization_dtype_map=None if quantization == "none" else {quantization: spread},
        weight_shard_size_bytes=SHARD_BYTES,
    )


def _as_bytes(numbers: np.ndarray) -> dict:
    """Return what the converter's entry of whole numbers must say for bytes; its own scale may round them."""
    least = numbers.min()
    return {
        "data": (numbers - least).astype(np.uint8),
        "quantization": {"min": float(least), "scale": 1.0, "original_dtype": "float32"},
    }


def read_layers_model(folder: Path) -> keras.Model:
    """Return the model of a folder in TF.js layers format, weights as float32, read by the converter."""
    return tensorflowjs.converters.load_keras_model(str(folder / MODEL))


def shard_names(folder: Path) -> list[str]:
    """Return the names of the weight shards in the order of the manifest."""
    content = json.loads((folder / MODEL).read_text(encoding="utf-8"))
    return [path for group in content["weightsManifest"] for path in group["paths"]]
