"""Says which powers a working instrument can show on a machine like this one."""

from large_enough.domain.power import Scope
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.reading import (
    HIGHEST_CARD_W,
    HIGHEST_MACHINE_W,
    LOWEST_CHIP_W,
    LOWEST_MACHINE_W,
)

_MAY_SLEEP = frozenset({Scope.MEMORY, Scope.GPU, Scope.PROCESS_CPU})
"""Parts that may draw next to nothing while they work as they should."""

TOO_LITTLE = Unavailable(reason="it shows less power than is possible")
TOO_MUCH = Unavailable(reason="it shows more power than is possible")


def least_w(scope: Scope) -> float:
    """Return the lowest plausible power of such a part; 0 if it may sleep."""
    if scope in _MAY_SLEEP:
        return 0.0
    return LOWEST_MACHINE_W if scope is Scope.WHOLE_MACHINE else LOWEST_CHIP_W


def most_w(scope: Scope) -> float:
    """Return the highest plausible power of such a part."""
    return HIGHEST_CARD_W if scope is Scope.GPU_BOARD else HIGHEST_MACHINE_W


def why_not_plausible(scope: Scope, power_w: float) -> Unavailable | None:
    """Return what is wrong with a mean power, or None if nothing is."""
    if power_w < least_w(scope):
        return TOO_LITTLE
    return TOO_MUCH if power_w > most_w(scope) else None
