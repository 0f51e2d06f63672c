"""Fit the weights of the lattice that reads numbers: `python -m tests.numbers.fit`.

Numbers are written with the strokes of the pen digits' training writers; all ways to part their strokes into
digits, as far as they are any good, compete in a log-linear model (a semi-Markov conditional random field),
which learns to prefer the right one. Prints the weights for webapp/src/reading/latticeWeights.ts and what
they do for training and validation writers. Features and candidates are the page's own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from tests.numbers.compose import Number, Stretch, compose_numbers
from training.evaluate import predict
from training.ink_digits import find_ink, read_ink
from training.pendigits import PenDigit
from training.refusal import DOUBTFUL
from training.shipped import load_shipped, threshold
from training.strokes import vary_strokes

NAMES = [
    "logarithm of the likeliest digit's probability",
    "how far the network is from certainty, by the logarithm of its doubt",
    "one digit more",
    "wider than 0.9",
    "lower than 0.75",
    "lower than 0.4",
    "reach",
    "reach over 0.15",
    "apart",
    "swallowed",
    "interruptions",
    "second piece",
    "third piece",
    "fourth piece",
    "a cut through a stroke, at one end",
    "length of a joint",
]
NETWORK = 2  # features of the network come first, and have weights of 0 or above
FREE = ("one digit more", "second piece")  # all other features speak against a digit
LEAST_DOUBT = 1e-4
BEAM = 12  # ways to part an ink that compete
ROUNDS = 3  # of finding the ways that compete with the newest weights
PENALTY = 0.01  # of a weight's square
OTHER_STYLE = 0.3  # chance that a varied 0, 1 or 7 of one stroke is written in another style
SLACK = 6  # points: how far from the line between two digits a stroke may be cut all the same
SINGLE_WEIGHT = 3.0  # of a digit alone, which is never to be parted, against a number


Part = tuple[int, int, int]  # a stroke, its first and its last point


@dataclass
class Case:
    """An ink with its lattice: candidates c, features f."""

    kind: str
    number: Number
    pieces: int
    members: list[frozenset[Part]]  # c: the parts of strokes of each candidate
    masks: list[int]  # c: its pieces as bits
    features: np.ndarray  # (c, f)
    named: list[str]  # c: what the network names it, "?" where it is unsure; a joint is ""
    right: tuple[int, ...] | None  # the candidates of the right way, None where one is missing


def single(digit: PenDigit, strokes: list | None = None) -> Number:
    """A digit alone as a number."""
    drawn = [np.asarray(stroke).tolist() for stroke in (strokes or digit.strokes)]
    stretches = [[Stretch(0, 0, len(stroke) - 1)] for stroke in drawn]
    return Number(str(digit.digit), digit.writer, drawn, stretches)


def network_features(probabilities: np.ndarray) -> np.ndarray:
    """Twin of scoreNetwork in scoreCandidate.ts: (c, 10) to (c, 2)."""
    likeliest = probabilities.max(1)
    sureness = np.log(1 - likeliest + LEAST_DOUBT) / np.log(LEAST_DOUBT) - 1
    return np.stack([np.log(likeliest), sureness], axis=1)


def find_candidates(numbers: list[Number], may_cut: list[list[int]]) -> tuple[list[dict], np.ndarray]:
    """Candidates by the page's program, and how the network sees them one after another, (c, 28, 28)."""
    with tempfile.TemporaryDirectory() as folder:
        inks = Path(folder) / "inks.json"
        pairs = zip((number.strokes for number in numbers), may_cut, strict=True)
        inks.write_text(json.dumps(list(pairs)))
        program = Path(__file__).with_name("candidates.mjs")
        subprocess.run(["node", str(program), str(inks), folder], check=True)
        found = json.loads((Path(folder) / "candidates.json").read_text())
        return found, np.fromfile(Path(folder) / "pixels.bin", np.uint8).reshape(-1, 28, 28)


def make_cases(kinds: dict[str, list[Number]]) -> list[Case]:
    """Find the candidates of every ink with the page's program, and ask the network about them."""
    numbers = [(kind, number) for kind, of_kind in kinds.items() for number in of_kind]
    model, written, _ = load_shipped()
    sure_enough = threshold(written)
    may_cut = [[] for _ in numbers]
    found, pixels = find_candidates([number for _, number in numbers], may_cut)
    alone = [
        (at, candidate["parts"][0][0]) if len(candidate["parts"]) == 1 else None
        for at, ink in enumerate(found)
        for candidate in ink["candidates"]
    ]
    # As the page does: a stroke that the network does not doubt is not cut.
    for place, sure in zip(alone, predict(model, pixels).numpy().max(1), strict=True):
        if place and sure <= DOUBTFUL:
            may_cut[place[0]].append(place[1])
    found, pixels = find_candidates([number for _, number in numbers], may_cut)
    probabilities = predict(model, pixels).numpy()
    of_network = network_features(probabilities)
    names = np.where(probabilities.max(1) > sure_enough, probabilities.argmax(1).astype(str), "?")
    cases, at = [], 0
    for (kind, number), ink in zip(numbers, found, strict=True):
        count = len(ink["candidates"])
        features = np.array([candidate["features"] for candidate in ink["candidates"]])
        members = [frozenset(map(tuple, candidate["parts"])) for candidate in ink["candidates"]]
        joints = np.array([candidate["joint"] for candidate in ink["candidates"]])
        own = slice(at, at + count)
        found_features = np.concatenate([np.where(joints[:, None], 0, of_network[own]), features], axis=1)
        cases.append(
            Case(
                kind,
                number,
                ink["pieces"],
                members,
                [sum(1 << piece for piece in candidate["pieces"]) for candidate in ink["candidates"]],
                found_features,
                np.where(joints, "", names[own]).tolist(),
                right_way(number, members, joints, np.log(probabilities[own] + 1e-9)),
            )
        )
        at += count
    return cases


def right_way(
    number: Number, members: list[frozenset[Part]], joints: np.ndarray, surety: np.ndarray
) -> tuple[int, ...] | None:
    """The candidates that the writer meant, None where one is missing.

    Where a stroke goes through two digits, it may be cut anywhere on the line between them, and this line
    may be left out: of these ways the one counts under which the digits are the likeliest. `surety`: (c, 10).
    """
    digits = {parts: i for i, parts in enumerate(members) if not joints[i]}
    lines = {next(iter(members[i])): i for i in np.flatnonzero(joints)}
    cuts = {(stroke, end) for parts in digits for stroke, *ends in parts for end in ends}
    after = {
        one.digit: (stroke, one.last, other.first)
        for stroke, of in enumerate(number.stretches)
        for one, other in itertools.pairwise(of)
    }

    def ways_on(digit: int) -> list[tuple]:
        """Where the digit may end and the next begin in their stroke, and what is left out between."""
        if digit not in after:
            return [(None, None, ())]
        stroke, last, first = after[digit]
        places = sorted(at for own, at in cuts if own == stroke and last - SLACK <= at <= first + SLACK)
        found = []
        for i, start in enumerate(places):
            for k in range(i, len(places)):
                left_out = [(stroke, *pair) for pair in itertools.pairwise(places[i : k + 1])]
                if all(part in lines for part in left_out):
                    found.append((start, places[k], tuple(lines[part] for part in left_out)))
        return found

    ways: dict[int | None, tuple[float, tuple[int, ...]]] = {None: (0.0, ())}
    for digit, label in enumerate(number.text):
        grown: dict[int | None, tuple[float, tuple[int, ...]]] = {}
        for (begin, (sure, way)), (end, following, left_out) in itertools.product(
            ways.items(), ways_on(digit)
        ):
            parts = set()
            for stroke, of in enumerate(number.stretches):
                for own in (own for own in of if own.digit == digit):
                    first = begin if own.first > 0 else 0
                    last = end if after.get(digit, (None,))[0] == stroke else own.last
                    parts.add((stroke, first, last))
            i = digits.get(frozenset(parts))
            if i is None:
                continue
            surer = sure + float(surety[i, int(label)])
            if following not in grown or surer > grown[following][0]:
                grown[following] = (surer, (*way, i, *left_out))
        ways = grown
    return tuple(sorted(max(ways.values())[1])) if ways else None


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
    """The weights as webapp/src/reading/latticeWeights.ts holds them."""
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
