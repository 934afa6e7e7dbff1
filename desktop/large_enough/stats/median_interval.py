"""Gives the median of repeated values with an interval that assumes no distribution.

The interval reaches from the k-th smallest value to the k-th largest. It misses the true median
only if fewer than k values lie on one side of it, which for n independent values has probability
2 P(Bin(n, 1/2) < k); see David and Nagaraja, Order Statistics, 3rd ed., section 7.1.
"""

import functools
import statistics
from collections.abc import Sequence

from large_enough.domain.interval import MedianInterval
from large_enough.domain.quantity import Unavailable

WANTED_CONFIDENCE = 0.90
"""Lowest coverage of an interval that is shown."""
FEWEST_VALUES = 5
"""With fewer, even the whole range covers the median in less than 90 % of cases."""

TOO_FEW = Unavailable(reason="too few repeats for an interval")


def median_interval(values: Sequence[float]) -> MedianInterval | Unavailable:
    """Return the median with the narrowest symmetric interval of at least 90 % confidence.

    Args:
        values: Independent of each other, in any order.
    """
    count = len(values)
    if count < FEWEST_VALUES:
        return TOO_FEW
    rank, confidence = _rank(count)
    ordered = sorted(values)
    return MedianInterval(
        median=statistics.median(ordered),
        low=ordered[rank - 1],
        high=ordered[count - rank],
        confidence=confidence,
        count=count,
    )


@functools.cache
def _rank(count: int) -> tuple[int, float]:
    """Return the largest k whose interval is good enough, and how good that is.

    1 is, for five values and more. Whole numbers throughout: 2 to the n is no float for large n.
    """
    best = 0, 0.0
    missed, ways = 0, 1
    for rank in range(1, count // 2 + 1):
        missed += ways  # sequences in which fewer than `rank` values lie on one side
        ways = ways * (count - rank + 1) // rank
        confidence = 1 - missed / 2 ** (count - 1)
        if confidence < WANTED_CONFIDENCE:
            break
        best = rank, confidence
    return best
