"""Sums up what a contender's answers cost: seconds, joules, bytes, money and CO2."""

import statistics
from collections.abc import Callable, Mapping, Sequence

from large_enough.comparison.run_matrix import NOT_ANSWERED_YET, status_of
from large_enough.domain.costing import Costing
from large_enough.domain.energy import Energy, worst_quality
from large_enough.domain.generation import Timing
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import NOT_ANSWERED, Cell, CellKey
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.domain.verdict import Cost, CostMeasure

NONE_RIGHT = Unavailable(reason="no answer was right")

Energies = Mapping[CellKey, Energy | Unavailable]


def costs_of(
    cells: Sequence[Cell], energies: Energies, costing: Costing
) -> dict[CostMeasure, Cost]:
    """Return every kind of cost of these answers.

    Args:
        cells: All answers of one contender.
        energies: What stands for each of them.
        costing: The user's price and grid intensity.
    """
    right_count = sum(status_of(cell) is GradeStatus.CORRECT for cell in cells)
    energy = _energy(cells, energies, right_count)
    return {
        CostMeasure.TIME: _time(cells, right_count),
        CostMeasure.ENERGY: energy,
        CostMeasure.MEMORY: _memory(cells),
        CostMeasure.MONEY: _made_of(energy, costing.cost),
        CostMeasure.CO2: _made_of(energy, costing.co2_g),
    }


def _time(cells: Sequence[Cell], right_count: int) -> Cost:
    times = [cell.timing.total_s for cell in cells if isinstance(cell.timing, Timing)]
    if not times:
        return _missing(_reason([cell.timing for cell in cells]))
    return _cost(statistics.fmean(times), len(times), right_count, NumberQuality.MEASURED)


def _energy(cells: Sequence[Cell], energies: Energies, right_count: int) -> Cost:
    """Return the joules; the mean also stands for answers whose energy is not known."""
    found = [energies.get(cell.key, cell.resources) for cell in cells]
    known = [energy for energy in found if isinstance(energy, Energy)]
    if not known:
        return _missing(_reason(found))
    answer_count = sum(isinstance(cell.timing, Timing) for cell in cells)
    mean_j = statistics.fmean(energy.energy_j for energy in known)
    return _cost(mean_j, answer_count, right_count, worst_quality(each.quality for each in known))


def _memory(cells: Sequence[Cell]) -> Cost:
    found = [
        cell.resources.memory.needed_bytes
        if isinstance(cell.resources, ResourceUse)
        else NOT_ANSWERED
        for cell in cells
    ]
    known = [each for each in found if not isinstance(each, Unavailable)]
    if not known:
        return _missing(_reason([*(cell.resources for cell in cells), *found]))
    most = float(max(known))
    return Cost(per_answer=most, per_right=most, quality=NumberQuality.MEASURED)


def _cost(mean: float, answer_count: int, right_count: int, quality: NumberQuality) -> Cost:
    per_right = mean * answer_count / right_count if right_count else NONE_RIGHT
    return Cost(per_answer=mean, per_right=per_right, quality=quality)


def _made_of(energy: Cost, change: Callable[[Quantity], Quantity]) -> Cost:
    made = change(energy.per_answer)
    is_known = not isinstance(made, Unavailable)
    return Cost(
        per_answer=made,
        per_right=change(energy.per_right),
        quality=energy.quality if is_known else NumberQuality.NOT_AVAILABLE,
    )


def _missing(why: Unavailable) -> Cost:
    return Cost(per_answer=why, per_right=why, quality=NumberQuality.NOT_AVAILABLE)


def _reason(found: Sequence[object]) -> Unavailable:
    """Return the first reason why something is missing."""
    return next((each for each in found if isinstance(each, Unavailable)), NOT_ANSWERED_YET)
