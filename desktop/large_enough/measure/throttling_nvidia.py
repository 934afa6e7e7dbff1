"""Tells whether NVIDIA cards are slowed down now.

Source: NVML API reference, "NvmlClocksEventReasons". Slowed down by heat (software, hardware), by
the power supply (power brake), by the power limit of the card (software power cap), or by the
hardware for either. That a card is idle or that its clocks were set by hand is no slowdown.
"""

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.nvml_library import NvmlLibrary, Obstacle, code_of, obstacle_of
from large_enough.measure.power.nvml_session import Card, NvmlSession

SW_POWER_CAP = 0x04
HW_SLOWDOWN = 0x08
SW_THERMAL_SLOWDOWN = 0x20
HW_THERMAL_SLOWDOWN = 0x40
HW_POWER_BRAKE_SLOWDOWN = 0x80
_SLOWDOWNS = (
    SW_POWER_CAP | HW_SLOWDOWN | SW_THERMAL_SLOWDOWN | HW_THERMAL_SLOWDOWN | HW_POWER_BRAKE_SLOWDOWN
)

_FUNCTION_NOT_FOUND = 13
_NAMES = (
    "nvmlDeviceGetCurrentClocksEventReasons",
    "nvmlDeviceGetCurrentClocksThrottleReasons",  # drivers before 535
)


def are_cards_limited(session: NvmlSession) -> bool | Unavailable:
    """Return whether any card that is awake is slowed down now; never wakes one.

    Args:
        session: The library; the caller releases it when it has done.
    """
    cards = session.cards()
    if isinstance(cards, Obstacle):
        return Unavailable(reason=cards.reason)
    states = [_is_limited(card, session) for card in cards]
    if any(state is True for state in states):
        return True
    return next((state for state in states if isinstance(state, Unavailable)), False)


def _is_limited(card: Card, session: NvmlSession) -> bool | Unavailable:
    attached = session.attach(card)
    if isinstance(attached, Obstacle):
        return Unavailable(reason=attached.reason)
    reasons = _reasons(*attached)
    return reasons if isinstance(reasons, Unavailable) else bool(reasons & _SLOWDOWNS)


def _reasons(library: NvmlLibrary, handle: object) -> int | Unavailable:
    """Ask by the new name, then by the old one, which older drivers and bindings know."""
    code = _FUNCTION_NOT_FOUND
    for name in _NAMES:
        ask = getattr(library, name, None)
        if ask is None:
            continue
        try:
            return int(ask(handle))
        except library.NVMLError as error:
            code = code_of(error)
        if code != _FUNCTION_NOT_FOUND:
            break
    return Unavailable(reason=obstacle_of(code).reason)
