"""Chooses how the limits of a paired difference are computed, and computes them.

Where every score is 0 or 1, Tango's limits: of the questions, or of the effective number of them
where questions go together in groups. Where there are parts of points, the studentised bootstrap
over questions (or groups).

With few of those, or with few that differ at all, the bootstrap cannot be trusted: over 20 groups
up to 23 % of its claims are false. Then questions that stand alone are judged by betting limits,
which are exact. Of a few groups those would never settle anything; so these are judged by Tango's
limits of the effective number, in which a part of a point counts as that part of a question: false
in at most 4 % of simulated cases.
"""

from collections.abc import Mapping, Sequence

import msgspec

from large_enough.domain.interval import Limits, MeanInterval
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Method
from large_enough.stats.betting import betting_limits
from large_enough.stats.clusters import clustered_limits, design_effect
from large_enough.stats.resampling import paired_mean
from large_enough.stats.tango import ONE_SIDED_CONFIDENCE, tango_limits

FEWEST_TO_DRAW = 40
"""With fewer questions (or groups) the bootstrap's limits are too narrow."""
FEWEST_THAT_DIFFER = 10
"""The same with fewer that differ at all."""


class PairedDifference(msgspec.Struct, frozen=True, kw_only=True):
    """A difference between two models, how sure it is, and by what method."""

    limits: Limits
    method: Method
    question_count: int
    group_count: int
    effective_count: float
    """So many unrelated questions would say as much."""
    spread: float
    """Sum of the squared differences: the discordant questions where scores are 0 or 1."""

    @property
    def design_effect(self) -> float:
        """Questions over effective questions."""
        return self.question_count / self.effective_count


def paired_difference(
    differences: Mapping[str, Sequence[float]], *, has_parts: bool = False
) -> PairedDifference:
    """Return the difference of two models over the same questions.

    Args:
        differences: By group: for each question the score of the first model minus that of the
            second one, -1 to 1.
        has_parts: Whether any of the scores is a part of a point.

    Raises:
        ValueError: There are no questions.
    """
    groups = [tuple(group) for group in differences.values() if group]
    values = [value for group in groups for value in group]
    if not values:
        message = "there are no questions"
        raise ValueError(message)
    effect = design_effect(groups, sum(values) / len(values))
    limits, method = _of_parts(groups) if has_parts else _of_points(groups)
    return PairedDifference(
        limits=limits,
        method=method,
        question_count=len(values),
        group_count=len(groups),
        effective_count=len(values) / effect,
        spread=sum(value * value for value in values),
    )


def _of_points(groups: Sequence[Sequence[float]]) -> tuple[Limits, Method]:
    if any(len(group) > 1 for group in groups):
        return _clustered(groups), Method.GROUPED
    first, second = (sum(sign * group[0] > 0 for group in groups) for sign in (1, -1))
    return tango_limits(first, second, len(groups)), Method.SINGLE


def _of_parts(groups: Sequence[Sequence[float]]) -> tuple[Limits, Method]:
    drawn = _drawn(groups)
    if drawn is not None:
        return drawn, Method.PARTIAL
    if any(len(group) > 1 for group in groups):
        return _clustered(groups), Method.GROUPED
    return betting_limits([group[0] for group in groups]), Method.BETTING


def _clustered(groups: Sequence[Sequence[float]]) -> Limits:
    return clustered_limits({str(place): group for place, group in enumerate(groups)}).limits


def _drawn(groups: Sequence[Sequence[float]]) -> Limits | None:
    """Return the bootstrap's limits; None where they cannot be trusted.

    The mean over questions is a ratio of two sums over groups; each group stands for the mean plus
    its share in the ratio's error (the linearised ratio estimator).
    """
    count, size = sum(map(len, groups)), len(groups)
    mean = sum(map(sum, groups)) / count
    parts = [mean + (sum(group) - len(group) * mean) * size / count for group in groups]
    differing = sum(any(group) for group in groups)
    if size < FEWEST_TO_DRAW or differing < FEWEST_THAT_DIFFER:
        return None
    found = paired_mean(parts, confidence=2 * ONE_SIDED_CONFIDENCE - 1)
    if isinstance(found, Unavailable):
        return None
    return _limits(mean, found)


def _limits(mean: float, found: MeanInterval) -> Limits:
    return Limits(
        difference=mean,
        low=max(-1.0, found.low),
        high=min(1.0, found.high),
        confidence=ONE_SIDED_CONFIDENCE,
    )
