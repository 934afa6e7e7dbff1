"""Reads the energy that macOS' kernel accounts to one process.

Source: bsd/sys/resource.h of Apple's XNU (`rusage_info_v6`: `ri_energy_nj`, of which
`ri_penergy_nj` on performance cores). It covers the processor only, neither graphics nor memory,
and is a model of the vendor's (CLPC). On Intel Macs it stays 0.
"""

import ctypes
import sys

from large_enough.domain.clock import Clock
from large_enough.domain.power import (
    Absent,
    PowerReading,
    ReadOutcome,
    Scope,
    SourceIdentity,
    SourceKind,
)
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.memory_macos import (
    ProcessLibrary,
    RusageInfoV4,
    load_process_library,
)
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.power.reading import CLOSED, Stopwatch
from large_enough.measure.power.source import Found

INSTRUMENT = to_translate("Energy of a process (macOS kernel)")
RUSAGE_INFO_V6 = 6
BUFFER_BYTES = 512
"""The structure has 464 bytes and has grown six times; the kernel may write more than it knows."""

NOT_ACCOUNTED = Unavailable(reason="macOS accounts no energy to processes on this Mac")

_J_PER_NJ = 1e-9
_WORDS_V5 = ("flags",)
_WORDS_V6 = (
    *("user_ptime", "system_ptime", "pinstructions", "pcycles", "energy_nj", "penergy_nj"),
    *("secure_time_in_system", "secure_ptime_in_system", "neural_footprint"),
    *("lifetime_max_neural_footprint", "interval_max_neural_footprint"),
)
_RESERVED_WORDS = 9


class RusageInfoV6(ctypes.Structure):
    """`struct rusage_info_v6`: it begins as version 4 does, then has 64-bit words only."""

    _fields_ = (
        ("v4", RusageInfoV4),
        *((f"ri_{word}", ctypes.c_uint64) for word in (*_WORDS_V5, *_WORDS_V6)),
        ("ri_reserved", ctypes.c_uint64 * _RESERVED_WORDS),
    )


class ProcessEnergySource:
    """Energy of one process, on the processor."""

    def __init__(self, library: ProcessLibrary, process_id: int, clock: Clock) -> None:
        self._library = library
        self._process_id = process_id
        self._clock = clock
        self._is_closed = False

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return SourceIdentity(
            key=f"rusage:{self._process_id}",
            instrument=INSTRUMENT,
            scope=Scope.PROCESS_CPU,
            kind=SourceKind.COUNTER,
            gain_uncertainty=0.15,
            resolution=_J_PER_NJ,
            nominal_period_s=0.01,
            is_vendor_model=True,
            needs=to_translate("a Mac with Apple Silicon"),
        )

    def read(self) -> ReadOutcome:
        """Return the joules that the process has used so far."""
        if self._is_closed:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        energy_j = process_energy_j(self._library, self._process_id)
        if isinstance(energy_j, Unavailable):
            return energy_j
        return PowerReading(stopwatch.middle_ns(), energy_j)

    def close(self) -> None:
        """End reading; there is no handle to let go of."""
        self._is_closed = True


def find_process_energy(
    library: ProcessLibrary | Unavailable, process_id: int, clock: Clock
) -> Found:
    """Look whether the kernel accounts energy to a process.

    Args:
        library: libproc, or why there is none.
        process_id: The process, for example a worker.
        clock: For the times of readings.
    """
    if isinstance(library, Unavailable):
        return _absent(library.reason)
    energy_j = process_energy_j(library, process_id)
    if isinstance(energy_j, Unavailable):
        return _absent(energy_j.reason)
    return (ProcessEnergySource(library, process_id, clock),)


def process_energy_j(library: ProcessLibrary, process_id: int) -> Quantity:
    """Return the joules that a process has used on the processor since it started."""
    buffer = ctypes.create_string_buffer(BUFFER_BYTES)
    if library.proc_pid_rusage(process_id, RUSAGE_INFO_V6, ctypes.byref(buffer)):
        return Unavailable(reason="macOS tells no energy of this process")
    energy_nj = RusageInfoV6.from_buffer(buffer).ri_energy_nj
    return energy_nj * _J_PER_NJ if energy_nj > 0 else NOT_ACCOUNTED


def load_process_energy(platform: str = sys.platform) -> ProcessLibrary | Unavailable:
    """Return libproc, or why there is none."""
    if platform != "darwin":
        return NOT_MACOS
    try:
        return load_process_library()
    except OSError:
        return Unavailable(reason="this macOS has no libproc")


def _absent(reason: str) -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.PROCESS_CPU, reason=reason)
