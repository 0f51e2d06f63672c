"""The shipped model's answers to UNIPEN, many people's digits, letters and signs, and the figures of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.defective_unipen import why_defective
from training.data.lookalikes import LOOKALIKES
from training.data.unipen import DIGITS, Character, load_unipen
from training.data.unipen_files import unipen_checksum
from training.data.writers import of_part
from training.errors import RunError
from training.ink.rasterize import rasterize_ink
from training.ink.styles import STYLES, styles_of
from training.network.architectures import predict
from training.network.backend import keras
from training.network.refusal import confidence_threshold, refused
from training.report.figures import of_digits, tally
from training.report.measure import Answers

COMPARED = 0.003  # share of real digits refused, at which letters and signs are compared
WORST = 10  # writers


class UnipenAnswers(NamedTuple):
    """The model's answers to the characters of the writers of a part."""

    digits: Answers  # their places are recordings, their writers names with the laboratory's
    characters: tuple[Character, ...]  # n, of the digits
    styles: tuple[tuple[str, ...], ...]  # n
    probabilities: np.ndarray  # m×10, of the letters and signs
    labels: np.ndarray  # m, of the letters and signs


def answer_unipen(model: keras.Model, record: dict, unipen: Path, part: str) -> UnipenAnswers:
    """Let the model read what the writers of a part wrote, drawn as the page draws.

    RunError if the model learnt from another UNIPEN: its writers may be divided otherwise.
    """
    learnt = record["data"].get("unipen")
    if learnt and learnt != unipen_checksum(unipen):
        raise RunError("UNIPEN differs from that of the run; pass the folder that the run used with --data")
    theirs = of_part(load_unipen(unipen).found, part)
    digits = [each for each in theirs if each.source.startswith(f"data/{DIGITS}/")]
    others = [each for each in theirs if not each.source.startswith(f"data/{DIGITS}/")]
    images, labels = _draw(digits), np.array([int(each.label) for each in digits])
    answers = Answers(
        images,
        labels,
        predict(model, images).numpy(),
        np.array([each.source.rpartition("/")[2] for each in digits]),
        np.array([_name(each) for each in digits]),
        tuple(why_defective(each.source, each.label) for each in digits),
    )
    styles = tuple(styles_of(int(each.label), each.strokes) for each in digits)
    probabilities = predict(model, _draw(others)).numpy()
    return UnipenAnswers(
        answers, tuple(digits), styles, probabilities, np.array([each.label for each in others])
    )


def _name(character: Character) -> str:
    """Return the writer's name, with the laboratory's in front where it does not begin with it."""
    laboratory, writer = character.laboratory, character.writer
    return writer if writer.startswith(laboratory) else f"{laboratory} {writer}"


def _draw(characters: Sequence[Character]) -> np.ndarray:
    """Return n×28×28 bytes."""
    pixels = np.array([rasterize_ink(each.strokes) for each in characters], np.float32).reshape(-1, 28, 28)
    return np.round(pixels * 255).astype(np.uint8)


def of_unipen(answers: UnipenAnswers, exported: float, others: Sequence[Answers]) -> dict:
    """Return the figures of UNIPEN, also by laboratory, writer and style, and what is refused of letters.

    Each share is given with and without the recordings named as defective, and the share of letters refused
    also at the threshold that refuses COMPARED of one kind of digits, UNIPEN's or `others`, and no more of
    the rest.
    """
    digits = answers.digits
    right = digits.read == digits.labels
    is_sound = np.array([why is None for why in digits.defective])
    laboratories = np.array([each.laboratory for each in answers.characters])

    def of(chosen: np.ndarray) -> dict:
        sound = chosen & is_sound
        return {**tally(right[chosen]), "without_defective": tally(right[sound]) if sound.any() else None}

    def of_style(chosen: np.ndarray) -> dict:
        misread = Counter(digits.read[chosen & ~right].tolist())
        return {**of(chosen), "misread_as": {str(read): count for read, count in misread.most_common()}}

    in_style = {style.name: np.array([style.name in own for own in answers.styles]) for style in STYLES}
    in_style["none of these"] = np.array([not own for own in answers.styles])
    compared = confidence_threshold([each.probabilities for each in (digits, *others)], COMPARED)
    is_lookalike = np.array([label in LOOKALIKES for label in answers.labels])
    return {
        **of_digits(digits, exported),
        "without_defective": tally(right[is_sound]),
        "laboratories": _by(
            laboratories, lambda chosen: of(chosen) | {"writers": len(set(digits.writers[chosen]))}
        ),
        "writers": _by(digits.writers, of),
        "styles": {name: of_style(chosen) for name, chosen in in_style.items() if chosen.any()},
        "letters": _of_letters(answers, ~is_lookalike, exported, compared),
        "lookalikes": _of_letters(answers, is_lookalike, exported, compared),
    }


def _by(names: np.ndarray, of: Callable[[np.ndarray], dict]) -> dict[str, dict]:
    return {str(name): of(names == name) for name in np.unique(names)}


def _of_letters(answers: UnipenAnswers, chosen: np.ndarray, exported: float, compared: float) -> dict | None:
    """Return which share of these letters and signs is refused, and of each label; None if there are none."""
    if not chosen.any():
        return None

    def of(own: np.ndarray) -> dict:
        return {"drawn": int(own.sum()), "refused": refused(answers.probabilities[own], exported)}

    labels = {str(label): of(answers.labels == label) for label in np.unique(answers.labels[chosen])}
    return {
        **of(chosen),
        "refused_compared": refused(answers.probabilities[chosen], compared),
        "labels": labels,
    }


def typical(answers: UnipenAnswers, style: str) -> Character:
    """Return the digit of a style that is most like all of it; of other styles it has as few as there are."""
    fewest = min(len(own) for own in answers.styles if style in own)
    places = np.flatnonzero([style in own and len(own) == fewest for own in answers.styles])
    images = answers.digits.images[places].astype(np.float32)
    away = np.square(images - images.mean(axis=0)).sum(axis=(1, 2))
    return answers.characters[places[away.argmin()]]
