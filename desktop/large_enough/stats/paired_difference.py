"""Chooses how the limits of a paired difference are computed, and computes them.

Where every score is 0 or 1, Tango's limits: of the questions, or of the effective number of them
where questions go together in groups. Where there are parts of points, the studentised bootstrap
over questions (or groups), and the betting limits where it cannot be trusted: with few of them, or
with few that differ at all.
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
    is_grouped = len(groups) < len(values)
    limits, method = _of_parts(groups) if has_parts else _of_points(groups, values, is_grouped)
    return PairedDifference(
        limits=limits,
        method=method,
        question_count=len(values),
        group_count=len(groups),
        effective_count=len(values) / effect,
        spread=sum(value * value for value in values),
    )


def _of_points(
    groups: Sequence[Sequence[float]], values: Sequence[float], is_grouped: bool
) -> tuple[Limits, Method]:
    if is_grouped:
        signs = {str(place): [round(one) for one in group] for place, group in enumerate(groups)}
        return clustered_limits(signs).limits, Method.GROUPED
    first, second = sum(value > 0 for value in values), sum(value < 0 for value in values)
    return tango_limits(first, second, len(values)), Method.SINGLE


def _of_parts(groups: Sequence[Sequence[float]]) -> tuple[Limits, Method]:
    drawn = _drawn(groups)
    return (_by_betting(groups), Method.BETTING) if drawn is None else (drawn, Method.PARTIAL)


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


def _by_betting(groups: Sequence[Sequence[float]]) -> Limits:
    """Return the limits with a group as one bet: its sum over the size of the largest group."""
    largest, count = max(map(len, groups)), sum(map(len, groups))
    found = betting_limits([sum(group) / largest for group in groups])
    scale = largest * len(groups) / count
    return Limits(
        difference=sum(map(sum, groups)) / count,
        low=max(-1.0, found.low * scale),
        high=min(1.0, found.high * scale),
        confidence=found.confidence,
    )
