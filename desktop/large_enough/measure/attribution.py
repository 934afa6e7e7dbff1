"""Divides a measured energy between contenders that answered at the same time.

Of each slice of time, the energy above idle is divided by a stated rule; what other programs were
busy with goes to nobody. Idle power is not divided in net energy. In gross energy it is divided
equally between those who were generating in the slice.

The result is attributed, not measured: stalled cores count as busy but draw less, and fast and
slow cores differ by a factor of two to four. No winner is called from attributed numbers alone.
"""

import enum
import math
from collections.abc import Mapping, Sequence

import msgspec

from large_enough.domain.energy import (
    Energy,
    EnergyFlag,
    EnergyKind,
    EnergyTerms,
    IdlePower,
    PowerConditions,
)
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.energy import OTHER_IDLE_STATE, gross_energy
from large_enough.measure.footing import Footing, footing
from large_enough.measure.windows import NS_PER_S, Series, Window, covered_s, span

NOTHING_ATTRIBUTED = Unavailable(reason="it was not seen to use any of it")


class SharingRule(enum.StrEnum):
    """By what a measured energy is divided."""

    CPU_TIME = "cpu_time"
    """Processor time of the worker's threads over all busy processor time of the machine."""
    KERNEL_ENERGY = "kernel_energy"
    """Energy that the kernel accounts to the process, over that of all (Apple Silicon)."""
    GPU_TIME = "gpu_time"
    """Time on the graphics card over all busy time of the card."""
    EQUAL_PARTS = "equal_parts"
    """Nobody tells: equal parts of the time in which they generated."""


RULE_UNCERTAINTY: dict[SharingRule, float] = {
    SharingRule.CPU_TIME: 0.25,
    SharingRule.KERNEL_ENERGY: 0.15,
    SharingRule.GPU_TIME: 0.30,
    SharingRule.EQUAL_PARTS: 0.50,
}
"""Relative standard uncertainty of a share; judgement. With equal parts, a contender may in truth
have used anything between nothing and twice as much."""


class ActivitySlice(msgspec.Struct, frozen=True, kw_only=True):
    """What was busy in a short stretch of time (0.2 to 1 s)."""

    window: Window
    activity: dict[str, float]
    """By letter, those who were generating: seconds or joules, as the rule says, in this slice.
    With equal parts: any positive number for each, the same for all."""
    total_activity: float
    """The same of all programs together. For `KERNEL_ENERGY` what the processor's own counter
    says, if there is one, because the kernel's numbers need not add up to it."""


def shares(activity: Mapping[str, float], total_activity: float) -> dict[str, float]:
    """Return by letter the share of what was busy; the rest was busy with other programs.

    Shares never exceed 1 together, also where the clocks of the parts and the whole disagree.
    """
    whole = max(total_activity, math.fsum(activity.values()))
    if whole <= 0:
        return dict.fromkeys(activity, 0.0)
    return {letter: part / whole for letter, part in activity.items()}


def attribute(
    series: Series,
    slices: Sequence[ActivitySlice],
    conditions: PowerConditions,
    idle: IdlePower,
    *,
    rule: SharingRule,
    kind: EnergyKind,
) -> dict[str, Energy | Unavailable]:
    """Divide what an instrument counted between the contenders.

    Args:
        series: With readings from before the first slice to past the last.
        slices: Adjoining, at least one.
        conditions: Under which they answered.
        idle: Of the same instrument, under the same conditions.
        rule: What `ActivitySlice.activity` holds.
        kind: Net or gross.

    Returns:
        By letter, the energy of each who was generating in any slice, or why it is not known.
    """
    letters = sorted({letter for part in slices for letter in part.activity})
    if idle.source_key != series.identity.key or idle.conditions != conditions:
        return dict.fromkeys(letters, OTHER_IDLE_STATE)
    window = span([part.window for part in slices])
    ground, whole = footing(series, window), gross_energy(series, window, conditions)
    if isinstance(ground, Unavailable):
        return dict.fromkeys(letters, ground)
    if isinstance(whole, Unavailable):
        return dict.fromkeys(letters, whole)
    division = _Division(ground, whole, idle, rule, kind)
    return {letter: division.energy_of(letter, slices) for letter in letters}


class _Division:
    """One measured energy, about to be divided."""

    def __init__(
        self, ground: Footing, whole: Energy, idle: IdlePower, rule: SharingRule, kind: EnergyKind
    ) -> None:
        self._ground = ground
        self._whole = whole
        self._idle = idle
        self._rule = rule
        self._kind = kind

    def energy_of(self, letter: str, slices: Sequence[ActivitySlice]) -> Energy | Unavailable:
        mine = [part for part in slices if letter in part.activity]
        dynamic_j = math.fsum(self._dynamic_j(letter, part) for part in mine)
        idle_s = math.fsum(part.window.duration_s / len(part.activity) for part in mine)
        is_gross = self._kind is EnergyKind.GROSS
        energy_j = dynamic_j + (self._idle.power_w * idle_s if is_gross else 0.0)
        if energy_j <= 0:
            return NOTHING_ATTRIBUTED
        energy = msgspec.structs.replace(
            self._whole,
            energy_j=energy_j,
            terms=self._terms(energy_j, 0.0 if is_gross else self._shared_s(letter, mine)),
            kind=self._kind,
            quality=NumberQuality.ATTRIBUTED,
            duration_s=covered_s([part.window for part in mine]),
            idle_w=self._idle.power_w,
        )
        return energy.with_flags(self._flags())

    def _dynamic_j(self, letter: str, part: ActivitySlice) -> float:
        """Return this contender's part of what was above idle in the slice."""
        origin_ns = self._ground.window.start_ns
        start_s = (part.window.start_ns - origin_ns) / NS_PER_S
        end_s = (part.window.end_ns - origin_ns) / NS_PER_S
        above_idle_j = self._ground.curve.energy_j(start_s, end_s) - self._idle.power_w * (
            end_s - start_s
        )
        return max(0.0, above_idle_j) * shares(part.activity, part.total_activity)[letter]

    def _shared_s(self, letter: str, mine: Sequence[ActivitySlice]) -> float:
        """Return for how long this contender's share of the idle power was taken off."""
        return math.fsum(
            part.window.duration_s * shares(part.activity, part.total_activity)[letter]
            for part in mine
        )

    def _terms(self, energy_j: float, idle_s: float) -> EnergyTerms:
        """Scale the terms of the whole to this part, then add that of the division itself."""
        part = self._whole.terms.scaled(energy_j / self._whole.energy_j)
        return msgspec.structs.replace(
            part,
            gain_j=self._ground.identity.gain_uncertainty * energy_j,
            idle_j=idle_s * self._idle.uncertainty_w,
            attribution_j=RULE_UNCERTAINTY[self._rule] * energy_j,
        )

    def _flags(self) -> list[EnergyFlag]:
        flags = [EnergyFlag.BACKGROUND_ACTIVITY] if self._idle.is_disturbed else []
        if self._rule is SharingRule.EQUAL_PARTS:
            flags.append(EnergyFlag.SPLIT_EQUALLY)
        return flags
