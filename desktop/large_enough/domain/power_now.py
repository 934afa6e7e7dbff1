"""What a machine draws at one moment."""

import msgspec

from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable


class PowerNow(msgspec.Struct, frozen=True, kw_only=True):
    """Watts of those parts of the machine that have instruments."""

    power_w: Quantity
    """Mean of the last second or so, or why it is not known."""
    quality: NumberQuality
    scopes: tuple[Scope, ...] = ()
    """What is covered; more than one where instruments were added up."""
    instruments: tuple[str, ...] = ()
    """Names for people."""


def no_power(reason: str) -> PowerNow:
    """Return that the power is not known, and why."""
    return PowerNow(power_w=Unavailable(reason=reason), quality=NumberQuality.NOT_AVAILABLE)
