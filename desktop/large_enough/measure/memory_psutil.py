"""Reads the memory of processes through psutil: on Windows, or where there is nothing better.

On Windows psutil passes on GetProcessMemoryInfo: `wset` (WorkingSetSize), `private`
(PrivateUsage: committed memory without mapped files), `peak_wset` (`peak_rss` since psutil 8).
"""

from collections.abc import Callable
from typing import Any, Protocol

import psutil

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.resource_use import MemorySample
from large_enough.measure.process_tree import ProcessTree

NOT_TOLD_APART = Unavailable(reason="this system does not tell private memory apart")


class ProcessLike(Protocol):
    """The part of `psutil.Process` that is used."""

    def memory_info(self) -> Any:  # noqa: ANN401 - its fields depend on the system
        """Return sizes in bytes as attributes."""
        ...


def psutil_process(process_id: int) -> ProcessLike:
    """Return the process; raises `psutil.NoSuchProcess` if it is gone."""
    process: ProcessLike = psutil.Process(process_id)
    return process


class PsutilMemoryReader:
    """Memory of a process tree as psutil tells it.

    The weights are what is resident beyond the private memory, at most the model file's size:
    a lower bound, because private memory counts what was committed, resident or not.
    """

    method = "psutil memory_info"

    def __init__(
        self,
        clock: Clock,
        tree: ProcessTree,
        process_of: Callable[[int], ProcessLike] = psutil_process,
    ) -> None:
        self._clock = clock
        self._tree = tree
        self._process_of = process_of

    def read(self, process_id: int, model_file_bytes: int) -> MemorySample | None:
        """Return the memory of the process with its children now; None if it is gone.

        Args:
            process_id: The worker.
            model_file_bytes: Size of the mapped model file (all parts); 0 if it is not mapped.
        """
        t_ns = self._clock.monotonic_ns()
        infos = [self._info(member) for member in self._tree.members(process_id)]
        if infos[0] is None:
            self._tree.forget(process_id)
            return None
        alive = [info for info in infos if info is not None]
        resident_bytes = sum(info.rss for info in alive)
        if not all(hasattr(info, "private") for info in alive):
            weights_bytes = working_bytes = NOT_TOLD_APART
            return _sample(t_ns, resident_bytes, weights_bytes, working_bytes)
        private_bytes = sum(info.private for info in alive)
        weights_bytes = min(max(resident_bytes - private_bytes, 0), model_file_bytes)
        return _sample(t_ns, resident_bytes, weights_bytes, private_bytes)

    def peak_resident_bytes(self, process_id: int) -> Count:
        """Return the highest resident set in the life of the process."""
        info = self._info(process_id)
        if info is None:
            return Unavailable(reason="the process is gone")
        for name in ("peak_rss", "peak_wset"):
            if hasattr(info, name):
                return int(getattr(info, name))
        return Unavailable(reason="this system keeps no peak")

    def reset_peak(self, process_id: int) -> bool:  # noqa: ARG002 - the protocol's signature
        """Return False: the peak is one of the process's whole life."""
        return False

    def _info(self, process_id: int) -> Any | None:  # noqa: ANN401 - see ProcessLike
        try:
            return self._process_of(process_id).memory_info()
        except (psutil.Error, OSError):
            return None


def _sample(
    t_ns: int, resident_bytes: int, weights_bytes: Count, working_bytes: Count
) -> MemorySample:
    return MemorySample(
        t_ns=t_ns,
        resident_bytes=resident_bytes,
        weights_bytes=weights_bytes,
        working_bytes=working_bytes,
    )
