"""The target for each distorted image: its label, or the mean answer of other networks.

The second is distillation (Hinton et al. 2015), on the very images that the network sees (Beyer et al. 2022,
"Knowledge Distillation: A Good Teacher Is Patient and Consistent").
"""

import threading
from pathlib import Path
from typing import Protocol

import numpy as np
from tqdm import tqdm

from training.files import write_atomically
from training.network.architectures import OUTPUTS
from training.network.backend import keras, tf
from training.recipe.augment import distort, draw_distortions
from training.recipe.group import ALONE, Group
from training.recipe.settings import Settings
from training.recipe.split import Split

ANSWER_BATCH = 500


class Targets(Protocol):
    """Returns the draws (n×DRAWS) and the targets (n×11) of an epoch, for all training images in memory."""

    def of_epoch(self, epoch: int, stop: threading.Event) -> tuple[tf.Tensor, tf.Tensor]:
        """Return the draws and targets of `epoch`, counted from 0; anything once `stop` is set."""

    def of_images(self, images: np.ndarray, labels: np.ndarray, draws: np.ndarray) -> np.ndarray:
        """Return the targets of other images: n×28×28×1 uint8, n labels, n×DRAWS to n×11."""


class LabelTargets:
    """The labels, smoothed: a share `smoothing` of the certainty is spread over all eleven outputs."""

    def __init__(self, labels: np.ndarray, settings: Settings) -> None:
        """Take `labels` (n, 10 for what is no digit) and the recipe."""
        self.settings = settings
        self.targets = tf.constant(self._smoothed(labels))

    def of_epoch(self, epoch: int, stop: threading.Event) -> tuple[tf.Tensor, tf.Tensor]:
        """Return fresh draws, and the labels."""
        return draw_distortions(len(self.targets), self.settings.seed, epoch), self.targets

    def of_images(self, images: np.ndarray, labels: np.ndarray, draws: np.ndarray) -> np.ndarray:
        """Return the labels, smoothed."""
        return self._smoothed(labels)

    def _smoothed(self, labels: np.ndarray) -> np.ndarray:
        smoothing = self.settings.label_smoothing
        return (1 - smoothing) * np.eye(OUTPUTS, dtype=np.float32)[labels] + smoothing / OUTPUTS


class DistillationTargets:
    """The mean answer of several networks, computed once a round and kept in a folder.

    Epochs take the rounds in turn, so that a target comes again only after `distillation_rounds` epochs. The
    teachers are asked about the images that the epoch sees alone; rounds are whole cycles of the turns.
    Several workers share out the images of a round.
    """

    def __init__(
        self,
        teachers: list[keras.Model],
        split: Split,
        settings: Settings,
        folder: Path,
        group: Group = ALONE,
    ) -> None:
        """Take `teachers` (n×28×28×1 to n×11), what the network learns from, the recipe, a folder."""
        self.teachers, self.split, self.settings, self.folder = teachers, split, settings, folder
        self.group = group
        self.rounds = -(-settings.distillation_rounds // split.turns) * split.turns
        self._answer = tf.function(self._mean_answer)

    def of_epoch(self, epoch: int, stop: threading.Event) -> tuple[tf.Tensor, tf.Tensor]:
        """Return the draws of the epoch's round, and the teachers' answers to them."""
        number = epoch % self.rounds
        images, places = self.split.training.images, self.split.places(number)
        draws = draw_distortions(len(images), self.settings.seed, number)
        path = self.folder / f"round-{number + 1:02d}.npy"
        answers = self._kept(path, len(places))
        if answers is None:
            answers = self._ask(places, draws, f"teachers answer, {path.stem}", stop).astype(np.float16)
            if not stop.is_set():
                self.folder.mkdir(exist_ok=True)
                write_atomically(path, lambda temporary: np.save(temporary, answers))
        targets = np.zeros((len(images), OUTPUTS), np.float32)
        targets[places] = answers
        return draws, tf.constant(targets)

    def of_images(self, images: np.ndarray, labels: np.ndarray, draws: np.ndarray) -> np.ndarray:
        """Return the teachers' answers to other images, which are not kept."""
        return self._answer(tf.constant(images), tf.constant(draws)).numpy()

    def _kept(self, path: Path, count: int) -> np.ndarray | None:
        """Return the answers of a round if they were computed before and can be read."""
        try:
            answers = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return answers if answers.shape == (count, OUTPUTS) else None

    def _ask(self, places: np.ndarray, draws: tf.Tensor, label: str, stop: threading.Event) -> np.ndarray:
        answers = np.zeros((len(places), OUTPUTS), np.float32)
        starts = range(0, len(places), ANSWER_BATCH)[self.group.worker :: self.group.workers]
        style = {"unit": "batch", "dynamic_ncols": True, "leave": False, "disable": not self.group.is_chief}
        for start in tqdm(starts, desc=label, **style):
            part = places[start : start + ANSWER_BATCH]
            images = tf.constant(self.split.training.images[part, :, :, None])
            answers[start : start + ANSWER_BATCH] = self._answer(images, tf.gather(draws, part))
            if stop.is_set():
                break
        return self.group.add_up(answers)

    def _mean_answer(self, images: tf.Tensor, draws: tf.Tensor) -> tf.Tensor:
        pixels = distort(tf.cast(images, tf.float32) / 255.0, draws, self.settings.distortion)
        return tf.add_n([teacher(pixels, training=False) for teacher in self.teachers]) / len(self.teachers)
