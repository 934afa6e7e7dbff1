"""Fakes of Windows' device, power and counter interfaces, made from Microsoft's documentation."""

import ctypes
import struct
import uuid
from collections.abc import Callable, Mapping, Sequence

from large_enough.measure.power.emi import (
    GET_MEASUREMENT,
    GET_METADATA,
    GET_METADATA_SIZE,
    GET_VERSION,
)
from large_enough.measure.power.winbattery import QUERY_INFORMATION, QUERY_STATUS, QUERY_TAG
from large_enough.measure.power.windows_devices import DeviceError

FILE_NOT_FOUND = 2
ACCESS_DENIED = 5
NAME_BYTES = 32


def wide(text: str, size_bytes: int | None = None) -> bytes:
    """A text of Windows with its null, padded to a size."""
    content = (text + "\0").encode("utf-16-le")
    return content if size_bytes is None else content.ljust(size_bytes, b"\0")


def metadata_1(name: str, unit: int = 0) -> bytes:
    """EMI_METADATA_V1."""
    content = wide(name)
    head = struct.pack("<I32s32s", unit, wide("Maker", NAME_BYTES), wide("Chip", NAME_BYTES))
    return head + struct.pack("<HH", 7, len(content)) + content


def metadata_2(*names: str, unit: int = 0, channel_count: int | None = None) -> bytes:
    """EMI_METADATA_V2, its records of channels without gaps."""
    channels = [struct.pack("<IH", unit, len(wide(name))) + wide(name) for name in names]
    head = struct.pack("<32s32s", wide("Microsoft", NAME_BYTES), wide("RAPL", NAME_BYTES))
    count = len(names) if channel_count is None else channel_count
    return head + struct.pack("<HH", 1, count) + b"".join(channels)


class FakeMeter:
    """An energy meter: answers control codes of EMI."""

    def __init__(
        self,
        *names: str,
        read_pwh: Callable[[], Sequence[int]],
        version: int = 2,
        metadata: bytes | None = None,
    ) -> None:
        self.version = version
        self.metadata = metadata_2(*names) if metadata is None else metadata
        self.read_pwh = read_pwh
        self.measurement: bytes | None = None
        self.error: DeviceError | None = None
        self.codes: list[int] = []

    def control(self, code: int, request: bytes, reply_bytes: int) -> bytes:
        assert request == b""
        self.codes.append(code)
        if self.error is not None:
            raise self.error
        answers: dict[int, Callable[[], bytes]] = {
            GET_VERSION: lambda: struct.pack("<H", self.version),
            GET_METADATA_SIZE: lambda: struct.pack("<I", len(self.metadata)),
            GET_METADATA: lambda: self.metadata,
            GET_MEASUREMENT: self._measurement,
        }
        return answers[code]()[:reply_bytes]

    def _measurement(self) -> bytes:
        if self.measurement is not None:
            return self.measurement
        return b"".join(struct.pack("<QQ", pwh, 1_000_000) for pwh in self.read_pwh())


class FakeBattery:
    """A slot for a battery: answers control codes of the battery class."""

    def __init__(
        self,
        rate_mw: int = -15_000,
        *,
        power_state: int = 0x2,
        capabilities: int = 0x8000_0000,
        tag: int = 3,
    ) -> None:
        self.rate_mw = rate_mw
        self.power_state = power_state
        self.capabilities = capabilities
        self.tag = tag
        self.error: DeviceError | None = None
        self.cut_bytes = 0

    def control(self, code: int, request: bytes, reply_bytes: int) -> bytes:
        if self.error is not None:
            raise self.error
        answer = self._answer(code, request)
        assert len(answer) == reply_bytes
        return answer[: len(answer) - self.cut_bytes]

    def _answer(self, code: int, request: bytes) -> bytes:
        if code == QUERY_TAG:
            assert request == struct.pack("<I", 0)
            return struct.pack("<I", self.tag)
        if struct.unpack_from("<I", request) != (self.tag,):
            raise DeviceError(FILE_NOT_FOUND, "DeviceIoControl")
        if code == QUERY_INFORMATION:
            assert request == struct.pack("<IIi", self.tag, 0, 0)
            return struct.pack("<I32x", self.capabilities)
        assert code == QUERY_STATUS
        assert request == struct.pack("<IIIII", self.tag, 0, 0, 0, 0)
        return struct.pack("<IIIi", self.power_state, 40_000, 15_000, self.rate_mw)


class FakeHandle:
    """An open device that counts."""

    def __init__(self, devices: "FakeDevices", device: FakeMeter | FakeBattery) -> None:
        self._devices = devices
        self._device = device
        self._is_open = True

    def control(self, code: int, request: bytes, reply_bytes: int) -> bytes:
        assert self._is_open
        return self._device.control(code, request, reply_bytes)

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._devices.open_count -= 1


class FakeDevices:
    """All devices of a machine that offer one interface."""

    def __init__(
        self, interface: uuid.UUID, devices: Mapping[str, FakeMeter | FakeBattery]
    ) -> None:
        self.interface = interface
        self.devices = dict(devices)
        self.listing_error: DeviceError | None = None
        self.denied: set[str] = set()
        self.open_count = 0

    def paths(self, interface: uuid.UUID) -> tuple[str, ...]:
        if self.listing_error is not None:
            raise self.listing_error
        return tuple(self.devices) if interface == self.interface else ()

    def open(self, path: str) -> FakeHandle:
        if path in self.denied:
            raise DeviceError(ACCESS_DENIED, "CreateFileW")
        self.open_count += 1
        return FakeHandle(self, self.devices[path])


class FakePdh:
    """pdh.dll with wildcard counters, whose values are given by path and instance."""

    MORE_DATA = -0x7FFF_F82E  # 0x800007D2 as the signed number that it is in C
    NO_OBJECT = -0x3FFF_F448  # 0xC0000BB8
    NO_DATA = -0x7FFF_F82B  # 0x800007D5

    def __init__(self, values: Mapping[str, Mapping[str, int]]) -> None:
        self.values = values
        self.invalid: set[str] = set()
        self.collect_status = 0
        self.open_count = 0
        self.collect_count = 0
        self._paths: list[str] = []

    def PdhOpenQueryW(self, source: None, user_data: int, query: object) -> int:
        query._obj.value = 0x1_0000_0001
        self.open_count += 1
        return 0

    def PdhAddEnglishCounterW(self, query: int, path: str, user_data: int, counter: object) -> int:
        assert query == 0x1_0000_0001
        if path not in self.values:
            return self.NO_OBJECT
        self._paths.append(path)
        counter._obj.value = 0x2_0000_0000 + len(self._paths)
        return 0

    def PdhCollectQueryData(self, query: int) -> int:
        assert query == 0x1_0000_0001
        self.collect_count += 1
        return self.collect_status

    def PdhCloseQuery(self, query: int) -> int:
        self.open_count -= 1
        return 0

    def PdhGetFormattedCounterArrayW(
        self, counter: int, form: int, size: object, count: object, buffer: object
    ) -> int:
        assert form == 0x400
        values = self.values[self._paths[counter - 0x2_0000_0000 - 1]]
        names = [wide(name) for name in values]
        needed = 24 * len(values) + sum(map(len, names))
        count._obj.value = len(values)
        if buffer is None or size._obj.value < needed:
            size._obj.value = needed
            return self.MORE_DATA if values else 0
        content, offset = b"", 24 * len(values)
        for (name, value), text in zip(values.items(), names, strict=True):
            address = ctypes.addressof(buffer) + offset
            state = 0xC000_0BC6 if name in self.invalid else 0  # PDH_CSTATUS_INVALID_DATA
            content += struct.pack("<QI4xq", address, state, value)
            offset += len(text)
        content += b"".join(names)
        ctypes.memmove(buffer, content, len(content))
        return 0
