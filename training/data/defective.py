"""Pen strokes that are not what their label says, each with its reason.

Two people who did not know the labels read 60 digits independently: those that the network misread or was
least sure of, and some at random. Both read the samples below as another digit and did not name the label
even as a second possibility. A digit that is only hard to read is not listed. The report states accuracy on
ink with and without these samples.
"""

from typing import NamedTuple

from training.ink.strokes import PenDigit


class Defective(NamedTuple):
    """One sample of the file of pen strokes that is not what its label says."""

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
    """Return the entry for the sample at `index` of the file; None if it is not listed.

    Writer and label must match too: another file of pen strokes has other samples at these places.
    """
    found = (index, digit.writer, digit.digit)
    return next((entry for entry in DEFECTIVE if found == (entry.index, entry.writer, entry.digit)), None)
