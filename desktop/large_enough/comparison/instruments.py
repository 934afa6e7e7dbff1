"""The readings a round needs, gathered so that tests can hand in their own."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

from large_enough.domain.energy import IdlePower, PowerConditions
from large_enough.domain.energy_use import EnergyUse
from large_enough.domain.generation import Timing
from large_enough.domain.model_card import MemoryEstimate
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import Count, Quantity, Unavailable
from large_enough.domain.resource_use import MemorySample, MemoryUse
from large_enough.domain.round import Contender, Machine
from large_enough.measure.throttling import ThrottleReading

HashOf = Callable[[str, Callable[[float], None], Callable[[], bool]], str | None]
"""Returns the SHA-256 of the file of that path; told the share done (0 to 1), and asked whether to
stop, it returns None if it was stopped."""


class MemoryWatcher(Protocol):
    """Reads the memory of workers over time; `measure.sampler.MemorySampler` is the real one."""

    def watch(
        self,
        key: str,
        process_id: int,
        model_file_bytes: int,
        on_sample: Callable[[MemorySample], None],
    ) -> None:
        """Begin to read a process's memory."""
        ...

    def begin(self, key: str) -> None:
        """Open the window of an answer."""
        ...

    def end(self, key: str) -> MemoryUse:
        """Close the window and return what was used in it."""
        ...

    def unwatch(self, key: str) -> None:
        """Stop reading; harmless for an unknown key."""
        ...


class PowerWatcher(Protocol):
    """Reads power instruments around answers; `measure.meter.EnergyMeter` is the real one."""

    def wake(self) -> None:
        """Look for instruments and begin to read them; again whenever a model was loaded."""
        ...

    def be_quiet(self, state: Hashable) -> None:
        """Take note that nobody computes, with these models loaded."""
        ...

    def be_busy(self) -> None:
        """Take note that somebody begins to load or to answer."""
        ...

    @property
    def has_instruments(self) -> bool:
        """Whether any instrument is in use, or is still being looked at."""
        ...

    def learn_idle(self) -> dict[str, IdlePower]:
        """Learn the idle powers from the quiet stretch that is on, if it is long enough."""
        ...

    @property
    def idle(self) -> tuple[IdlePower, ...]:
        """The idle powers that hold now."""
        ...

    def begin(self, letter: str, process_id: int, *, is_shared: bool) -> None:
        """Open the window of an answer."""
        ...

    def end(self, letter: str, timing: Timing, *, is_on_processor: bool) -> None:
        """Close the window of an answer."""
        ...

    def drop(self, letter: str) -> None:
        """Forget an answer that did not come to its end; harmless for an unknown letter."""
        ...

    def tick(self) -> None:
        """Note who is busy."""
        ...

    @property
    def is_waiting(self) -> bool:
        """Whether energies are still to be collected."""
        ...

    def collect(self, *, must_end: bool = False) -> dict[str, EnergyUse]:
        """Return by letter the energies that have become known."""
        ...

    def now(self) -> PowerNow:
        """Return what the machine draws at this moment."""
        ...


class Surroundings(Protocol):
    """What else goes on in the machine; `measure.surroundings.SystemSurroundings` is real."""

    def conditions(self) -> PowerConditions:
        """Return power source and power plan."""
        ...

    def throttling(self) -> ThrottleReading | Unavailable:
        """Return whether something slows the processor or the card down."""
        ...

    def swapped_out_bytes(self) -> Count:
        """Return what was moved from memory to disk since the machine was started."""
        ...

    def gpu_memory_bytes(self, process_id: int) -> Count:
        """Return the memory of a process on graphics cards."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """Everything that is read around a round."""

    machine: Machine
    core_ids: tuple[int, ...]
    """One logical processor of each core that may compute."""
    memory: MemoryWatcher
    power: PowerWatcher
    surroundings: Surroundings
    available_memory_bytes: Callable[[], int]
    system_load: Callable[[], Quantity]
    """Share of the processor in use since it was last called."""
    memory_need: Callable[[Contender], MemoryEstimate | None]
    """What loading a contender will take; None where it cannot be known.

    Raises ModelFileError for a file that cannot be read.
    """
    sha256_of: HashOf
    """Hash of a file, with progress; None if it was cancelled. Raises ModelFileError."""
