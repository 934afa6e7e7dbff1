"""Tells how surprising the questions are that only one of two models got right.

McNemar's exact test (Q. McNemar, Psychometrika 12, 1947): if both were equally good, each such
question would fall to either model like a coin.
"""

import math


def mcnemar_p(first_only: int, second_only: int) -> float:
    """Return the two-sided p-value; 1 if no question tells the models apart.

    Args:
        first_only: Questions that only the first model got right.
        second_only: Questions that only the second one got right.
    """
    count = first_only + second_only
    ways = sum(math.comb(count, heads) for heads in range(min(first_only, second_only) + 1))
    return min(1.0, ways / (1 << max(count - 1, 0)))
