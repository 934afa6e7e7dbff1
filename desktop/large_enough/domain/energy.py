"""Energy over a stretch of time, with how it came about.

There is no `Energy` without a number: where nothing can be claimed, `Unavailable` stands in its
place. What may be added or compared is decided here, so that no caller does it otherwise.
"""

import enum
import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec

from large_enough.domain.power import CONTAINED_IN, Scope
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable, ratio, total
from large_enough.domain.text import to_translate

COVERAGE_FACTOR = 2.0
"""Standard uncertainties to each side of an interval; about 95 % of a normal distribution."""

_BEST_FIRST = (
    NumberQuality.MEASURED,
    NumberQuality.ATTRIBUTED,
    NumberQuality.ESTIMATED,
    NumberQuality.NOT_AVAILABLE,
)
_SAME_LENGTH_S = 1e-6
"""Windows whose lengths differ by less are the same window, read back from a log."""


class EnergyKind(enum.StrEnum):
    """Whether idle power is in the number. The two are never compared."""

    GROSS = "gross"
    """Everything the instrument counted."""
    NET = "net"
    """What is above the idle power of the machine with the models loaded."""


class EnergyFlag(enum.StrEnum):
    """Something to know about a number before it is believed."""

    ON_BATTERY = "on_battery"
    """The machine ran on its battery."""
    THROTTLED = "throttled"
    """The processor or the graphics card was slowed down by heat or a power limit."""
    SWAPPING = "swapping"
    """The machine moved memory to disk meanwhile."""
    OTHER_LOAD = "other_load"
    """Other programs kept the machine busy."""
    BACKGROUND_ACTIVITY = "background_activity"
    """Other programs ran while the idle power was read, or it was another one afterwards."""
    PAUSES_INCLUDED = "pauses_included"
    """Several answers were too short one by one and were taken together, pauses at idle power."""
    SPLIT_EQUALLY = "split_equally"
    """Nobody tells who used the instrument's energy: equal parts by generating time."""


class PowerConditions(msgspec.Struct, frozen=True, kw_only=True, tag="power_conditions"):
    """What has to be the same for two energies to be compared."""

    machine: str
    """Stable name of the machine, for example its processor and operating system."""
    on_battery: bool | Unavailable
    power_plan: str | Unavailable
    """The system's power plan or profile."""


class EnergyTerms(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of the standard uncertainty, independent of each other, in joules."""

    gain_j: float
    """Of the instrument's scale."""
    edge_j: float
    """Of not knowing when, within one update, the load began and ended."""
    resolution_j: float
    """Of the instrument's smallest step."""
    idle_j: float = 0.0
    """Of the idle power that was subtracted; 0 if none was."""
    attribution_j: float = 0.0
    """Of dividing a measured energy between contenders; 0 if it was not divided."""

    @property
    def standard_j(self) -> float:
        """The standard uncertainty: the root of the sum of squares."""
        return math.hypot(*self._parts())

    def scaled(self, factor: float) -> "EnergyTerms":
        """Return the terms of that part of the energy."""
        return EnergyTerms(
            gain_j=self.gain_j * factor,
            edge_j=self.edge_j * factor,
            resolution_j=self.resolution_j * factor,
            idle_j=self.idle_j * factor,
            attribution_j=self.attribution_j * factor,
        )

    def _parts(self) -> tuple[float, ...]:
        return (self.gain_j, self.edge_j, self.resolution_j, self.idle_j, self.attribution_j)


class Energy(msgspec.Struct, frozen=True, kw_only=True, tag="energy"):
    """Joules over one window."""

    energy_j: float
    terms: EnergyTerms
    kind: EnergyKind
    quality: NumberQuality
    scopes: tuple[Scope, ...]
    """What is covered; more than one where instruments were added."""
    duration_s: Annotated[float, msgspec.Meta(gt=0)]
    """Length of the window, pauses left out."""
    conditions: PowerConditions
    source_keys: tuple[str, ...]
    instruments: tuple[str, ...]
    """Names for people, in the order of `source_keys`."""
    is_vendor_model: bool
    """Whether any instrument computes its number from activity instead of sensing a current."""
    reading_count: int
    """Readings within the window; of the poorest source where several were added."""
    update_period_s: float
    """Observed time between two updates of the source; of the slowest where several were added."""
    edge_step_w: float
    """Change of power at the ends of the window, from which `terms.edge_j` comes."""
    idle_w: Quantity
    """Idle power that was used: taken off (in gross energy only from pauses between answers), or
    divided between contenders; unavailable if it was not."""
    flags: tuple[EnergyFlag, ...] = ()

    @property
    def standard_uncertainty_j(self) -> float:
        """One standard uncertainty."""
        return self.terms.standard_j

    @property
    def low_j(self) -> float:
        """Lower end of the interval with two standard uncertainties to each side, at least 0."""
        return max(0.0, self.energy_j - COVERAGE_FACTOR * self.standard_uncertainty_j)

    @property
    def high_j(self) -> float:
        """Upper end of that interval."""
        return self.energy_j + COVERAGE_FACTOR * self.standard_uncertainty_j

    @property
    def mean_power_w(self) -> float:
        """Average watts over the window."""
        return self.energy_j / self.duration_s

    def with_flags(self, flags: Iterable[EnergyFlag]) -> "Energy":
        """Return the same energy with these flags as well."""
        return msgspec.structs.replace(self, flags=_merged((self.flags, tuple(flags))))


class IdlePower(msgspec.Struct, frozen=True, kw_only=True, tag="idle_power"):
    """Power of the machine doing nothing, with both models loaded."""

    source_key: str
    power_w: float
    """Median of the means over `block_s`."""
    uncertainty_w: float
    """Standard uncertainty of that."""
    block_s: float
    block_count: int
    conditions: PowerConditions
    is_disturbed: bool = False
    """Whether other programs were running meanwhile, or it had changed when it was measured again
    afterwards: background activity."""


class EnergySplit(msgspec.Struct, frozen=True, kw_only=True):
    """Energy of one answer, divided at its first token."""

    prompt: Energy | Unavailable
    """From the request to the first token."""
    generation: Energy | Unavailable
    """From the first token to the end."""


def source_family(source_key: str) -> str:
    """Return what the keys of one instrument's sources share: "rapl" for "rapl:package-0".

    Sources of one family and one scope are different chips; those of two families may be two views
    of the same chip.
    """
    return source_key.partition(":")[0]


def worst_quality(qualities: Iterable[NumberQuality]) -> NumberQuality:
    """Return the quality of a number made from such parts; there is at least one."""
    return max(qualities, key=_BEST_FIRST.index)


def per_token_j(energy: Energy | Unavailable, token_count: int) -> Quantity:
    """Return joules for each token, or why there is no such number."""
    if isinstance(energy, Unavailable):
        return energy
    return ratio(energy.energy_j, float(token_count))


def add_scopes(parts: Sequence[Energy | Unavailable]) -> Energy | Unavailable:
    """Add what different instruments counted in the same window.

    Refused, with the reason, where one instrument's scope holds the other's, where the windows,
    the kind or the conditions differ, and where a part is missing.

    Args:
        parts: At least one.
    """
    present: list[Energy] = []
    for part in parts:
        if isinstance(part, Unavailable):
            return part
        present.append(part)
    for first, second in itertools.combinations(present, 2):
        reason = _why_not_addable(first, second)
        if reason is not None:
            return Unavailable(reason=reason)
    return present[0] if len(present) == 1 else _sum(present)


def why_not_comparable(first: Energy, second: Energy) -> str | None:
    """Return why the two may not stand on one axis, or None if they may.

    Returns:
        A short lower-case phrase.
    """
    if set(first.scopes) != set(second.scopes):
        return to_translate("the instruments cover different parts of the machine")
    if first.quality != second.quality:
        return to_translate("one of them is a firmer number than the other")
    if first.kind != second.kind:
        return to_translate("one is with and the other without idle power")
    if first.conditions.machine != second.conditions.machine:
        return to_translate("they come from different machines")
    if first.conditions != second.conditions:
        return to_translate("the machine was in different power states")
    return None


def is_clearly_different(first: Energy, second: Energy) -> bool:
    """Return whether the difference of two comparable energies is more than their uncertainty.

    Two standard uncertainties of the difference count. That of the scale is left out of it where
    both were read with the same instruments: an instrument that shows 5 % too much does so twice.
    """
    is_same = first.source_keys == second.source_keys
    terms = [
        msgspec.structs.replace(each.terms, gain_j=0.0) if is_same else each.terms
        for each in (first, second)
    ]
    uncertainty_j = math.hypot(*(each.standard_j for each in terms))
    return abs(first.energy_j - second.energy_j) > COVERAGE_FACTOR * uncertainty_j


def _why_not_addable(first: Energy, second: Energy) -> str | None:
    if first.kind != second.kind:
        return to_translate("one is with and the other without idle power")
    if first.conditions != second.conditions:
        return to_translate("they come from different machines or power states")
    if abs(first.duration_s - second.duration_s) > _SAME_LENGTH_S:
        return to_translate("they are of different windows")
    if set(first.source_keys) & set(second.source_keys):
        return to_translate("the same instrument twice")
    return _overlap(first, second)


def _overlap(first: Energy, second: Energy) -> str | None:
    for one, other in itertools.product(first.scopes, second.scopes):
        if one in CONTAINED_IN[other]:
            return to_translate("one instrument covers what the other covers")
        if other in CONTAINED_IN[one]:
            return to_translate("one instrument covers what the other covers")
        if one == other and _families(first) != _families(second):
            return to_translate("two instruments cover the same part")
    return None


def _families(energy: Energy) -> set[str]:
    """Return the kinds of instruments: "rapl" for "rapl:package-0"."""
    return {source_family(key) for key in energy.source_keys}


def _sum(parts: Sequence[Energy]) -> Energy:
    return Energy(
        energy_j=math.fsum(part.energy_j for part in parts),
        terms=_sum_of_terms([part.terms for part in parts]),
        kind=parts[0].kind,
        quality=worst_quality(part.quality for part in parts),
        scopes=tuple(sorted({scope for part in parts for scope in part.scopes})),
        duration_s=parts[0].duration_s,
        conditions=parts[0].conditions,
        source_keys=tuple(key for part in parts for key in part.source_keys),
        instruments=tuple(name for part in parts for name in part.instruments),
        is_vendor_model=any(part.is_vendor_model for part in parts),
        reading_count=min(part.reading_count for part in parts),
        update_period_s=max(part.update_period_s for part in parts),
        edge_step_w=math.fsum(part.edge_step_w for part in parts),
        idle_w=total([part.idle_w for part in parts]),
        flags=_merged(part.flags for part in parts),
    )


def _sum_of_terms(terms: Sequence[EnergyTerms]) -> EnergyTerms:
    """Instruments err independently of each other, so that their squares add."""
    return EnergyTerms(
        gain_j=math.hypot(*(term.gain_j for term in terms)),
        edge_j=math.hypot(*(term.edge_j for term in terms)),
        resolution_j=math.hypot(*(term.resolution_j for term in terms)),
        idle_j=math.hypot(*(term.idle_j for term in terms)),
        attribution_j=math.hypot(*(term.attribution_j for term in terms)),
    )


def _merged(flags: Iterable[tuple[EnergyFlag, ...]]) -> tuple[EnergyFlag, ...]:
    found = {flag for part in flags for flag in part}
    return tuple(flag for flag in EnergyFlag if flag in found)
