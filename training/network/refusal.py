"""When a reading is unsure: the confidence below which no digit is named."""

import numpy as np

REFUSED = 0.001  # share of real digits that may be taken for no digit
DOUBTFUL = 0.8  # a digit that is read no surer gets a second look; twin of webapp/src/reading/doubt.ts


def sure_enough(probabilities: list[np.ndarray], share: float = REFUSED) -> float:
    """Return the confidence that an answer must exceed to be named.

    probabilities: n×10 of real digits, one array for each kind of them (print, ink): of none more than
    `share` is refused. What is no digit gets no confidence in training (Hendrycks et al. 2019, "Deep Anomaly
    Detection with Outlier Exposure"), so the highest such confidence refuses the most of it.
    """
    return min(_quantile(answers.max(axis=1), share) for answers in probabilities)


def refused(probabilities: np.ndarray, threshold: float) -> float:
    """Return the share of n×10 answers that name no digit."""
    return float(np.mean(probabilities.max(axis=1) <= threshold))


def _quantile(confidence: np.ndarray, share: float) -> float:
    """The confidence of the last answer that may be refused, or just below it."""
    ascending = np.sort(confidence.astype(np.float32))
    allowed = int(share * len(ascending))
    threshold = ascending[max(allowed - 1, 0)]
    # Too many answers of exactly this confidence would be refused together: step below them.
    if np.sum(ascending <= threshold) > allowed:
        threshold = np.nextafter(threshold, np.float32(0))
    return float(threshold)
