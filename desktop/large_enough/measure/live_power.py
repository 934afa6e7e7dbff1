"""Picks what the machine draws now from what the recorder knows of each instrument."""

from collections.abc import Collection, Sequence

from large_enough.domain.energy import worst_quality
from large_enough.domain.energy_use import CHIPS
from large_enough.domain.power import Scope, outermost
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import NumberQuality, Unavailable, total
from large_enough.domain.text import to_translate
from large_enough.measure.channel import SourceState

LONGEST_PERIOD_S = 3.0
"""Instruments that are renewed more seldom do not show what goes on at the moment."""


def live_power(states: Sequence[SourceState], preferred: Collection[str]) -> PowerNow:
    """Return the power of the whole machine, else that of its chips together.

    What is measured comes before what is estimated.

    Args:
        states: Of all instruments; at least one.
        preferred: Keys of those in use that are to be shown.
    """
    shown = [state for state in states if state.identity.key in preferred]
    whole = [state for state in shown if state.identity.scope is Scope.WHOLE_MACHINE]
    chips = [state for state in shown if state.identity.scope in CHIPS]
    quick = [[state for state in choice if _is_quick(state)] for choice in (whole, _outer(chips))]
    chosen = min((choice for choice in quick if choice), key=_rank, default=None)
    if chosen is None:
        return no_power(_why_nothing(states, has_slow=bool(whole or chips)))
    return PowerNow(
        power_w=total([state.power_w for state in chosen]),
        quality=worst_quality(state.identity.quality for state in chosen),
        scopes=tuple(sorted({state.identity.scope for state in chosen})),
        instruments=tuple(dict.fromkeys(state.identity.instrument for state in chosen)),
    )


def _outer(states: Sequence[SourceState]) -> list[SourceState]:
    """Leave out the graphics of a chip where the whole chip is read."""
    scopes = outermost([state.identity.scope for state in states])
    return [state for state in states if state.identity.scope in scopes]


def _rank(states: Sequence[SourceState]) -> int:
    """Return 0 for measured, more for less; equal ranks keep their order."""
    worst = worst_quality(state.identity.quality for state in states)
    return list(NumberQuality).index(worst)


def _is_quick(state: SourceState) -> bool:
    period_s = state.update_period_s
    return not isinstance(period_s, Unavailable) and period_s <= LONGEST_PERIOD_S


def _why_nothing(states: Sequence[SourceState], *, has_slow: bool) -> str:
    if has_slow:
        return to_translate("the instrument is renewed too seldom to show the power of the moment")
    return next((state.reason for state in states if state.reason), "it was not read yet")
