"""The recipes: every number that decides what a training run produces."""

from dataclasses import asdict, dataclass, field, replace

from training.network.architectures import NAME, TEACHER
from training.recipe.augment import Distortion


@dataclass(frozen=True)
class Settings:
    """A training recipe; equal settings on equal data give equal weights on the same machine."""

    recipe: str = "full"
    seed: int = 1
    network: str = NAME  # of training.network.architectures.ARCHITECTURES
    epochs: int = 64
    batch_size: int = 128
    ink_copies: int = 6  # variations of each of pendigits' digits, beside MNIST
    ink_turns: int = 3  # epochs until all of them were seen
    unipen_copies: int = 8  # variations of each of UNIPEN's digits
    unipen_turns: int = 4
    slashed_zeros: int = 1200  # 0s with a slash drawn over them; they take UNIPEN's turns
    character_copies: int = 1  # variations of each of UNIPEN's letters and signs
    character_turns: int = 3
    nondigits: int = 4000  # made pictures of what is no digit
    validation: int = 5000  # digits taken out of the training images
    split_seed: int = 0  # apart from `seed`, so that runs with different seeds can be compared
    learning_rate: float = 3e-3  # the peak
    warmup: float = 0.1  # share of the steps
    weight_decay: float = 0.15
    label_smoothing: float = 0.05  # of targets that are labels; answers of teachers are not smoothed
    averaging: float = 0.999  # decay per step of the moving average of the weights
    distortion: Distortion = field(default_factory=lambda: Distortion())
    mild_epochs: float = 0.0  # share of the epochs, the last ones, whose distortions are milder
    mild_strength: float = 0.5  # of their limits, how far distortions go then
    teachers: int = 1  # larger networks whose mean answer the network learns; 0: it learns the labels
    teacher_epochs: int = 24
    distillation_rounds: int = 24  # distortions of all images that the teachers answer, taken in turn

    def as_dict(self) -> dict:
        """Return the settings as plain values for JSON."""
        return asdict(self) | {"distortion": self.distortion._asdict()}

    @classmethod
    def from_dict(cls, values: dict) -> "Settings":
        """Return the settings that `as_dict` returned, from a record."""
        return cls(**values | {"distortion": Distortion(**values["distortion"])})

    def strength(self, epoch: int) -> float:
        """Return which share of their limits the distortions of `epoch`, counted from 0, may reach.

        The last epochs are closer to real digits, which are not distorted (He et al. 2019, "Data
        Augmentation Revisited: Rethinking the Distribution Gap between Clean and Augmented Data").
        """
        return self.mild_strength if epoch >= self.epochs - round(self.mild_epochs * self.epochs) else 1.0

    def of_teacher(self, number: int) -> "Settings":
        """Return the recipe of teacher `number`, counted from 1: it learns the labels, with its own seed."""
        return replace(
            self,
            recipe=f"teacher of {self.recipe}",
            network=TEACHER,
            seed=1000 * self.seed + number,
            epochs=self.teacher_epochs,
            mild_epochs=0.0,  # it will answer about distorted images
            teachers=0,
        )


def full(**changes: int) -> Settings:
    """Return the recipe of the model that ships, with some settings changed."""
    return Settings(**changes)


def quick(**changes: int) -> Settings:
    """Return the recipe that takes about a minute, with some settings changed."""
    mild = Distortion(rotation=8.0, shift=1.5, zoom=0.1, aspect=0.05, shear=0.15)
    quicker = {"recipe": "quick", "epochs": 5, "ink_copies": 3, "unipen_copies": 4, "nondigits": 2000}
    quicker |= {"averaging": 0.995, "distortion": mild, "mild_epochs": 0.0, "teachers": 0}
    return Settings(**quicker | changes)
