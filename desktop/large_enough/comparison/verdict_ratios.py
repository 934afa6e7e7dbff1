"""Puts side by side what two contenders' answers to the same questions took."""

import statistics
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from large_enough.comparison.verdict_basis import Basis
from large_enough.comparison.verdict_conditions import OTHER_LAYERS, why_not_equal
from large_enough.domain.energy import why_not_comparable
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

    small: dict[str, float]
    large: dict[str, float]


class _Unequal(NamedTuple):
    """Two answers that may not be compared."""

    reason: str


_Compared = tuple[float, float] | _Unequal | Unavailable


def time_costs(basis: Basis, small: str, large: str) -> PairedCosts | Unavailable:
    """Return the seconds of the answers that both gave under equal conditions."""
    return _paired_costs(basis, small, large, _seconds)


def energy_costs(basis: Basis, small: str, large: str) -> PairedCosts | Unavailable:
    """Return the joules of the answers that both gave under equal conditions."""
    energies = basis.energies

    def joules(one: Cell, other: Cell) -> _Compared:
        first = energies.get(one.key, NOT_ANSWERED)
        second = energies.get(other.key, NOT_ANSWERED)
        if isinstance(first, Unavailable):
            return _why(one, first)
        if isinstance(second, Unavailable):
            return _why(other, second)
        reason = why_not_comparable(first, second)
        return _Unequal(reason) if reason else (first.energy_j, second.energy_j)

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
    basis: Basis, small: str, large: str, read: Callable[[Cell, Cell], _Compared]
) -> PairedCosts | Unavailable:
    one, other = basis.plan.contender(small), basis.plan.contender(large)
    if one.load.gpu_layers != other.load.gpu_layers:
        return Unavailable(reason=OTHER_LAYERS)
    costs = PairedCosts({}, {})
    missing: Counter[str] = Counter()
    unequal: Counter[str] = Counter()
    kept_count = 0
    for item_id, pairs in basis.paired_cells(small, large).items():
        found = [_compared(basis, *pair, read) for pair in pairs]
        missing.update(each.reason for each in found if isinstance(each, Unavailable))
        unequal.update(each.reason for each in found if isinstance(each, _Unequal))
        kept = [each for each in found if not isinstance(each, Unavailable | _Unequal)]
        kept_count += len(kept)
        if kept:
            costs.small[item_id] = sum(small for small, _large in kept) / len(kept)
            costs.large[item_id] = sum(large for _small, large in kept) / len(kept)
    if unequal.total() > MOST_UNEQUAL * (unequal.total() + kept_count):
        return Unavailable(reason=unequal.most_common(1)[0][0])
    if not costs.small:
        return Unavailable(reason=missing.most_common(1)[0][0]) if missing else NOT_ANSWERED
    return costs


def _compared(
    basis: Basis, one: Cell, other: Cell, read: Callable[[Cell, Cell], _Compared]
) -> _Compared:
    terms = basis.terms.get(one.key), basis.terms.get(other.key)
    if terms[0] is not None and terms[1] is not None:
        reason = why_not_equal(terms[0], terms[1])
        if reason is not None:
            return _Unequal(reason)
    found = read(one, other)
    for cell in (one, other):
        if isinstance(cell.context, Unavailable) and not isinstance(found, Unavailable):
            return cell.context
    return found


def _seconds(one: Cell, other: Cell) -> _Compared:
    if isinstance(one.timing, Unavailable):
        return one.timing
    if isinstance(other.timing, Unavailable):
        return other.timing
    return one.timing.total_s, other.timing.total_s


def _why(cell: Cell, missing: Unavailable) -> Unavailable:
    """Return why an answer has no energy: nothing was measured of it, or not that."""
    return cell.resources if isinstance(cell.resources, Unavailable) else missing


def _sums(costs: Mapping[str, float], clusters: Mapping[str, str]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for item_id, cost in costs.items():
        sums[clusters[item_id]] = sums.get(clusters[item_id], 0.0) + cost
    return sums
