"""The target for each distorted image: its label, or the mean answer of other networks.

The second is distillation (Hinton et al. 2015), on the very images that the network sees (Beyer et al. 2022,
"Knowledge Distillation: A Good Teacher Is Patient and Consistent").
"""

import threading
from pathlib import Path
from typing import Protocol

import numpy as np
from tqdm import tqdm

from training.data.datasets import CLASSES
from training.files import write_atomically
from training.network.backend import keras, tf
from training.recipe.augment import distort, draw_distortions
from training.recipe.settings import Settings

ANSWER_BATCH = 500


class Targets(Protocol):
    """Returns the draws (n×DRAWS) and the targets (n×10) of an epoch."""

    def of_epoch(self, epoch: int, stop: threading.Event) -> tuple[tf.Tensor, tf.Tensor]:
        """Return the draws and targets of `epoch`, counted from 0; anything once `stop` is set."""


class LabelTargets:
    """The labels, smoothed: a share `smoothing` of the certainty is spread over all digits.

    For what is no digit, label 10, the target is the same for all ten digits.
    """

    def __init__(self, labels: np.ndarray, settings: Settings) -> None:
        """Take `labels` (n, 10 for what is no digit) and the recipe."""
        self.settings = settings
        smoothing = settings.label_smoothing
        even = np.full((len(labels), CLASSES), 1 / CLASSES, np.float32)
        certain = np.eye(CLASSES + 1, CLASSES, dtype=np.float32)[labels]
        is_digit = (labels < CLASSES)[:, None]
        self.targets = tf.constant(np.where(is_digit, (1 - smoothing) * certain + smoothing * even, even))

    def of_epoch(self, epoch: int, stop: threading.Event) -> tuple[tf.Tensor, tf.Tensor]:
        """Return fresh draws, and the labels."""
        draws = draw_distortions(len(self.targets), self.settings.seed, epoch)
        return draws * self.settings.strength(epoch), self.targets


class DistillationTargets:
    """The mean answer of several networks, computed once a round and kept in a folder.

    Epochs take the rounds in turn, so that a target comes again only after `distillation_rounds` epochs.
    """

    def __init__(
        self, teachers: list[keras.Model], images: np.ndarray, settings: Settings, folder: Path
    ) -> None:
        """Take `teachers` (n×28×28×1 to n×10), `images` (n×28×28 uint8), the recipe, the answers' folder."""
        self.teachers, self.images, self.settings, self.folder = teachers, images, settings, folder
        self._answer = tf.function(self._mean_answer)

    def of_epoch(self, epoch: int, stop: threading.Event) -> tuple[tf.Tensor, tf.Tensor]:
        """Return the draws of the epoch's round, and the teachers' answers to them."""
        number = epoch % self.settings.distillation_rounds
        strength = self.settings.strength(epoch)
        draws = draw_distortions(len(self.images), self.settings.seed, number) * strength
        path = self.folder / f"round-{number + 1:02d}-strength-{strength:g}.npy"
        answers = self._kept(path)
        if answers is None:
            answers = self._ask(draws, f"teachers answer, {path.stem}", stop).astype(np.float16)
            if stop.is_set():
                return draws, tf.zeros(answers.shape)
            self.folder.mkdir(exist_ok=True)
            write_atomically(path, lambda temporary: np.save(temporary, answers))
        return draws, tf.constant(answers.astype(np.float32))

    def _kept(self, path: Path) -> np.ndarray | None:
        """Return the answers of a round if they were computed before and can be read."""
        try:
            answers = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return answers if answers.shape == (len(self.images), CLASSES) else None

    def _ask(self, draws: tf.Tensor, label: str, stop: threading.Event) -> np.ndarray:
        answers = np.zeros((len(self.images), CLASSES), np.float32)
        starts = range(0, len(self.images), ANSWER_BATCH)
        for start in tqdm(starts, desc=label, unit="batch", dynamic_ncols=True, leave=False):
            part = slice(start, start + ANSWER_BATCH)
            answers[part] = self._answer(tf.constant(self.images[part, :, :, None]), draws[part])
            if stop.is_set():
                break
        return answers

    def _mean_answer(self, images: tf.Tensor, draws: tf.Tensor) -> tf.Tensor:
        pixels = distort(tf.cast(images, tf.float32) / 255.0, draws, self.settings.distortion)
        return tf.add_n([teacher(pixels, training=False) for teacher in self.teachers]) / len(self.teachers)
