"""What a network learns from and what chooses its weights: MNIST, pen digits of two sets, and no digits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from training.data.characters import CharacterPart, pen_digits
from training.data.datasets import CLASSES, Digits, split_validation
from training.data.ink_digits import InkSplit, draw_digits, draw_variations
from training.data.writers import Part
from training.errors import DatasetError
from training.ink.draw import draw_inks, draw_varied_inks
from training.ink.nondigits import draw_nondigits
from training.ink.strokes import PenDigit, add_slash, is_closed
from training.recipe.settings import Settings

NOT_A_DIGIT = CLASSES  # the label of what is no digit


class Block(NamedTuple):
    """Images of one kind in a row; each epoch sees one of their `turns` equal parts."""

    name: str  # "corrections", "mnist", "pendigits", "unipen", "slashed", "characters" or "nondigits"
    count: int
    turns: int = 1


class Split(NamedTuple):
    """Training and validation digits; label 10 is no digit.

    Variations of pen digits take turns: all of them in every epoch would cost MNIST accuracy.
    """

    training: Digits  # the images of all blocks
    validation: Digits
    blocks: tuple[Block, ...]
    ink_validation: dict[str, Digits]  # drawn digits of writers kept out, by data set
    nondigit_validation: dict[str, np.ndarray]  # n×28×28 uint8, by kind

    def places(self, epoch: int) -> np.ndarray:
        """Return the indices of the training images that `epoch`, counted from 0, sees."""
        places, start = [], 0
        for block in self.blocks:
            size = block.count // block.turns
            places.append(start + size * (epoch % block.turns) + np.arange(size))
            start += block.count
        return np.concatenate(places)

    @property
    def turns(self) -> int:
        """Return after how many epochs the same images come again."""
        return int(np.lcm.reduce([block.turns for block in self.blocks]))

    def counts(self) -> dict[str, int]:
        """Return the number of images in each block."""
        return {block.name: block.count for block in self.blocks}


def divide(digits: Digits, settings: Settings) -> Split:
    """Take the validation digits out of the training images."""
    training, validation = split_validation(digits.labels, settings.validation, settings.split_seed)
    if len(training) < settings.batch_size:
        raise DatasetError(
            f"{len(training):,} training digits do not fill a batch of {settings.batch_size:,}; "
            "lower --batch-size or --validation"
        )
    learnt, kept = (Digits(digits.images[part], digits.labels[part]) for part in (training, validation))
    return Split(learnt, kept, (Block("mnist", len(training)),), {}, {})


def with_ink(split: Split, strokes: InkSplit, settings: Settings) -> Split:
    """Add variations of pen digits and made figures to training, and other writers' to validation."""
    drawn = draw_variations(strokes.training, settings.ink_copies, settings.seed)
    split = add(split, "pendigits", drawn, settings.ink_turns)
    split.ink_validation["pendigits"] = draw_digits(strokes.validation)
    if settings.nondigits:
        images, _ = draw_nondigits("training", settings.nondigits, settings.seed, strokes.training)
        split = add(split, "nondigits", no_digits(images), 1)
        count = max(1, settings.nondigits // 4)
        made, _ = draw_nondigits("validation", count, settings.seed, strokes.validation)
        split.nondigit_validation["nondigits"] = made
    return split


def with_characters(split: Split, parts: dict[Part, CharacterPart], settings: Settings) -> Split:
    """Add variations of UNIPEN's digits, slashed 0s, letters and signs to training, others' to validation."""
    copies, turns, seed = settings.unipen_copies, settings.unipen_turns, settings.seed + 1
    digits, others = pen_digits(parts["training"].digits), parts["training"].others
    split = add(split, "unipen", draw_variations(digits, copies, seed, "UNIPEN's digits"), turns)
    slashed = slash_zeros(digits, settings.slashed_zeros, seed)
    if slashed:
        split = add(split, "slashed", draw_variations(slashed, 1, seed, "slashed 0s"), turns)
    if others:
        order = np.random.default_rng(seed).permutation(len(others))  # each turn has all writers
        inks = [others[place].strokes for place in order]
        images = draw_varied_inks(inks, settings.character_copies, seed, "letters and signs")
        split = add(split, "characters", no_digits(images), settings.character_turns)
    kept_out = parts["validation"]
    split.ink_validation["unipen"] = draw_digits(pen_digits(kept_out.digits))
    split.nondigit_validation["characters"] = draw_inks([each.strokes for each in kept_out.others])
    return split


def slash_zeros(digits: list[PenDigit], count: int, seed: int) -> list[PenDigit]:
    """Return `count` 0s that are closed rings, with a slash added to each; none if there is no such 0."""
    rng = np.random.default_rng([seed, 0])
    rings = [digit for digit in digits if digit.digit == 0 and is_closed(digit.strokes)]
    chosen = rng.integers(len(rings), size=count) if rings else []
    return [PenDigit(0, rings[place].writer, add_slash(rings[place].strokes, rng)) for place in chosen]


def no_digits(images: np.ndarray) -> Digits:
    """Return images with the label NOT_A_DIGIT."""
    return Digits(images, np.full(len(images), NOT_A_DIGIT, np.uint8))


def add(split: Split, name: str, digits: Digits, turns: int) -> Split:
    """Return the split with one more block at the end of its training images."""
    training = Digits(*(np.concatenate(arrays) for arrays in zip(split.training, digits, strict=True)))
    return split._replace(training=training, blocks=(*split.blocks, Block(name, len(digits.labels), turns)))
