"""A network of one convolution and a recipe for it: it learns the made digits in seconds."""

from tests.python.made_digits import write_idx
from training.data.datasets import find_mnist
from training.network.architectures import ARCHITECTURES, Architecture, Conv
from training.recipe.settings import Settings

ARCHITECTURES["tiny"] = Architecture(((Conv(8),),), features=16)
TINY = Settings(
    recipe="tiny", network="tiny", epochs=3, batch_size=50, validation=100, averaging=0.9, teachers=0
)


def tiny(**changes):
    """Return the recipe with some settings changed."""
    return Settings(**vars(TINY) | changes)


def make_data(folder, train=500):
    """Write made digits into a folder and return them as MNIST's files."""
    return find_mnist(write_idx(folder, train=train, test=100))
