"""Calibration: how well confidence matches accuracy, and the temperature that makes it match."""

import numpy as np

from training.data.datasets import CLASSES

HEAD_ARRAYS = 2  # kernel and bias of the last layer
BINS = 15  # of the calibration error and of the reliability diagrams


def spread(answers: np.ndarray) -> np.ndarray:
    """Return n×10 probabilities that sum to 1: an eleventh, that of no digit, goes to all ten alike."""
    return answers[:, :CLASSES] + answers[:, CLASSES:].sum(axis=1, keepdims=True) / CLASSES


def cross_entropy(answers: np.ndarray, labels: np.ndarray, temperature: float = 1.0) -> float:
    """Return the mean cross-entropy in nats of n×11 or n×10 answers, their logits divided by `temperature`.

    It is that of the ten probabilities which the page shows.
    """
    # A softmax's logits are the logarithms of its answers, up to a constant that cancels out.
    logits = np.log(np.maximum(answers.astype(np.float64), 1e-30)) / temperature
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    shown = spread(exponentials / exponentials.sum(axis=1, keepdims=True))
    return float(-np.mean(np.log(np.maximum(shown[np.arange(len(labels)), labels], 1e-30))))


def best_temperature(answers: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature, 0.1 to 10, with the least cross-entropy (Guo et al. 2017, "On Calibration").

    Label smoothing makes a network underconfident, long training makes it overconfident. One number, fitted
    on validation, corrects both without changing an answer.
    """
    low, high = np.log(0.1), np.log(10.0)
    # The cross-entropy is convex in 1 / temperature, hence it has one valley: narrow it down by thirds.
    for _ in range(40):
        third = (high - low) / 3
        left, right = (cross_entropy(answers, labels, np.exp(point)) for point in (low + third, high - third))
        if left < right:
            high -= third
        else:
            low += third
    return float(np.exp((low + high) / 2))


def reliability(probabilities: np.ndarray, labels: np.ndarray, bins: int = BINS) -> list[dict]:
    """Return mean confidence, count and number right of each range of confidence that has answers.

    probabilities: n×10. The ranges are `bins` equal parts of 0 to 1.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    of_bin = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        {
            "from": number / bins,
            "count": int(np.sum(of_bin == number)),
            "confidence": float(confidence[of_bin == number].mean()),
            "right": int(right[of_bin == number].sum()),
        }
        for number in np.unique(of_bin).tolist()
    ]


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = BINS) -> float:
    """Return the mean distance of confidence and accuracy over the ranges of `reliability` (Guo et al. 2017).

    Each range is weighted by its number of answers; the result is from 0 to 1.
    """
    ranges = reliability(probabilities, labels, bins)
    return sum(abs(each["count"] * each["confidence"] - each["right"]) for each in ranges) / len(labels)


def with_temperature(weights: list[np.ndarray], temperature: float) -> list[np.ndarray]:
    """Return a network's weights with the head divided by `temperature`: the network needs no extra layer."""
    head = [(array / temperature).astype(array.dtype) for array in weights[-HEAD_ARRAYS:]]
    return [*weights[:-HEAD_ARRAYS], *head]
