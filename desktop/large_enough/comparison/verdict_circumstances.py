"""Notes under what circumstances a run's answers were measured, as far as they matter."""

import statistics
from collections.abc import Callable, Iterator, Sequence

from large_enough.comparison.verdict_basis import Basis
from large_enough.domain.energy import PowerConditions
from large_enough.domain.generation import Timing
from large_enough.domain.pack_run import Cell
from large_enough.domain.quantity import Unavailable, ratio
from large_enough.domain.round import AnswerContext, is_disturbed, is_swapping
from large_enough.domain.verdict import Remark, RemarkKind

TELLING_SHARE = 0.05
"""Fewer answers than that are not worth a remark (our choice)."""
TELLING_DRIFT = 1.10
"""Times that changed by less than this factor are not, either (our choice)."""
FEWEST_TO_DRIFT = 15
"""With fewer answers the thirds are too small to compare."""


def circumstances_of(basis: Basis) -> Iterator[Remark]:
    """Return what happened to the machine meanwhile."""
    for letter in basis.letters:
        yield from _drift(letter, basis.in_time(letter))
    yield from _shared(basis, RemarkKind.DISTURBED, _is_disturbed, TELLING_SHARE)
    yield from _shared(basis, RemarkKind.THROTTLED, _is_throttled, TELLING_SHARE)
    yield from _shared(basis, RemarkKind.SWAPPED, _is_swapped, TELLING_SHARE)
    yield from _shared(basis, RemarkKind.ON_BATTERY, _is_on_battery, 0.0)


def _drift(letter: str, cells: Sequence[Cell]) -> Iterator[Remark]:
    """Compare the time of a token in the last third of a contender's answers with the first."""
    speeds = [
        speed
        for cell in cells
        if isinstance(cell.timing, Timing)
        and not isinstance(speed := cell.timing.generation_tokens_per_s, Unavailable)
    ]
    if len(speeds) < FEWEST_TO_DRIFT:
        return
    third = len(speeds) // 3
    slower = ratio(statistics.median(speeds[:third]), statistics.median(speeds[-third:]))
    is_same = isinstance(slower, Unavailable) or 1 / TELLING_DRIFT < slower < TELLING_DRIFT
    if not isinstance(slower, Unavailable) and not is_same:
        yield Remark(kind=RemarkKind.DRIFT, letters=(letter,), facts={"ratio": slower})


def _shared(
    basis: Basis, kind: RemarkKind, is_so: Callable[[Cell, AnswerContext], bool], least: float
) -> Iterator[Remark]:
    """Return one remark for all contenders whose answers were concerned, if they are enough."""
    known = {
        letter: [
            is_so(cell, cell.context)
            for cell in basis.cells(letter)
            if isinstance(cell.context, AnswerContext)
        ]
        for letter in basis.letters
    }
    count = sum(map(len, known.values()))
    concerned = sum(map(sum, known.values()))
    if concerned and concerned >= least * count:
        letters = tuple(letter for letter, found in known.items() if any(found))
        yield Remark(kind=kind, letters=letters, facts={"share": concerned / count})


def _is_disturbed(cell: Cell, context: AnswerContext) -> bool:
    return isinstance(cell.timing, Timing) and is_disturbed(cell.timing, context)


def _is_throttled(_cell: Cell, context: AnswerContext) -> bool:
    return context.was_throttled is True


def _is_swapped(_cell: Cell, context: AnswerContext) -> bool:
    return is_swapping(context.swapped_out_bytes)


def _is_on_battery(_cell: Cell, context: AnswerContext) -> bool:
    conditions = context.conditions
    return isinstance(conditions, PowerConditions) and conditions.on_battery is True
