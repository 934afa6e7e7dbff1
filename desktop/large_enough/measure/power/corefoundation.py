"""Translates values of macOS' Core Foundation.

Source: Apple's Core Foundation reference. Of memory: what a function with Create or Copy in its
name returns belongs to the caller, who releases it once; what one with Get returns does not.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeAlias

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS, declare

CORE_FOUNDATION_PATH = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"

_UTF_8 = 0x0800_0100  # kCFStringEncodingUTF8
_SIGNED_64_BIT = 4  # kCFNumberSInt64Type
_MOST_TEXT_BYTES = 1024
_MOST_DEPTH = 3

Plain: TypeAlias = "int | str | bool | dict[str, Plain]"
"""A value of Core Foundation as one of Python."""


class CoreFoundationLibrary(Protocol):
    """The part of Core Foundation that is used; references are addresses."""

    CFRelease: Callable[[int], None]
    CFGetTypeID: Callable[[int], int]
    CFStringGetTypeID: Callable[[], int]
    CFNumberGetTypeID: Callable[[], int]
    CFBooleanGetTypeID: Callable[[], int]
    CFDictionaryGetTypeID: Callable[[], int]
    CFStringCreateWithCString: Callable[[None, bytes, int], int | None]
    CFStringGetCString: Callable[[int, Any, int, int], int]
    CFNumberGetValue: Callable[[int, int, Any], int]
    CFBooleanGetValue: Callable[[int], int]
    CFDictionaryGetCount: Callable[[int], int]
    CFDictionaryGetKeysAndValues: Callable[[int, Any, Any], None]
    CFDictionaryGetValue: Callable[[int, int], int | None]
    CFArrayGetCount: Callable[[int], int]
    CFArrayGetValueAtIndex: Callable[[int, int], int | None]


class CoreFoundation:
    """Values behind references."""

    def __init__(self, library: CoreFoundationLibrary) -> None:
        self._library = library

    def release(self, reference: int) -> None:
        """Give up a reference that belongs to the caller."""
        self._library.CFRelease(reference)

    @contextmanager
    def string(self, text: str) -> Iterator[int]:
        """Make a string for as long as a block lasts.

        Raises:
            MemoryError: There is no memory for it.
        """
        reference = self._library.CFStringCreateWithCString(None, text.encode(), _UTF_8)
        if not reference:
            raise MemoryError
        try:
            yield reference
        finally:
            self.release(reference)

    def text(self, reference: int | None) -> str:
        """Return the text of a string; empty for anything else."""
        if not reference or not self._is_a(reference, self._library.CFStringGetTypeID):
            return ""
        buffer = ctypes.create_string_buffer(_MOST_TEXT_BYTES)
        has_succeeded = self._library.CFStringGetCString(
            reference, buffer, _MOST_TEXT_BYTES, _UTF_8
        )
        return buffer.value.decode("utf-8", "replace") if has_succeeded else ""

    def member(self, dictionary: int, name: str) -> int | None:
        """Return a value of a dictionary, which keeps owning it; None if there is none."""
        with self.string(name) as key:
            return self._library.CFDictionaryGetValue(dictionary, key) or None

    def count(self, array: int) -> int:
        """Return how many values an array has."""
        return self._library.CFArrayGetCount(array)

    def item(self, array: int, index: int) -> int | None:
        """Return a value of an array, which keeps owning it."""
        return self._library.CFArrayGetValueAtIndex(array, index) or None

    def plain(self, reference: int, depth: int = _MOST_DEPTH) -> "Plain | None":
        """Return a number, text, truth value or dictionary of them; None for anything else.

        A number of 64 bits comes as a signed one, as Core Foundation keeps it.
        """
        library = self._library
        if self._is_a(reference, library.CFNumberGetTypeID):
            return self._integer(reference)
        if self._is_a(reference, library.CFBooleanGetTypeID):
            return bool(library.CFBooleanGetValue(reference))
        if self._is_a(reference, library.CFStringGetTypeID):
            return self.text(reference)
        if depth > 0 and self._is_a(reference, library.CFDictionaryGetTypeID):
            return self._dictionary(reference, depth - 1)
        return None

    def _is_a(self, reference: int, type_id: Callable[[], int]) -> bool:
        return self._library.CFGetTypeID(reference) == type_id()

    def _integer(self, reference: int) -> int | None:
        value = ctypes.c_int64(0)
        is_exact = self._library.CFNumberGetValue(reference, _SIGNED_64_BIT, ctypes.byref(value))
        return value.value if is_exact else None

    def _dictionary(self, reference: int, depth: int) -> dict[str, Plain]:
        count = self._library.CFDictionaryGetCount(reference)
        keys, values = (ctypes.c_void_p * count)(), (ctypes.c_void_p * count)()
        self._library.CFDictionaryGetKeysAndValues(reference, keys, values)
        members: dict[str, Plain] = {}
        for key, value in zip(keys, values, strict=True):
            plain = None if value is None else self.plain(value, depth)
            if plain is not None:
                members[self.text(key)] = plain
        return members


def load_core_foundation(platform: str = sys.platform) -> CoreFoundation | Unavailable:
    """Return Core Foundation, or why there is none."""
    if platform != "darwin":
        return NOT_MACOS
    try:
        library = ctypes.CDLL(CORE_FOUNDATION_PATH)
        _declare_functions(library)
    except (OSError, AttributeError):
        return Unavailable(reason="this macOS has no Core Foundation")
    functions: CoreFoundationLibrary = library  # type: ignore[assignment]
    return CoreFoundation(functions)


def _declare_functions(library: ctypes.CDLL) -> None:
    address, index, truth = ctypes.c_void_p, ctypes.c_long, ctypes.c_ubyte
    declare(library, "CFRelease", None, address)
    declare(library, "CFGetTypeID", ctypes.c_ulong, address)
    for kind in ("String", "Number", "Boolean", "Dictionary"):
        declare(library, f"CF{kind}GetTypeID", ctypes.c_ulong)
    declare(
        library,
        "CFStringCreateWithCString",
        *(address, address, ctypes.c_char_p, ctypes.c_uint32),
    )
    declare(library, "CFStringGetCString", truth, address, address, index, ctypes.c_uint32)
    declare(library, "CFNumberGetValue", truth, address, index, address)
    declare(library, "CFBooleanGetValue", truth, address)
    declare(library, "CFDictionaryGetCount", index, address)
    declare(library, "CFDictionaryGetKeysAndValues", None, address, address, address)
    declare(library, "CFDictionaryGetValue", address, address, address)
    declare(library, "CFArrayGetCount", index, address)
    declare(library, "CFArrayGetValueAtIndex", address, address, index)
