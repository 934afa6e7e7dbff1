"""Puts side by side what two contenders' answers to the same questions took."""

import statistics
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from large_enough.comparison.verdict_basis import Basis
from large_enough.comparison.verdict_conditions import OTHER_LAYERS, why_not_equal
from large_enough.domain.energy import Energy, why_not_comparable
from large_enough.domain.generation import Timing
from large_enough.domain.interval import MedianInterval, RatioInterval
from large_enough.domain.pack_run import NOT_ANSWERED, Cell
from large_enough.domain.quantity import Unavailable
from large_enough.stats.median_interval import FEWEST_VALUES, median_interval
from large_enough.stats.resampling import TOO_FEW_PAIRS, ratio_of_sums

MOST_UNEQUAL = 0.5
"""Answers given under unequal conditions are left out; if they are more than this share of all,
nothing is compared (our choice)."""


class PairedCosts(NamedTuple):
    """What both took for the same questions; means over repeats, by item."""

    small: Mapping[str, float]
    large: Mapping[str, float]


Compared = tuple[float, float] | Unavailable


def time_costs(basis: Basis, small: str, large: str) -> PairedCosts | Unavailable:
    """Return the seconds of the answers that both gave under equal conditions."""
    return _paired_costs(basis, small, large, _seconds)


def energy_costs(basis: Basis, small: str, large: str) -> PairedCosts | Unavailable:
    """Return the joules of the answers that both gave under equal conditions."""
    energies = basis.energies

    def joules(one: Cell, other: Cell) -> Compared | str:
        first, second = energies.get(one.key), energies.get(other.key)
        if not isinstance(first, Energy):
            return first or _not_measured(one)
        if not isinstance(second, Energy):
            return second or _not_measured(other)
        return why_not_comparable(first, second) or (first.energy_j, second.energy_j)

    return _paired_costs(basis, small, large, joules)


def sum_ratio(
    costs: PairedCosts | Unavailable, clusters: Mapping[str, str]
) -> RatioInterval | Unavailable:
    """Return the large one's sum over the small one's.

    Args:
        costs: What both took.
        clusters: By item: what it counts as in the statistics.
    """
    if isinstance(costs, Unavailable):
        return costs
    large, small = _sums(costs.large, clusters), _sums(costs.small, clusters)
    return ratio_of_sums(list(large.values()), [small[name] for name in large])


def median_ratio(
    costs: PairedCosts | Unavailable, clusters: Mapping[str, str]
) -> MedianInterval | Unavailable:
    """Return the median of the large one's over the small one's.

    Over questions; where questions go together, over the medians of their groups.
    """
    if isinstance(costs, Unavailable):
        return costs
    groups: dict[str, list[float]] = {}
    for item_id, small in costs.small.items():
        if small > 0:
            groups.setdefault(clusters[item_id], []).append(costs.large[item_id] / small)
    if len(groups) < FEWEST_VALUES:
        return TOO_FEW_PAIRS
    return median_interval([statistics.median(group) for group in groups.values()])


def _paired_costs(
    basis: Basis,
    small: str,
    large: str,
    read: "Callable[[Cell, Cell], Compared | str]",
) -> PairedCosts | Unavailable:
    """Return what both took; a text from `read` is a reason why the two do not compare."""
    if not _have_equal_layers(basis, small, large):
        return Unavailable(reason=OTHER_LAYERS)
    ones: dict[str, float] = {}
    others: dict[str, float] = {}
    missing: Counter[str] = Counter()
    unequal: Counter[str] = Counter()
    equal_count = 0
    for item_id, pairs in basis.paired_cells(small, large).items():
        kept: list[tuple[float, float]] = []
        for one, other in pairs:
            found = _why_unequal(one, other) or read(one, other)
            if isinstance(found, str):
                unequal[found] += 1
            elif isinstance(found, Unavailable):
                missing[found.reason] += 1
            else:
                kept.append(found)
        if kept:
            equal_count += len(kept)
            ones[item_id] = statistics.fmean(one for one, _other in kept)
            others[item_id] = statistics.fmean(other for _one, other in kept)
    if unequal and unequal.total() > MOST_UNEQUAL * (unequal.total() + equal_count):
        return Unavailable(reason=unequal.most_common(1)[0][0])
    if not ones:
        return Unavailable(reason=missing.most_common(1)[0][0]) if missing else NOT_ANSWERED
    return PairedCosts(ones, others)


def _have_equal_layers(basis: Basis, small: str, large: str) -> bool:
    one, other = basis.plan.contender(small), basis.plan.contender(large)
    return one.load.gpu_layers == other.load.gpu_layers


def _why_unequal(one: Cell, other: Cell) -> str | None:
    if isinstance(one.context, Unavailable) or isinstance(other.context, Unavailable):
        return None
    return why_not_equal(one.context, other.context)


def _seconds(one: Cell, other: Cell) -> Compared:
    for cell in (one, other):
        if not isinstance(cell.timing, Timing):
            return cell.timing
        if isinstance(cell.context, Unavailable):
            return cell.context
    assert isinstance(one.timing, Timing)  # noqa: S101 - looked at above
    assert isinstance(other.timing, Timing)  # noqa: S101 - looked at above
    return one.timing.total_s, other.timing.total_s


def _not_measured(cell: Cell) -> Unavailable:
    return cell.resources if isinstance(cell.resources, Unavailable) else NOT_ANSWERED


def _sums(costs: Mapping[str, float], clusters: Mapping[str, str]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for item_id, cost in costs.items():
        sums[clusters[item_id]] = sums.get(clusters[item_id], 0.0) + cost
    return sums
