"""The shipped model's answers to UNIPEN, many people's digits, letters and signs, and the figures of them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.data.defective_unipen import why_defective
from training.data.lookalikes import LOOKALIKES
from training.data.unipen import Character, load_unipen
from training.data.unipen_files import unipen_checksum
from training.data.writers import of_part
from training.errors import RunError
from training.ink.draw import draw_inks
from training.ink.styles import STYLES, styles_of
from training.network.architectures import predict
from training.network.backend import keras
from training.network.refusal import confidence_threshold, refused
from training.report.figures import of_digits, tally
from training.report.measure import Answers

COMPARED = 0.003  # share of real digits refused, at which letters and signs are compared
WORST = 10  # writers


class UnipenAnswers(NamedTuple):
    """The model's answers to the characters of the writers of a part.

    Styles are rare. On the test part they are those of the validation and the test writers together.
    """

    digits: Answers  # n; their places are recordings, their writers names with the laboratory's
    laboratories: np.ndarray  # n
    styled: Answers  # k, n or more
    characters: tuple[Character, ...]  # k
    styles: tuple[tuple[str, ...], ...]  # k
    probabilities: np.ndarray  # m×10, of the letters and signs
    labels: np.ndarray  # m, of the letters and signs


def answer_unipen(model: keras.Model, record: dict, unipen: Path, part: str) -> UnipenAnswers:
    """Let the model read what the writers of a part wrote, drawn as the page draws.

    RunError if the model learnt from another UNIPEN, whose writers may be divided otherwise, or if no writer
    of the part wrote a digit.
    """
    learnt = record["data"].get("unipen")
    if learnt and learnt != unipen_checksum(unipen):
        raise RunError("UNIPEN differs from that of the run; pass the folder that the run used with --data")
    found = load_unipen(unipen).found
    theirs = of_part(found, part)
    letters = [each for each in theirs if not each.is_digit]
    characters = [each for each in theirs if each.is_digit]
    count = len(characters)
    if not count:
        raise RunError(f"{unipen} has no digits by {part} writers; pass a folder without UNIPEN with --data")
    if part == "test":
        characters += [each for each in of_part(found, "validation") if each.is_digit]
    styled = _read(model, characters)
    return UnipenAnswers(
        digits=Answers(*(field[:count] for field in styled)),
        laboratories=np.array([each.laboratory for each in characters[:count]]),
        styled=styled,
        characters=tuple(characters),
        styles=tuple(styles_of(int(each.label), each.strokes) for each in characters),
        probabilities=predict(model, draw_inks([each.strokes for each in letters]))
        if letters
        else np.zeros((0, 10)),
        labels=np.array([each.label for each in letters], str),
    )


def _read(model: keras.Model, digits: Sequence[Character]) -> Answers:
    images = draw_inks([each.strokes for each in digits])
    return Answers(
        images,
        np.array([int(each.label) for each in digits]),
        predict(model, images),
        np.array([each.source.rpartition("/")[2] for each in digits]),
        np.array([_name(each) for each in digits]),
        tuple(why_defective(each.source, each.label) for each in digits),
    )


def _name(character: Character) -> str:
    """Return the writer's name, with the laboratory's in front where it does not begin with it."""
    laboratory, writer = character.laboratory, character.writer
    return writer if writer.startswith(laboratory) else f"{laboratory} {writer}"


def of_unipen(answers: UnipenAnswers, exported: float, others: Sequence[Answers]) -> dict:
    """Return the figures of UNIPEN, also by laboratory, writer and style, and what is refused of letters.

    Each share is given with and without the recordings named as defective, and the share of letters refused
    also at the threshold that refuses COMPARED of one kind of digits, UNIPEN's without those recordings or
    `others`, and no more of the rest.
    """
    digits, styled = answers.digits, answers.styled
    sound = digits.probabilities[[why is None for why in digits.defective]]
    compared = confidence_threshold([sound, *(each.probabilities for each in others)], COMPARED)
    is_lookalike = np.array([label in LOOKALIKES for label in answers.labels], bool)
    in_style = {style.name: np.array([style.name in own for own in answers.styles]) for style in STYLES}
    in_style["none of these"] = np.array([not own for own in answers.styles])
    return {
        **of_digits(digits, exported),
        "without_defective": _of(digits, np.full(len(digits.labels), True))["without_defective"],
        "laboratories": {
            str(name): _of(digits, own := answers.laboratories == name)
            | {"writers": len(np.unique(digits.writers[own]))}
            for name in np.unique(answers.laboratories)
        },
        "writers": {str(name): _of(digits, digits.writers == name) for name in np.unique(digits.writers)},
        "styles": {
            name: _of(styled, own) | {"misread_as": _misread_as(styled, own)}
            for name, own in in_style.items()
            if own.any()
        },
        "letters": _of_letters(answers, ~is_lookalike, exported, compared),
        "lookalikes": _of_letters(answers, is_lookalike, exported, compared),
    }


def _of(answers: Answers, chosen: np.ndarray) -> dict:
    """Return the accuracy of chosen digits (n booleans), also without those that are named defective."""
    right = answers.read == answers.labels
    sound = chosen & np.array([why is None for why in answers.defective])
    return {**tally(right[chosen]), "without_defective": tally(right[sound]) if sound.any() else None}


def _misread_as(answers: Answers, chosen: np.ndarray) -> dict[str, int]:
    """Return as which digits those chosen are misread and how often, the most frequent first."""
    wrong = answers.read[chosen & (answers.read != answers.labels)]
    return {str(read): count for read, count in Counter(wrong.tolist()).most_common()}


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
    images = answers.styled.images[places].astype(np.float32)
    away = np.square(images - images.mean(axis=0)).sum(axis=(1, 2))
    return answers.characters[places[away.argmin()]]
