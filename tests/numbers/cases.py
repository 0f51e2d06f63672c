"""Numbers with the lattices of the page's own program over them, and the right way through each."""

from __future__ import annotations

import itertools
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.numbers.compose import Number, Stretch
from training.evaluate import predict
from training.ink.strokes import PenDigit
from training.network.refusal import DOUBTFUL
from training.network.shipped import load_shipped, threshold

LEAST_DOUBT = 1e-4
SLACK = 6  # points: how far from the line between two digits a stroke may be cut all the same

Part = tuple[int, int, int]  # a stroke, its first and its last point


@dataclass
class Case:
    """An ink with its lattice: candidates c, features f."""

    number: Number
    pieces: int  # that each way through the lattice must take
    members: list[frozenset[Part]]  # c: the parts of strokes of each candidate
    masks: list[int]  # c: its pieces as bits
    features: np.ndarray  # (c, f)
    named: list[str]  # c: what the network names it, "?" where it is unsure; a connector is ""
    right: tuple[int, ...] | None  # the candidates of the right way, None where one is missing


def single(digit: PenDigit) -> Number:
    """A digit alone as a number."""
    stretches = [[Stretch(0, 0, len(stroke) - 1)] for stroke in digit.strokes]
    return Number(str(digit.digit), digit.writer, digit.strokes, stretches)


def network_features(probabilities: np.ndarray) -> np.ndarray:
    """Twin of scoreNetwork in scoreCandidate.ts: (c, 10) to (c, 2)."""
    likeliest = probabilities.max(1)
    sureness = np.log(1 - likeliest + LEAST_DOUBT) / np.log(LEAST_DOUBT) - 1
    return np.stack([np.log(likeliest), sureness], axis=1)


def find_candidates(numbers: list[Number], may_cut: list[list[int]]) -> tuple[list[dict], np.ndarray]:
    """Candidates by the page's program, and how the network sees them one after another, (c, 28, 28)."""
    with tempfile.TemporaryDirectory() as folder:
        inks, program = Path(folder) / "inks.json", Path(__file__).with_name("candidates.mjs")
        inks.write_text(
            json.dumps([(number.strokes, cut) for number, cut in zip(numbers, may_cut, strict=True)])
        )
        subprocess.run(["node", program, inks, folder], check=True)
        found = json.loads((Path(folder) / "candidates.json").read_text())
        return found, np.fromfile(Path(folder) / "pixels.bin", np.uint8).reshape(-1, 28, 28)


def make_cases(kinds: dict[str, list[Number]]) -> dict[str, list[Case]]:
    """Find the candidates of every ink with the page's program, and ask the network about them, by kind."""
    numbers = [number for of_kind in kinds.values() for number in of_kind]
    model, written, _ = load_shipped()
    may_cut = [[] for _ in numbers]
    found, pixels = find_candidates(numbers, may_cut)
    sureness = iter(predict(model, pixels).max(1))
    # As the page does: a stroke that the network does not doubt is not cut.
    for ink, strokes in zip(found, may_cut, strict=True):
        for candidate, sure in zip(ink["candidates"], sureness, strict=False):
            if len(candidate["parts"]) == 1 and sure <= DOUBTFUL:
                strokes.append(candidate["parts"][0][0])
    found, pixels = find_candidates(numbers, may_cut)
    everything = predict(model, pixels)
    ends = np.cumsum([len(ink["candidates"]) for ink in found])
    cases = []
    for number, ink, probabilities in zip(numbers, found, np.split(everything, ends[:-1]), strict=True):
        candidates = ink["candidates"]
        members = [frozenset(map(tuple, candidate["parts"])) for candidate in candidates]
        masks = [sum(1 << piece for piece in candidate["pieces"]) for candidate in candidates]
        connectors = np.array([candidate["connector"] for candidate in candidates])
        of_network = np.where(connectors[:, None], 0, network_features(probabilities))
        features = np.hstack([of_network, [candidate["features"] for candidate in candidates]])
        names = np.where(probabilities.max(1) > threshold(written), probabilities.argmax(1).astype(str), "?")
        named = np.where(connectors, "", names).tolist()
        right = right_way(number, members, connectors, np.log(probabilities + 1e-9))
        cases.append(Case(number, ink["pieces"], members, masks, features, named, right))
    kind_of = [kind for kind, of_kind in kinds.items() for _ in of_kind]
    return {kind: [case for case, of in zip(cases, kind_of, strict=True) if of == kind] for kind in kinds}


def right_way(
    number: Number, members: list[frozenset[Part]], connectors: np.ndarray, surety: np.ndarray
) -> tuple[int, ...] | None:
    """The candidates that the writer meant, None where one is missing.

    Where a stroke goes through two digits, it may be cut anywhere on the line between them, and this line
    may be left out: of these ways the one counts under which the digits are the likeliest. `surety`: (c, 10).
    """
    digits = {parts: i for i, parts in enumerate(members) if not connectors[i]}
    lines = {next(iter(members[i])): i for i in np.flatnonzero(connectors)}
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
        for i, k in itertools.combinations_with_replacement(range(len(places)), 2):
            left_out = [(stroke, *pair) for pair in itertools.pairwise(places[i : k + 1])]
            if all(part in lines for part in left_out):
                found.append((places[i], places[k], tuple(lines[part] for part in left_out)))
        return found

    ways: dict[int | None, tuple[float, tuple[int, ...]]] = {None: (0.0, ())}
    for digit, label in enumerate(number.text):
        grown: dict[int | None, tuple[float, tuple[int, ...]]] = {}
        pairs = itertools.product(ways.items(), ways_on(digit))
        for (begin, (sure, way)), (end, following, left_out) in pairs:
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
