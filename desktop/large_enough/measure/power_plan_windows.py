"""Names Windows' power plan.

Source: Microsoft's documentation of PowerGetActiveScheme (what it gives is freed with LocalFree)
and PowerReadFriendlyName. PowerGetEffectiveOverlayScheme tells the "power mode" of Windows'
settings, which lies over the plan; Microsoft does not document it, and it is missing before
Windows 10 1709.
"""

import ctypes
import sys
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.native import NOT_WINDOWS, declare, windows_library

_GUID_BYTES = 16
_MOST_NAME_BYTES = 512
_NO_OVERLAY = uuid.UUID(int=0)
_OVERLAYS = {
    uuid.UUID("961cc777-2547-4f9d-8174-7d86181b8a7a"): to_translate("best power efficiency"),
    uuid.UUID("3af9b8d9-7c97-431d-ad78-34a8bfea439f"): to_translate("better performance"),
    uuid.UUID("ded574b5-45a0-4f42-8737-46345c09c238"): to_translate("best performance"),
}


class PowerLibrary(Protocol):
    """The part of powrprof.dll that is used; each function returns 0 or an error.

    `PowerGetEffectiveOverlayScheme` may be missing.
    """

    PowerGetActiveScheme: Callable[[None, Any], int]
    PowerReadFriendlyName: Callable[[None, Any, None, None, Any, Any], int]


class PowerSchemes:
    """The power plans of this machine."""

    def __init__(self, library: PowerLibrary, free: Callable[[int], object]) -> None:
        """Remember the functions.

        Args:
            library: powrprof.
            free: LocalFree.
        """
        self._library = library
        self._free = free

    def active(self) -> uuid.UUID | Unavailable:
        """Return the plan in use."""
        address = ctypes.c_void_p()
        status = self._library.PowerGetActiveScheme(None, ctypes.byref(address))
        if status != 0 or not address.value:
            return Unavailable(reason=f"Windows answers with an error: {status}")
        try:
            return uuid.UUID(bytes_le=ctypes.string_at(address.value, _GUID_BYTES))
        finally:
            self._free(address.value)

    def name(self, scheme: uuid.UUID) -> str:
        """Return the name of a plan as Windows shows it, in its language; else its number."""
        buffer = ctypes.create_string_buffer(_MOST_NAME_BYTES)
        size = ctypes.c_uint32(_MOST_NAME_BYTES)
        status = self._library.PowerReadFriendlyName(
            None, _guid(scheme), None, None, buffer, ctypes.byref(size)
        )
        text = buffer.raw.decode("utf-16-le", "replace").split("\0", 1)[0] if status == 0 else ""
        return " ".join(text.split()) or str(scheme)

    def overlay(self) -> str:
        """Return the name of the power mode over the plan; empty if there is none."""
        ask = getattr(self._library, "PowerGetEffectiveOverlayScheme", None)
        if ask is None:
            return ""
        buffer = ctypes.create_string_buffer(_GUID_BYTES)
        if ask(buffer) != 0:
            return ""
        overlay = uuid.UUID(bytes_le=buffer.raw)
        return "" if overlay == _NO_OVERLAY else _OVERLAYS.get(overlay, str(overlay))


def windows_power_plan(schemes: PowerSchemes | Unavailable | None = None) -> str | Unavailable:
    """Return the plan in use, with the power mode over it if there is one.

    Args:
        schemes: Of this machine; None loads them.
    """
    chosen = load_power_schemes() if schemes is None else schemes
    if isinstance(chosen, Unavailable):
        return chosen
    active = chosen.active()
    if isinstance(active, Unavailable):
        return active
    return ", ".join(part for part in (chosen.name(active), chosen.overlay()) if part)


def load_power_schemes(system: str = sys.platform) -> PowerSchemes | Unavailable:
    """Return the power plans of this machine, or why there are none."""
    if system != "win32":
        return NOT_WINDOWS
    address, number = ctypes.c_void_p, ctypes.c_uint32
    try:
        library: Any = windows_library("powrprof.dll")
        kernel: Any = windows_library("kernel32.dll")
        declare(library, "PowerGetActiveScheme", number, address, address)
        declare(library, "PowerReadFriendlyName", number, *(address,) * 6)
        declare(kernel, "LocalFree", address, address)
    except (OSError, AttributeError):
        return Unavailable(reason="this Windows does not tell about its power plans")
    if hasattr(library, "PowerGetEffectiveOverlayScheme"):
        declare(library, "PowerGetEffectiveOverlayScheme", number, address)
    return PowerSchemes(library, kernel.LocalFree)


def _guid(value: uuid.UUID) -> Any:  # noqa: ANN401 - an array of ctypes
    return ctypes.create_string_buffer(value.bytes_le, _GUID_BYTES)
