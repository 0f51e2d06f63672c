"""Pen strokes that are not what their label says, or no digit at all: named one by one, each with its reason.

What is listed here was misread by two readers who did not know its label, each for themselves: shown among 60
digits, both took it for another one and did not name its label even as a second possibility. The 60 were what
the network misread or was least sure of, and others by chance. A digit that is only hard to read is not
defective. Accuracy on ink is given with these samples and without them.
"""

from typing import NamedTuple

from training.ink.strokes import PenDigit


class Defective(NamedTuple):
    """One sample of the file of pen strokes that no reader can be asked to read as its label."""

    writer: int
    index: int  # position in what load_pendigits returns, counted from 0
    digit: int  # the label in the file
    why: str  # for the reader of the report, one short sentence


DEFECTIVE: tuple[Defective, ...] = (
    Defective(writer=20, index=44, digit=3, why="It has no waist and ends low on the left: a 7."),
    Defective(writer=30, index=1469, digit=3, why="It is a plain 2, in one stroke, with a straight foot."),
    Defective(writer=20, index=3570, digit=3, why="It has no waist: a 9 with an open loop, or a 7."),
    Defective(writer=20, index=7179, digit=3, why="It has no waist: a 9 with an open loop, or a 7."),
)


def find_defective(index: int, digit: PenDigit) -> Defective | None:
    """Return the entry for the sample at `index` of the file; None where it is not listed.

    Writer and label have to fit as well: another file of pen strokes has other samples at these places.
    """
    found = (index, digit.writer, digit.digit)
    return next((entry for entry in DEFECTIVE if found == (entry.index, entry.writer, entry.digit)), None)
