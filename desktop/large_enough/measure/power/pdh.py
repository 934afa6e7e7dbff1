"""Reads performance counters of Windows.

Source: Microsoft's documentation of PdhOpenQueryW, PdhAddEnglishCounterW (names do not depend on
the language of Windows), PdhCollectQueryData and PdhGetFormattedCounterArrayW.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_WINDOWS, declare, windows_library

_SUCCESS = 0
_MORE_DATA = 0x8000_07D2
_NO_DATA = 0x8000_07D5
_NO_INSTANCE = 0x8000_07D1
_EMPTY_STATUSES = (_SUCCESS, _NO_DATA, _NO_INSTANCE)
_FORMAT_LARGE = 0x400
_VALID_STATES = (0, 1)  # PDH_CSTATUS_VALID_DATA, PDH_CSTATUS_NEW_DATA
_MOST_BYTES = 1 << 24
_BYTES_A_CHARACTER = 2


class PdhError(OSError):
    """A call has failed."""

    def __init__(self, code: int, call: str) -> None:
        super().__init__(f"{call}: {code:#010x}")
        self.code = code


class PdhLibrary(Protocol):
    """The part of pdh.dll that is used; each function returns a status."""

    PdhOpenQueryW: Callable[[None, int, Any], int]
    PdhAddEnglishCounterW: Callable[[int, str, int, Any], int]
    PdhCollectQueryData: Callable[[int], int]
    PdhGetFormattedCounterArrayW: Callable[[int, int, Any, Any, Any], int]
    PdhCloseQuery: Callable[[int], int]


class _Item(ctypes.Structure):
    """PDH_FMT_COUNTERVALUE_ITEM_W on 64-bit systems, its value a 64-bit integer."""

    _fields_ = (
        ("name_address", ctypes.c_void_p),
        ("status", ctypes.c_uint32),
        ("value", ctypes.c_int64),
    )


class PdhQuery:
    """Counters that are collected together."""

    def __init__(self, library: PdhLibrary, paths: Sequence[str]) -> None:
        r"""Open the query.

        Args:
            library: The library.
            paths: English names, for example `\GPU Process Memory(*)\Dedicated Usage`.

        Raises:
            PdhError: Windows has no such counters.
        """
        self._library = library
        handle = ctypes.c_void_p()
        _check(library.PdhOpenQueryW(None, 0, ctypes.byref(handle)), "PdhOpenQueryW")
        self._query: int | None = handle.value or 0
        try:
            self._counters = {path: self._add(path) for path in paths}
        except PdhError:
            self.close()
            raise

    def collect(self) -> Mapping[str, Mapping[str, int]]:
        """Return by path, then by instance, what counters say now.

        Raises:
            PdhError: Windows refuses.
        """
        if self._query is None:
            return {}
        status = _unsigned(self._library.PdhCollectQueryData(self._query))
        if status not in _EMPTY_STATUSES:
            raise PdhError(status, "PdhCollectQueryData")
        if status != _SUCCESS:
            return {path: {} for path in self._counters}
        return {path: dict(self._values(counter)) for path, counter in self._counters.items()}

    def close(self) -> None:
        """Close the query with its counters. Safe to call twice."""
        if self._query is not None:
            self._library.PdhCloseQuery(self._query)
            self._query = None

    def _add(self, path: str) -> int:
        counter = ctypes.c_void_p()
        status = self._library.PdhAddEnglishCounterW(
            self._query or 0, path, 0, ctypes.byref(counter)
        )
        _check(status, "PdhAddEnglishCounterW")
        return counter.value or 0

    def _values(self, counter: int) -> Iterator[tuple[str, int]]:
        size_bytes, count = ctypes.c_uint32(0), ctypes.c_uint32(0)
        status = self._ask_array(counter, size_bytes, count, None)
        if status in _EMPTY_STATUSES:
            return
        if status != _MORE_DATA or not 0 < size_bytes.value <= _MOST_BYTES:
            raise PdhError(status, "PdhGetFormattedCounterArrayW")
        buffer = ctypes.create_string_buffer(size_bytes.value)
        _check(self._ask_array(counter, size_bytes, count, buffer), "PdhGetFormattedCounterArrayW")
        yield from _items(buffer, count.value)

    def _ask_array(
        self,
        counter: int,
        size_bytes: ctypes.c_uint32,
        count: ctypes.c_uint32,
        buffer: Any,  # noqa: ANN401 - an array of ctypes
    ) -> int:
        return _unsigned(
            self._library.PdhGetFormattedCounterArrayW(
                counter, _FORMAT_LARGE, ctypes.byref(size_bytes), ctypes.byref(count), buffer
            )
        )


def load_pdh(platform: str = sys.platform) -> PdhLibrary | Unavailable:
    """Return the library, or why there is none."""
    if platform != "win32":
        return NOT_WINDOWS
    number, address = ctypes.c_uint32, ctypes.c_void_p
    try:
        library: Any = windows_library("pdh.dll")
        declare(library, "PdhOpenQueryW", number, address, ctypes.c_size_t, address)
        declare(
            library,
            "PdhAddEnglishCounterW",
            *(number, address, ctypes.c_wchar_p, ctypes.c_size_t, address),
        )
        declare(library, "PdhCollectQueryData", number, address)
        declare(
            library,
            "PdhGetFormattedCounterArrayW",
            *(number, address, number, address, address, address),
        )
        declare(library, "PdhCloseQuery", number, address)
    except (OSError, AttributeError):
        return Unavailable(reason="this Windows has no performance counters")
    pdh: PdhLibrary = library
    return pdh


def _items(buffer: Any, count: int) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - array of ctypes
    """Yield name and value of the valid items; names lie behind the items in the buffer."""
    content = buffer.raw
    start = ctypes.addressof(buffer)
    for index in range(min(count, len(content) // ctypes.sizeof(_Item))):
        item = _Item.from_buffer_copy(content, index * ctypes.sizeof(_Item))
        name_offset = (item.name_address or 0) - start
        if item.status in _VALID_STATES and 0 <= name_offset < len(content):
            yield _text(content, name_offset), item.value


def _text(content: bytes, offset: int) -> str:
    """Return the text that starts there and ends in a null."""
    length = (len(content) - offset) // _BYTES_A_CHARACTER * _BYTES_A_CHARACTER
    text = content[offset : offset + length].decode("utf-16-le", "replace")
    return text.split("\0", 1)[0]


def _check(status: int, call: str) -> None:
    if status != _SUCCESS:
        raise PdhError(_unsigned(status), call)


def _unsigned(status: int) -> int:
    return status & 0xFFFF_FFFF
