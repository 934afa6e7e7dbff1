import ctypes
import sys
import uuid

import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.power.windows_devices import (
    DeviceError,
    WindowsDevices,
    load_windows_devices,
    opened,
    windows_build,
)

INTERFACE = uuid.UUID("45bd8344-7ed6-49cf-a440-c276c933b053")
INVALID_HANDLE = ctypes.c_void_p(-1).value
BUFFER_SMALL = 0x1A


class FakeConfiguration:
    """cfgmgr32 with a list of paths that may grow between two calls."""

    def __init__(self, *paths: str) -> None:
        self.paths = list(paths)
        self.growing: list[str] = []
        self.size_result = 0
        self.list_result = 0

    def content(self) -> bytes:
        return "".join(f"{path}\0" for path in [*self.paths, ""]).encode("utf-16-le")

    def CM_Get_Device_Interface_List_SizeW(self, length, guid, device, flags) -> int:
        assert (guid, device, flags) == (INTERFACE.bytes_le, None, 0)
        length._obj.value = len(self.content()) // 2
        return self.size_result

    def CM_Get_Device_Interface_ListW(self, guid, device, buffer, length, flags) -> int:
        assert (guid, device, flags) == (INTERFACE.bytes_le, None, 0)
        if self.growing:
            self.paths.append(self.growing.pop())
        content = self.content()
        if len(content) > length * 2:
            return BUFFER_SMALL
        ctypes.memmove(buffer, content, len(content))
        return self.list_result


class FakeKernel:
    """kernel32 with one device that gives its request back."""

    def __init__(self) -> None:
        self.handle: int | None = 0x1234_5678_9ABC
        self.closed: list[int] = []
        self.opened: list[tuple] = []
        self.has_success = True
        self.answer: bytes | None = None

    def CreateFileW(self, path, access, share, security, disposition, flags, template):
        self.opened.append((path, access, share, security, disposition, flags, template))
        return self.handle

    def DeviceIoControl(
        self, handle, code, request, request_bytes, buffer, size, returned, overlapped
    ) -> int:
        assert (handle, overlapped) == (self.handle, None)
        assert len(request or b"") == request_bytes
        answer = self.answer if self.answer is not None else (request or b"")
        ctypes.memmove(buffer, answer, min(len(answer), size))
        returned._obj.value = len(answer)
        return int(self.has_success)

    def CloseHandle(self, handle) -> int:
        self.closed.append(handle)
        return 1


def make_devices(
    configuration: FakeConfiguration | None = None, kernel: FakeKernel | None = None, error: int = 0
) -> WindowsDevices:
    return WindowsDevices(
        configuration or FakeConfiguration(), kernel or FakeKernel(), lambda: error
    )


def test_paths() -> None:
    devices = make_devices(FakeConfiguration(r"\\?\one#{45bd}", r"\\?\zwölf"))
    assert devices.paths(INTERFACE) == (r"\\?\one#{45bd}", r"\\?\zwölf")


def test_no_device() -> None:
    assert make_devices().paths(INTERFACE) == ()


def test_the_guid_is_in_the_order_of_windows() -> None:
    assert INTERFACE.bytes_le[:8] == bytes.fromhex("4483bd45d67ecf49")


def test_a_list_that_grows_is_asked_again() -> None:
    configuration = FakeConfiguration("first")
    configuration.growing = ["second"]
    assert make_devices(configuration).paths(INTERFACE) == ("first", "second")


def test_a_list_that_never_stops_growing() -> None:
    configuration = FakeConfiguration("first")
    configuration.growing = ["more"] * 50
    with pytest.raises(DeviceError):
        make_devices(configuration).paths(INTERFACE)


@pytest.mark.parametrize("name", ["size_result", "list_result"])
def test_a_list_that_is_refused(name: str) -> None:
    configuration = FakeConfiguration("first")
    setattr(configuration, name, 0x33)
    with pytest.raises(DeviceError) as caught:
        make_devices(configuration).paths(INTERFACE)
    assert caught.value.code == 0x33
    assert "51" in caught.value.reason


def test_a_device_is_opened_for_reading_and_shared() -> None:
    kernel = FakeKernel()
    with opened(make_devices(kernel=kernel), "path") as device:
        assert device.control(0x224000, b"abc", 8) == b"abc"
    assert kernel.opened == [("path", 0x8000_0000, 3, None, 3, 0, None)]
    assert kernel.closed == [kernel.handle]
    device.close()
    assert kernel.closed == [kernel.handle]


def test_a_device_is_closed_after_an_error() -> None:
    kernel = FakeKernel()
    kernel.has_success = False
    with (
        pytest.raises(DeviceError) as caught,
        opened(make_devices(kernel=kernel, error=1), "path") as device,
    ):
        device.control(1, b"", 4)
    assert caught.value.code == 1
    assert kernel.closed == [kernel.handle]


@pytest.mark.parametrize("handle", [None, INVALID_HANDLE])
def test_a_device_that_may_not_be_opened(handle: int | None) -> None:
    kernel = FakeKernel()
    kernel.handle = handle
    with pytest.raises(DeviceError) as caught:
        make_devices(kernel=kernel, error=5).open("path")
    assert caught.value.reason == "Windows denies access to it"
    assert kernel.closed == []


def test_a_short_answer_stays_short() -> None:
    kernel = FakeKernel()
    kernel.answer = b"xy"
    assert make_devices(kernel=kernel).open("path").control(1, b"", 16) == b"xy"


def test_a_driver_that_claims_more_than_there_is_room_for() -> None:
    kernel = FakeKernel()
    kernel.answer = bytes(100)
    assert len(make_devices(kernel=kernel).open("path").control(1, b"", 16)) == 16


def test_a_closed_device_refuses() -> None:
    device = make_devices().open("path")
    device.close()
    with pytest.raises(DeviceError):
        device.control(1, b"", 4)


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_other_systems(platform: str) -> None:
    assert load_windows_devices(platform) == NOT_WINDOWS


def test_this_system() -> None:
    loaded = load_windows_devices()
    assert isinstance(loaded, Unavailable) == (sys.platform != "win32")
    assert (windows_build() is None) == (sys.platform != "win32")


def test_a_windows_without_its_libraries() -> None:
    loaded = load_windows_devices("win32")
    assert isinstance(loaded, Unavailable) == (sys.platform != "win32")
    assert loaded != NOT_WINDOWS
