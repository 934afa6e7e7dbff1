"""Asks macOS for its named facts about the machine.

Source: sysctlbyname(3) of macOS.
"""

import ctypes
import sys
from typing import Protocol

_MOST_TEXT_BYTES = 256


class SystemLibrary(Protocol):
    """The part of macOS' system library that is used."""

    def sysctlbyname(
        self, name: bytes, value: object, size: object, new_value: None, new_size: int
    ) -> int:
        """Fill `value`, at most `size` bytes; return 0 if there is such a fact."""
        ...


def load_system_library(platform: str = sys.platform) -> SystemLibrary | None:
    """Return macOS' system library; None elsewhere."""
    if platform != "darwin":
        return None
    library: SystemLibrary = ctypes.CDLL("/usr/lib/libSystem.dylib", use_errno=True)
    return library


def system_count(name: str, library: SystemLibrary | None = None) -> int | None:
    """Return a whole number, for example "hw.physicalcpu"; None if there is none."""
    content = _content(name, library)
    return int.from_bytes(content, sys.byteorder) if content else None


def system_text(name: str, library: SystemLibrary | None = None) -> str | None:
    """Return a text, for example "machdep.cpu.brand_string"; None if there is none."""
    content = _content(name, library)
    return content.rstrip(b"\0").decode("utf-8", "replace") if content else None


def _content(name: str, library: SystemLibrary | None) -> bytes:
    chosen = library or load_system_library()
    if chosen is None:
        return b""
    buffer = ctypes.create_string_buffer(_MOST_TEXT_BYTES)
    size = ctypes.c_size_t(_MOST_TEXT_BYTES)
    failed = chosen.sysctlbyname(name.encode(), buffer, ctypes.byref(size), None, 0)
    return b"" if failed else buffer.raw[: size.value]
