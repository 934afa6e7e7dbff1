"""Asks Windows for a record about its power.

Source: CallNtPowerInformation (powerbase.h), whose first argument says which record is meant.
"""

import ctypes
from collections.abc import Callable

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_WINDOWS, declare, windows_library

CallNtPowerInformation = Callable[[int, None, int, object, int], int]
"""Level, input, its size, buffer, its size; returns an NTSTATUS."""


def power_information_function(
    platform: str, missing: Unavailable
) -> CallNtPowerInformation | Unavailable:
    """Return the function of powrprof, or why there is none.

    Args:
        platform: As `sys.platform`.
        missing: What to return on a Windows that lacks it.
    """
    if platform != "win32":
        return NOT_WINDOWS
    try:
        library = windows_library("powrprof.dll")
        declare(
            library,
            "CallNtPowerInformation",
            *(ctypes.c_int32, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32),
            *(ctypes.c_void_p, ctypes.c_uint32),
        )
    except (OSError, AttributeError):
        return missing
    function: CallNtPowerInformation = library.CallNtPowerInformation
    return function


def power_information_reader(
    function: CallNtPowerInformation | Unavailable, level: int, size_bytes: int
) -> Callable[[], bytes | Unavailable]:
    """Return what asks for a record.

    Args:
        function: Of powrprof, or why there is none.
        level: Which record is meant (POWER_INFORMATION_LEVEL).
        size_bytes: Of the record.
    """
    if isinstance(function, Unavailable):
        missing = function
        return lambda: missing

    def ask() -> bytes | Unavailable:
        buffer = ctypes.create_string_buffer(size_bytes)
        status = function(level, None, 0, buffer, size_bytes)
        if status != 0:
            return Unavailable(reason=f"Windows answers with an error: {status & 0xFFFF_FFFF:#x}")
        return buffer.raw

    return ask
