"""Counts what macOS has moved from memory to disk.

Source: osfmk/mach/vm_statistics.h (`vm_statistics64`: `swapouts` are pages that the compressor
wrote to swap files) and mach/host_info.h of Apple's XNU. `pageouts`, which psutil names `sout`, are
pages of mapped files.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Protocol

from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.power.native import NOT_MACOS, declare

HOST_VM_INFO64 = 4
_SYSTEM_PATH = "/usr/lib/libSystem.B.dylib"
_WORD_BYTES = 4  # counts of host_statistics64 are in natural_t

_FOUR_BYTES = "free active inactive wire"
_EIGHT_BYTES = "zero_fill reactivations pageins pageouts faults cow_faults lookups hits purges"
_COMPRESSOR = "decompressions compressions swapins swapouts"


class VmStatistics64(ctypes.Structure):
    """The beginning of `struct vm_statistics64`, as it has been since macOS 10.9."""

    _fields_ = (
        *((f"{name}_count", ctypes.c_uint32) for name in _FOUR_BYTES.split()),
        *((name, ctypes.c_uint64) for name in _EIGHT_BYTES.split()),
        ("purgeable_count", ctypes.c_uint32),
        ("speculative_count", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in _COMPRESSOR.split()),
        ("page_counts", ctypes.c_uint32 * 4),
        ("total_uncompressed_pages_in_compressor", ctypes.c_uint64),
    )


class HostLibrary(Protocol):
    """The part of macOS' system library that is used."""

    mach_host_self: Callable[[], int]
    host_page_size: Callable[[int, Any], int]
    host_statistics64: Callable[[int, int, Any, Any], int]


def mac_swapped_out_bytes(library: HostLibrary | Unavailable | None = None) -> Count:
    """Return the bytes that were written to swap files since the Mac was started.

    Args:
        library: macOS' system library; None loads it.
    """
    chosen = load_host_library() if library is None else library
    if isinstance(chosen, Unavailable):
        return chosen
    host = chosen.mach_host_self()
    statistics, page_bytes = VmStatistics64(), ctypes.c_size_t(0)
    word_count = ctypes.c_uint32(ctypes.sizeof(statistics) // _WORD_BYTES)
    status = chosen.host_statistics64(
        host, HOST_VM_INFO64, ctypes.byref(statistics), ctypes.byref(word_count)
    )
    status = status or chosen.host_page_size(host, ctypes.byref(page_bytes))
    if status:
        return Unavailable(reason=f"macOS does not tell about its memory: error {status}")
    return int(statistics.swapouts) * page_bytes.value


def load_host_library(system: str = sys.platform) -> HostLibrary | Unavailable:
    """Return macOS' system library, or why there is none."""
    if system != "darwin":
        return NOT_MACOS
    number, address = ctypes.c_uint32, ctypes.c_void_p
    try:
        library: Any = ctypes.CDLL(_SYSTEM_PATH)
        declare(library, "mach_host_self", number)
        declare(library, "host_page_size", ctypes.c_int, number, address)
        declare(
            library, "host_statistics64", *(ctypes.c_int, number, ctypes.c_int), address, address
        )
    except (OSError, AttributeError):
        return Unavailable(reason="this macOS does not tell about its memory")
    host: HostLibrary = library
    return host
