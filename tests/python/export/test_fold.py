"""export/fold.py: the same answers without normalisation."""

import numpy as np
import pytest

from export.errors import ExportError
from export.fold import fold
from export.verify import verify_equal
from tests.python.made_digits import make_digits
from training.network.architectures import build_network
from training.network.backend import keras
from training.network.calibration import spread

IMAGES = make_digits(50)[0]


def test_same_answers_of_a_network_whose_normalisations_hold_what_training_leaves():
    rng = np.random.default_rng(0)
    model = build_network()
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            count = layer.gamma.shape[0]
            low_high = ((0.5, 1.5), (-0.3, 0.3), (-0.3, 0.3), (0.3, 2.0))
            layer.set_weights([rng.uniform(low, high, count) for low, high in low_high])
    folded = fold(model)
    assert np.abs(folded.get_weights()[1]).max() > 0.1
    assert verify_equal("folded", folded, model, IMAGES) <= 1e-5


def test_shape_of_the_folded_model():
    folded = fold(build_network())
    assert " ".join(layer.name for layer in folded.layers) == (
        "conv1_1 conv1_2 pool1 conv2_1 conv2_2 conv2_3 pool2 flatten features probabilities digits"
    )
    assert [layer.name for layer in folded.layers if not getattr(layer, "use_bias", True)] == ["digits"]
    activations = [layer.activation.__name__ for layer in folded.layers if hasattr(layer, "activation")]
    assert activations == [*["relu"] * 6, "softmax", "linear"]
    assert (folded.name, folded.input_names) == ("digitpad", ["pixels"])


def test_ten_probabilities_come_of_eleven():
    folded = fold(build_network(seed=2))
    eleven = keras.Model(folded.inputs, folded.get_layer("probabilities").output)
    pixels = IMAGES[..., None] / 255
    np.testing.assert_allclose(folded(pixels), spread(eleven(pixels).numpy()), atol=1e-6)
    np.testing.assert_allclose(np.sum(folded(pixels), axis=1), 1, atol=1e-5)


def test_what_cannot_be_folded_is_refused():
    model = keras.Sequential(
        [keras.layers.InputLayer((28, 28, 1)), keras.layers.Conv2D(2, 3, use_bias=False, name="bare")]
    )
    with pytest.raises(ExportError, match="cannot fold bare: normalisation and ReLU do not follow it"):
        fold(model)
