"""Finds how many of a small model's least sure answers are worth sending to a large one.

Questions are sorted into levels of sureness, 0 the least sure. A cut-off at t sends all questions
of the levels below t. What it is worth is the points gained by sending, less a price: each question
sent costs as much as sending one at random gains on average. So nothing is won on the straight line
between "send none" and "send all", and only what lies above that line counts. Where the large
model has no more points than the small one, sending is free of charge, and the fewest win.

A cut-off that is chosen and judged on the same questions looks better than it is. So each unit (a
question, or a group of questions that go together) is judged by the cut-off that all the other
units would have chosen: leave one out (Stone, Journal of the Royal Statistical
Society B, 1974). Where that leaves it open whether the unit is sent, it is not.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


def dense_levels(keys: Sequence[tuple[float, ...]]) -> Integers:
    """Return the place of each key among all different ones, from 0; equal keys share one."""
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.array([places[key] for key in keys], dtype=np.int64)


def sent_below(levels: Integers) -> Flags:
    """Return which questions each cut-off sends: a row for each, from none to all."""
    cut_offs = np.arange(levels.max() + 2)
    sent: Flags = levels[None, :] < cut_offs[:, None]
    return sent


def left_out_sending(levels: Integers, gains: Numbers, units: Integers) -> Flags:
    """Return which questions are sent by the cut-off that the other units would choose.

    Args:
        levels: Of sureness, for each question.
        gains: Points of the large model less those of the small one, for each question.
        units: Of each question, 0 and up: what is left out together.
    """
    sent = sent_below(levels)
    sent_gains = sent * gains
    unit_count, size = int(units.max()) + 1, len(gains)
    other_gains = sent_gains.sum(axis=1) - _unit_sums(sent_gains.T, units, unit_count)
    other_counts = sent.sum(axis=1) - _unit_sums(sent.T, units, unit_count)
    other_sizes = size - np.bincount(units, minlength=unit_count)
    price_sums = np.maximum(0.0, gains.sum() - np.bincount(units, gains, unit_count))
    worth = other_gains * other_sizes[:, None] - price_sums[:, None] * other_counts
    best = np.argmax(np.round(worth, 9), axis=1)  # the first of equals: the fewest questions sent
    chosen: Flags = levels < best[units]
    return chosen


def _unit_sums(rows: Flags | Numbers, units: Integers, unit_count: int) -> Numbers:
    """Return the sum of the rows of each unit."""
    sums = np.zeros((unit_count, rows.shape[1]))
    np.add.at(sums, units, rows)
    return sums


def beats_chance(sent: Flags, gains: Numbers, quantile: float = 1.6449) -> bool:
    """Return whether sending these questions gains clearly more than as many drawn at random.

    Under random drawing without replacement, the mean gain of those that are sent has the mean of
    all and the variance of a sample from a finite population (Cochran, Sampling Techniques, 1977,
    theorem 2.2); one-sided, 5 % by default.
    """
    size, count = len(gains), int(sent.sum())
    if size < 2 or not 0 < count < size:
        return False
    deviation = math.sqrt(float(gains.var(ddof=1)) / count * (1 - count / size))
    lead = float(gains[sent].mean() - gains.mean())
    return lead > quantile * deviation > 0
