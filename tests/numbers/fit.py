"""Fit the weights of the lattice that reads numbers: `python -m tests.numbers.fit`.

Numbers are written with the strokes of the pen digits' training writers; all ways to part their strokes into
digits, as far as they are any good, compete in a log-linear model (a semi-Markov conditional random field),
which learns to prefer the right one. Prints the weights for webapp/src/number/latticeWeights.ts and what
they do for training and validation writers. Features and candidates are the page's own.
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy.optimize import minimize

from tests.numbers.cases import Case, make_cases, single
from tests.numbers.compose import Number, compose_numbers
from training.data.ink_digits import find_ink, read_ink
from training.ink.strokes import PenDigit, vary_strokes

NAMES = [
    "logarithm of the likeliest digit's probability",
    "how far the network is from certainty, by the logarithm of its doubt",
    "one digit more",
    "wider than 0.9",
    "lower than 0.75",
    "lower than 0.4",
    "longest pen lift",
    "longest pen lift over 0.15",
    "side by side",
    "overlap with others",
    "interruptions",
    "second piece",
    "third piece",
    "fourth piece",
    "a cut through a stroke, at one end",
    "length of a connector",
]
NETWORK = 2  # features of the network come first, and have weights of 0 or above
FREE = ("one digit more", "second piece")  # all other features speak against a digit
BEAM = 12  # ways to part an ink that compete
ROUNDS = 3  # of finding the ways that compete with the newest weights
PENALTY = 0.01  # of a weight's square
OTHER_STYLE = 0.3  # chance that a varied 0, 1 or 7 of one stroke is written in another style
SINGLE_WEIGHT = 3.0  # of a digit alone, which is never to be parted, against a number


def best_ways(case: Case, weights: np.ndarray, beam: int) -> list[tuple[int, ...]]:
    """The best ways to part an ink, best first, by beam search from the leftmost free piece on."""
    scores = case.features @ weights
    by_first: dict[int, list[int]] = {}
    for i, mask in enumerate(case.masks):
        by_first.setdefault((mask & -mask).bit_length() - 1, []).append(i)
    whole = (1 << case.pieces) - 1
    states, done = [(0.0, 0, ())], []
    while states:
        grown = []
        for score, taken, way in states:
            free = ~taken & whole
            first = (free & -free).bit_length() - 1
            for i in by_first.get(first, []):
                if case.masks[i] & taken:
                    continue
                state = (score + scores[i], taken | case.masks[i], (*way, i))
                (done if state[1] == whole else grown).append(state)
        # Ways that cover as much compete: by the score for each piece.
        grown.sort(key=lambda state: -state[0] / state[1].bit_count())
        states = grown[: 3 * beam]
    done.sort(key=lambda state: -state[0])
    return [tuple(sorted(way)) for _, _, way in done[:beam]]


def fit(cases: list[Case], weights: np.ndarray) -> np.ndarray:
    """Return the weights under which the right ways are the likeliest among those that compete."""
    cases = [case for case in cases if case.right is not None]
    ways: list[set[tuple[int, ...]]] = [{case.right} for case in cases]
    for _ in range(ROUNDS):
        for case, known in zip(cases, ways, strict=True):
            known.update(best_ways(case, weights, BEAM))
        rows, starts, importance = [], [], []
        for case, known in zip(cases, ways, strict=True):
            if len(known) < 2:
                continue
            starts.append(len(rows))
            ordered = [case.right, *(known - {case.right})]
            rows += [case.features[list(way)].sum(0) for way in ordered]
            importance.append(SINGLE_WEIGHT if case.kind.startswith("single") else 1.0)
        weights = _maximise(np.array(rows), np.array(starts), np.array(importance), weights)
    return weights


def _maximise(
    rows: np.ndarray, starts: np.ndarray, importance: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Fit to ways (rows), of which the one at each start is right; no weight takes the wrong sign."""
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, len(rows)]))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = rows @ weights
        highest = np.maximum.reduceat(scores, starts)
        shares = np.exp(scores - highest[group])
        sums = np.add.reduceat(shares, starts)
        losses = np.log(sums) + highest - scores[starts]
        shares *= (importance / sums)[group]
        gradient = rows.T @ shares - rows[starts].T @ importance
        return (
            float(losses @ importance) + PENALTY * float(weights @ weights),
            gradient + 2 * PENALTY * weights,
        )

    bounds = [
        (0, None) if i < NETWORK else (None, None) if name in FREE else (None, 0)
        for i, name in enumerate(NAMES)
    ]
    return minimize(loss, weights, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x


def as_program(weights: np.ndarray) -> str:
    """The weights as webapp/src/number/latticeWeights.ts holds them."""
    parts = {"network": slice(0, NETWORK), "geometry": slice(NETWORK, None)}
    lines = []
    for part, places in parts.items():
        rows = zip(NAMES[places], weights[places], strict=True)
        lines += [f"  {part}: [", *(f"    {weight:.2f}, // {name}" for name, weight in rows), "  ],"]
    return "\n".join(lines)


def report(cases: list[Case], weights: np.ndarray, misread: bool = False) -> str:
    """For each kind of ink: parted rightly, read rightly, and read rightly were it parted by its writer."""
    lines = [f"{'':<28}{'inks':>7}{'parted':>9}{'read':>9}{'digits apart':>14}"]
    for kind in dict.fromkeys(case.kind for case in cases):
        parted, read, apart = [], [], []
        for case in (case for case in cases if case.kind == kind):
            way = best_ways(case, weights, BEAM)[0]
            in_order = sorted(way, key=lambda i: _middle(case, i))
            text = "".join(case.named[i] for i in in_order)
            parted.append(way == case.right)
            read.append(text == case.number.text)
            if case.right:
                digits = sorted(case.right, key=lambda i: _middle(case, i))
                apart.append("".join(case.named[i] for i in digits) == case.number.text)
            if misread and parted[-1] is False:
                lines.append(f"    {case.number.text} as {text}{'' if case.right else ', no candidate'}")
        shares = [np.mean(parted), np.mean(read), np.mean(apart)]
        lines.append(f"{kind:<28}{len(parted):>7,}" + "".join(f"{share:>9.2%}" for share in shares))
    return "\n".join(lines)


def _middle(case: Case, candidate: int) -> float:
    parts = case.members[candidate]
    xs = [x for stroke, first, last in parts for x, _ in case.number.strokes[stroke][first : last + 1]]
    return (min(xs) + max(xs)) / 2


def in_another_style(digit: PenDigit, rng: np.random.Generator) -> PenDigit:
    """Now and then add a stroke that others write: a slash in a 0, a foot under a 1, a bar through a 7."""
    if len(digit.strokes) > 1 or rng.random() > OTHER_STYLE:
        return digit
    points = np.concatenate([np.asarray(stroke, float) for stroke in digit.strokes])
    corner, extent = points.min(0), np.ptp(points, axis=0)
    height = extent[1]
    bars = {0: [[0.25, 0.75], [0.75, 0.2]], 7: [[0.3, 0.5], [0.85, 0.45]]}
    if digit.digit in bars:
        added = corner + (np.array(bars[digit.digit]) + rng.normal(0, 0.07, (2, 2))) * extent
    elif digit.digit == 1:
        foot = points[points[:, 1].argmax()]
        added = foot + np.array([[-0.2, 0.0], [0.2, 0.0]]) * height + rng.normal(0, 0.03, (2, 2)) * height
    else:
        return digit
    return PenDigit(digit.digit, digit.writer, [*digit.strokes, added.tolist()])


def training_numbers(digits: list[PenDigit], count: int, seed: int) -> dict[str, list[Number]]:
    """Numbers and digits alone, as written and as other hands would write them."""
    rng = np.random.default_rng(seed)

    def vary(digit: PenDigit) -> PenDigit:
        size = np.ptp(np.concatenate([np.asarray(s, float) for s in digit.strokes]), axis=0).max()
        varied = vary_strokes(digit.strokes, rng)
        now = np.ptp(np.concatenate(varied), axis=0).max()
        scale = size / max(now, 1e-9)
        return PenDigit(digit.digit, digit.writer, [(stroke * scale).tolist() for stroke in varied])

    varied = [vary(in_another_style(digit, rng)) for digit in digits]
    several = [[digit for digit in of if len(digit.strokes) > 1] for of in (digits, varied)]
    one_stroke = [digit for digit in varied if len(digit.strokes) == 1]
    return {
        "spaced": compose_numbers(digits, count, seed, touching=False),
        "touching": compose_numbers(digits, count, seed, touching=True),
        "spaced, varied": compose_numbers(varied, count, seed + 1, touching=False),
        "joined": compose_numbers(digits, count, seed, touching=False, joined=True),
        "touching, joined": compose_numbers(digits, count, seed, touching=True, joined=True),
        "joined, varied": compose_numbers(varied, count, seed + 1, touching=False, joined=True),
        "touching, varied": compose_numbers(varied, count, seed + 1, touching=True),
        "single": [single(of) for of in _some(several[0], count, rng)],
        "single, varied": [single(of) for of in _some(several[1], 2 * count, rng)],
        "single, of one stroke": [single(of) for of in _some(one_stroke, 2 * count, rng)],
    }


def _some(digits: list[PenDigit], count: int, rng: np.random.Generator) -> list[PenDigit]:
    return [digits[i] for i in rng.permutation(len(digits))[:count]]


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500, help="numbers of each kind (%(default)s)")
    options = parser.parse_args()
    ink = read_ink(find_ink())
    cases = make_cases(training_numbers(ink.training, options.count, seed=1))
    start = np.array([1, 8, 0, -5, -8, -2, -1, -3, -1, -10, -3, 0, -2, -3, -1, -2.0])
    weights = fit(cases, start)
    print(as_program(weights))
    print(report(cases, weights))
    unseen = {
        "spaced": compose_numbers(ink.validation, options.count, 2, touching=False),
        "touching": compose_numbers(ink.validation, options.count, 2, touching=True),
        "joined": compose_numbers(ink.validation, options.count, 2, touching=False, joined=True),
        "touching, joined": compose_numbers(ink.validation, options.count, 2, touching=True, joined=True),
        "single": [single(digit) for digit in ink.validation],
    }
    print(report(make_cases(unseen), weights, misread=True))


if __name__ == "__main__":
    main()
