"""Finds contenders that another one beats: at least as right, and at most as costly."""

from collections.abc import Mapping

from large_enough.comparison.verdict_pairs import ComparedPair
from large_enough.comparison.verdict_ratios import PairedCosts
from large_enough.domain.costing import Costing
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure, Standing

Compared = Mapping[tuple[str, str], ComparedPair]


def dominated_by_cost(
    pairs: Compared, standings: Mapping[str, Standing], costing: Costing
) -> dict[CostMeasure, tuple[str, ...]]:
    """Return for each cost the letters of those that another contender beats.

    Both sides are taken over the questions that the two of them answered, and costs only where
    conditions were equal: what may not be compared beats nothing. No interval is asked here; it is
    about where points lie in a picture.

    Args:
        pairs: By the letters of the smaller and of the larger one.
        standings: By letter, the smallest model first.
        costing: A price and an intensity that are not set say nothing about who is cheaper.
    """
    found: dict[CostMeasure, tuple[str, ...]] = {}
    for measure in CostMeasure:
        beaten = {_beaten(pair, measure, standings, costing) for pair in pairs.values()}
        found[measure] = tuple(letter for letter in standings if letter in beaten)
    return found


def _beaten(
    pair: ComparedPair,
    measure: CostMeasure,
    standings: Mapping[str, Standing],
    costing: Costing,
) -> str | None:
    """Return the letter of the one that the other beats; None if neither does."""
    costs = _costs(pair, measure, standings, costing)
    if pair.difference is None or costs is None:
        return None
    right = pair.difference.limits.difference
    dearer = costs[0] - costs[1]
    if right <= 0 <= dearer and (right, dearer) != (0, 0):
        return pair.verdict.small
    if dearer <= 0 <= right and (right, dearer) != (0, 0):
        return pair.verdict.large
    return None


def _costs(
    pair: ComparedPair,
    measure: CostMeasure,
    standings: Mapping[str, Standing],
    costing: Costing,
) -> tuple[float, float] | None:
    """Return what the small and the large one cost; None where that may not be compared."""
    match measure:
        case CostMeasure.MEMORY:
            return _needs(pair, standings)
        case CostMeasure.TIME:
            return _sums(pair.times)
        case CostMeasure.ENERGY:
            return _sums(pair.energies)
        case CostMeasure.MONEY:
            return _sums(pair.energies) if costing.price_per_kwh is not None else None
        case CostMeasure.CO2:
            return _sums(pair.energies) if costing.grid_g_per_kwh is not None else None


def _sums(costs: PairedCosts | Unavailable) -> tuple[float, float] | None:
    if isinstance(costs, Unavailable):
        return None
    return sum(costs.small.values()), sum(costs.large.values())


def _needs(pair: ComparedPair, standings: Mapping[str, Standing]) -> tuple[float, float] | None:
    small, large = (
        standings[letter].costs[CostMeasure.MEMORY].per_answer
        for letter in (pair.verdict.small, pair.verdict.large)
    )
    if isinstance(small, Unavailable) or isinstance(large, Unavailable):
        return None
    return small, large
