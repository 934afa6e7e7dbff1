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

from large_enough.domain.interval import Limits, ShareInterval
from large_enough.domain.quantity import Unavailable
from large_enough.stats.tango import ONE_SIDED_CONFIDENCE, tango_limits
from large_enough.stats.wilson import NO_QUESTIONS, wilson_interval

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
    differences: Mapping[str, Sequence[float]], confidence: float = ONE_SIDED_CONFIDENCE
) -> ClusteredLimits:
    """Return the limits of the difference between two models over grouped questions.

    Args:
        differences: By group: for each question 1 if only the first model got it right, -1 if only
            the second one did, 0 otherwise. Parts of points count as parts of a question, which
            makes the limits a little too wide, never too narrow (whole points vary most).
        confidence: Of each limit alone.

    Raises:
        ValueError: There are no questions.
    """
    groups = [tuple(group) for group in differences.values() if group]
    count = sum(map(len, groups))
    if not count:
        message = "there are no questions"
        raise ValueError(message)
    first_only = sum(max(value, 0) for group in groups for value in group)
    second_only = sum(max(-value, 0) for group in groups for value in group)
    effect = design_effect(groups, (first_only - second_only) / count)
    return ClusteredLimits(
        limits=tango_limits(first_only / effect, second_only / effect, count / effect, confidence),
        group_count=len(groups),
        effective_count=count / effect,
        design_effect=effect,
    )


def clustered_share(
    scores: Mapping[str, Sequence[float]], confidence: float = 0.95
) -> ShareInterval | Unavailable:
    """Return the share of points over grouped questions: Wilson's interval of the effective number.

    Args:
        scores: By group: for each question its score, 0 to 1.
        confidence: Of the interval.
    """
    groups = [tuple(group) for group in scores.values() if group]
    count, points = sum(map(len, groups)), sum(map(sum, groups))
    if not count:
        return NO_QUESTIONS
    effect = design_effect(groups, points / count)
    found = wilson_interval(min(points, count) / effect, count / effect, confidence)
    if isinstance(found, Unavailable):
        return found
    return msgspec.structs.replace(found, count=count)


def design_effect(groups: Sequence[Sequence[float]], difference: float) -> float:
    """Return by what factor the variance of groups is above that of single questions.

    Args:
        groups: Numbers of the questions of each, none of them empty.
        difference: The mean of all.
    """
    sums = _Sums()
    for place, group in enumerate(groups):
        for value in group:
            sums.add(str(place), value)
    return sums.effect(difference)


def growing_effects(values: Sequence[float], clusters: Sequence[str]) -> tuple[float, ...]:
    """Return the design effect of the first questions, after each question.

    Args:
        values: Of the questions, in the order in which they were asked.
        clusters: The group of each.
    """
    sums, effects = _Sums(), []
    for value, cluster in zip(values, clusters, strict=True):
        sums.add(cluster, value)
        effects.append(sums.effect(sums.total / sums.count))
    return tuple(effects)


class _Sums:
    """What the design effect is computed from, question by question."""

    def __init__(self) -> None:
        self.count = 0
        self.total = 0.0
        self._groups: dict[str, tuple[int, float]] = {}
        self._squares = 0.0
        self._of_counts = 0
        """Sum of the squared numbers of questions in a group."""
        self._of_sums = 0.0
        self._of_both = 0.0

    def add(self, cluster: str, value: float) -> None:
        """Take in a question."""
        count, sum_ = self._groups.get(cluster, (0, 0.0))
        self._groups[cluster] = count + 1, sum_ + value
        self.count += 1
        self.total += value
        self._squares += value * value
        self._of_counts += 2 * count + 1
        self._of_sums += (2 * sum_ + value) * value
        self._of_both += sum_ + (count + 1) * value

    def effect(self, mean: float) -> float:
        """Return the design effect of all questions so far."""
        group_count = len(self._groups)
        if group_count < 2:
            return float(self.count)  # one group counts as one question
        if group_count == self.count:
            return 1.0
        usual_size = self._of_counts / self.count  # of the group that a question is in
        of_groups = self._of_sums - 2 * mean * self._of_both + mean * mean * self._of_counts
        of_groups *= group_count / (group_count - 1)
        of_single = self._squares - 2 * mean * self.total + mean * mean * self.count
        return max(
            1.0,
            (max(of_groups, 0.0) + PSEUDO_GROUPS * usual_size**2)
            / (max(of_single, 0.0) + PSEUDO_GROUPS * usual_size),
        )
