"""The recipes: every number that decides what a training run produces."""

from dataclasses import asdict, dataclass, field

from training.augment import Distortion


@dataclass(frozen=True)
class Settings:
    """A training recipe; equal settings on equal data give equal weights on the same machine."""

    recipe: str = "full"
    seed: int = 1
    epochs: int = 32
    batch_size: int = 128
    ink_copies: int = 8  # variations of each pen digit, beside MNIST
    validation: int = 5000  # digits taken out of the training images
    split_seed: int = 0  # apart from `seed`, so that runs with different seeds can be compared
    learning_rate: float = 3e-3  # the peak
    warmup: float = 0.1  # share of the steps
    weight_decay: float = 0.15
    label_smoothing: float = 0.05
    averaging: float = 0.999  # decay per step of the moving average of the weights
    distortion: Distortion = field(default_factory=Distortion)

    def as_dict(self) -> dict:
        """Return the settings as plain values for JSON."""
        return asdict(self) | {"distortion": self.distortion._asdict()}


def full(**changes: int) -> Settings:
    """Return the recipe of the model that ships, with some settings changed."""
    return Settings(**changes)


def quick(**changes: int) -> Settings:
    """Return the recipe that takes about a minute, with some settings changed."""
    mild = Distortion(rotation=8.0, shift=1.5, zoom=0.1, aspect=0.05, shear=0.15)
    return Settings(
        **{"recipe": "quick", "epochs": 5, "ink_copies": 2, "averaging": 0.995, "distortion": mild} | changes
    )
