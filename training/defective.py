"""Pen strokes that are not what their label says, or no digit at all: named one by one, each with its reason.

What is listed here was looked at by a person; a digit that is only hard to read is not defective. Accuracy on
ink is given with these samples and without them.
"""

from typing import NamedTuple

from training.pendigits import PenDigit


class Defective(NamedTuple):
    """One sample of the file of pen strokes that no reader can be asked to read as its label."""

    writer: int
    index: int  # position in what load_pendigits returns, counted from 0
    digit: int  # the label in the file
    why: str  # for the reader of the report, one short sentence


DEFECTIVE: tuple[Defective, ...] = (
    Defective(writer=30, index=1469, digit=3, why="It is a plain 2, in one stroke, with a straight foot."),
)


def find_defective(index: int, digit: PenDigit) -> Defective | None:
    """Return the entry for the sample at `index` of the file; None where it is not listed.

    Writer and label have to fit as well: another file of pen strokes has other samples at these places.
    """
    found = (index, digit.writer, digit.digit)
    return next((entry for entry in DEFECTIVE if found == (entry.index, entry.writer, entry.digit)), None)
