"""Sums a run up: how right each contender was, at what cost, and where contenders differ."""

import itertools
import statistics

import msgspec

from large_enough.comparison.verdict_basis import Basis, basis_of
from large_enough.comparison.verdict_standings import standing_of
from large_enough.domain.costing import Costing
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import NOT_ANSWERED, PackRunRecord
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.domain.round import Contender
from large_enough.domain.verdict import CostMeasure


class ContenderSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One contender's run in figures."""

    letter: str
    name: str
    cell_count: int
    """Answers on record."""
    missing_count: int
    """Answers that it has not given yet."""
    judged_count: int
    """Answers with a score: those that people must still judge are left out."""
    accuracy: Quantity
    """Mean score, 0 to 1; every failure counts 0."""
    accuracy_on_answered: Quantity
    """Mean score of those in which an answer was found."""
    statuses: dict[GradeStatus, int]
    """How many answers ended in which way; only what occurred."""
    median_s: Quantity
    """Time of an answer, from the question's arrival to the end."""
    p90_s: Quantity
    """Nine answers in ten took no longer."""
    per_right_s: Quantity
    """Time of all answers for each right one."""
    energy_j: Quantity
    """Energy of an answer, mean of those that have one."""
    per_right_j: Quantity
    """Energy of all answers for each right one."""
    energy_quality: NumberQuality
    answer_tokens: Quantity
    """Tokens of an answer, mean, thoughts included."""
    prompt_tokens: Quantity
    """Tokens of a question, mean."""


class PairCount(msgspec.Struct, frozen=True, kw_only=True):
    """How two contenders did on the same items. Right means: full score in all repeats.

    Items that a person must still judge are left out.
    """

    first: str
    second: str
    both: tuple[str, ...]
    """Items that both got right."""
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    neither: tuple[str, ...]


def summaries(record: PackRunRecord) -> tuple[ContenderSummary, ...]:
    """Return the figures of all contenders, in the order in which they joined."""
    basis = basis_of(record)
    return tuple(_summary(basis, contender) for contender in record.plan.contenders)


def pair_counts(record: PackRunRecord) -> tuple[PairCount, ...]:
    """Return how contenders did on the same items, the smaller model first in each pair."""
    basis = basis_of(record)
    return tuple(_pair(basis, *two) for two in itertools.combinations(basis.letters, 2))


def _summary(basis: Basis, contender: Contender) -> ContenderSummary:
    letter = contender.letter
    standing = standing_of(basis, letter, Costing())
    time, energy = standing.costs[CostMeasure.TIME], standing.costs[CostMeasure.ENERGY]
    prompts = [cell.prompt_token_count for cell in basis.cells(letter)]
    known = [float(count) for count in prompts if not isinstance(count, Unavailable)]
    return ContenderSummary(
        letter=letter,
        name=contender.card.name,
        cell_count=standing.answer_count,
        missing_count=len(basis.items) * basis.plan.settings.repeats - standing.answer_count,
        judged_count=standing.judged_count,
        accuracy=basis.matrix.total(letter).accuracy,
        accuracy_on_answered=standing.accuracy_on_answered,
        statuses=standing.statuses,
        median_s=standing.median_s,
        p90_s=standing.p90_s,
        per_right_s=time.per_right,
        energy_j=energy.per_answer,
        per_right_j=energy.per_right,
        energy_quality=energy.quality,
        answer_tokens=standing.answer_tokens,
        prompt_tokens=statistics.fmean(known) if known else NOT_ANSWERED,
    )


def _pair(basis: Basis, first: str, second: str) -> PairCount:
    groups: dict[tuple[bool, bool], list[str]] = {}
    for each in basis.paired_items(first, second):
        outcome = each.is_small_right, each.is_large_right
        groups.setdefault(outcome, []).append(each.item.id)

    def group(*outcome: bool) -> tuple[str, ...]:
        return tuple(groups.get((outcome[0], outcome[1]), ()))

    return PairCount(
        first=first,
        second=second,
        both=group(True, True),
        only_first=group(True, False),
        only_second=group(False, True),
        neither=group(False, False),
    )
