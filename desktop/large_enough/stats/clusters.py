"""Takes into account that questions of one kind tend to be right or wrong together.

A hundred questions made from twenty templates say less than a hundred unrelated ones. How much less
is estimated from the data: the variance of the sums of whole groups over the variance that single
questions would have is the design effect; the questions count for that many times less (Kish,
Survey Sampling, 1965), and Tango's limits are taken of the smaller numbers.

With few groups, and few questions that only one model gets, the estimate alone would be too bold:
where no model is better anywhere it would be 0 / 0. So half of a group in which all questions go
against the small model is added to both variances. Simulated at the margin, over 10 to 40 groups of
3 to 5 questions with any likeness within them, that keeps false claims of "large enough" at or
below 5.6 %; without likeness they are rarer, and claims of any kind need more questions.
"""

from collections.abc import Mapping, Sequence

import msgspec

from large_enough.domain.interval import Limits
from large_enough.stats.tango import ONE_SIDED_CONFIDENCE, tango_limits

PSEUDO_GROUPS = 0.5
"""Groups that are added to both variances (our choice; see above)."""
FEWEST_GROUPS = 10
"""With fewer the result is shown with a warning."""


class ClusteredLimits(msgspec.Struct, frozen=True, kw_only=True, tag="clustered_limits"):
    """Limits of a difference, and how much the questions say."""

    limits: Limits
    group_count: int
    effective_count: float
    """So many unrelated questions would say as much."""
    design_effect: float
    """Questions over effective questions, at least 1."""


def clustered_limits(
    differences: Mapping[str, Sequence[int]], confidence: float = ONE_SIDED_CONFIDENCE
) -> ClusteredLimits:
    """Return the limits of the difference between two models over grouped questions.

    Args:
        differences: By group: for each question 1 if only the first model got it right, -1 if only
            the second one did, 0 otherwise.
        confidence: Of each limit alone.

    Raises:
        ValueError: There are no questions.
    """
    groups = [tuple(group) for group in differences.values() if group]
    count = sum(map(len, groups))
    if not count:
        message = "there are no questions"
        raise ValueError(message)
    first_only = sum(value > 0 for group in groups for value in group)
    second_only = sum(value < 0 for group in groups for value in group)
    effect = _design_effect(groups, (first_only - second_only) / count)
    return ClusteredLimits(
        limits=tango_limits(first_only / effect, second_only / effect, count / effect, confidence),
        group_count=len(groups),
        effective_count=count / effect,
        design_effect=effect,
    )


def _design_effect(groups: Sequence[Sequence[int]], difference: float) -> float:
    """Return by what factor the variance of groups is above that of single questions."""
    group_count = len(groups)
    if group_count < 2:
        return float(sum(map(len, groups)))  # one group counts as one question
    usual_size = sum(map(len, groups)) / group_count
    if usual_size == 1:
        return 1.0
    of_groups = sum((sum(group) - len(group) * difference) ** 2 for group in groups)
    of_groups *= group_count / (group_count - 1)
    of_single = sum((value - difference) ** 2 for group in groups for value in group)
    return max(
        1.0,
        (of_groups + PSEUDO_GROUPS * usual_size**2) / (of_single + PSEUDO_GROUPS * usual_size),
    )
