"""Letters and signs that a person would take for a digit: no example of what is no digit."""

from typing import NamedTuple


class Lookalike(NamedTuple):
    """A letter or sign that looks like a digit when it stands alone."""

    digit: int  # that it is taken for
    why: str


_ROUND, _STROKE = "A ring is a 0.", "An upright stroke is a 1."
LOOKALIKES: dict[str, Lookalike] = {
    "o": Lookalike(0, _ROUND),
    "O": Lookalike(0, _ROUND),
    "l": Lookalike(1, _STROKE),
    "I": Lookalike(1, _STROKE),
    "|": Lookalike(1, _STROKE),
    "z": Lookalike(2, "Written with corners, a 2 is a z."),
    "Z": Lookalike(2, "Written with corners, a 2 is a Z."),
    "s": Lookalike(5, "A 5 without its bar is an s."),
    "S": Lookalike(5, "A 5 without its bar is an S."),
    "b": Lookalike(6, "An upright 6 is a b."),
    "q": Lookalike(9, "A 9 with a straight stem is a q."),
    "g": Lookalike(9, "A 9 with a curled tail is a g."),
}
