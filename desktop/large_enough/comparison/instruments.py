"""The readings a round needs, gathered so that tests can hand in their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from large_enough.domain.model_card import MemoryEstimate
from large_enough.domain.quantity import Quantity
from large_enough.domain.resource_use import MemorySample, MemoryUse
from large_enough.domain.round import Contender, Machine


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """Everything that is read around a round."""

    machine: Machine
    core_ids: tuple[int, ...]
    """One logical processor of each core that may compute."""
    memory: MemoryWatcher
    available_memory_bytes: Callable[[], int]
    system_load: Callable[[], Quantity]
    """Share of the processor in use since it was last called."""
    memory_need: Callable[[Contender], MemoryEstimate | None]
    """What loading a contender will take; None where it cannot be known.

    Raises ModelFileError for a file that cannot be read.
    """
    sha256_of: Callable[[str, Callable[[float], None], Callable[[], bool]], str | None]
    """Hash of a file, with progress; None if it was cancelled. Raises ModelFileError."""
