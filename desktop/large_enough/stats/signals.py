"""Tells how well a signal separates right answers from wrong ones."""

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import Quantity, Unavailable

ALL_THE_SAME = Unavailable(reason="all answers are right, or all are wrong")
TOO_FEW_ANSWERS = Unavailable(reason="too few questions for an interval")
FULLY_APART = Unavailable(reason="a bootstrap says nothing where there is no exception")
RESAMPLES = 1_000
"""Enough for limits of 5 %: 50 resamples lie beyond each."""
FEWEST_OF_EACH = 5
"""Right answers, and wrong ones, below which no interval is shown (our choice)."""
FEWEST_UNITS = 10
"""The same for groups of questions that are drawn together."""
_SEED = 1
Numbers = npt.NDArray[np.float64]


def auroc(signals: Sequence[float], are_right: Sequence[bool]) -> Quantity:
    """Return the chance that a right answer has a higher signal than a wrong one; ties count half.

    The area under the receiver operating characteristic, by ranks (Mann and Whitney, 1947): 0.5
    tells nothing, 1 tells all.

    Raises:
        ValueError: The two are not of the same length.
    """
    values, right = _checked(signals, are_right)
    wins, losses = values[right], values[~right]
    if not wins.size or not losses.size:
        return ALL_THE_SAME
    ordered = np.sort(losses)
    below = np.searchsorted(ordered, wins, side="left")
    upto = np.searchsorted(ordered, wins, side="right")
    return float((below + upto).sum() / 2 / (wins.size * losses.size))


def auroc_interval(
    signals: Sequence[float],
    are_right: Sequence[bool],
    units: Sequence[int],
    confidence: float = 0.90,
) -> ShareInterval | Unavailable:
    """Return the area with a percentile bootstrap interval; the seed is fixed.

    Args:
        signals: Of each answer.
        are_right: Of the same answers.
        units: Of the same answers: what is drawn together has the same number, 0 and up. A group
            of questions is such a unit, and a question that stands alone.
        confidence: Of the interval.

    Raises:
        ValueError: They are not of the same length.
    """
    area = auroc(signals, are_right)
    if isinstance(area, Unavailable):
        return area
    members = np.unique(np.asarray(units, dtype=int), return_inverse=True)[1]
    unit_count = int(members.max()) + 1
    right_count = sum(are_right)
    fewest = min(right_count, len(signals) - right_count)
    if fewest < FEWEST_OF_EACH or unit_count < FEWEST_UNITS:
        return TOO_FEW_ANSWERS
    if area in (0.0, 1.0):
        return FULLY_APART
    areas = _areas(signals, are_right, _draws(unit_count)[:, members])
    low, high = np.quantile(areas[~np.isnan(areas)], [(1 - confidence) / 2, (1 + confidence) / 2])
    return ShareInterval(
        share=area, low=float(low), high=float(high), confidence=confidence, count=len(signals)
    )


@functools.lru_cache(maxsize=1)  # several signals of the same answers follow each other
def _draws(unit_count: int) -> npt.NDArray[np.float32]:
    """Return for each resample how often each unit was drawn."""
    random = np.random.default_rng(_SEED)
    drawn = random.integers(0, unit_count, size=(RESAMPLES, unit_count), dtype=np.int32)
    places = drawn + np.arange(RESAMPLES, dtype=np.int32)[:, None] * unit_count
    counts = np.bincount(places.ravel(), minlength=RESAMPLES * unit_count)
    return counts.reshape(RESAMPLES, unit_count).astype(np.float32)


def _areas(
    signals: Sequence[float],
    are_right: Sequence[bool],
    weights: npt.NDArray[np.float32],
) -> Numbers:
    """Return the area for each row of weights, where each answer counts so many times."""
    values, right = _checked(signals, are_right)
    wins, losses = values[right][:, None], values[~right][None, :]
    above = ((wins > losses).astype(np.float32) + (wins >= losses).astype(np.float32)) / 2
    of_wins, of_losses = weights[:, right], weights[:, ~right]
    sums = ((of_wins @ above) * of_losses).sum(axis=1, dtype=np.float64)
    pairs = of_wins.sum(axis=1, dtype=np.float64) * of_losses.sum(axis=1, dtype=np.float64)
    areas: Numbers = np.divide(sums, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)
    return areas


def _checked(
    signals: Sequence[float], are_right: Sequence[bool]
) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    values, right = np.asarray(signals, dtype=float), np.asarray(are_right, dtype=bool)
    if values.shape != right.shape:
        message = f"{values.size} signals for {right.size} answers"
        raise ValueError(message)
    return values, right
