"""A number that may be missing, with the reason why it is.

Absence is a value: `Unavailable(reason)` stands where a number was not measured. It is never 0,
"" or NaN, and arithmetic on it is refused or answered with another `Unavailable`.
"""

import enum
from collections.abc import Callable

import msgspec


class Unavailable(msgspec.Struct, frozen=True, kw_only=True, tag="unavailable"):
    """Stands in place of a value that is not known."""

    reason: str
    """Why there is no value: a short lower-case phrase, for example "no instrument yet"."""


Quantity = float | Unavailable
"""A number, or the reason why there is none. The unit is in the name of the field that holds it."""

Count = int | Unavailable
"""A whole number, or the reason why there is none."""


class NumberQuality(enum.StrEnum):
    """How a number came about."""

    MEASURED = "measured"
    """By a sensor or a counter, while nothing else of ours ran."""
    ATTRIBUTED = "attributed"
    """Measured for several at once, then divided by a stated rule."""
    ESTIMATED = "estimated"
    """Computed from something else, such as processor time."""
    NOT_AVAILABLE = "not_available"


def ratio(numerator: Quantity, denominator: Quantity) -> Quantity:
    """Divide two quantities; the reason of a missing one survives.

    Args:
        numerator: Any unit.
        denominator: Any unit; zero or less gives `Unavailable`.

    Returns:
        The quotient, or why there is none.
    """
    if isinstance(numerator, Unavailable):
        return numerator
    if isinstance(denominator, Unavailable):
        return denominator
    if denominator <= 0:
        return Unavailable(reason="too short to measure")
    return numerator / denominator


def total(quantities: list[Quantity]) -> Quantity:
    """Add quantities up; one missing part makes the whole missing, for that part's reason."""
    result = 0.0
    for quantity in quantities:
        if isinstance(quantity, Unavailable):
            return quantity
        result += quantity
    return result


def map_quantity(quantity: Quantity, change: Callable[[float], float]) -> Quantity:
    """Apply `change` to the number if there is one; keep the reason otherwise."""
    return quantity if isinstance(quantity, Unavailable) else change(quantity)
