"""Tells whether macOS slows the machine down because of heat now.

Sources: notify(3) of macOS; libkern/OSThermalNotification.h of Apple's Libc, whose levels on Macs
are 0 nominal, 1 moderate, 2 heavy, 3 trapping, 4 sleeping (the ones that `powermetrics` prints).
Above nominal the system holds the whole chip back, a little at "moderate" already. The name of the
notification is not documented; where nobody posts it, as in virtual machines, its state is 0.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Protocol

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS, declare

PRESSURE_LEVEL = b"com.apple.system.thermalpressurelevel"
"""kOSThermalNotificationPressureLevelName."""
NOMINAL = 0

_SYSTEM_PATH = "/usr/lib/libSystem.B.dylib"
_OK = 0  # NOTIFY_STATUS_OK


class NotificationLibrary(Protocol):
    """The part of notify(3) that is used; each function returns a status."""

    notify_register_check: Callable[[bytes, Any], int]
    notify_get_state: Callable[[int, Any], int]
    notify_cancel: Callable[[int], int]


def is_under_pressure(library: NotificationLibrary | Unavailable) -> bool | Unavailable:
    """Return whether the thermal pressure is above nominal."""
    if isinstance(library, Unavailable):
        return library
    token, level = ctypes.c_int(0), ctypes.c_uint64(0)
    status = library.notify_register_check(PRESSURE_LEVEL, ctypes.byref(token))
    if status != _OK:
        return _refused(status)
    try:
        status = library.notify_get_state(token.value, ctypes.byref(level))
    finally:
        library.notify_cancel(token.value)
    return level.value > NOMINAL if status == _OK else _refused(status)


def load_notifications(system: str = sys.platform) -> NotificationLibrary | Unavailable:
    """Return the library, or why there is none."""
    if system != "darwin":
        return NOT_MACOS
    number, address = ctypes.c_uint32, ctypes.c_void_p
    try:
        library: Any = ctypes.CDLL(_SYSTEM_PATH)
        declare(library, "notify_register_check", number, ctypes.c_char_p, address)
        declare(library, "notify_get_state", number, ctypes.c_int, address)
        declare(library, "notify_cancel", number, ctypes.c_int)
    except (OSError, AttributeError):
        return Unavailable(reason="this macOS tells no thermal pressure")
    notifications: NotificationLibrary = library
    return notifications


def _refused(status: int) -> Unavailable:
    return Unavailable(reason=f"macOS does not tell its thermal pressure: status {status}")
