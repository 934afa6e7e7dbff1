"""Weighs evidence while a run goes on, so that one may look at any time and stop at any time.

Looking after every question and stopping at the first "significant" moment is wrong in more than
20 % of cases instead of 5. Test martingales are not: under the hypothesis to be refuted their mean
never rises, so the chance that one ever reaches 20 is at most 1 in 20 (Ville's inequality).

Large enough: a bettor stakes fixed shares of a wealth of 1 on each question going better for the
small model than the margin says (I. Waudby-Smith and A. Ramdas, JRSS-B 86, 2024).
Different: the discordant questions are coins; the martingale is the mean of the likelihood ratios
over all biases of the coin.
"""

import math
from collections.abc import Sequence

import numpy as np

STAKES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8)
"""Shares of the wealth that are staked, each by a bettor of its own; the wealth is their mean."""
ENOUGH_EVIDENCE = 20.0
"""From here on a claim may be made: 1 over the 5 % that it may be wrong."""


def wealth_for_enough(differences: Sequence[float], margin: float) -> tuple[float, ...]:
    """Return the evidence that the small model is large enough, after each question.

    Args:
        differences: Score of the small model minus that of the large one, each -1 to 1, in the
            order in which the questions were asked.
        margin: Above 0 and below 1.
    """
    if not differences:
        return ()
    gains = (np.asarray(differences, dtype=float) + margin) / (1 - margin)
    stakes = np.asarray(STAKES)[:, np.newaxis]
    logarithms = np.cumsum(np.log1p(stakes * np.maximum(gains, -1.0)), axis=1)
    return tuple(float(value) for value in np.exp(logarithms).mean(axis=0))


def evidence_of_difference(first_only: int, second_only: int) -> float:
    """Return the evidence that two models differ: B(b + 1, c + 1) 2^(b + c), B the beta function.

    Args:
        first_only: Questions that only the first model got right, so far.
        second_only: Questions that only the second one got right, so far.
    """
    b, c = first_only, second_only
    return math.exp(
        math.lgamma(b + 1) + math.lgamma(c + 1) - math.lgamma(b + c + 2) + (b + c) * math.log(2)
    )
