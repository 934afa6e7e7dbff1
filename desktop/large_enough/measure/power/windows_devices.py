"""Opens devices of Windows by the interface they offer.

Source: Microsoft's documentation of CM_Get_Device_Interface_ListW (cfgmgr32.h), CreateFileW,
DeviceIoControl. Nothing here asks for more rights than a standard account has.
"""

import ctypes
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.native import (
    NOT_WINDOWS,
    declare,
    last_windows_error,
    windows_library,
)

ERROR_ACCESS_DENIED = 5

_ERROR_INVALID_HANDLE = 6
_PRESENT_ONLY = 0  # CM_GET_DEVICE_INTERFACE_LIST_PRESENT
_CR_SUCCESS = 0
_CR_BUFFER_SMALL = 0x1A
_GENERIC_READ = 0x8000_0000
_SHARE_READ_WRITE = 0x3
_OPEN_EXISTING = 3
_INVALID_HANDLE = ctypes.c_void_p(-1).value
_MOST_TRIES = 3  # the list may grow between asking for its size and for itself
_BYTES_A_CHARACTER = 2


class DeviceError(OSError):
    """Windows has refused a call."""

    def __init__(self, code: int, call: str) -> None:
        super().__init__(f"{call}: {code}")
        self.code = code

    @property
    def reason(self) -> str:
        """Why, for people."""
        if self.code == ERROR_ACCESS_DENIED:
            return to_translate("Windows denies access to it")
        return f"Windows answers with error {self.code}"


class Device(Protocol):
    """An open device."""

    def control(self, code: int, request: bytes, reply_bytes: int) -> bytes:
        """Send a control code; return the answer, which may be shorter than asked for.

        Raises:
            DeviceError: Windows or the driver refuses.
        """
        ...

    def close(self) -> None:
        """Let go of it. Safe to call twice."""
        ...


class DeviceOpener(Protocol):
    """Something that finds and opens devices."""

    def paths(self, interface: uuid.UUID) -> tuple[str, ...]:
        """Return the paths of all present devices that offer an interface.

        Raises:
            DeviceError: Windows refuses.
        """
        ...

    def open(self, path: str) -> Device:
        """Open a device for reading.

        Raises:
            DeviceError: Windows refuses.
        """
        ...


class ConfigurationLibrary(Protocol):
    """The part of cfgmgr32 that is used."""

    CM_Get_Device_Interface_List_SizeW: Callable[[Any, bytes, None, int], int]
    CM_Get_Device_Interface_ListW: Callable[[bytes, None, Any, int, int], int]


class KernelLibrary(Protocol):
    """The part of kernel32 that is used."""

    CreateFileW: Callable[[str, int, int, None, int, int, None], int | None]
    DeviceIoControl: Callable[[int, int, bytes | None, int, Any, int, Any, None], int]
    CloseHandle: Callable[[int], int]


class WindowsDevice:
    """A device behind a handle."""

    def __init__(self, kernel: KernelLibrary, handle: int, last_error: Callable[[], int]) -> None:
        self._kernel = kernel
        self._handle: int | None = handle
        self._last_error = last_error

    def control(self, code: int, request: bytes, reply_bytes: int) -> bytes:
        """Send a control code; return the answer, which may be shorter than asked for."""
        if self._handle is None:
            raise DeviceError(_ERROR_INVALID_HANDLE, "DeviceIoControl")
        buffer = ctypes.create_string_buffer(reply_bytes)
        returned_bytes = ctypes.c_uint32(0)
        has_succeeded = self._kernel.DeviceIoControl(
            self._handle,
            code,
            request or None,
            len(request),
            buffer,
            reply_bytes,
            ctypes.byref(returned_bytes),
            None,
        )
        if not has_succeeded:
            raise DeviceError(self._last_error(), "DeviceIoControl")
        return buffer.raw[: returned_bytes.value]

    def close(self) -> None:
        """Close the handle."""
        if self._handle is not None:
            self._kernel.CloseHandle(self._handle)
            self._handle = None


class WindowsDevices:
    """The devices of this machine."""

    def __init__(
        self,
        configuration: ConfigurationLibrary,
        kernel: KernelLibrary,
        last_error: Callable[[], int] = last_windows_error,
    ) -> None:
        self._configuration = configuration
        self._kernel = kernel
        self._last_error = last_error

    def paths(self, interface: uuid.UUID) -> tuple[str, ...]:
        """Return the paths of all present devices that offer an interface."""
        for _ in range(_MOST_TRIES):
            buffer = self._buffer(interface)
            result = self._configuration.CM_Get_Device_Interface_ListW(
                interface.bytes_le,
                None,
                buffer,
                len(buffer) // _BYTES_A_CHARACTER,
                _PRESENT_ONLY,
            )
            if result == _CR_SUCCESS:
                return _texts(buffer.raw)
            if result != _CR_BUFFER_SMALL:
                raise DeviceError(result, "CM_Get_Device_Interface_ListW")
        raise DeviceError(_CR_BUFFER_SMALL, "CM_Get_Device_Interface_ListW")

    def open(self, path: str) -> WindowsDevice:
        """Open a device for reading, shared with others who read and write."""
        handle = self._kernel.CreateFileW(
            path, _GENERIC_READ, _SHARE_READ_WRITE, None, _OPEN_EXISTING, 0, None
        )
        if handle is None or handle == _INVALID_HANDLE:
            raise DeviceError(self._last_error(), "CreateFileW")
        return WindowsDevice(self._kernel, handle, self._last_error)

    def _buffer(self, interface: uuid.UUID) -> Any:  # noqa: ANN401 - a character array of ctypes
        """Return room for the list as long as it is now."""
        characters = ctypes.c_uint32(0)
        result = self._configuration.CM_Get_Device_Interface_List_SizeW(
            ctypes.byref(characters), interface.bytes_le, None, _PRESENT_ONLY
        )
        if result != _CR_SUCCESS:
            raise DeviceError(result, "CM_Get_Device_Interface_List_SizeW")
        return ctypes.create_string_buffer(max(characters.value, 1) * _BYTES_A_CHARACTER)


@contextmanager
def opened(devices: DeviceOpener, path: str) -> Iterator[Device]:
    """Open a device for as long as a block lasts."""
    device = devices.open(path)
    try:
        yield device
    finally:
        device.close()


def load_windows_devices(platform: str = sys.platform) -> DeviceOpener | Unavailable:
    """Return the devices of this machine, or why they cannot be asked."""
    if platform != "win32":
        return NOT_WINDOWS
    try:
        configuration = windows_library("cfgmgr32.dll")
        kernel = windows_library("kernel32.dll")
        _declare_functions(configuration, kernel)
    except (OSError, AttributeError):
        return Unavailable(reason="this Windows does not list its devices")
    return WindowsDevices(configuration, kernel)


def windows_build() -> int | None:
    """Return the build number of this Windows, 22000 for the first Windows 11; None elsewhere."""
    get_version = getattr(sys, "getwindowsversion", None)
    return None if get_version is None else int(get_version().build)


def _declare_functions(configuration: Any, kernel: Any) -> None:  # noqa: ANN401 - libraries of ctypes
    number, address = ctypes.c_uint32, ctypes.c_void_p
    guid = ctypes.c_char_p
    declare(
        configuration,
        "CM_Get_Device_Interface_List_SizeW",
        *(number, address, guid, address, number),
    )
    declare(
        configuration,
        "CM_Get_Device_Interface_ListW",
        *(number, guid, address, address, number, number),
    )
    declare(
        kernel,
        "CreateFileW",
        *(address, ctypes.c_wchar_p, number, number, address, number, number, address),
    )
    declare(
        kernel,
        "DeviceIoControl",
        *(ctypes.c_int, address, number, ctypes.c_char_p, number),
        *(address, number, address, address),
    )
    declare(kernel, "CloseHandle", ctypes.c_int, address)


def _texts(content: bytes) -> tuple[str, ...]:
    """Split texts that end in a null each; an empty one ends the list."""
    texts = content.decode("utf-16-le", "replace").split("\0")
    return tuple(texts[: texts.index("")]) if "" in texts else tuple(texts)
