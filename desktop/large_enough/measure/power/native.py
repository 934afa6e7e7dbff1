"""Loads system libraries with the types of the functions that are used.

Types must be declared: without them ctypes passes every number as a 32-bit int, which cuts
handles, sizes and addresses in two on 64-bit systems.
"""

import ctypes
from typing import Any

from large_enough.domain.quantity import Unavailable

NOT_WINDOWS = Unavailable(reason="this is not Windows")
NOT_MACOS = Unavailable(reason="this is not macOS")


def declare(library: Any, name: str, result: Any, *arguments: Any) -> None:  # noqa: ANN401 - ctypes
    """Set the types of one function of a library.

    Raises:
        AttributeError: The library has no such function.
    """
    function = getattr(library, name)
    function.restype = result
    function.argtypes = arguments


def windows_library(file_name: str) -> Any:  # noqa: ANN401 - a library of ctypes
    """Load a library that is part of Windows; calls keep GetLastError for `last_windows_error`.

    Raises:
        OSError: There is none, as on all other systems.
    """
    loader = getattr(ctypes, "WinDLL", None)
    if loader is None:
        raise OSError(NOT_WINDOWS.reason)
    return loader(file_name, use_last_error=True)


def last_windows_error() -> int:
    """Return what GetLastError said after the last call of this thread; 0 on other systems."""
    get_last_error = getattr(ctypes, "get_last_error", None)
    return 0 if get_last_error is None else int(get_last_error())
