"""export/convert.py: what is written is what is read, and always the same bytes."""

import json

import numpy as np
import pytest

from export.convert import SHARD_BYTES, read_layers_model, shard_names, write_layers_model
from export.fold import fold
from export.quantize import BITS, in_bits
from tests.python.made_digits import make_digits
from training.network.architectures import HEAD, build_network


@pytest.fixture(scope="module")
def model():
    rng = np.random.default_rng(0)
    model = fold(build_network(seed=4))
    model.set_weights([array + 0.01 * rng.normal(size=array.shape) for array in model.get_weights()])
    return model


# Zero is made one of the levels, which may cost the ends of the range another half a level.
@pytest.mark.parametrize(
    ("quantization", "error"),
    [("none", 0), ("float16", 2**-11), ("uint8", 1.01 / 255), ("uint16", 1.01 / 65535)],
)
def test_kernels_come_back_rounded_and_biases_exactly(model, tmp_path, quantization, error):
    write_layers_model(model, tmp_path, quantization)
    *both, shown = zip(read_layers_model(tmp_path).get_weights(), model.get_weights(), strict=True)
    np.testing.assert_array_equal(*shown)  # it has learnt nothing, and its tenths must stay tenths
    for read, written in both:
        allowed = error * np.ptp(written) if written.ndim > 1 else 0
        largest = np.abs(read - written).max()
        assert largest <= allowed and (largest > 0) == (allowed > 0)


@pytest.mark.parametrize("bits", BITS)
def test_whole_numbers_come_back_exactly(tmp_path, bits):
    """The converter's own scale is a 255th of a kernel's range: 31 or 63 steps would be uneven."""
    few = in_bits(fold(build_network(seed=4, name="strided-16")), bits, make_digits(20)[0])
    write_layers_model(few, tmp_path, "uint8")
    read = read_layers_model(tmp_path)
    for written in few.layers:
        if written.name != HEAD:
            for pair in zip(read.get_layer(written.name).get_weights(), written.get_weights(), strict=True):
                np.testing.assert_array_equal(*pair)
    weights = json.loads((tmp_path / "model.json").read_text())["weightsManifest"][0]["weights"]
    kernels = {entry["name"]: entry["quantization"] for entry in weights if "quantization" in entry}
    assert [quantization["dtype"] for quantization in kernels.values()] == ["uint8"] * 6
    assert [name for name, quantization in kernels.items() if quantization["scale"] != 1] == [
        f"{HEAD}/kernel"
    ]


def test_float16_comes_back_rounded(model, tmp_path):
    write_layers_model(model, tmp_path, "float16")
    both = zip(read_layers_model(tmp_path).get_weights(), model.get_weights(), strict=True)
    for read, written in [*both][:-1]:
        rounded = written.astype(np.float16).astype(np.float32) if written.ndim > 1 else written
        np.testing.assert_array_equal(read, rounded)


def test_shards_are_those_of_the_manifest(model, tmp_path):
    write_layers_model(model, tmp_path, "uint8")
    names = shard_names(tmp_path)
    assert len(names) >= 3
    assert {path.name for path in tmp_path.iterdir()} == {"model.json", *names}
    assert all((tmp_path / name).stat().st_size <= SHARD_BYTES for name in names)


def test_topology_is_one_that_tfjs_knows(model, tmp_path):
    write_layers_model(model, tmp_path)
    content = json.loads((tmp_path / "model.json").read_text())
    assert content["format"] == "layers-model"
    assert content["modelTopology"]["keras_version"].startswith("2.")
    layers = content["modelTopology"]["model_config"]["config"]["layers"]
    kinds = {layer["class_name"] for layer in layers}
    assert kinds == {"InputLayer", "Conv2D", "MaxPooling2D", "Flatten", "Dense"}
    assert layers[1]["config"]["activation"] == "relu"
    # Keras 3 would say batch_shape, which TF.js 4.22 does not read.
    assert layers[0]["config"]["batch_input_shape"] == [None, 28, 28, 1]
