"""Builds what answers used, part by part of the machine."""

import msgspec
from tests.helpers.power_sources import make_energy
from tests.helpers.records import make_done

from large_enough.domain.energy import Energy, EnergyKind, EnergySplit
from large_enough.domain.energy_use import EnergyUse, PartUse
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import Done

IDLE_UNKNOWN = Unavailable(reason="idle not known")
NOT_SPLIT = Unavailable(reason="too slow to split")
KEYS = {
    Scope.CPU_PACKAGE: "rapl:package-0",
    Scope.GPU_BOARD: "nvml:0",
    Scope.WHOLE_MACHINE: "battery",
}
"""Keys of sources by what they cover; others are called after that."""


def make_part(
    scope: Scope = Scope.CPU_PACKAGE,
    net_j: float | None = 80.0,
    *,
    gross_j: float = 100.0,
    quality: NumberQuality = NumberQuality.MEASURED,
    split_kind: EnergyKind | None = None,
    edge_j: float = 1.0,
) -> PartUse:
    """Return the use of one part.

    Args:
        scope: Of the part.
        net_j: Above idle; None where the idle power is not known.
        gross_j: Everything.
        quality: Of all numbers.
        split_kind: Of the energies of both phases (a quarter and three); None for not divided.
        edge_j: The uncertainty that is not of the scale.
    """
    key = KEYS.get(scope, scope.value)

    def energy(energy_j: float, kind: EnergyKind) -> Energy:
        return make_energy(
            energy_j,
            key=key,
            scope=scope,
            quality=quality,
            kind=kind,
            gain_j=0.05 * energy_j,
            edge_j=edge_j,
        )

    whole_j = gross_j if split_kind is EnergyKind.GROSS or net_j is None else net_j
    split = EnergySplit(prompt=NOT_SPLIT, generation=NOT_SPLIT)
    if split_kind is not None:
        split = EnergySplit(
            prompt=energy(whole_j / 4, split_kind), generation=energy(whole_j * 3 / 4, split_kind)
        )
    return PartUse(
        scope=scope,
        instruments=(f"instrument {key}",),
        gross=energy(gross_j, EnergyKind.GROSS),
        net=IDLE_UNKNOWN if net_j is None else energy(net_j, EnergyKind.NET),
        split=split,
    )


def missing_part(reason: str, scope: Scope = Scope.CPU_PACKAGE) -> PartUse:
    """Return a part whose instrument tells nothing for the answer."""
    none = Unavailable(reason=reason)
    return PartUse(
        scope=scope,
        instruments=("instrument",),
        gross=none,
        net=none,
        split=EnergySplit(prompt=none, generation=none),
    )


def make_use(*parts: PartUse) -> EnergyUse:
    """Return what an answer used."""
    return EnergyUse(parts=parts)


def done_with(letter: str, *parts: PartUse, done: Done | None = None) -> Done:
    """Return an answer that used this much."""
    answered = msgspec.structs.replace(done or make_done(letter), letter=letter)
    return answered.with_energy(make_use(*parts))
