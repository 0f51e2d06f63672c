"""Fit the weights of the lattice that reads numbers: `python -m tests.numbers.fit`.

Numbers are written with the strokes of the pen digits' and UNIPEN's training writers; all ways to part their
strokes into digits, as far as they are any good, compete in a log-linear model (a semi-Markov conditional
random field), which learns to prefer the right one. Prints the weights and what they do for training and
validation writers, beside what those do that ship; `--write` puts them into
webapp/src/number/latticeWeights.ts. Features and candidates are the page's own.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from tests.numbers.cases import Case, make_cases, single
from tests.numbers.compose import Number, compose_numbers
from tests.numbers.other_styles import compose_slashed, in_another_style, slash_zeros
from tests.numbers.unipen_numbers import in_rows, is_slashed, written_rows
from training.data.characters import pen_digits, read_characters
from training.data.ink_digits import find_ink, read_ink
from training.data.unipen import Character
from training.data.unipen_files import find_unipen
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
SHIPPED = Path(__file__).parents[2] / "webapp/src/number/latticeWeights.ts"
KINDS = ("spaced", "touching", "joined", "touching, joined")  # of numbers
NETWORK = 2  # features of the network come first, and have weights of 0 or above
FREE = ("one digit more", "second piece")  # all other features speak against a digit
BEAM = 12  # ways to part an ink that compete
ROUNDS = 3  # of finding the ways that compete with the newest weights
PENALTY = 0.01  # of a weight's square
OTHER_STYLE = 0.3  # chance that a varied 0, 1 or 7 of one stroke is written in another style
SINGLE_WEIGHT = 30  # of a digit alone, which is never to be parted, against a number


def best_ways(case: Case, weights: np.ndarray, beam: int) -> list[tuple[int, ...]]:
    """The best ways to part an ink, best first, by beam search from the leftmost free piece on."""
    scores = case.features @ weights
    by_first: dict[int, list[int]] = defaultdict(list)
    for i, mask in enumerate(case.masks):
        by_first[mask & -mask].append(i)
    whole = (1 << case.pieces) - 1
    states, done = [(0.0, 0, ())], []
    while states:
        grown = []
        for score, taken, way in states:
            for i in by_first[~taken & (taken + 1)]:
                if not case.masks[i] & taken:
                    state = (score + scores[i], taken | case.masks[i], (*way, i))
                    (done if state[1] == whole else grown).append(state)
        # Ways that cover as much compete: by the score for each piece.
        grown.sort(key=lambda state: -state[0] / state[1].bit_count())
        states = grown[: 3 * beam]
    done.sort(key=lambda state: -state[0])
    return [tuple(sorted(way)) for _, _, way in done[:beam]]


def fit(kinds: dict[str, list[Case]], weights: np.ndarray) -> np.ndarray:
    """Return the weights under which the right ways are the likeliest among those that compete."""
    cases = [
        (case, {case.right}, SINGLE_WEIGHT if kind.startswith("single") else 1.0)
        for kind, of_kind in kinds.items()
        for case in of_kind
        if case.right is not None
    ]
    for _ in range(ROUNDS):
        rows, starts, importance = [], [], []
        for case, ways, of_case in cases:
            ways.update(best_ways(case, weights, BEAM))
            if len(ways) > 1:
                starts.append(len(rows))
                ordered = [case.right, *(ways - {case.right})]
                rows += [case.features[list(way)].sum(0) for way in ordered]
                importance.append(of_case)
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
        penalty = PENALTY * float(weights @ weights)
        return float(losses @ importance) + penalty, gradient + 2 * PENALTY * weights

    bounds = [(0, None)] * NETWORK + [(None, None if name in FREE else 0) for name in NAMES[NETWORK:]]
    return minimize(loss, weights, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x


def as_program(weights: np.ndarray) -> str:
    """The weights as webapp/src/number/latticeWeights.ts holds them."""
    rows = [f"    {round(weight, 2) + 0:g}, // {name}" for name, weight in zip(NAMES, weights, strict=True)]
    return "\n".join(["  network: [", *rows[:NETWORK], "  ],", "  geometry: [", *rows[NETWORK:], "  ],"])


def shipped_weights() -> np.ndarray:
    """The weights in webapp/src/number/latticeWeights.ts, in the order of NAMES."""
    return np.array([float(weight) for weight in re.findall(r"^    (\S+), //", SHIPPED.read_text(), re.M)])


def ship(weights: np.ndarray) -> None:
    """Write the weights into webapp/src/number/latticeWeights.ts."""
    before, after = SHIPPED.read_text().split("  network: [")[0], "\n};\n"
    SHIPPED.write_text(before + as_program(weights) + after)


def report(kinds: dict[str, list[Case]], weights: np.ndarray, misread: bool = False) -> str:
    """For each kind of ink: parted rightly, read rightly, and read rightly were it parted by its writer."""
    lines = [f"{'':<28}{'inks':>7}{'parted':>9}{'read':>9}{'digits apart':>14}"]
    for kind, cases in kinds.items():
        parted, read, apart = [], [], []
        for case in cases:
            way = best_ways(case, weights, BEAM)[0]
            text = _text(case, way)
            parted.append(way == case.right)
            read.append(text == case.number.text)
            if case.right:
                apart.append(_text(case, case.right) == case.number.text)
            if misread and not parted[-1]:
                lines.append(f"    {case.number.text} as {text}{'' if case.right else ', no candidate'}")
        shares = "".join(f"{np.mean(share):>9.2%}" for share in (parted, read, apart))
        lines.append(f"{kind:<28}{len(parted):>7,}{shares}")
    return "\n".join(lines)


def _text(case: Case, way: tuple[int, ...]) -> str:
    """What the network reads on this way, from left to right."""

    def middle(candidate: int) -> float:
        parts = case.members[candidate]
        xs = [x for stroke, first, last in parts for x, _ in case.number.strokes[stroke][first : last + 1]]
        return (min(xs) + max(xs)) / 2

    return "".join(case.named[candidate] for candidate in sorted(way, key=middle))


def training_numbers(ink: list[PenDigit], unipen: list[Character], count: int) -> dict[str, list[Number]]:
    """Numbers and digits alone, as written and as other hands would write them."""
    rng = np.random.default_rng(1)

    def vary(digit: PenDigit) -> PenDigit:
        varied = vary_strokes(digit.strokes, rng)
        size, now = (np.ptp(np.concatenate(strokes), axis=0).max() for strokes in (digit.strokes, varied))
        scale = size / max(now, 1e-9)
        return replace(digit, strokes=[(stroke * scale).tolist() for stroke in varied])

    def in_other_hands(digits: list[PenDigit]) -> list[PenDigit]:
        return [vary(in_another_style(one, rng) if rng.random() < OTHER_STYLE else one) for one in digits]

    def some(digits: list[PenDigit], count: int) -> list[Number]:
        return [single(digits[i]) for i in rng.permutation(len(digits))[:count]]

    many, alone = pen_digits(in_rows(unipen)), pen_digits(unipen)
    varied, many_varied = in_other_hands(ink), in_other_hands(many)
    several, several_varied = ([digit for digit in of if len(digit.strokes) > 1] for of in (ink, varied))
    zeros = [digit for digit in slash_zeros([*ink, *many], rng) if digit.digit == 0]
    return {
        **numbers_by_kind(ink, count, 1, KINDS),
        **numbers_by_kind(varied, count, 2, KINDS[:3], "varied"),
        **numbers_by_kind(many, count, 3, KINDS, "UNIPEN"),
        **numbers_by_kind(many_varied, count, 4, KINDS[:3], "UNIPEN, varied"),
        **slashed_by_kind(many, count, 5),
        "UNIPEN's own rows": written_rows(unipen),
        "single": some(several, count),
        "single, varied": some(several_varied, 2 * count),
        "single, of one stroke": some([digit for digit in varied if len(digit.strokes) == 1], 2 * count),
        "single, slashed": some(zeros, count),
        "single, UNIPEN": [single(digit) for digit in alone],
    }


def validation_numbers(ink: list[PenDigit], unipen: list[Character], count: int) -> dict[str, list[Number]]:
    """Numbers and digits alone as they were written; slashes are drawn where writers have none."""
    rng = np.random.default_rng(11)
    many, alone = pen_digits(in_rows(unipen)), pen_digits(unipen)
    zeros = [digit for digit in slash_zeros([*ink, *many], rng) if digit.digit == 0]
    return {
        **numbers_by_kind(ink, count, 12, KINDS),
        **numbers_by_kind(many, count, 13, KINDS, "UNIPEN"),
        **slashed_by_kind(many, count, 14),
        "UNIPEN's own rows": written_rows(unipen),
        "single": [single(digit) for digit in ink],
        "single, slashed": [single(digit) for digit in zeros],
        "single, slashed by their writers": [single(digit) for digit in alone if is_slashed(digit)],
        "single, UNIPEN": [single(digit) for digit in alone],
    }


def numbers_by_kind(
    digits: list[PenDigit], count: int, seed: int, kinds: tuple[str, ...], source: str = ""
) -> dict[str, list[Number]]:
    """Write `count` numbers of each of these KINDS."""
    hows = {kind: {"touching": "touching" in kind, "joined": "joined" in kind} for kind in kinds}
    return {
        ", ".join(filter(None, [source, kind])): compose_numbers(digits, count, seed, **how)
        for kind, how in hows.items()
    }


def slashed_by_kind(digits: list[PenDigit], count: int, seed: int) -> dict[str, list[Number]]:
    """Write `count` numbers that hold slashed zeros, spaced and touching."""
    return {
        f"slashed, {kind}": compose_slashed(digits, count, seed, touching=kind == "touching")
        for kind in KINDS[:2]
    }


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300, help="numbers of each kind (%(default)s)")
    parser.add_argument("--write", action="store_true", help="put the weights into the page's program")
    options = parser.parse_args()
    ink, unipen = read_ink(find_ink()), read_characters(find_unipen())
    cases = make_cases(training_numbers(ink.training, unipen["training"].digits, options.count))
    start = np.array([1, 8, 0, -5, -8, -2, -1, -3, -1, -10, -3, 0, -2, -3, -1, -2.0])
    weights = fit(cases, start)
    print(as_program(weights))
    print("Training writers:", report(cases, weights), sep="\n")
    unseen = make_cases(validation_numbers(ink.validation, unipen["validation"].digits, options.count))
    print("Validation writers, with the weights that ship:", report(unseen, shipped_weights()), sep="\n")
    print("Validation writers, with these weights:", report(unseen, weights, misread=True), sep="\n")
    if options.write:
        ship(weights)


if __name__ == "__main__":
    main()
