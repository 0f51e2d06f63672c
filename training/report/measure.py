"""The shipped model's answers to MNIST, to ink of writers kept out, and to ink that is no digit."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.datasets import MnistFiles
from training.data.defective import Defective, find_defective
from training.data.ink_digits import split_writers
from training.data.pendigits import load_pendigits
from training.evaluate import held_out, held_out_ink
from training.ink.nondigits import draw_nondigits
from training.ink.strokes import PenDigit
from training.network.architectures import predict
from training.network.backend import keras

NONDIGITS = 3000
SEED = 0  # of the non-digits


class Answers(NamedTuple):
    """Digits of one kind with the model's answers."""

    images: np.ndarray  # n×28×28 uint8
    labels: np.ndarray  # n
    probabilities: np.ndarray  # n×10
    places: np.ndarray  # n: of MNIST counted from 0 in its part, of ink in the whole file
    writers: np.ndarray | None = None  # n, of ink
    defective: tuple[Defective | None, ...] = ()  # n, of ink

    @property
    def read(self) -> np.ndarray:
        """The n digits with the highest probability."""
        return self.probabilities.argmax(axis=1)

    @property
    def misread(self) -> np.ndarray:
        """Indices of the digits that are read wrongly, the surest first."""
        wrong = np.flatnonzero(self.read != self.labels)
        return wrong[np.argsort(-self.probabilities[wrong].max(axis=1), kind="stable")]


class NondigitAnswers(NamedTuple):
    """The model's answers to ink that is no digit."""

    probabilities: np.ndarray  # n×10
    kinds: np.ndarray  # n indices into training.ink.nondigits.KINDS


def answer_mnist(model: keras.Model, record: dict, found: MnistFiles, part: str) -> Answers:
    """Let the model read MNIST's validation split or test set; RunError if the data is not the run's."""
    digits = held_out(record, found, part)
    probabilities = predict(model, digits.images)
    return Answers(*digits, probabilities, np.arange(len(digits.labels)))


def answer_ink(model: keras.Model, record: dict, ink: Path, part: str) -> Answers:
    """Let the model read the ink of the writers who validate or test; RunError if it is not of the run."""
    digits = held_out_ink(record, ink, part)
    samples = samples_of(ink, part)
    return Answers(
        *digits,
        predict(model, digits.images),
        np.array([index for index, _ in samples]),
        np.array([digit.writer for _, digit in samples]),
        tuple(find_defective(index, digit) for index, digit in samples),
    )


def answer_nondigits(model: keras.Model, ink: Path, part: str, count: int = NONDIGITS) -> NondigitAnswers:
    """Let the model read ink that is no digit, `count` of all kinds; overlaid digits are of that part."""
    digits = [digit for _, digit in samples_of(ink, part)]
    images, kinds = draw_nondigits(part, count, SEED, digits)
    return NondigitAnswers(predict(model, images), kinds)


def samples_of(ink: Path, part: str) -> list[tuple[int, PenDigit]]:
    """Return the samples of the writers of a part, each with its place in the file, in the file's order."""
    digits = load_pendigits(ink)
    writers = {digit.writer for digit in getattr(split_writers(digits), part)}
    return [(index, digit) for index, digit in enumerate(digits) if digit.writer in writers]
