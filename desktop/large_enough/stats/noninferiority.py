"""Decides whether a small model is large enough: worse by less than a margin set beforehand.

The hypothesis to be refuted is that the small model is worse by the margin or more. It is refuted
when the lower limit of the difference lies above minus the margin. Both outcomes use one-sided
95 % limits, so that the drawn interval (90 %) and the sentence never disagree.
"""

import math
from statistics import NormalDist

from large_enough.domain.interval import Limits
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.verdict import Decision, Outcome
from large_enough.stats.tango import ONE_SIDED_CONFIDENCE

WANTED_POWER = 0.80
"""Chance that the questions advised will settle the matter."""

WILL_NOT_HELP = Unavailable(reason="more questions are unlikely to change this")
SETTLED = Unavailable(reason="the matter is settled")


def decide(limits: Limits, margin: float, *, count: float, discordant: float) -> Decision:
    """Return what the limits of (small - large) mean.

    Args:
        limits: Of the difference of accuracies.
        margin: Above 0; set before the run.
        count: Questions asked.
        discordant: Questions that exactly one of the models got right.

    Raises:
        ValueError: The margin is not above 0.
    """
    if margin <= 0:
        message = f"a margin of {margin} leaves nothing to show"
        raise ValueError(message)
    outcome = _outcome(limits, margin)
    more: Count = SETTLED
    if outcome in {Outcome.NOT_SETTLED, Outcome.MEASURABLY_WORSE}:
        more = more_questions(limits.difference, margin, count=count, discordant=discordant)
        if not isinstance(more, Unavailable):
            more = max(more, _until_narrow(limits, margin, count))
    return Decision(outcome=outcome, margin=margin, limits=limits, more_questions=more)


def more_questions(difference: float, margin: float, *, count: float, discordant: float) -> Count:
    """Return about how many more questions would probably show that the small one is enough.

    The usual formula for a paired difference: N = (z of the level + z of the power)^2 (share of
    discordant questions - difference^2) / (margin + difference)^2, with what was found so far put
    in for what is not known.
    """
    if difference <= -margin or count <= 0:
        return WILL_NOT_HELP
    z = NormalDist().inv_cdf(ONE_SIDED_CONFIDENCE) + NormalDist().inv_cdf(WANTED_POWER)
    share = max(discordant / count, 1 / count)  # 0 of n does not mean that it never happens
    wanted = z * z * (share - difference**2) / (margin + difference) ** 2
    return max(math.ceil(wanted - count), 1)


def _until_narrow(limits: Limits, margin: float, count: float) -> int:
    """Return with how many more questions these limits would be narrow enough.

    Limits narrow with the root of the number. It matters where limits are wider than the formula
    above knows of, because nothing is assumed of the scores.
    """
    times = (limits.difference - limits.low) / (margin + limits.difference)
    return math.ceil(count * times**2 - count)


def _outcome(limits: Limits, margin: float) -> Outcome:
    if limits.low > -margin:
        return Outcome.LARGE_ENOUGH
    if limits.high < -margin:
        return Outcome.LARGE_IS_BETTER
    if limits.high < 0:
        return Outcome.MEASURABLY_WORSE
    return Outcome.NOT_SETTLED
