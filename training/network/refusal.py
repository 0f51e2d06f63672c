"""The confidence below which no digit is named."""

import numpy as np

REFUSED = 0.003  # share of real digits that may be taken for no digit
DOUBTFUL = 0.8  # an answer up to this confidence is in doubt; twin of webapp/src/reading/doubt.ts


def confidence_threshold(probabilities: list[np.ndarray], share: float = REFUSED) -> float:
    """Return the confidence that an answer must exceed to be named.

    probabilities: n×10 of real digits, one array for each kind (print, ink). At most `share` of each kind is
    refused. Training teaches low confidence for what is no digit (Hendrycks et al. 2019, "Deep Anomaly
    Detection with Outlier Exposure"), so the highest threshold that keeps to `share` refuses the most of it.
    """
    return min(_quantile(answers.max(axis=1), share) for answers in probabilities)


def refused(probabilities: np.ndarray, threshold: float) -> float:
    """Return the share of n×10 answers whose confidence is too low to name a digit."""
    return float(np.mean(probabilities.max(axis=1) <= threshold))


def _quantile(confidence: np.ndarray, share: float) -> float:
    """Return the confidence of the last answer that may be refused, or just below it."""
    ascending = np.sort(confidence.astype(np.float32))
    allowed = int(share * len(ascending))
    threshold = ascending[max(allowed - 1, 0)]
    # Too many answers of exactly this confidence would be refused together: go just below them.
    if np.sum(ascending <= threshold) > allowed:
        threshold = np.nextafter(threshold, np.float32(0))
    return float(threshold)
