"""Notes what to know about a run's answers and their grades."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from large_enough.comparison.run_matrix import status_of
from large_enough.comparison.verdict_basis import Basis
from large_enough.domain.grade import GradeStatus
from large_enough.domain.interval import ShareInterval
from large_enough.domain.pack_run import Cell
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.verdict import Remark, RemarkKind, Standing
from large_enough.packs.chance import chance_level

FORMAT_FAILURES = (GradeStatus.NO_ANSWER, GradeStatus.TRUNCATED, GradeStatus.EMPTY)
MOST_FORMAT_FAILURES = 0.05
"""With a larger share of them a result says more about the form than about the answers."""


def answer_remarks_of(basis: Basis, standings: Mapping[str, Standing]) -> Iterator[Remark]:
    """Return what to know about the answers; by contender where facts differ."""
    yield from _counted(basis, RemarkKind.WAITING, _is_waiting)
    yield from _counted(basis, RemarkKind.BY_HAND, lambda cell: cell.hand_grade is not None)
    yield from _chance(basis, standings)
    for letter, standing in standings.items():
        yield from _format(letter, standing)
        yield from _repeats(basis, letter)


def chance_of(basis: Basis) -> Quantity:
    """Return what guessing gives on the questions asked.

    The pack's own figure where all its questions were asked and it has one.
    """
    pack = basis.plan.pack
    is_whole = len(basis.items) == len(pack.graded_items)
    if is_whole and not isinstance(pack.chance, Unavailable):
        return pack.chance
    return chance_level(msgspec.structs.replace(pack, items=basis.items))


def _counted(basis: Basis, kind: RemarkKind, is_so: Callable[[Cell], bool]) -> Iterator[Remark]:
    counts = {letter: sum(map(is_so, basis.cells(letter))) for letter in basis.letters}
    letters = tuple(letter for letter, count in counts.items() if count)
    if letters:
        yield Remark(kind=kind, letters=letters, facts={"count": sum(counts.values())})


def _is_waiting(cell: Cell) -> bool:
    return status_of(cell) is GradeStatus.NEEDS_HUMAN


def _chance(basis: Basis, standings: Mapping[str, Standing]) -> Iterator[Remark]:
    chance = chance_of(basis)
    if isinstance(chance, Unavailable):
        return
    guessing = tuple(
        letter
        for letter, standing in standings.items()
        if isinstance(standing.accuracy, ShareInterval)
        and standing.accuracy.low <= chance <= standing.accuracy.high
    )
    if guessing:
        yield Remark(kind=RemarkKind.CHANCE, letters=guessing, facts={"chance": chance})


def _format(letter: str, standing: Standing) -> Iterator[Remark]:
    failed = sum(standing.statuses.get(status, 0) for status in FORMAT_FAILURES)
    if failed > MOST_FORMAT_FAILURES * standing.judged_count:
        facts = {"share": failed / standing.judged_count}
        yield Remark(kind=RemarkKind.MOSTLY_FORMAT, letters=(letter,), facts=facts)


def _repeats(basis: Basis, letter: str) -> Iterator[Remark]:
    """Tell for how many of the questions that were repeated the grades agree, if not for all."""
    repeated = [cells for cells in basis.answers[letter].values() if len(cells) > 1]
    agreeing = sum(len({status_of(cell) for cell in cells}) == 1 for cells in repeated)
    if agreeing < len(repeated):
        facts = {"share": agreeing / len(repeated)}
        yield Remark(kind=RemarkKind.REPEATS_DIFFER, letters=(letter,), facts=facts)
