"""Writes numbers that are nearly right, and wrong."""

from collections.abc import Iterator
from decimal import Decimal

from large_enough.domain.pack import NumberKey
from large_enough.scoring.nearness import exact, rounded, within_limits
from large_enough.scoring.units import same_unit

_FOREIGN_UNITS = ("USD", "kg", "km")


def number_misses(key: NumberKey) -> Iterator[str]:
    """Yield other numbers, and the right one in another unit."""
    wanted = exact(key.answer)
    if wanted is None:
        return
    for value in _other_values(key, wanted):
        yield f"{value:f} {key.unit}".strip()
    own = {same_unit(name) for name in (key.unit, *key.unit_factors)}
    if key.unit:
        foreign = next(unit for unit in _FOREIGN_UNITS if same_unit(unit) not in own)
        yield f"{wanted:f} {foreign}"
    if key.unit and key.is_unit_required:
        yield f"{wanted:f}"


def _other_values(key: NumberKey, wanted: Decimal) -> Iterator[Decimal]:
    step = _smallest_step(key, wanted)
    yield wanted + step
    yield wanted - step
    if wanted:
        yield wanted * 10
        yield -wanted


def _smallest_step(key: NumberKey, wanted: Decimal) -> Decimal:
    """Return by how much a number is surely wrong: beyond the tolerance, or wrongly rounded."""
    if key.rounding is not None:
        decimals = within_limits(key.rounding)
        return 2 * Decimal(1).scaleb(-decimals) + abs(wanted - rounded(wanted, decimals))
    allowed = max(
        exact(key.tolerance_abs) or Decimal(0),
        (exact(key.tolerance_rel) or Decimal(0)) * abs(wanted),
    )
    return 2 * allowed if allowed else _last_digit(wanted)


def _last_digit(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
