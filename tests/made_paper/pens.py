"""What to write with: digits of many hands, and letters and signs by other people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from tests.made_photos import Source, sources
from training.data.characters import read_characters
from training.data.unipen_files import find_unipen


class Pens(NamedTuple):
    """What to write with: digits of many hands, and letters and signs by other people."""

    digits: Sequence[Source]
    others: Sequence[Source]

    def digit(self, rng: np.random.Generator) -> Source:
        """Any digit."""
        return self.digits[rng.integers(len(self.digits))]

    def other(self, rng: np.random.Generator) -> Source:
        """Any letter or sign."""
        return self.others[rng.integers(len(self.others))]


@cache
def pens(part: str) -> Pens:
    """What writers of "validation" or "test" wrote: MNIST, pendigits, and letters of UNIPEN."""
    mnist, ink = sources(part)
    rng = np.random.default_rng(0)
    count = min(len(mnist), len(ink))
    digits = [
        digit for kind in (mnist, ink) for digit in (kind[i] for i in rng.permutation(len(kind))[:count])
    ]
    others = read_characters(find_unipen())[part].others
    return Pens(digits, [Source(-1, None, one.strokes) for one in others])
