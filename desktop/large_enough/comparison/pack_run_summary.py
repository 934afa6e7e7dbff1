"""Sums a run up: how right each contender was, at what cost, and where contenders differ."""

import itertools
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from large_enough.comparison.run_matrix import RunMatrix, status_of
from large_enough.domain.energy import Energy
from large_enough.domain.energy_use import headline
from large_enough.domain.generation import Timing
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import NOT_ANSWERED, Cell, PackRunRecord
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable, ratio
from large_enough.domain.resource_use import ResourceUse

NONE_RIGHT = Unavailable(reason="no answer was right")
SLOWEST_TENTH = 0.9


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
    matrix = RunMatrix(record.plan, record.cells)
    energies = _energies(record.cells)
    return tuple(
        _summary(record, matrix, contender.letter, energies) for contender in record.plan.contenders
    )


def pair_counts(record: PackRunRecord) -> tuple[PairCount, ...]:
    """Return how contenders did on the same items, the smaller model first in each pair."""
    matrix = RunMatrix(record.plan, record.cells)
    pairs = itertools.combinations(matrix.letters, 2)
    return tuple(_pair(matrix, first, second) for first, second in pairs)


def _summary(
    record: PackRunRecord,
    matrix: RunMatrix,
    letter: str,
    energies: Mapping[int, Energy | Unavailable],
) -> ContenderSummary:
    cells = [cell for cell in record.cells if cell.key.letter == letter]
    total = matrix.total(letter)
    right_count = sum(status_of(cell) is GradeStatus.CORRECT for cell in cells)
    times = [cell.timing.total_s for cell in cells if isinstance(cell.timing, Timing)]
    used = [energies[id(cell)] for cell in cells if id(cell) in energies]
    joules = [energy.energy_j for energy in used if isinstance(energy, Energy)]
    energy_j = _mean(joules, _first_reason(used, cells))
    no_times = _first_reason([cell.timing for cell in cells], cells)
    return ContenderSummary(
        letter=letter,
        name=record.plan.contender(letter).card.name,
        cell_count=len(cells),
        missing_count=len(record.plan.item_ids) * record.plan.settings.repeats - len(cells),
        judged_count=total.answer_count,
        accuracy=total.accuracy,
        accuracy_on_answered=total.accuracy_on_answered,
        statuses=_counted(status_of(cell) for cell in cells),
        median_s=statistics.median(times) if times else no_times,
        p90_s=_quantile(times, SLOWEST_TENTH) if times else no_times,
        per_right_s=_per_right(sum(times) if times else no_times, right_count),
        energy_j=energy_j,
        per_right_j=_per_right(_times(energy_j, len(times)), right_count),
        energy_quality=_worst([one.quality for one in used if isinstance(one, Energy)]),
        answer_tokens=_mean(_known(cell.answer_token_count for cell in cells), NOT_ANSWERED),
        prompt_tokens=_mean(_known(cell.prompt_token_count for cell in cells), NOT_ANSWERED),
    )


def _pair(matrix: RunMatrix, first: str, second: str) -> PairCount:
    groups: dict[tuple[bool, bool], list[str]] = {}
    for row in matrix.rows:
        squares = row.square(first), row.square(second)
        is_judged = not any(isinstance(square.score, Unavailable) for square in squares)
        if is_judged and row.is_complete((first, second)):
            outcome = squares[0].is_right, squares[1].is_right
            groups.setdefault(outcome, []).append(row.item.id)

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


def _energies(cells: Sequence[Cell]) -> Mapping[int, Energy | Unavailable]:
    """Return the energy that stands for each answer: of the same parts and kind for all."""
    uses = {
        str(index): cell.resources.energy
        for index, cell in enumerate(cells)
        if isinstance(cell.resources, ResourceUse)
    }
    if not uses:
        return {}
    chosen = headline(uses).energies
    return {id(cells[int(index)]): energy for index, energy in chosen.items()}


def _per_right(sum_of_all: Quantity, right_count: int) -> Quantity:
    return ratio(sum_of_all, float(right_count)) if right_count else NONE_RIGHT


def _times(quantity: Quantity, count: int) -> Quantity:
    """Return the sum over so many answers of which the mean is known."""
    return quantity if isinstance(quantity, Unavailable) else quantity * count


def _counted(statuses: Iterable[GradeStatus]) -> dict[GradeStatus, int]:
    found = list(statuses)
    return {status: found.count(status) for status in GradeStatus if status in found}


def _known(counts: Iterable[int | Unavailable]) -> list[float]:
    return [float(count) for count in counts if not isinstance(count, Unavailable)]


def _mean(values: Sequence[float], missing: Unavailable) -> Quantity:
    return statistics.fmean(values) if values else missing


def _quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that so many of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def _first_reason(values: Iterable[object], cells: Sequence[Cell]) -> Unavailable:
    for value in values:
        if isinstance(value, Unavailable):
            return value
    for cell in cells:
        if isinstance(cell.resources, Unavailable):
            return cell.resources
    return NOT_ANSWERED


def _worst(qualities: Sequence[NumberQuality]) -> NumberQuality:
    order: Callable[[NumberQuality], int] = list(NumberQuality).index
    return max(qualities, key=order, default=NumberQuality.NOT_AVAILABLE)
