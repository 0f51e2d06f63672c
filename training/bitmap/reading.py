"""Read the digits of a picture, line by line, from left to right.

Twin of webapp/src/bitmap/readPicture.ts.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from training.bitmap.cuts import between, choose_joins, choose_parts, propose_cuts
from training.bitmap.digit import SIDE, cut_out, dark_box, to_digit
from training.bitmap.paper import (
    choose_thresholds,
    find_components,
    ink_levels,
    is_light_on_dark,
    widest_stroke,
)
from training.bitmap.pieces import Found, Piece, TextLine, find_pieces, join, near_pairs, order_lines
from training.bitmap.ruled import erase_lines
from training.refusal import DOUBTFUL

DARK_EDGE, LEAST_CONTRAST = 48, 30  # of 255 levels
WIDE, CUTTABLE, NARROWEST, LOWEST = 1.4, 0.6, 0.08, 0.6  # of the height
TALL, LIKELY = 0.55, 0.3

Classify = Callable[[np.ndarray], np.ndarray]  # n×28×28 bytes to n×10 probabilities


class ReadDigit(NamedTuple):
    """One digit; None where it is not sure enough."""

    digit: int | None
    probabilities: np.ndarray  # 10
    box: tuple[float, float, float, float]  # x, y, width, height in the picture that was read
    image: np.ndarray  # 28×28 bytes


class PictureReading(NamedTuple):
    """What was read; where that is nothing, `nothing` says "blank" or "no-digit"."""

    lines: list[list[ReadDigit]]
    nothing: str | None = None

    @property
    def text(self) -> str:
        """The digits one after another, "?" for an unsure one."""
        return "".join("?" if one.digit is None else str(one.digit) for line in self.lines for one in line)


def read_levels(grey: np.ndarray, classify: Classify, sure_enough: float) -> PictureReading:
    """Read a picture given as grey levels (height×width bytes), dark on light or light on dark."""
    if _is_mnist(grey):
        [probabilities] = classify(grey[None])
        whole = _Candidate((0, 0, SIDE, SIDE), grey, probabilities)
        return _assemble([[whole]], [SIDE], sure_enough)
    inverted = is_light_on_dark(grey)
    dark = 255 - grey if inverted else grey
    levels = ink_levels(dark, widest_stroke(dark, inverted), inverted)
    before = choose_thresholds(levels)
    if before is None:
        return PictureReading([], "blank")
    ruled = erase_lines(levels, before.paper, before.grain)
    thresholds = choose_thresholds(levels)
    if thresholds is None:
        return PictureReading([], "blank")
    labels, components = find_components(levels, thresholds)
    found = find_pieces(components, grey.shape[1], grey.shape[0])

    def whole(piece: Piece, slope: float) -> np.ndarray:
        return to_digit(cut_out(piece, levels, labels, thresholds).ink, slope)

    pieces = _join(found, classify, lambda piece: whole(piece, ruled or 0.0))
    lines = order_lines(pieces, ruled)
    read = []
    for line in lines:
        images = np.array([whole(piece, line.slope) for piece in line.pieces])
        candidates = []
        for piece, image, answer in zip(line.pieces, images, classify(images), strict=True):
            alone = _Candidate(piece[1:5], image, answer)
            ink = cut_out(piece, levels, labels, thresholds)
            candidates += _split(piece, alone, ink, line.slope, classify)
        read.append(candidates)
    return _assemble(read, [_typical_height(line) for line in lines], sure_enough)


class _Candidate(NamedTuple):
    box: tuple
    image: np.ndarray
    probabilities: np.ndarray


def _join(found: Found, classify: Classify, draw: Callable[[Piece], np.ndarray]) -> list[Piece]:
    """Join pieces that stand near each other and are surer together; all, where a digit broke into pieces."""
    pieces, tall, together = found
    near = near_pairs(pieces, tall)
    if not near and together is None:
        return pieces
    both = [join([pieces[i], pieces[j]]) for i, j in near]
    unread = [*pieces, *both, *([together] if together else [])]
    sure = classify(np.array([draw(piece) for piece in unread])).max(axis=1).tolist()
    apart = sure[: len(pieces)]
    if together and min(apart, default=0.0) <= DOUBTFUL < sure[-1]:
        return [together]
    pairs = [(i, j, sure[len(pieces) + k]) for k, (i, j) in enumerate(near)]
    chosen = choose_joins(apart, pairs)
    used = {place for k in chosen for place in near[k]}
    return [piece for i, piece in enumerate(pieces) if i not in used] + [both[k] for k in chosen]


def _split(piece: Piece, whole: _Candidate, cut, slope: float, classify: Classify) -> list:
    """The piece as one digit, or as several that touch."""
    confidence = float(whole.probabilities.max())
    wide = piece.width >= WIDE * piece.height
    if not wide and (confidence > DOUBTFUL or piece.width < CUTTABLE * piece.height):
        return [whole]
    cuts = [None, *propose_cuts(cut.ink, wide), None]
    ends, height = len(cuts) - 1, cut.ink.shape[0]
    unread = []
    for start in range(ends):
        for end in range(start + 1, ends + 1):
            if (start, end) == (0, ends):
                continue
            part = between(cut.ink, cuts[start], cuts[end])
            box = dark_box(part)
            if box is None or not NARROWEST * height <= box[2] <= WIDE * height or box[3] < LOWEST * height:
                continue
            x, y, *size = (length * cut.factor for length in box)
            unread.append((start, end, (cut.x + x, cut.y + y, *size), to_digit(part, slope)))
    if not unread:
        return [whole]
    answers = classify(np.array([image for *_, image in unread]))
    parts = [(start, end, float(row.max())) for (start, end, *_), row in zip(unread, answers, strict=True)]
    way = choose_parts(confidence, parts, ends, wide)
    if way is None:
        return [whole]
    places = {(start, end): i for i, (start, end, *_) in enumerate(unread)}
    return [
        _Candidate(unread[places[step]][2], unread[places[step]][3], answers[places[step]]) for step in way
    ]


def _is_mnist(grey: np.ndarray) -> bool:
    """Whether the picture is one of MNIST's own: 28×28, white ink on black."""
    if grey.shape != (SIDE, SIDE) or grey.max() < LEAST_CONTRAST:
        return False
    edge = np.ones(grey.shape, bool)
    edge[1:-1, 1:-1] = False
    return bool(grey[edge].mean() < DARK_EDGE)


def _typical_height(line: TextLine) -> int:
    heights = sorted(piece.height for piece in line.pieces)
    return heights[len(heights) >> 1]


def _assemble(lines: list[list[_Candidate]], heights: list[int], sure_enough: float) -> PictureReading:
    """Name what is sure, mark what may be a digit, and drop all else."""
    read = []
    for line, tall in zip(lines, heights, strict=True):
        digits = []
        for box, image, probabilities in line:
            confidence = probabilities.max()
            digit = int(probabilities.argmax()) if confidence > sure_enough else None
            if digit is not None or (box[3] >= TALL * tall and confidence >= LIKELY):
                digits.append(ReadDigit(digit, probabilities, tuple(box), image))
        if digits:
            read.append(digits)
    return PictureReading(read, None if read else "no-digit")
