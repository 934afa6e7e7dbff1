"""Decides whether a number is near enough to a key."""

import math
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from large_enough.domain.pack import NumberKey

_CONTEXT = Context(prec=60)
_SLACK = Decimal("1e-12")
"""Share of the key by which decimal fractions of a binary key may be off."""
_MORE_DECIMALS = 8
"""An answer may have so many decimals more than the rounding asks for, if they are right."""
_MOST_DECIMALS = 30


def exact(value: float) -> Decimal | None:
    """Return a key's number as it was written; None for what is no number."""
    return Decimal(repr(float(value))) if math.isfinite(value) else None


def is_near(value: Decimal, key: NumberKey) -> bool:
    """Return whether a number, in the key's unit, is right."""
    wanted = exact(key.answer)
    if wanted is None:
        return False
    off = _CONTEXT.abs(_CONTEXT.subtract(value, wanted))
    slack = _CONTEXT.multiply(_SLACK, abs(wanted))
    if key.rounding is not None:
        return off <= slack or any(
            _CONTEXT.abs(_CONTEXT.subtract(value, form)) <= slack
            for form in roundings(wanted, key.rounding)
        )
    relative = exact(key.tolerance_rel) or Decimal(0)
    allowed = max(exact(key.tolerance_abs) or Decimal(0), _CONTEXT.multiply(relative, abs(wanted)))
    return off <= _CONTEXT.add(allowed, slack)


def within_limits(decimals: int) -> int:
    """Return a number of decimals that is not beyond all use."""
    return max(-_MOST_DECIMALS, min(decimals, _MOST_DECIMALS))


def roundings(value: Decimal, decimals: int) -> Iterator[Decimal]:
    """Yield a number rounded and cut at so many decimals, then at some more."""
    first = within_limits(decimals)
    for places in range(first, first + _MORE_DECIMALS + 1):
        for way in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN):
            yield rounded(value, places, way)


def rounded(value: Decimal, decimals: int, way: str = ROUND_HALF_UP) -> Decimal:
    """Return a number at so many decimals; the number itself where it has no room for them."""
    if value.adjusted() + decimals >= _CONTEXT.prec - 1:
        return value
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=way, context=_CONTEXT)
