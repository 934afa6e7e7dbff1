"""Weighs evidence while a run goes on, so that one may look at any time and stop at any time.

Looking after every question and stopping at the first "significant" moment is wrong in more than
20 % of cases instead of 5. Test martingales are not: under the hypothesis to be refuted their mean
never rises, so the chance that one ever reaches 20 is at most 1 in 20 (Ville's inequality).

Large enough: a bettor stakes fixed shares of a wealth of 1 on each question going better for the
small model than the margin says (I. Waudby-Smith and A. Ramdas, JRSS-B 86, 2024).
Different: the discordant questions are coins; the martingale is the mean of the likelihood ratios
over all biases of the coin.

Questions of one kind tend to go the same way, and then neither is a martingale any more: with 20
templates of 5 questions that go together, 15 % of such claims are false. So each question counts
for as much less as the design effect of those so far says (`stats.clusters`). In simulations of
the same kind that leaves at most 2 % of false claims; where every question stands alone nothing
changes.
"""

import math
from collections.abc import Sequence

import numpy as np

from large_enough.stats.clusters import growing_effects

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
    return grouped_enough(differences, margin, [str(place) for place in range(len(differences))])


def grouped_enough(
    differences: Sequence[float], margin: float, clusters: Sequence[str]
) -> tuple[float, ...]:
    """Return the same where questions go together.

    Args:
        differences: As above.
        margin: As above.
        clusters: For each question, which group it belongs to.
    """
    if not differences:
        return ()
    effects = np.asarray(growing_effects(differences, clusters))
    gains = (np.asarray(differences, dtype=float) + margin) / (1 - margin)
    stakes = np.asarray(STAKES)[:, np.newaxis]
    logarithms = np.cumsum(np.log1p(stakes * np.maximum(gains, -1.0)), axis=1)
    return tuple(float(value) for value in np.exp(logarithms / effects).mean(axis=0))


def evidence_of_difference(first_only: float, second_only: float) -> float:
    """Return the evidence that two models differ: B(b + 1, c + 1) 2^(b + c), B the beta function.

    Args:
        first_only: Questions that only the first model got right, so far. Not whole where questions
            that go together count for less than one.
        second_only: Questions that only the second one got right, so far.
    """
    b, c = first_only, second_only
    return math.exp(
        math.lgamma(b + 1) + math.lgamma(c + 1) - math.lgamma(b + c + 2) + (b + c) * math.log(2)
    )


def grouped_difference(signs: Sequence[int], clusters: Sequence[str]) -> tuple[float, ...]:
    """Return the evidence that two models differ, after each question.

    Args:
        signs: In the order in which the questions were asked: 1 if only the first model got it
            right, -1 if only the second one did, 0 otherwise.
        clusters: For each question, which group it belongs to.
    """
    first = second = 0
    found = []
    for sign, effect in zip(signs, growing_effects(signs, clusters), strict=True):
        first, second = first + (sign > 0), second + (sign < 0)
        found.append(evidence_of_difference(first / effect, second / effect))
    return tuple(found)
