"""Components of ink as digits, as far as their places tell, in the order in which one reads.

Twin of webapp/src/bitmap/.
"""

from collections.abc import Sequence
from typing import NamedTuple

from training.bitmap.paper import Component

SMALLEST = 6  # pixels
MOST = 300
PART, HALF, SPECK, GAP = 0.45, 0.25, 0.12, 0.22  # of the digits' height
NEAR, WIDE, TALL = 0.16, 1.3, 2.2
FRAME = 0.6  # of the picture
BESIDE = 0.4
ENOUGH = 3
FEW, SPREAD = 6, 1.6  # pieces, and width by height, of a digit that broke


class Piece(NamedTuple):
    """Ink that belongs together: labels of components, and the box round them."""

    labels: tuple[int, ...]
    x: int
    y: int
    width: int
    height: int
    area: int

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2


class Found(NamedTuple):
    """Digits as far as places tell, how tall they are, and all ink as one digit where it may be one."""

    pieces: list[Piece]
    tall: int
    together: Piece | None


class TextLine(NamedTuple):
    """Pieces from left to right, and how their line rises, as a tangent."""

    pieces: list[Piece]
    slope: float


def find_pieces(components: Sequence[Component], width: int, height: int) -> Found:
    """Put components together into digits."""
    inside = [one for one in components if not _is_frame(one, width, height)] or list(components)
    tall = _typical_height(inside)
    if tall < SMALLEST:
        return Found([], tall, None)
    kept = [one for one in inside if max(one.width, one.height) >= max(SPECK * tall, 2)]
    kept.sort(key=lambda one: (-one.area, one.label))
    every = [Piece((one.label,), *one[1:]) for one in kept[: 2 * MOST]]
    joined = _join_halves([one for one in every if one.height >= HALF * tall], tall)
    wholes = [one for one in joined if one.height >= PART * tall]
    parts = [one for one in every if one.height < HALF * tall] + joined
    for part in parts:
        if part.height < PART * tall:
            _attach(part, wholes, tall)
    return Found(wholes[:MOST], tall, _together(every, wholes))


def join(pieces: Sequence[Piece]) -> Piece:
    """Several pieces as one."""
    x, y = min(piece.x for piece in pieces), min(piece.y for piece in pieces)
    right = max(piece.x + piece.width for piece in pieces)
    bottom = max(piece.y + piece.height for piece in pieces)
    labels = tuple(label for piece in pieces for label in piece.labels)
    return Piece(labels, x, y, right - x, bottom - y, sum(piece.area for piece in pieces))


def near_pairs(pieces: Sequence[Piece], tall: int) -> list[tuple[int, int]]:
    """Pairs of pieces that stand so near that they may be parts of one digit."""
    pairs = []
    for i, one in enumerate(pieces):
        for j in range(i + 1, len(pieces)):
            across, down = _across(one, pieces[j]), _down(one, pieces[j])
            if max(-across, -down) > NEAR * tall:
                continue
            both = join([one, pieces[j]])
            if (
                both.width <= WIDE * max(both.height, tall)
                and both.height <= TALL * tall
                and len(pairs) < MOST
            ):
                pairs.append((i, j))
    return pairs


def order_lines(pieces: Sequence[Piece], ruled: float | None) -> list[TextLine]:
    """Order pieces line by line, from left to right; lines may be askew."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.middle[0]):
        beside = [line for line in lines if _beside(line[-1], piece)]
        if beside:
            max(beside, key=lambda line: line[-1].middle[0]).append(piece)
        else:
            lines.append([piece])
    slopes = sorted(_slope(line) for line in lines if len(line) >= ENOUGH)
    common = ruled if ruled is not None else slopes[len(slopes) >> 1] if slopes else 0.0

    def slope(line: list[Piece]) -> float:
        return ruled if ruled is not None else _slope(line) if len(line) >= ENOUGH else common

    def height(line: list[Piece]) -> float:
        return sum(piece.middle[1] - common * piece.middle[0] for piece in line) / len(line)

    return [TextLine(line, slope(line)) for line in sorted(lines, key=height)]


def _together(every: Sequence[Piece], wholes: Sequence[Piece]) -> Piece | None:
    """All pieces as one where they are few, in a box like a digit's, and not one already."""
    if not 1 < len(every) <= FEW:
        return None
    all_ink = join(every)
    known = len(wholes) == 1 and len(wholes[0].labels) == len(every)
    return None if known or all_ink.width > SPREAD * all_ink.height else all_ink


def _overlap(start: int, length: int, other_start: int, other_length: int) -> int:
    return min(start + length, other_start + other_length) - max(start, other_start)


def _across(one: Piece, other: Piece) -> int:
    return _overlap(one.x, one.width, other.x, other.width)


def _down(one: Piece, other: Piece) -> int:
    return _overlap(one.y, one.height, other.y, other.height)


def _is_frame(one: Component, width: int, height: int) -> bool:
    at_side = one.x == 0 or one.x + one.width == width
    at_end = one.y == 0 or one.y + one.height == height
    far = one.width > FRAME * width or one.height > FRAME * height
    return (at_side and at_end and far) or one.width == width or one.height == height


def _typical_height(components: Sequence[Component]) -> int:
    heights = sorted((one.height for one in components), reverse=True)
    seen, every = 0, sum(height * height for height in heights)
    for height in heights:
        seen += height * height
        if 2 * seen >= every:
            return height
    return 0


def _join_halves(pieces: Sequence[Piece], tall: int) -> list[Piece]:
    joined = list(pieces)
    i = 0
    while i < len(joined):
        j = i + 1
        while j < len(joined):
            one, two = joined[i], joined[j]
            whole = join([one, two])
            highest = max(1.35 * tall, 1.1 * max(one.height, two.height))
            if (
                _across(one, two) >= 0.5 * min(one.width, two.width)
                and -_down(one, two) <= GAP * tall
                and whole.height <= highest
            ):
                joined[i] = whole
                del joined[j]
                j = i
            j += 1
        i += 1
    return joined


def _attach(part: Piece, wholes: list[Piece], tall: int) -> None:
    nearest, least = -1, GAP * tall
    for i, whole in enumerate(wholes):
        away = max(-_across(part, whole), -_down(part, whole), 0)
        if away > least or join([part, whole]).height > 1.5 * tall:
            continue
        nearest, least = i, away
    if nearest >= 0:
        wholes[nearest] = join([wholes[nearest], part])


def _beside(one: Piece, other: Piece) -> bool:
    return _down(one, other) >= BESIDE * min(one.height, other.height)


def _slope(line: Sequence[Piece]) -> float:
    x = sum(piece.middle[0] for piece in line) / len(line)
    y = sum(piece.middle[1] for piece in line) / len(line)
    along = sum((piece.middle[0] - x) ** 2 for piece in line)
    rise = sum((piece.middle[0] - x) * (piece.middle[1] - y) for piece in line)
    return rise / along if along > 0 else 0.0
