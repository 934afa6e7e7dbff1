import ctypes
import sys

import pytest

from large_enough.measure.power.native import (
    NOT_MACOS,
    NOT_WINDOWS,
    declare,
    last_windows_error,
    windows_library,
)


def test_types_are_set() -> None:
    class Library:
        function = ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 1)

    declare(Library, "function", ctypes.c_void_p, ctypes.c_uint32, ctypes.c_char_p)
    assert Library.function.restype is ctypes.c_void_p
    assert list(Library.function.argtypes) == [ctypes.c_uint32, ctypes.c_char_p]


def test_a_function_that_is_missing() -> None:
    with pytest.raises(AttributeError):
        declare(object(), "function", None)


def test_a_library_that_is_missing() -> None:
    with pytest.raises(OSError, match=r".+"):
        windows_library("no-such-library-anywhere.dll")


def test_the_last_error_is_a_number_everywhere() -> None:
    assert last_windows_error() == 0 or sys.platform == "win32"


def test_reasons_say_what_is_the_case() -> None:
    assert NOT_WINDOWS.reason == "this is not Windows"
    assert NOT_MACOS.reason == "this is not macOS"
