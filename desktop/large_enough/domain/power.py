"""Readings of power instruments, and what an instrument says about itself."""

import enum
from collections.abc import Collection

import msgspec

from large_enough.domain.quantity import NumberQuality, Unavailable


class Scope(enum.StrEnum):
    """What an instrument covers. Numbers of different scopes are never compared."""

    CPU_PACKAGE = "cpu_package"
    """The processor chip; memory chips and screen are left out."""
    MEMORY = "memory"
    """The memory chips, where they are counted apart."""
    GPU_BOARD = "gpu_board"
    """A whole graphics card."""
    SOC = "soc"
    """CPU and graphics of one chip together."""
    GPU = "gpu"
    """The graphics part of a chip."""
    WHOLE_MACHINE = "whole_machine"
    """Everything, screen included."""
    PROCESS_CPU = "process_cpu"
    """The processor's share of one process, as the system's kernel accounts it."""


CONTAINED_IN: dict[Scope, frozenset[Scope]] = {
    Scope.WHOLE_MACHINE: frozenset(),
    Scope.SOC: frozenset({Scope.WHOLE_MACHINE}),
    Scope.CPU_PACKAGE: frozenset({Scope.WHOLE_MACHINE, Scope.SOC}),
    Scope.MEMORY: frozenset({Scope.WHOLE_MACHINE}),
    Scope.GPU: frozenset({Scope.WHOLE_MACHINE, Scope.SOC, Scope.CPU_PACKAGE}),
    Scope.GPU_BOARD: frozenset({Scope.WHOLE_MACHINE}),
    Scope.PROCESS_CPU: frozenset({Scope.WHOLE_MACHINE, Scope.SOC, Scope.CPU_PACKAGE}),
}
"""By scope: those that hold it already. Two of which one holds the other are never added."""


def outermost(scopes: Collection[Scope]) -> frozenset[Scope]:
    """Return the scopes that no other of them holds already, so that they may be added."""
    return frozenset(scope for scope in scopes if not CONTAINED_IN[scope] & frozenset(scopes))


class SourceKind(enum.StrEnum):
    """What the numbers of an instrument are."""

    COUNTER = "counter"
    """Joules since some moment; only differences mean something."""
    POWER = "power"
    """Watts, now or averaged over `averaging_s`."""


class SourceIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about an instrument before it is read."""

    key: str
    """Stable name for logs and settings, for example "rapl:package-0"."""
    instrument: str
    """Name for people, for example "RAPL counter of the processor (Linux powercap)"."""
    scope: Scope
    kind: SourceKind
    gain_uncertainty: float
    """Relative standard uncertainty of the scale."""
    resolution: float
    """Smallest step, in joules for counters, in watts for power."""
    nominal_period_s: float
    """How often it is said to be renewed; the recorder observes the true period."""
    averaging_s: float = 0.0
    """Power instruments only: length of the moving average the vendor applies; 0 for none."""
    wrap_j: float | None = None
    """Counters only: value at which it starts again from 0; None if it never does in practice."""
    quality: NumberQuality = NumberQuality.MEASURED
    is_vendor_model: bool = False
    """Whether the vendor computes the number from activity instead of sensing a current."""
    is_verified: bool = False
    """Whether a recording from real hardware backs this adapter."""
    needs: str = ""
    """What it takes to read it, for people: rights, systems, hardware."""


class Absent(msgspec.Struct, frozen=True, kw_only=True, tag="absent"):
    """A probe found no instrument, or none that may be read."""

    instrument: str
    """Name for people of what was looked for."""
    scope: Scope
    reason: str
    """Why: a short lower-case phrase."""
    unlock: str = ""
    """What would unlock it: one command or one step; empty if nothing would."""


class PowerReading(msgspec.Struct, frozen=True, array_like=True):
    """One reading."""

    t_ns: int
    """Middle of the time the reading took, on the monotonic clock."""
    value: float
    """Joules (counter, not unwrapped) or watts (power), never negative."""


ReadOutcome = PowerReading | Unavailable
"""A reading, or why there is none this time: "no data" is never 0."""
