"""Ink that is no digit, made by code.

Nothing here may resemble a digit, or the network would learn to refuse it: no upright dash or arrow (1), no
short spiral (6, 9), no vertical wave (3), no bars that cross far from their middles (4, 7).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from training.ink import glyphs
from training.ink.glyphs import curve, make_glyph, polyline
from training.ink.rasterize import IMAGE_SIZE, rasterize_ink
from training.ink.strokes import PEN_RADII, PenDigit, Strokes, vary_strokes

PARTS = ("training", "validation", "test")
STEEPEST = {"dash": 35, "tick": 45}  # degrees from level, first to last point; MNIST's 1s lean as far as 45
SHAKE = 0.03  # of its size, standard deviation of the points that a glyph is drawn through
NARROWEST_PAIR = 0.9  # width over height of two digits on top of each other
APART = 0.14  # of the size: ink of one digit farther than this from the other's is its own
OWN_SHARE = 0.55  # of the ink of each of two digits on top of each other, at least

# What "letter", "symbol" and "shape" draw, in training and validation, and in the test.
GLYPHS = {
    "letter": (glyphs.LETTERS, glyphs.UNSEEN_LETTERS),
    "symbol": (glyphs.SYMBOLS, glyphs.UNSEEN_SYMBOLS),
    "shape": (glyphs.SHAPES, glyphs.UNSEEN_SHAPES),
}


def make_nondigit(
    kind: str, part: str, rng: np.random.Generator, digits: Sequence[PenDigit]
) -> list[np.ndarray]:
    """Return ink of one of KINDS as strokes (points, 2), y down, of any size.

    `part` is "training", "validation" or "test"; the test has letters, symbols and shapes of its own.
    "overlaid" lays two of `digits` on top of each other.
    Raises ValueError for another kind or part, or if `digits` hold no two labels besides 0 and 1.
    """
    _check_part(part)
    if kind in GLYPHS:
        drawn = GLYPHS[kind][part == "test"]
        strokes = make_glyph(drawn[rng.choice(sorted(drawn))], SHAKE, rng)
    elif kind == "overlaid":
        strokes = _overlaid(digits, rng)
    elif kind in _MAKERS:
        strokes = _MAKERS[kind](rng)
    else:
        raise ValueError(f"there is no kind of ink {kind!r}; take one of {', '.join(KINDS)}")
    varied = vary_strokes(strokes, rng)
    while slope(varied) > STEEPEST.get(kind, 90):
        varied = vary_strokes(strokes, rng)
    return varied


def draw_nondigits(
    part: str, count: int, seed: int, digits: Sequence[PenDigit]
) -> tuple[np.ndarray, np.ndarray]:
    """Draw the kinds of ink in turn: n×28×28 uint8 and n indices into KINDS.

    Part and seed decide the ink. Raises ValueError as make_nondigit does.
    """
    _check_part(part)
    rng = np.random.default_rng([seed, PARTS.index(part)])
    kinds = np.arange(count) % len(KINDS)
    images = np.zeros((count, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    for image, kind in zip(images, kinds, strict=True):
        ink = make_nondigit(KINDS[kind], part, rng, digits)
        image[:] = np.round(rasterize_ink(ink, pen_radius=rng.uniform(*PEN_RADII)) * 255)
    return images, kinds


def slope(strokes: Strokes) -> float:
    """Return the angle in degrees, 0 (level) to 90 (upright), between the ink's first and last point."""
    x, y = np.abs(strokes[-1][-1] - strokes[0][0])
    return float(np.degrees(np.arctan2(y, x)))


def _check_part(part: str) -> None:
    if part not in PARTS:
        raise ValueError(f"there is no part {part!r}; take one of {', '.join(PARTS)}")


def _turned(strokes: Strokes, degrees: float) -> Strokes:
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return [stroke @ np.array([[cosine, sine], [-sine, cosine]]) for stroke in strokes]


def _circle(middle: tuple[float, float], radius: tuple[float, float], rng: np.random.Generator) -> np.ndarray:
    """Return an ellipse, (25, 2), drawn from a random place and a little beyond it."""
    angles = rng.uniform(0, 2 * np.pi) + np.linspace(0, 2 * np.pi + rng.uniform(0, 0.4), 25)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius + middle


def _dot(rng: np.random.Generator) -> Strokes:
    """Return a tap, two or three taps in a row, or a filled spot."""
    match rng.integers(4):
        case 0:
            return [np.zeros((rng.integers(1, 4), 2))]
        case 1:
            return [
                np.array([[k + rng.normal(0, 0.1), rng.normal(0, 0.12)]]) for k in range(rng.integers(2, 4))
            ]
        case 2:
            return _spiral(rng, turns=rng.uniform(4.5, 5.5))
        case _:
            return [polyline(_in_disc(rng.integers(16, 26), rng), 2)]


def _in_disc(count: int, rng: np.random.Generator) -> np.ndarray:
    angles, radii = rng.uniform(0, 2 * np.pi, count), np.sqrt(rng.random(count))
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) * radii[:, None]


def _dash(rng: np.random.Generator) -> Strokes:
    bend = rng.normal(0, 0.05)
    return _turned([curve(np.array([[-1, 0], [0, bend], [1, 0]]))], rng.uniform(-28, 28))


def _scribble(rng: np.random.Generator) -> Strokes:
    """Back and forth over a patch, once or crosswise, or a tangle."""
    stretch = np.array([rng.uniform(0.9, 1.6), 1.0])
    if rng.random() < 0.35:
        return [curve(_in_disc(rng.integers(16, 24), rng), 4) * stretch]
    patches = [_back_and_forth(rng)]
    turn = rng.uniform(0, 180)
    strokes = _turned(patches, turn)
    if rng.random() < 0.3:
        strokes += _turned([_back_and_forth(rng)], turn + rng.uniform(60, 120))
    return [stroke * stretch for stroke in strokes]


def _back_and_forth(rng: np.random.Generator) -> np.ndarray:
    turns = rng.integers(9, 16)
    across = np.where(np.arange(turns) % 2, 1, -1) * rng.uniform(0.5, 1.0, turns)
    along = np.linspace(-0.8, 0.8, turns) + rng.normal(0, 0.08, turns)
    corners = np.stack([across, along], axis=1)
    return curve(corners, 5) if rng.random() < 0.5 else polyline(corners, 5)


def _tick(rng: np.random.Generator) -> Strokes:
    """A short way down to the right, a long way up to the right."""
    down, up = np.radians(rng.uniform(35, 60)), np.radians(rng.uniform(33, 52))
    short = rng.uniform(0.3, 0.5)
    corners = np.array([[-np.cos(down) * short, -np.sin(down) * short], [0, 0], [np.cos(up), -np.sin(up)]])
    return [polyline(corners)]


def _cross(rng: np.random.Generator) -> Strokes:
    """Two bars, upright and level or slanting, that cross near their middles."""
    first = rng.choice([0, 45]) + rng.normal(0, 6)
    bars = []
    for angle in (first, first + rng.uniform(75, 105)):
        length, off = rng.uniform(0.85, 1.15), rng.uniform(-0.08, 0.08)
        bars += _turned([polyline(np.array([[-length + off, 0], [length + off, 0]]), 12)], angle)
    return bars


def _wave(rng: np.random.Generator) -> Strokes:
    x = np.linspace(0, 1, 40)
    y = rng.uniform(0.06, 0.2) * np.sin(2 * np.pi * (rng.uniform(2.2, 3.7) * x + rng.random()))
    return _turned([np.stack([x, y], axis=1)], rng.uniform(-20, 20))


def _loops(rng: np.random.Generator) -> Strokes:
    """A row of loops, as of "eee" or a spring."""
    loops = rng.integers(4, 7)
    angles = np.linspace(0, 2 * np.pi * loops, 12 * loops) * rng.choice([1, -1])
    x = np.linspace(0, 1, len(angles)) * loops * rng.uniform(0.9, 1.3) + np.cos(angles) * 0.7
    return _turned([np.stack([x, np.sin(angles) * rng.uniform(0.9, 1.4)], axis=1)], rng.uniform(-15, 15))


def _zigzag(rng: np.random.Generator) -> Strokes:
    turns = rng.integers(6, 11)
    y = np.where(np.arange(turns) % 2, 1, -1) * rng.uniform(0.7, 1.1, turns) * rng.uniform(0.6, 1.2)
    corners = np.stack([np.arange(turns) + rng.normal(0, 0.15, turns), y], axis=1)
    return _turned([polyline(corners, 6)], rng.uniform(-20, 20))


def _spiral(rng: np.random.Generator, turns: float | None = None) -> Strokes:
    """Two and a half turns or more, with a dot in the middle: filled turns around a hole look like a 0."""
    turns = turns or rng.uniform(2.6, 3.4)
    angles = np.linspace(0, 2 * np.pi * turns, round(18 * turns))
    radii = (angles / angles[-1]) ** rng.uniform(0.8, 1.1)
    spiral = np.stack([np.cos(angles), np.sin(angles) * rng.choice([1, -1])], axis=1) * radii[:, None]
    return _turned([np.zeros((1, 2)), spiral], rng.uniform(0, 360))


def _arrow(rng: np.random.Generator) -> Strokes:
    """A level arrow to one side or to both; a slanting one has a 7 at its tip."""
    tip, wide = rng.uniform(0.3, 0.5), rng.uniform(0.25, 0.45)
    heads = [np.array([[1 - tip, -wide], [1, 0], [1 - tip, wide]])]
    if rng.random() < 0.3:
        heads.append(heads[0] * [-1, 1])
    strokes = [polyline(np.array([[-1, 0], [1, 0]]), 16), *map(polyline, heads)]
    return _turned(strokes, rng.choice([0, 180]) + rng.uniform(-18, 18))


def _face(rng: np.random.Generator) -> Strokes:
    """A face, or a sun."""
    if rng.random() < 0.3:
        rays = rng.integers(7, 11)
        round_ = _circle((0, 0), (0.5, 0.5), rng)
        turns = np.arange(rays) * 360 / rays + rng.normal(0, 5, rays)
        return [round_] + [_turned([polyline(np.array([[0.65, 0], [1, 0]]))], turn)[0] for turn in turns]
    strokes = [_circle((0, 0), (rng.uniform(0.9, 1.1), 1), rng)]
    apart, eye, mouth, smile = (
        rng.uniform(0.3, 0.45),
        rng.uniform(0, 0.2),
        rng.uniform(0.35, 0.55),
        rng.normal(),
    )
    strokes += [polyline(np.array([[x, -0.35 - eye], [x, -0.35 + eye]])) for x in (-apart, apart)]
    strokes.append(curve(np.array([[-mouth, 0.4], [0, 0.4 + 0.15 * smile], [mouth, 0.4]])))
    return strokes


def _overlaid(digits: Sequence[PenDigit], rng: np.random.Generator) -> Strokes:
    """Two different digits on top of each other, each with ink that the other does not cover.

    The second is moved more sideways than up or down, where two digits could make an 8. Neither is a 1, which
    could be a stem of the other, nor a 0, which may have a stroke inside.
    """
    pool = [k for k in range(len(digits)) if digits[k].digit not in (0, 1)]
    if len({digits[k].digit for k in pool}) < 2:
        raise ValueError(
            f"{len(digits)} digits hold no two labels besides 0 and 1 to lay on top of each other"
        )
    while True:
        one, other = (digits[k] for k in rng.choice(pool, 2))
        if one.digit == other.digit:
            continue
        first, second = _unit(one), _unit(other)
        scale, moved = rng.uniform(0.8, 1.2), rng.uniform([0.2, -0.15], [0.45, 0.15])
        second = [stroke * scale + moved for stroke in second]
        width, height = np.ptp(np.concatenate(first + second), axis=0)
        is_wide = width > NARROWEST_PAIR * height
        if is_wide and min(_own_share(first, second), _own_share(second, first)) >= OWN_SHARE:
            return first + second


def _unit(digit: PenDigit) -> Strokes:
    """Return the digit's strokes, centred at 0, 0 and of size 1."""
    points = np.concatenate([np.asarray(stroke, float) for stroke in digit.strokes])
    middle, size = (points.min(axis=0) + points.max(axis=0)) / 2, max(np.ptp(points, axis=0).max(), 1e-9)
    return [(np.asarray(stroke, float) - middle) / size for stroke in digit.strokes]


def _own_share(strokes: Strokes, others: Strokes) -> float:
    """Return the share of the points that are farther than APART from all points of the others."""
    away = np.concatenate(strokes)[:, None] - np.concatenate(others)[None]
    return float((np.hypot(away[..., 0], away[..., 1]).min(axis=1) > APART).mean())


_MAKERS: dict[str, Callable[[np.random.Generator], Strokes]] = {
    "dot": _dot,
    "dash": _dash,
    "scribble": _scribble,
    "tick": _tick,
    "cross": _cross,
    "wave": _wave,
    "loops": _loops,
    "zigzag": _zigzag,
    "spiral": _spiral,
    "arrow": _arrow,
    "face": _face,
}
KINDS = (*_MAKERS, *GLYPHS, "overlaid")
