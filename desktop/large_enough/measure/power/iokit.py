"""Asks drivers of macOS through IOKit.

Source: Apple's IOKitLib.h. Of memory: `IOServiceGetMatchingService` consumes the dictionary that
`IOServiceMatching` makes; the service it returns is released by the caller, the property that
`IORegistryEntryCreateCFProperty` makes as well, and an open client is closed.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.corefoundation import (
    CoreFoundation,
    Plain,
    load_core_foundation,
)
from large_enough.measure.power.native import NOT_MACOS, declare

IOKIT_PATH = "/System/Library/Frameworks/IOKit.framework/IOKit"
SYSTEM_PATH = "/usr/lib/libSystem.B.dylib"

NO_SUCH_DEVICE = 0xE000_02C0
"""kIOReturnNoDevice."""
_NOT_PRIVILEGED = 0xE000_02C1
_NOT_PERMITTED = 0xE000_02E2
_NOT_OPEN = 0xE000_02CD
_MAIN_PORT = 0  # kIOMainPortDefault


class IoKitError(OSError):
    """A driver has refused a call, or there is none."""

    def __init__(self, code: int, call: str) -> None:
        super().__init__(f"{call}: {code:#010x}")
        self.code = code

    @property
    def reason(self) -> str:
        """Why, for people."""
        if self.code in (_NOT_PRIVILEGED, _NOT_PERMITTED):
            return to_translate("macOS denies access to it")
        return f"macOS answers with error {self.code:#010x}"


class UserClient(Protocol):
    """An open driver."""

    def call(self, selector: int, request: bytes, reply_bytes: int) -> bytes:
        """Call a function of the driver with one structure; return the structure it answers with.

        Raises:
            IoKitError: The driver refuses.
        """
        ...

    def close(self) -> None:
        """Close it. Safe to call twice."""
        ...


class Drivers(Protocol):
    """Something that finds drivers by the name of their class."""

    def open_client(self, class_name: str) -> UserClient:
        """Open the first driver of a class.

        Raises:
            IoKitError: There is none (`NO_SUCH_DEVICE`), or it refuses.
        """
        ...

    def properties(self, class_name: str, names: Sequence[str]) -> dict[str, Plain]:
        """Return those of the named properties that the first driver of a class has.

        Raises:
            IoKitError: There is none (`NO_SUCH_DEVICE`).
        """
        ...


class IoKitLibrary(Protocol):
    """The part of IOKit that is used."""

    IOServiceMatching: Callable[[bytes], int | None]
    IOServiceGetMatchingService: Callable[[int, int], int]
    IOServiceOpen: Callable[[int, int, int, Any], int]
    IOServiceClose: Callable[[int], int]
    IOObjectRelease: Callable[[int], int]
    IOConnectCallStructMethod: Callable[[int, int, bytes, int, Any, Any], int]
    IORegistryEntryCreateCFProperty: Callable[[int, int, None, int], int | None]


class IoKitClient:
    """A connection to a driver."""

    def __init__(self, library: IoKitLibrary, connection: int) -> None:
        self._library = library
        self._connection: int | None = connection

    def call(self, selector: int, request: bytes, reply_bytes: int) -> bytes:
        """Call a function with one structure; return the structure it answers with."""
        if self._connection is None:
            raise IoKitError(_NOT_OPEN, "IOConnectCallStructMethod")
        buffer = ctypes.create_string_buffer(reply_bytes)
        size = ctypes.c_size_t(reply_bytes)
        result = self._library.IOConnectCallStructMethod(
            self._connection, selector, request, len(request), buffer, ctypes.byref(size)
        )
        _check(result, "IOConnectCallStructMethod")
        return buffer.raw[: size.value]

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._library.IOServiceClose(self._connection)
            self._connection = None


class IoKit:
    """The drivers of this machine."""

    def __init__(self, library: IoKitLibrary, core_foundation: CoreFoundation, task: int) -> None:
        """Remember the libraries.

        Args:
            library: IOKit.
            core_foundation: Its values.
            task: Port of this process, `mach_task_self()`.
        """
        self._library = library
        self._core_foundation = core_foundation
        self._task = task

    def open_client(self, class_name: str) -> IoKitClient:
        """Open the first driver of a class."""
        connection = ctypes.c_uint32(0)
        with self._service(class_name) as service:
            result = self._library.IOServiceOpen(service, self._task, 0, ctypes.byref(connection))
        _check(result, "IOServiceOpen")
        return IoKitClient(self._library, connection.value)

    def properties(self, class_name: str, names: Sequence[str]) -> dict[str, Plain]:
        """Return those of the named properties that the first driver of a class has."""
        with self._service(class_name) as service:
            values = {name: self._property(service, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}

    @contextmanager
    def _service(self, class_name: str) -> Iterator[int]:
        matching = self._library.IOServiceMatching(class_name.encode())
        if not matching:
            raise IoKitError(NO_SUCH_DEVICE, "IOServiceMatching")
        service = self._library.IOServiceGetMatchingService(_MAIN_PORT, matching)
        if not service:
            raise IoKitError(NO_SUCH_DEVICE, "IOServiceGetMatchingService")
        try:
            yield service
        finally:
            self._library.IOObjectRelease(service)

    def _property(self, service: int, name: str) -> "Plain | None":
        with self._core_foundation.string(name) as key:
            value = self._library.IORegistryEntryCreateCFProperty(service, key, None, 0)
        if not value:
            return None
        try:
            return self._core_foundation.plain(value)
        finally:
            self._core_foundation.release(value)


def load_iokit(platform: str = sys.platform) -> IoKit | Unavailable:
    """Return IOKit, or why there is none."""
    if platform != "darwin":
        return NOT_MACOS
    core_foundation = load_core_foundation(platform)
    if isinstance(core_foundation, Unavailable):
        return core_foundation
    try:
        library = ctypes.CDLL(IOKIT_PATH)
        _declare_functions(library)
        task = ctypes.c_uint32.in_dll(ctypes.CDLL(SYSTEM_PATH), "mach_task_self_").value
    except (OSError, AttributeError, ValueError):
        return Unavailable(reason="this macOS has no IOKit")
    functions: IoKitLibrary = library  # type: ignore[assignment]
    return IoKit(functions, core_foundation, task)


def _declare_functions(library: ctypes.CDLL) -> None:
    address, number, size = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_size_t
    declare(library, "IOServiceMatching", address, ctypes.c_char_p)
    declare(library, "IOServiceGetMatchingService", number, number, address)
    declare(library, "IOServiceOpen", number, number, number, number, address)
    declare(library, "IOServiceClose", number, number)
    declare(library, "IOObjectRelease", number, number)
    declare(
        library,
        "IOConnectCallStructMethod",
        *(number, number, number, ctypes.c_char_p, size, address, address),
    )
    declare(
        library,
        "IORegistryEntryCreateCFProperty",
        *(address, number, address, address, number),
    )


def _check(result: int, call: str) -> None:
    if result != 0:
        raise IoKitError(result & 0xFFFF_FFFF, call)
