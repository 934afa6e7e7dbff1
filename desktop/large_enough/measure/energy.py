"""Computes the energy of a window from the readings of one instrument.

The standard uncertainty u of an energy E over a window of T seconds is

    u^2 = (g E)^2 + (dP tau sqrt(2/12))^2 + q^2 + (T u(P_idle))^2 + (a E)^2

with g the relative uncertainty of the instrument's scale; dP the step of the load at the ends of
the window; tau the observed update period (or the longest time between two readings that counts,
if that is longer); q the instrument's resolution (for watts: over the whole window, because a
steady power is rounded the same way every time); u(P_idle) that of the idle power, for net energy;
and a that of the division between contenders, for attributed energy (see `attribution`). E is net
in the first term where the energy is net: the same scale measured the idle power.

An energy is claimed only if the window holds ten update periods, or ten of the vendor's averaging
times if those are longer. Straight lines across the ends of a window lose up to dP tau / 6 at each
of them, which then is at most 3.3 % of dP T; shorter windows are refused rather than widened.
"""

import math
from collections.abc import Sequence

import msgspec

from large_enough.domain.energy import (
    Energy,
    EnergyFlag,
    EnergyKind,
    EnergySplit,
    EnergyTerms,
    IdlePower,
    PowerConditions,
)
from large_enough.domain.power import SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.footing import Footing, edge_step_w, footing
from large_enough.measure.windows import Series, Window, covered_s, span

SLOWEST_FOR_SPLIT_S = 0.12
"""Update period above which prompt processing and generation are not told apart: 100 ms, with room
for what is observed of it (100 to 108 ms on an H200)."""

NOT_ABOVE_IDLE = Unavailable(reason="no more than the idle power")
OTHER_IDLE_STATE = Unavailable(reason="the idle power was measured in another state")
NOTHING_SUBTRACTED = Unavailable(reason="idle power is not subtracted")
TOO_SLOW_TO_SPLIT = Unavailable(reason="the instrument is too slow to tell the two apart")


def gross_energy(
    series: Series, window: Window, conditions: PowerConditions
) -> Energy | Unavailable:
    """Return everything that the instrument counted in the window, or why that is not known.

    Args:
        series: With readings from before the start to past the end.
        window: Of the answer.
        conditions: Under which it was given.
    """
    ground = footing(series, window)
    if isinstance(ground, Unavailable):
        return ground
    return _record(ground, EnergyKind.GROSS, ground.energy_j, conditions, idle=None)


def net_energy(
    series: Series, window: Window, conditions: PowerConditions, idle: IdlePower
) -> Energy | Unavailable:
    """Return what the instrument counted above the idle power, or why that is not known.

    Args:
        series: With readings from before the start to past the end.
        window: Of the answer.
        conditions: Under which it was given.
        idle: Of the same instrument, under the same conditions.
    """
    return energy_of_answers(series, [window], conditions, idle, EnergyKind.NET)


def energy_of_answers(
    series: Series,
    windows: Sequence[Window],
    conditions: PowerConditions,
    idle: IdlePower,
    kind: EnergyKind,
) -> Energy | Unavailable:
    """Return the energy of several answers together, where each alone may be too short to claim.

    One window from the first start to the last end is integrated, and what the machine draws when
    idle is taken off: during all of it for net energy, during the pauses for gross energy.

    Args:
        series: With readings from before the first start to past the last end.
        windows: Of the answers; at least one. The pauses between them must be idle.
        conditions: Under which they were given.
        idle: Of the same instrument, under the same conditions.
        kind: Net or gross.
    """
    if idle.source_key != series.identity.key or idle.conditions != conditions:
        return OTHER_IDLE_STATE
    ground = footing(series, span(windows))
    if isinstance(ground, Unavailable):
        return ground
    active_s = covered_s(windows)
    idle_s = ground.duration_s - (active_s if kind is EnergyKind.GROSS else 0.0)
    energy_j = ground.energy_j - idle.power_w * idle_s
    if energy_j <= 0:
        return NOT_ABOVE_IDLE
    energy = _record(ground, kind, energy_j, conditions, idle=idle, idle_s=idle_s)
    if active_s < ground.duration_s:
        energy = energy.with_flags([EnergyFlag.PAUSES_INCLUDED])
    return msgspec.structs.replace(energy, duration_s=active_s)


def split_energy(
    series: Series,
    window: Window,
    first_token_ns: int,
    conditions: PowerConditions,
    idle: IdlePower | None = None,
) -> EnergySplit:
    """Divide the energy of an answer at its first token, if the instrument is fast enough.

    Args:
        series: With readings from before the start to past the end.
        window: Of the whole answer.
        first_token_ns: When its first token came, on the monotonic clock.
        conditions: Under which it was given.
        idle: As for `net_energy`; None for gross energy.
    """
    period_s = series.update_period_s
    is_fast = not isinstance(period_s, Unavailable) and period_s <= SLOWEST_FOR_SPLIT_S
    if not is_fast or series.identity.averaging_s > SLOWEST_FOR_SPLIT_S:
        return EnergySplit(prompt=TOO_SLOW_TO_SPLIT, generation=TOO_SLOW_TO_SPLIT)

    def part(start_ns: int, end_ns: int) -> Energy | Unavailable:
        if idle is None:
            return gross_energy(series, Window(start_ns, end_ns), conditions)
        return net_energy(series, Window(start_ns, end_ns), conditions, idle)

    return EnergySplit(
        prompt=part(window.start_ns, first_token_ns),
        generation=part(first_token_ns, window.end_ns),
    )


def _record(
    ground: Footing,
    kind: EnergyKind,
    energy_j: float,
    conditions: PowerConditions,
    *,
    idle: IdlePower | None,
    idle_s: float = 0.0,
) -> Energy:
    identity = ground.identity
    step_w = edge_step_w(ground)
    return Energy(
        energy_j=energy_j,
        terms=EnergyTerms(
            gain_j=identity.gain_uncertainty * energy_j,
            edge_j=step_w * ground.period_s * math.sqrt(2 / 12),
            resolution_j=_resolution_j(ground),
            idle_j=idle_s * idle.uncertainty_w if idle else 0.0,
        ),
        kind=kind,
        quality=identity.quality,
        scopes=(identity.scope,),
        duration_s=ground.duration_s,
        conditions=conditions,
        source_keys=(identity.key,),
        instruments=(identity.instrument,),
        is_vendor_model=identity.is_vendor_model,
        reading_count=ground.reading_count,
        update_period_s=ground.period_s,
        edge_step_w=step_w,
        idle_w=idle.power_w if idle else NOTHING_SUBTRACTED,
        flags=_flags(conditions, idle),
    )


def _flags(conditions: PowerConditions, idle: IdlePower | None) -> tuple[EnergyFlag, ...]:
    flags: list[EnergyFlag] = []
    if conditions.on_battery is True:
        flags.append(EnergyFlag.ON_BATTERY)
    if idle is not None and idle.is_disturbed:
        flags.append(EnergyFlag.BACKGROUND_ACTIVITY)
    return tuple(flags)


def _resolution_j(ground: Footing) -> float:
    if ground.identity.kind is SourceKind.COUNTER:
        return ground.identity.resolution
    return ground.identity.resolution * ground.duration_s
