"""Reads the energy counters of Intel and AMD processors through Linux powercap.

Sources: Documentation/power/powercap/powercap.rst, Documentation/ABI/testing/sysfs-class-powercap,
drivers/powercap/intel_rapl_common.c. Each zone has `name`, `energy_uj` (a 32-bit counter of the
chip's energy unit, renewed about every millisecond) and `max_energy_range_uj` (where it wraps).

What is read: one counter for each package, one for its memory chips ("dram") where there is one.
What is left out: "core" and "uncore" are parts of the package; "psys" covers another part of each
laptop (on one it said 30 W while the battery gave 8 W). The same zone behind two interfaces (MSR
`intel-rapl`, `intel-rapl-mmio`) counts once, and so do dies that show one counter twice
(codecarbon#1274: 137 W in place of 68 W).

A counter wraps after 24 minutes at 45 W in the worst case (AMD), so it must be read at least once
a minute for the integrator to see each wrap.
"""

import re
from pathlib import Path
from typing import NamedTuple

from large_enough.domain.clock import Clock
from large_enough.domain.power import (
    PowerReading,
    ReadOutcome,
    Scope,
    SourceIdentity,
    SourceKind,
)
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.rapl_absence import (
    INSTRUMENT,
    Processor,
    read_processor,
    why_unreadable,
    why_without_counter,
)
from large_enough.measure.power.reading import CLOSED, Stopwatch
from large_enough.measure.power.source import Found
from large_enough.measure.power.sysfs import (
    ReadText,
    read_file,
    read_number,
    read_word,
    subfolders,
)

INTEL_RANGE_J = 262_143.328850
"""Where the counter wraps with Intel's unit of 61 microjoules, if the kernel does not tell."""
AMD_RANGE_J = 65_532.610987
"""Where the counter wraps with AMD's unit of 15.3 microjoules, if the kernel does not tell."""

_ZONE = re.compile(r"intel-rapl(?P<mmio>-mmio)?:(?P<package>\d+)(?P<part>:\d+)?")
_COUNTER_STEPS = 2**32  # ENERGY_STATUS_MASK in intel_rapl_common.c
_MOST_WAITING_READS = 500  # a few milliseconds: several updates of the counter
_UJ_PER_J = 1e6


class _Zone(NamedTuple):
    """One folder of powercap."""

    folder: Path
    name: str
    scope: Scope


class RaplSource:
    """One counter of one processor package."""

    def __init__(
        self, identity: SourceIdentity, counter: Path, clock: Clock, read_text: ReadText
    ) -> None:
        self._identity = identity
        self._counter = counter
        self._clock = clock
        self._read_text = read_text
        self._is_closed = False

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return self._identity

    def read(self) -> ReadOutcome:
        """Return joules since some moment, not unwrapped."""
        if self._is_closed:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        energy_uj = read_number(self._counter, self._read_text)
        if isinstance(energy_uj, Unavailable):
            return energy_uj
        if energy_uj < 0:
            return Unavailable(reason="the counter is negative")
        return PowerReading(stopwatch.middle_ns(), energy_uj / _UJ_PER_J)

    def close(self) -> None:
        """End reading; no handle is kept between two readings."""
        self._is_closed = True


def find_rapl(root: Path, clock: Clock, read_text: ReadText = read_file) -> Found:
    """Look for the processor's energy counters.

    Args:
        root: Folder that holds `sys` and `proc`.
        clock: For the times of readings.
        read_text: Reads a file.

    Returns:
        One source for each package and for its memory chips, or why there is none.
    """
    processor = read_processor(root, read_text)
    zones = _zones(root / "sys" / "class" / "powercap", read_text)
    readable = _without_mirrors(_readable_once(zones, read_text), read_text)
    if any(zone.scope is Scope.CPU_PACKAGE for zone in readable):
        found = (_source(zone, processor, clock, read_text) for zone in readable)
        return tuple(source for source in found if source is not None)
    packages = [zone.folder for zone in zones if zone.scope is Scope.CPU_PACKAGE]
    if packages:
        return why_unreadable(packages[0] / "energy_uj", read_text)
    return why_without_counter(root, processor)


def _zones(powercap: Path, read_text: ReadText) -> list[_Zone]:
    """Return the zones that are used if they can be read, those behind MSRs first."""
    folders = [(match, folder) for folder in subfolders(powercap) if (match := _match(folder))]
    folders.sort(key=lambda found: bool(found[0]["mmio"]))
    zones = (_zone(match, folder, read_text) for match, folder in folders)
    return [zone for zone in zones if zone is not None]


def _match(folder: Path) -> re.Match[str] | None:
    return _ZONE.fullmatch(folder.name)


def _zone(match: re.Match[str], folder: Path, read_text: ReadText) -> _Zone | None:
    name = read_word(folder / "name", read_text) or ""
    if match["part"] is None:
        is_package = name.startswith("package")
        return _Zone(folder, name, Scope.CPU_PACKAGE) if is_package else None
    package = folder.with_name(folder.name.removesuffix(match["part"]))
    package_name = read_word(package / "name", read_text)
    return _Zone(folder, f"{package_name}/dram", Scope.MEMORY) if name == "dram" else None


def _readable_once(zones: list[_Zone], read_text: ReadText) -> list[_Zone]:
    """Return the first zone of each name whose counter can be read."""
    readable: dict[str, _Zone] = {}
    for zone in zones:
        if zone.name not in readable and _energy_uj(zone, read_text) is not None:
            readable[zone.name] = zone
    return list(readable.values())


def _without_mirrors(zones: list[_Zone], read_text: ReadText) -> list[_Zone]:
    kept: list[_Zone] = []
    for zone in zones:
        alike = (other for other in kept if other.scope is zone.scope)
        if not any(_is_mirror(other, zone, read_text) for other in alike):
            kept.append(zone)
    return kept


def _is_mirror(zone: _Zone, other: _Zone, read_text: ReadText) -> bool:
    """Tell whether both show one counter: the same value, also after it has gone on.

    A reading of the one lies between two readings of the other. Of two counters of their own that
    is next to impossible: they span kilojoules, and the readings are millijoules apart.
    """
    start_uj = _energy_uj(zone, read_text)
    if not _agrees(zone, other, read_text):
        return False
    for _ in range(_MOST_WAITING_READS):
        if _energy_uj(zone, read_text) != start_uj:
            break
    return _agrees(zone, other, read_text)


def _agrees(zone: _Zone, other: _Zone, read_text: ReadText) -> bool:
    before_uj = _energy_uj(zone, read_text)
    other_uj = _energy_uj(other, read_text)
    after_uj = _energy_uj(zone, read_text)
    if before_uj is None or other_uj is None or after_uj is None:
        return False
    return before_uj <= other_uj <= after_uj


def _energy_uj(zone: _Zone, read_text: ReadText) -> int | None:
    energy_uj = read_number(zone.folder / "energy_uj", read_text)
    return None if isinstance(energy_uj, Unavailable) else energy_uj


def _source(
    zone: _Zone, processor: Processor, clock: Clock, read_text: ReadText
) -> RaplSource | None:
    range_j = _range_j(zone, processor, read_text)
    if range_j is None:
        return None
    identity = _identity(zone, processor, range_j)
    return RaplSource(identity, zone.folder / "energy_uj", clock, read_text)


def _range_j(zone: _Zone, processor: Processor, read_text: ReadText) -> float | None:
    """Return where the counter wraps; None where that cannot be known.

    Servers count memory in a unit of its own, so nothing is assumed for memory.
    """
    range_uj = read_number(zone.folder / "max_energy_range_uj", read_text)
    if not isinstance(range_uj, Unavailable) and range_uj > 0:
        return range_uj / _UJ_PER_J
    if zone.scope is Scope.MEMORY:
        return None
    return AMD_RANGE_J if processor.is_amd else INTEL_RANGE_J


def _identity(zone: _Zone, processor: Processor, range_j: float) -> SourceIdentity:
    is_memory = zone.scope is Scope.MEMORY
    return SourceIdentity(
        key=f"rapl:{zone.name}",
        instrument=to_translate("RAPL counter of the memory chips (Linux powercap)")
        if is_memory
        else INSTRUMENT,
        scope=zone.scope,
        kind=SourceKind.COUNTER,
        gain_uncertainty=0.10 if is_memory or processor.is_amd else 0.05,
        resolution=range_j / _COUNTER_STEPS,
        nominal_period_s=0.001,
        wrap_j=range_j,
        is_vendor_model=processor.is_amd,
        needs=to_translate(
            "Linux on an Intel or AMD processor, not in a virtual machine, and the right to read "
            "energy_uj"
        ),
    )
