"""Reads the memory of workers on graphics cards, by whatever interface this system has."""

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from large_enough.domain.clock import Clock, SystemClock
from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.gpu_memory_drm import SHARED, drm_memory_bytes
from large_enough.measure.gpu_memory_nvidia import nvidia_memory_bytes
from large_enough.measure.power.nvml_library import (
    DRIVER_NOT_LOADED,
    LibraryLoader,
    load_nvml,
    obstacle_of,
)
from large_enough.measure.power.nvml_session import ASLEEP, NO_CARD, NvmlSession
from large_enough.measure.power.pdh import PdhLibrary, load_pdh
from large_enough.measure.power.pdh_gpu import NOT_LISTED, PdhGpuMemory
from large_enough.measure.power.sysfs import ReadText, read_file
from large_enough.measure.process_tree import ProcessTree, find_children

NOT_IN_USE = Unavailable(reason="no model runs on a graphics card")

_LIBRARY_NOT_FOUND = 12
_NOT_ON_NVIDIA = frozenset(
    obstacle.reason
    for obstacle in (
        NO_CARD,
        ASLEEP,
        obstacle_of(DRIVER_NOT_LOADED),
        obstacle_of(_LIBRARY_NOT_FOUND),
    )
)
"""With these the model must be running on another card."""


class GpuMemoryReader:
    """Memory of a process tree on graphics cards; to be used by one thread at a time.

    NVIDIA's library, which keeps cards awake, is let go of after each reading.
    """

    def __init__(
        self,
        is_gpu_in_use: Callable[[], bool],
        *,
        clock: Clock | None = None,
        system: str = sys.platform,
        root: Path = Path("/"),
        read_text: ReadText = read_file,
        nvml_loader: LibraryLoader = load_nvml,
        pdh_loader: Callable[[], PdhLibrary | Unavailable] = load_pdh,
        find: Callable[[int], Sequence[int]] = find_children,
    ) -> None:
        """Remember where to look; nothing is opened yet.

        Args:
            is_gpu_in_use: Whether a model runs on a graphics card; else nothing is touched.
            clock: Tells when to look for new child processes; None takes the machine's.
            system: As `sys.platform`.
            root: Folder that holds Linux' `proc`, `sys` and `dev`.
            read_text: Reads a file.
            nvml_loader: Gives NVIDIA's library.
            pdh_loader: Gives Windows' performance counters.
            find: Gives the child processes of a process.
        """
        self._is_gpu_in_use = is_gpu_in_use
        self._system = system
        self._root = root
        self._read_text = read_text
        self._session = NvmlSession(nvml_loader, root, is_gpu_in_use, read_text)
        self._load_pdh = pdh_loader
        self._counters: PdhGpuMemory | None = None
        self._tree = ProcessTree(clock or SystemClock(), find)

    def read(self, process_id: int) -> Count:
        """Return the bytes that a worker with its children has on cards, or why it is not known."""
        if not self._is_gpu_in_use():
            self.close()
            return NOT_IN_USE
        if self._system == "darwin":
            return SHARED
        members = self._tree.members(process_id)
        return self._read_windows(members) if self._system == "win32" else self._read_linux(members)

    def close(self) -> None:
        """Close everything. Safe to call twice; the next reading opens it again."""
        self._session.release()
        if self._counters is not None:
            self._counters.close()
            self._counters = None

    def _read_linux(self, members: Collection[int]) -> Count:
        try:
            used_bytes = nvidia_memory_bytes(self._session, members, self._root)
        finally:
            self._session.release()
        if isinstance(used_bytes, Unavailable) and used_bytes.reason in _NOT_ON_NVIDIA:
            return drm_memory_bytes(members, self._root, self._read_text)
        return used_bytes

    def _read_windows(self, members: Collection[int]) -> Count:
        if self._counters is None:
            self._counters = PdhGpuMemory(self._load_pdh())
        total_bytes: Count = NOT_LISTED
        for member in members:
            memory = self._counters.read(member)
            if memory == NOT_LISTED:
                continue
            if isinstance(memory, Unavailable):
                return memory
            known_bytes = 0 if isinstance(total_bytes, Unavailable) else total_bytes
            total_bytes = known_bytes + memory.dedicated_bytes
        return total_bytes
