"""The key figures of the report, as plain values: the page shows them, and figures.json keeps them."""

from collections.abc import Sequence

import numpy as np

from training.ink.nondigits import KINDS
from training.network.architectures import multiplications
from training.network.calibration import expected_calibration_error
from training.network.refusal import confidence_threshold, refused
from training.network.shipped import Shipped, threshold
from training.report.measure import Answers, NondigitAnswers

Z = 1.96  # of a 95% interval
COMPARED = 0.005  # share of real digits refused, at which readers can be compared


def key_figures(
    shipped: Shipped, part: str, mnist: Answers, ink: Answers | None, nondigits: NondigitAnswers | None
) -> dict:
    """Return all key figures but UNIPEN's; shares from 0 to 1, None for what was not measured."""
    exported = threshold(shipped.description)
    return {
        "part": part,
        "model": {
            "version": shipped.description["version"],
            "parameters": shipped.description["parameters"],
            "bytes": sum(entry["bytes"] for entry in shipped.description["files"]),
            "multiplications": int(multiplications(shipped.model)),
        },
        "threshold": exported,
        "mnist": of_digits(mnist, exported),
        "ink": ink and of_ink(ink, exported),
        "nondigits": nondigits and of_nondigits(nondigits, exported, [mnist, ink] if ink else [mnist]),
    }


def of_digits(answers: Answers, exported: float) -> dict:
    """Return the figures of one kind of digits."""
    right = answers.read == answers.labels
    named = answers.probabilities.max(axis=1) > exported
    return {
        **tally(right),
        "calibration_error": expected_calibration_error(answers.probabilities, answers.labels),
        "refused": refused(answers.probabilities, exported),
        "misread_and_named": int(np.sum(named & ~right)),
    }


def of_ink(answers: Answers, exported: float) -> dict:
    """Return the figures of ink: also without the samples that are named defective, and per writer."""
    right = answers.read == answers.labels
    sound = np.array([entry is None for entry in answers.defective])
    return {
        **of_digits(answers, exported),
        "without_defective": tally(right[sound]),
        "writers": {
            int(writer): tally(right[answers.writers == writer]) for writer in np.unique(answers.writers)
        },
    }


def of_nondigits(answers: NondigitAnswers, exported: float, digits: Sequence[Answers]) -> dict:
    """Return which share of what is no digit is refused, in all and of each kind.

    Also at the threshold that refuses a share COMPARED of one kind of `digits`, and no more of the others.
    """
    compared = confidence_threshold([each.probabilities for each in digits], COMPARED)
    return {
        "drawn": len(answers.kinds),
        "refused": refused(answers.probabilities, exported),
        "refused_compared": refused(answers.probabilities, compared),
        "kinds": {
            KINDS[kind]: refused(answers.probabilities[answers.kinds == kind], exported)
            for kind in np.unique(answers.kinds)
        },
    }


def tally(right: np.ndarray) -> dict:
    """Return how many of n answers (booleans) are right, their share and its 95% interval."""
    count, total = int(np.sum(right)), len(right)
    interval = list(wilson(count, total))
    return {"digits": total, "right": count, "accuracy": count / total, "interval": interval}


def wilson(count: float, total: float) -> tuple[float, float]:
    """Return the 95% interval of a share, `count` of `total` (Wilson 1927)."""
    share, z = count / total, Z * Z / total
    middle = (share + z / 2) / (1 + z)
    half = Z / (1 + z) * np.sqrt(share * (1 - share) / total + z / (4 * total))
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))


def refusal_curve(digits: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which share of digits and of other ink is refused at every threshold that makes a difference.

    digits, others: confidences, any number of each. The shares ascend together.
    """
    digits, others = np.sort(digits), np.sort(others)
    thresholds = np.unique(np.concatenate([digits, others]))
    return tuple(np.searchsorted(some, thresholds, "right") / len(some) for some in (digits, others))
