"""Gives intervals of paired quantities by drawing the pairs again and again.

The unit that is drawn is the question, or the group of questions where there are groups. The seed
is fixed: the same record gives the same interval.
"""

import functools
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from large_enough.domain.interval import MeanInterval, RatioInterval
from large_enough.domain.quantity import Unavailable

RESAMPLES = 10_000
FEWEST_PAIRS = 20
"""With fewer pairs the percentile interval is too narrow to be shown (our choice)."""
_SEED = 1
Numbers = npt.NDArray[np.float64]
_CHUNK = 1_000
"""Resamples computed at once, to keep memory small."""
_NO_ERROR = 1e-9
"""Standard errors below this are the rounding of none."""

TOO_FEW_PAIRS = Unavailable(reason="too few questions for an interval")
ALL_THE_SAME = Unavailable(reason="all differences are the same")
NOTHING_SPENT = Unavailable(reason="nothing was spent by one of the models")


def ratio_of_sums(
    numerators: Sequence[float], denominators: Sequence[float], confidence: float = 0.90
) -> RatioInterval | Unavailable:
    """Return the ratio of two sums over the same questions, with a bootstrap interval.

    Args:
        numerators: Of one model, not negative, for each question (or summed over each group).
        denominators: Of the other one, for the same questions.
        confidence: Of the interval.

    Raises:
        ValueError: The two are not of the same length.
    """
    tops, bottoms = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    if tops.shape != bottoms.shape:
        message = f"{tops.size} numbers against {bottoms.size}"
        raise ValueError(message)
    if tops.size < FEWEST_PAIRS:
        return TOO_FEW_PAIRS
    if tops.sum() <= 0 or bottoms.sum() <= 0:
        return NOTHING_SPENT
    sums = [(_sums(drawn, tops), _sums(drawn, bottoms)) for drawn in _draws(tops.size)]
    if any(top.min() <= 0 or bottom.min() <= 0 for top, bottom in sums):
        return NOTHING_SPENT
    ratios = np.concatenate([top / bottom for top, bottom in sums])
    low, high = np.quantile(ratios, [(1 - confidence) / 2, (1 + confidence) / 2])
    return RatioInterval(
        ratio=float(tops.sum() / bottoms.sum()),
        low=float(low),
        high=float(high),
        confidence=confidence,
        count=int(tops.size),
    )


def paired_mean(
    differences: Sequence[float], confidence: float = 0.90
) -> MeanInterval | Unavailable:
    """Return the mean of paired differences with a studentised bootstrap interval.

    For scores with parts of points, which Tango's limits cannot take. The studentised interval
    (bootstrap-t; Efron and Tibshirani, An Introduction to the Bootstrap, chapter 12) follows the
    skewness of the data.

    Args:
        differences: One for each question (or the mean of each group).
        confidence: Of the interval.
    """
    values = np.asarray(differences, dtype=float)
    if values.size < FEWEST_PAIRS:
        return TOO_FEW_PAIRS
    mean, error = float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size))
    if error <= _NO_ERROR:
        return ALL_THE_SAME
    scores = np.concatenate([_studentised(drawn, values, mean) for drawn in _draws(values.size)])
    low, high = np.quantile(scores, [(1 - confidence) / 2, (1 + confidence) / 2])
    return MeanInterval(
        mean=mean,
        low=mean - float(high) * error,
        high=mean - float(low) * error,
        confidence=confidence,
        count=int(values.size),
    )


def _studentised(drawn: Numbers, values: Numbers, mean: float) -> Numbers:
    size = values.size
    centred = values - mean
    means = _sums(drawn, centred) / size
    variances = np.maximum(_sums(drawn, centred**2) / size - means**2, 0.0) * size / (size - 1)
    errors = np.sqrt(variances / size)
    known = errors > _NO_ERROR
    scores: Numbers = means[known] / errors[known]
    return scores


def _sums(drawn: Numbers, values: Numbers) -> Numbers:
    """Return the sum over each resample.

    Not as a matrix product: that would be done in parts by several threads, which wait for each
    other while models compute, and round differently on other machines.
    """
    sums: Numbers = np.einsum("ij,j->i", drawn, values)
    return sums


def _draws(size: int) -> Iterator[Numbers]:
    """Return how often each pair is drawn, in chunks of resamples."""
    counts = _counts(size)
    for start in range(0, RESAMPLES, _CHUNK):
        yield counts[start : start + _CHUNK].astype(np.float64)


@functools.lru_cache(maxsize=2)
def _counts(size: int) -> npt.NDArray[np.uint8]:
    """Return how often each pair is drawn in each resample; kept for the other pairs of a run.

    No pair is ever drawn 256 times: on average it is once.
    """
    generator = np.random.default_rng(_SEED)
    chunks = []
    for _chunk in range(RESAMPLES // _CHUNK):
        drawn = generator.integers(0, size, size=(_CHUNK, size))
        drawn += np.arange(_CHUNK)[:, np.newaxis] * size  # each resample has counters of its own
        counted = np.bincount(drawn.ravel(), minlength=_CHUNK * size)
        chunks.append(counted.astype(np.uint8).reshape(_CHUNK, size))
    return np.concatenate(chunks)
