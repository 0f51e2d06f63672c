"""Letters and signs that people take for digits, so that nothing teaches the network to refuse them.

One person looked at 80 random samples of each label by training writers, drawn alone and at one size as the
page draws them, and said which somebody who expects digits would name without hesitating (`by_eye`). A
network that never learnt these labels read them by writers whom it did not know (`named`), and so did one
that learnt all of them as no digit (`learnt`): where that share stays high, no network can tell them apart;
where it falls, it falls for the network has learnt to refuse a style of the digit too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from training.data.unipen import JOINING, Character

STEEPEST_FLAT = 30  # degrees: a straight line that lies flatter is no 1
STRAIGHT = 0.08  # of its length: how far a straight line may bend


class Lookalike(NamedTuple):
    """What a letter or sign is taken for, with three measured shares (see above)."""

    digit: int
    by_eye: float
    named: float
    learnt: float


LOOKALIKES: dict[str, Lookalike] = {
    "O": Lookalike(0, 0.97, 0.99, 0.93),
    "o": Lookalike(0, 0.95, 0.90, 0.69),
    "|": Lookalike(1, 0.97, 1.00, 1.00),
    "/": Lookalike(1, 0.97, 0.64, 0.85),
    "I": Lookalike(1, 0.95, 0.42, 0.31),
    "\\": Lookalike(1, 0.85, 0.57, 0.57),
    "l": Lookalike(1, 0.80, 0.57, 0.56),
    "'": Lookalike(1, 0.80, 0.61, 0.53),
    ",": Lookalike(1, 0.60, 0.40, 0.29),  # only its size and place tell it from a 1 or a 7
    "`": Lookalike(1, 0.45, 0.33, 0.22),
    ".": Lookalike(1, 0.45, 0.40, 0.37),  # a dot of a few points, blown up to the size of a digit
    "Z": Lookalike(2, 0.95, 0.84, 0.14),
    "z": Lookalike(2, 0.90, 0.78, 0.23),
    "S": Lookalike(5, 0.95, 0.90, 0.19),  # with S and s learnt, 18 of the validation's 5s were lost and not 6
    "s": Lookalike(5, 0.85, 0.93, 0.38),
    "b": Lookalike(6, 0.75, 0.68, 0.26),
    "g": Lookalike(9, 0.85, 0.64, 0.53),
    "q": Lookalike(9, 0.85, 0.71, 0.59),
    # Strokes between the letters of connected writing, cut out: short lines and dots.
    JOINING: Lookalike(1, 0.27, 0.14, 0.14),
}


def is_lookalike(character: Character) -> bool:
    """Return whether people take letters or signs of this label for a digit."""
    return character.label in LOOKALIKES


def is_upright_line(strokes: list[np.ndarray]) -> bool:
    """Return whether the ink is one straight line that does not lie flat: a 1, whatever its label.

    Recordings of letters that lost their other strokes look so.
    """
    if len(strokes) != 1 or len(strokes[0]) < 2:
        return False
    points = strokes[0]
    way = points[-1] - points[0]
    length = float(np.hypot(*way))
    if length == 0 or np.degrees(np.arctan2(abs(way[1]), abs(way[0]))) < STEEPEST_FLAT:
        return False
    away = np.abs((points - points[0]) @ np.array([-way[1], way[0]])) / length
    return bool(away.max() <= STRAIGHT * length)
