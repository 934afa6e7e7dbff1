"""Gives the interval of a share: how many of n questions are answered rightly.

Wilson's score interval (E. B. Wilson, JASA 22, 1927), which holds its level for the few dozen
questions of a workshop, where the usual standard error does not (Bowyer, Aitchison and Ivanova,
ICML 2025).
"""

import math
from statistics import NormalDist

from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import Unavailable

NO_QUESTIONS = Unavailable(reason="no questions were answered")


def wilson_interval(
    points: float, count: float, confidence: float = 0.95
) -> ShareInterval | Unavailable:
    """Return the share of points with its interval.

    Args:
        points: Sum of scores of 0 to 1; parts of a point may be among them, which makes the
            interval a little too wide, never too narrow (a score of 0 or 1 varies most).
        count: Number of scores; not whole where scores that go together count for less than one.
        confidence: Probability with which such an interval holds the true share.

    Raises:
        ValueError: There are more points than scores, or fewer than none.
    """
    if not 0 <= points <= count + 1e-9:
        message = f"{points} points of {count}"
        raise ValueError(message)
    if count == 0:
        return NO_QUESTIONS
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = min(1.0, points / count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    middle, scale = share + z * z / (2 * count), 1 + z * z / count
    return ShareInterval(
        share=share,
        low=min(share, max(0.0, (middle - spread) / scale)),
        high=max(share, min(1.0, (middle + spread) / scale)),
        confidence=confidence,
        count=round(count),
    )
