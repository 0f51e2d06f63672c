"""Choose the kernels that need sixteen bits instead of eight."""

import tempfile
from pathlib import Path

from export.convert import read_layers_model, write_layers_model
from export.verify import holds
from training.data.datasets import Digits
from training.evaluate import accuracy
from training.network.architectures import SHOWN
from training.network.backend import keras

# Kernels below this many weights may take sixteen bits: together they add less than 13 KB.
SMALL = 10_000


def choose_widened(model: keras.Model, validation: Digits, before: float) -> list[str]:
    """Return the layers that need uint16 so that uint8 for the others holds the accuracy on validation.

    Usually none. The first layers have the widest ranges and small kernels, so the small kernels are widened
    one after another, smallest first. If nothing helps, all are returned, and verify_accuracy refuses.
    """
    learning = [layer for layer in model.layers if hasattr(layer, "kernel") and layer.name != SHOWN]
    sizes = {layer.name: layer.kernel.shape.num_elements() for layer in learning}
    small = sorted((name for name, size in sizes.items() if size < SMALL), key=sizes.__getitem__)
    for count in range(len(small)):
        with tempfile.TemporaryDirectory() as temporary:
            write_layers_model(model, Path(temporary), "uint8", small[:count])
            if holds(before, accuracy(read_layers_model(Path(temporary)), validation)):
                return small[:count]
    return small
