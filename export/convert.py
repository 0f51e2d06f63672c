"""Write a Keras model in TF.js layers format, and read it back."""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path

from training.network.architectures import SHOWN
from training.network.backend import keras, quiet_import
from training.network.shipped import MODEL

with quiet_import(), warnings.catch_warnings():
    # Its own imports (JAX, Decision Forests) warn about each other.
    warnings.simplefilter("ignore")
    import tensorflowjs

# About three shards: few enough requests, and enough to load side by side.
SHARD_BYTES = 32768
QUANTIZATIONS = ("uint8", "uint16", "float16", "none")
CONVERTER = f"tensorflowjs {tensorflowjs.__version__}"


def write_layers_model(
    model: keras.Model, folder: Path, quantization: str = "none", widened: Sequence[str] = ()
) -> None:
    """Write model.json and its weight shards into `folder`.

    Only kernels of layers that learn are quantised, each over its own range; biases, 1% of the bytes, stay
    float32. The kernels of the layers in `widened` become uint16.
    """
    types: dict[str, list[str]] = {}
    for layer in model.layers:
        if hasattr(layer, "kernel") and layer.name != SHOWN:
            bits = "uint16" if layer.name in widened else quantization
            types.setdefault(bits, []).append(f"{layer.name}/kernel")
    with warnings.catch_warnings():
        # Keras warns that HDF5 is its older format; the converter goes through it.
        warnings.filterwarnings("ignore", "You are saving your model as an HDF5 file")
        tensorflowjs.converters.save_keras_model(
            model,
            str(folder),
            quantization_dtype_map=None if quantization == "none" else types,
            weight_shard_size_bytes=SHARD_BYTES,
        )


def read_layers_model(folder: Path) -> keras.Model:
    """Return the model of a folder in TF.js layers format, weights as float32, read by the converter."""
    return tensorflowjs.converters.load_keras_model(str(folder / MODEL))


def shard_names(folder: Path) -> list[str]:
    """Return the names of the weight shards in the order of the manifest."""
    content = json.loads((folder / MODEL).read_text(encoding="utf-8"))
    return [path for group in content["weightsManifest"] for path in group["paths"]]
