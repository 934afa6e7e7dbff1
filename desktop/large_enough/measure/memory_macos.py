"""Reads the memory of processes through macOS' libproc.

Source: bsd/sys/resource.h (`rusage_info_v4`) and libsyscall/wrappers/libproc of Apple's XNU.
"""

import ctypes
from typing import Protocol

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.resource_use import MemorySample
from large_enough.measure.process_tree import ProcessTree

RUSAGE_INFO_V4 = 4

_WORDS_V0 = (
    "user_time system_time pkg_idle_wkups interrupt_wkups pageins wired_size resident_size "
    "phys_footprint proc_start_abstime proc_exit_abstime"
)
_WORDS_V1 = (
    "child_user_time child_system_time child_pkg_idle_wkups child_interrupt_wkups child_pageins "
    "child_elapsed_abstime"
)
_WORDS_V2 = "diskio_bytesread diskio_byteswritten"
_WORDS_V3 = (
    "cpu_time_qos_default cpu_time_qos_maintenance cpu_time_qos_background cpu_time_qos_utility "
    "cpu_time_qos_legacy cpu_time_qos_user_initiated cpu_time_qos_user_interactive "
    "billed_system_time serviced_system_time"
)
_WORDS_V4 = (
    "logical_writes lifetime_max_phys_footprint instructions cycles billed_energy serviced_energy "
    "interval_max_phys_footprint runnable_time"
)
_WORDS = " ".join((_WORDS_V0, _WORDS_V1, _WORDS_V2, _WORDS_V3, _WORDS_V4)).split()


class RusageInfoV4(ctypes.Structure):
    """`struct rusage_info_v4`: an identifier, then 64-bit words only."""

    _fields_ = (
        ("ri_uuid", ctypes.c_uint8 * 16),
        *((f"ri_{word}", ctypes.c_uint64) for word in _WORDS),
    )


class ProcessLibrary(Protocol):
    """The part of libproc that is used."""

    def proc_pid_rusage(self, process_id: int, flavour: int, buffer: object) -> int:
        """Fill the buffer; return 0, or -1 if there is no such process."""
        ...


def load_process_library() -> ProcessLibrary:
    """Return libproc, which is part of macOS' system library."""
    library: ProcessLibrary = ctypes.CDLL("/usr/lib/libSystem.dylib", use_errno=True)
    return library


class MacMemoryReader:
    """Memory of a process tree as `proc_pid_rusage` tells it.

    Working memory is the physical footprint ("Memory" in Activity Monitor), in which clean mapped
    pages are not counted; what is resident beyond it are mapped files, the weights among them. With
    Metal the weights may move into the footprint, so their share is a lower bound.
    """

    method = "proc_pid_rusage"

    def __init__(self, clock: Clock, tree: ProcessTree, library: ProcessLibrary) -> None:
        self._clock = clock
        self._tree = tree
        self._library = library

    def read(self, process_id: int, model_file_bytes: int) -> MemorySample | None:
        """Return the memory of the process with its children now; None if it is gone.

        Args:
            process_id: The worker.
            model_file_bytes: Size of the mapped model file (all parts); 0 if it is not mapped.
        """
        t_ns = self._clock.monotonic_ns()
        usages = [self._usage(member) for member in self._tree.members(process_id)]
        if usages[0] is None:
            self._tree.forget(process_id)
            return None
        alive = [usage for usage in usages if usage is not None]
        resident_bytes = sum(usage.ri_resident_size for usage in alive)
        footprint_bytes = sum(usage.ri_phys_footprint for usage in alive)
        return MemorySample(
            t_ns=t_ns,
            resident_bytes=resident_bytes,
            weights_bytes=min(max(resident_bytes - footprint_bytes, 0), model_file_bytes),
            working_bytes=footprint_bytes,
        )

    def peak_resident_bytes(self, process_id: int) -> Count:
        """Return the highest physical footprint in the life of the process.

        macOS keeps no highest resident set.
        """
        usage = self._usage(process_id)
        if usage is None:
            return Unavailable(reason="the process is gone")
        return int(usage.ri_lifetime_max_phys_footprint)

    def reset_peak(self, process_id: int) -> bool:  # noqa: ARG002 - the protocol's signature
        """Return False: the peak is one of the process's whole life."""
        return False

    def _usage(self, process_id: int) -> RusageInfoV4 | None:
        usage = RusageInfoV4()
        failed = self._library.proc_pid_rusage(process_id, RUSAGE_INFO_V4, ctypes.byref(usage))
        return None if failed else usage
