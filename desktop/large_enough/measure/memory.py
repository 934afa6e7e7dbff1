"""Reads the memory of workers from outside, by whatever interface this system has."""

import sys
from typing import Protocol

import psutil

from large_enough.domain.clock import Clock, SystemClock
from large_enough.domain.quantity import Count
from large_enough.domain.resource_use import MemorySample
from large_enough.measure.cgroup import ControlGroup
from large_enough.measure.memory_linux import LinuxMemoryReader
from large_enough.measure.memory_macos import MacMemoryReader, load_process_library
from large_enough.measure.memory_psutil import PsutilMemoryReader
from large_enough.measure.process_tree import ProcessTree


class MemoryReader(Protocol):
    """Something that reads the memory of a process tree."""

    method: str
    """Name of the interface it reads."""

    def read(self, process_id: int, model_file_bytes: int) -> MemorySample | None:
        """Return the memory of the process with its children now; None if it is gone.

        Args:
            process_id: The worker.
            model_file_bytes: Size of the mapped model file (all parts); 0 if it is not mapped.
        """
        ...

    def peak_resident_bytes(self, process_id: int) -> Count:
        """Return the highest resident set since `reset_peak`, else in the process's life."""
        ...

    def reset_peak(self, process_id: int) -> bool:
        """Start the peak anew; return whether this system can."""
        ...


def memory_reader(clock: Clock | None = None, platform: str = sys.platform) -> MemoryReader:
    """Return the reader for this operating system.

    Args:
        clock: Stamps the samples; None takes the machine's.
        platform: As `sys.platform`.
    """
    chosen = clock or SystemClock()
    tree = ProcessTree(chosen)
    if platform == "linux":
        return LinuxMemoryReader(chosen, tree)
    if platform == "darwin":
        return MacMemoryReader(chosen, tree, load_process_library())
    return PsutilMemoryReader(chosen, tree)


def available_memory_bytes(group: ControlGroup | None = None) -> int:
    """Return the memory that programs can still get without swapping.

    Args:
        group: Limits of a container; None looks for this process's own, if there is one.
    """
    room_bytes = (group or ControlGroup()).available_bytes()
    free_bytes = int(psutil.virtual_memory().available)
    return free_bytes if room_bytes is None else min(free_bytes, room_bytes)


def swap_used_bytes() -> int:
    """Return how much of the machine's memory contents lies on the disk."""
    return int(psutil.swap_memory().used)
