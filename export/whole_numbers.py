"""Round a kernel to whole numbers, with one scale for each output channel, so that its sums hardly change."""

import numpy as np

SHRUNK = np.linspace(0.5, 1.1, 31)  # scales to try, as shares of the one that just holds the largest weight
DAMPING = 0.01  # of the mean square of an input, so that what inputs seldom do counts little


def whole_numbers(kernel: np.ndarray, moments: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the kernel as whole numbers of so many bits, and the scale of each output channel.

    `moments` holds the mean product of each pair of inputs, in the order of the kernel's rows. What counts is
    the error of the sums of inputs times weights. So weights are rounded one row after the other, and those
    that are still to come make up for the error (Frantar et al. 2023, "GPTQ").
    """
    least, most = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    weights = kernel.reshape(-1, kernel.shape[-1]).astype(np.float64)  # inputs×channels
    moments = moments + (DAMPING * np.diag(moments).mean() + 1e-9) * np.eye(len(moments))
    scales = best_scales(weights, moments, least, most)
    order = np.argsort(-np.diag(moments), kind="stable")  # the largest inputs first
    shares = np.linalg.cholesky(np.linalg.inv(moments[np.ix_(order, order)])).T
    numbers = np.empty_like(weights)
    for place, row in enumerate(order):
        numbers[row] = np.clip(np.round(weights[row] / scales), least, most)
        error = (weights[row] - numbers[row] * scales) / shares[place, place]
        weights[order[place + 1 :]] -= np.outer(shares[place, place + 1 :], error)
    return numbers.reshape(kernel.shape).astype(np.float32), scales.astype(np.float32)


def best_scales(weights: np.ndarray, moments: np.ndarray, least: int, most: int) -> np.ndarray:
    """Return the scale of each channel with which plain rounding has the least squared error of the sums.

    It may cut off a channel's largest weights, to be finer for the others. There is one number more on the
    negative side, so scales of both signs are tried.
    """
    largest = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny)
    tried = np.concatenate([SHRUNK, -SHRUNK])[:, None] * largest / -least  # scales×channels
    rounded = (scales * np.clip(np.round(weights / scales), least, most) for scales in tried)
    errors = [np.sum((each - weights) * (moments @ (each - weights)), axis=0) for each in rounded]
    return tried[np.argmin(errors, axis=0), np.arange(len(largest))]
