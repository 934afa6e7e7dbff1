"""Sums up how one contender did: how right it was, and what its answers cost."""

import statistics
from collections.abc import Iterable, Sequence

from large_enough.comparison.run_matrix import NOT_ANSWERED_YET, Square, status_of
from large_enough.comparison.verdict_basis import Basis
from large_enough.comparison.verdict_costs import costs_of
from large_enough.domain.costing import Costing
from large_enough.domain.generation import Timing
from large_enough.domain.grade import ANSWERED, GradeStatus
from large_enough.domain.interval import ShareInterval
from large_enough.domain.pack import PackItem
from large_enough.domain.pack_run import NOT_ANSWERED, Cell
from large_enough.domain.quantity import Quantity, Unavailable, ratio, total
from large_enough.domain.verdict import Standing
from large_enough.stats.clusters import clustered_share

SLOWEST_TENTH = 0.9


def standing_of(basis: Basis, letter: str, costing: Costing) -> Standing:
    """Return how a contender did."""
    cells = basis.cells(letter)
    timings = [cell.timing for cell in cells if isinstance(cell.timing, Timing)]
    missing = _why_not_timed(cells)
    judged = [cell for cell in cells if not isinstance(cell.score, Unavailable)]
    answered = [cell.score for cell in judged if status_of(cell) in ANSWERED]
    times = [timing.total_s for timing in timings]
    return Standing(
        letter=letter,
        accuracy=accuracy(basis, letter, basis.items),
        accuracy_on_answered=_mean(answered, NOT_ANSWERED_YET),
        statuses=counted(status_of(cell) for cell in cells),
        answer_count=len(cells),
        judged_count=len(judged),
        right_points=sum(_known(cell.score for cell in judged)),
        median_s=statistics.median(times) if times else missing,
        p90_s=quantile(times, SLOWEST_TENTH) if times else missing,
        first_token_s=_median([timing.first_token_s for timing in timings], missing),
        tokens_per_s=_median([timing.generation_tokens_per_s for timing in timings], missing),
        characters_per_s=_characters_per_s(timings, missing),
        answer_tokens=_mean([cell.answer_token_count for cell in cells], NOT_ANSWERED),
        answer_characters=_mean([len(cell.text) for cell in cells], NOT_ANSWERED),
        costs=costs_of(cells, basis.energies, costing),
    )


def accuracy(basis: Basis, letter: str, items: Sequence[PackItem]) -> ShareInterval | Unavailable:
    """Return how right a contender was on these questions; those not judged are left out.

    A question with repeats counts once, with its mean score.
    """
    groups: dict[str, list[float]] = {}
    for item in items:
        score = _square(basis, letter, item).score
        if not isinstance(score, Unavailable):
            groups.setdefault(item.cluster, []).append(score)
    return clustered_share(groups)


def counted(statuses: Iterable[GradeStatus]) -> dict[GradeStatus, int]:
    """Return how often each status occurred; only those that did."""
    found = list(statuses)
    return {status: found.count(status) for status in GradeStatus if status in found}


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that so many of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def _square(basis: Basis, letter: str, item: PackItem) -> Square:
    return basis.matrix.row(item.id).square(letter)


def _why_not_timed(cells: Sequence[Cell]) -> Unavailable:
    reasons = (cell.timing for cell in cells if isinstance(cell.timing, Unavailable))
    return next(reasons, NOT_ANSWERED_YET)


def _characters_per_s(timings: Sequence[Timing], missing: Unavailable) -> Quantity:
    """Return the characters of all answers over the time in which they were generated."""
    known = [
        (timing.character_count, timing.decode_s)
        for timing in timings
        if not isinstance(timing.characters_per_s, Unavailable)
    ]
    if not known:
        return next((timing.characters_per_s for timing in timings), missing)
    characters = sum(count for count, _decode_s in known)
    return ratio(float(characters), total([decode_s for _count, decode_s in known]))


def _median(values: Sequence[Quantity], missing: Unavailable) -> Quantity:
    known = _known(values)
    return statistics.median(known) if known else _first_reason(values, missing)


def _mean(values: Sequence[Quantity], missing: Unavailable) -> Quantity:
    known = _known(values)
    return statistics.fmean(known) if known else _first_reason(values, missing)


def _first_reason(values: Sequence[Quantity], missing: Unavailable) -> Unavailable:
    return next((value for value in values if isinstance(value, Unavailable)), missing)


def _known(values: Iterable[Quantity]) -> list[float]:
    return [value for value in values if not isinstance(value, Unavailable)]
