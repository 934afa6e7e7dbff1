"""Reads the energy of processor, graphics and memory of an Apple chip.

Source: see `ioreport_channels` and `ioreport_library`; the units of channels are read, not
assumed. Apple's own tool calls these numbers estimates: a model in the chip, not a current that is
sensed. Processor and memory are renewed in batches, 1.7 s apart on an M1 Ultra and 2.03 to 2.23 s
on an M5 Max (all-smi#412, #424), graphics all the time.
"""

from collections.abc import Mapping

import msgspec

from large_enough.domain.clock import Clock
from large_enough.domain.power import (
    Absent,
    PowerReading,
    ReadOutcome,
    Scope,
    SourceIdentity,
    SourceKind,
)
from large_enough.domain.quantity import Quantity, Unavailable, total
from large_enough.domain.text import to_translate
from large_enough.measure.power.ioreport_channels import (
    EnergyChannel,
    Rail,
    energy_j,
    resolution_j,
    totals,
)
from large_enough.measure.power.ioreport_library import EnergyCounters
from large_enough.measure.power.reading import CLOSED, Stopwatch
from large_enough.measure.power.source import Found
from large_enough.measure.power.standstill import STANDS_STILL, Standstill

INSTRUMENT = to_translate("Energy counters of the Apple chip (IOReport)")
SHARED_S = 0.02
"""Sources that are read within this time share one sample, which takes some milliseconds."""

_CHANGED = Unavailable(reason="the chip tells other totals than before")
_BATCH_S = 2.0
_NEEDED_RAILS = 2  # a sum needs processor and graphics; not every chip tells the rest


Totals = Mapping[Rail, tuple[EnergyChannel, ...]]
"""By part of the chip: the channels that make its total together."""


class Domain(msgspec.Struct, frozen=True, kw_only=True):
    """What one source adds up."""

    key: str
    """Name in keys of sources."""
    instrument: str
    """Name for people."""
    scope: Scope
    rails: tuple[Rail, ...]
    """Parts of the chip; the first must be there and tells when the others count as renewed."""
    is_never_idle: bool
    """Whether it always uses energy, so that a counter that stands still has stopped."""


DOMAINS = (
    Domain(
        key="soc",
        instrument=to_translate("Processor and graphics of the Apple chip (IOReport)"),
        scope=Scope.SOC,
        rails=(Rail.CPU, Rail.GPU, Rail.NEURAL),
        is_never_idle=True,
    ),
    Domain(
        key="cpu",
        instrument=to_translate("Processor cores of the Apple chip (IOReport)"),
        scope=Scope.CPU_PACKAGE,
        rails=(Rail.CPU,),
        is_never_idle=True,
    ),
    Domain(
        key="gpu",
        instrument=to_translate("Graphics of the Apple chip (IOReport)"),
        scope=Scope.GPU,
        rails=(Rail.GPU,),
        is_never_idle=False,  # exactly 0 when idle on an M5 Max (all-smi#415)
    ),
    Domain(
        key="dram",
        instrument=to_translate("Memory of the Apple chip (IOReport)"),
        scope=Scope.MEMORY,
        rails=(Rail.MEMORY,),
        is_never_idle=True,
    ),
)


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """The totals of a chip at one moment."""

    t_ns: int
    """Middle of the time it took."""
    channels: Totals | Unavailable
    """By rail, or why there is no sample."""


class SharedCounters:
    """Energy counters that several sources read; closed when the last of them is."""

    def __init__(self, counters: EnergyCounters, clock: Clock) -> None:
        self._counters = counters
        self._clock = clock
        self._users = 0
        self._sample: Sample | None = None

    def sample(self) -> Sample:
        """Return a sample that is at most `SHARED_S` old."""
        oldest_ns = self._clock.monotonic_ns() - round(SHARED_S * 1e9)
        if self._sample is None or self._sample.t_ns < oldest_ns:
            stopwatch = Stopwatch(self._clock)
            channels = self._counters.read()
            self._sample = Sample(
                t_ns=stopwatch.middle_ns(),
                channels=channels if isinstance(channels, Unavailable) else totals(channels),
            )
        return self._sample

    def join(self) -> None:
        """Count one user more."""
        self._users += 1

    def leave(self) -> None:
        """Count one user less; the last one closes the counters."""
        self._users -= 1
        if self._users == 0:
            self._counters.close()


class IoReportSource:
    """Energy of one part of the chip, or of several together."""

    def __init__(
        self, domain: Domain, first: Totals, counters: SharedCounters, clock: Clock
    ) -> None:
        """Fix what is added up.

        Args:
            domain: What the source is.
            first: The totals as they are now; a sum of others would jump.
            counters: Where to read them.
            clock: To notice a counter that stands still.
        """
        self._domain = domain
        self._rails = _rails_with_value(domain, first)
        self._names = _names(self._rails, first)
        self._step_j = resolution_j([channel for rail in self._rails for channel in first[rail]])
        self._counters: SharedCounters | None = counters
        self._standstill = Standstill(clock)
        self._leading_j: float | None = None
        self._energy_j = 0.0
        counters.join()

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return SourceIdentity(
            key=f"ioreport:{self._domain.key}",
            instrument=self._domain.instrument,
            scope=self._domain.scope,
            kind=SourceKind.COUNTER,
            gain_uncertainty=0.15,
            resolution=self._step_j,
            nominal_period_s=_BATCH_S,
            is_vendor_model=True,
            needs=to_translate("a Mac with Apple Silicon"),
        )

    def read(self) -> ReadOutcome:
        """Return the joules counted so far."""
        if self._counters is None:
            return CLOSED
        sample = self._counters.sample()
        if isinstance(sample.channels, Unavailable):
            return sample.channels
        if _names(self._rails, sample.channels) != self._names:
            return _CHANGED
        rails_j = [energy_j(sample.channels[rail]) for rail in self._rails]
        whole_j = total(rails_j)
        if isinstance(whole_j, Unavailable):
            return whole_j
        energy_now_j = self._renewed_together(rails_j[0], whole_j)
        if self._domain.is_never_idle and self._standstill.has_stopped(energy_now_j):
            return STANDS_STILL
        return PowerReading(sample.t_ns, energy_now_j)

    def close(self) -> None:
        """Let go of the counters."""
        if self._counters is not None:
            self._counters.leave()
            self._counters = None

    def _renewed_together(self, leading_j: Quantity, whole_j: float) -> float:
        """Return the sum as it was when its leading part was renewed last.

        Graphics are counted all the time, the processor in batches: a sum of both would seem to
        be renewed all the time, and its edges to be sharper than they are.
        """
        if isinstance(leading_j, float) and leading_j != self._leading_j:
            self._leading_j = leading_j
            self._energy_j = whole_j
        return self._energy_j


def find_ioreport(counters: EnergyCounters | Unavailable, clock: Clock) -> Found:
    """Look for the totals of an Apple chip.

    Args:
        counters: Of this machine, or why there are none.
        clock: For the times of readings.
    """
    if isinstance(counters, Unavailable):
        return _absent(counters.reason)
    shared = SharedCounters(counters, clock)
    first = shared.sample().channels
    if isinstance(first, Unavailable):
        counters.close()
        return _absent(first.reason)
    domains = [domain for domain in DOMAINS if _is_told(domain, first)]
    if not domains:
        counters.close()
        return _absent(_why_none(first))
    return tuple(IoReportSource(domain, first, shared, clock) for domain in domains)


def _is_told(domain: Domain, channels: Totals) -> bool:
    rails = _rails_with_value(domain, channels)
    if rails[:_NEEDED_RAILS] != domain.rails[:_NEEDED_RAILS]:
        return False
    # What is never idle and has counted nothing since the start is not counted at all.
    return not domain.is_never_idle or energy_j(channels[rails[0]]) != 0


def _rails_with_value(domain: Domain, channels: Totals) -> tuple[Rail, ...]:
    return tuple(
        rail
        for rail in domain.rails
        if rail in channels and not isinstance(energy_j(channels[rail]), Unavailable)
    )


def _names(rails: tuple[Rail, ...], channels: Totals) -> frozenset[str]:
    return frozenset(channel.name for rail in rails for channel in channels.get(rail, ()))


def _why_none(channels: Totals) -> str:
    for rail in (Rail.CPU, Rail.GPU, Rail.MEMORY):
        rail_j = energy_j(channels.get(rail, ()))
        if isinstance(rail_j, Unavailable):
            return rail_j.reason
    if channels:
        return to_translate("the chip has energy counters, but they count nothing")
    return to_translate("the chip has energy counters, but no known total among them")


def _absent(reason: str) -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.SOC, reason=reason)
