"""Fakes of macOS' Core Foundation, IOKit and IOReport that count references.

Made from Apple's documentation, not recorded. Objects are kept under large numbers, as addresses
are; releasing something that one does not own fails at once.
"""

import itertools
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from large_enough.measure.power.ioreport_channels import EnergyChannel

FIRST_ADDRESS = 0x6000_0000_1000
TYPES = {str: 7, int: 22, bool: 21, dict: 18, list: 19, bytes: 20}
NOT_FOUND = 0x84


class FakeCoreFoundation:
    """Core Foundation with values of Python behind references."""

    def __init__(self) -> None:
        self.objects: dict[int, object] = {}
        self.owned: dict[int, int] = {}
        self._addresses = itertools.count(FIRST_ADDRESS, 16)
        self._borrowed: dict[tuple[int, object], int] = {}

    def create(self, value: object) -> int:
        """Make an object that its caller owns."""
        address = next(self._addresses)
        self.objects[address] = value
        self.owned[address] = 1
        return address

    def inside(self, container: int, key: object, value: object) -> int:
        """Return the reference of a value that its container owns."""
        if (container, key) not in self._borrowed:
            address = next(self._addresses)
            self.objects[address] = value
            self._borrowed[container, key] = address
        return self._borrowed[container, key]

    @property
    def leaked(self) -> list[object]:
        """Whatever is still owned by callers."""
        return [self.objects[address] for address, count in self.owned.items() if count]

    def CFRelease(self, reference: int) -> None:
        assert self.owned.get(reference, 0) > 0, "released, but not owned"
        self.owned[reference] -= 1

    def CFGetTypeID(self, reference: int) -> int:
        self._check_alive(reference)
        return TYPES[type(self.objects[reference])]

    def CFStringGetTypeID(self) -> int:
        return TYPES[str]

    def CFNumberGetTypeID(self) -> int:
        return TYPES[int]

    def CFBooleanGetTypeID(self) -> int:
        return TYPES[bool]

    def CFDictionaryGetTypeID(self) -> int:
        return TYPES[dict]

    def CFStringCreateWithCString(self, allocator: None, text: bytes, encoding: int) -> int:
        assert encoding == 0x0800_0100
        return self.create(text.decode())

    def CFStringGetCString(self, reference: int, buffer: object, size: int, encoding: int) -> int:
        content = self.objects[reference].encode()
        if len(content) >= size:
            return 0
        buffer.value = content
        return 1

    def CFNumberGetValue(self, reference: int, kind: int, value: object) -> int:
        assert kind == 4
        number = self.objects[reference]
        value._obj.value = number  # as C does: cut to 64 bits
        return 1

    def CFBooleanGetValue(self, reference: int) -> int:
        return int(self.objects[reference])

    def CFDictionaryGetCount(self, reference: int) -> int:
        return len(self.objects[reference])

    def CFDictionaryGetKeysAndValues(self, reference: int, keys: object, values: object) -> None:
        for index, (key, value) in enumerate(self.objects[reference].items()):
            keys[index] = self.inside(reference, ("key", key), key)
            values[index] = self.inside(reference, key, value)

    def CFDictionaryGetValue(self, reference: int, key: int) -> int | None:
        self._check_alive(reference)
        name = self.objects[key]
        members = self.objects[reference]
        return self.inside(reference, name, members[name]) if name in members else None

    def CFArrayGetCount(self, reference: int) -> int:
        return len(self.objects[reference])

    def CFArrayGetValueAtIndex(self, reference: int, index: int) -> int:
        return self.inside(reference, index, self.objects[reference][index])

    def _check_alive(self, reference: int) -> None:
        assert self.owned.get(reference, 1) > 0, "used after it was released"


class FakeSmc:
    """A System Management Controller: keys with the form and the bytes of their values."""

    def __init__(self, keys: Mapping[str, tuple[str, bytes]]) -> None:
        self.keys = dict(keys)
        self.error = 0
        self.result = 0
        self.cut_bytes = 0

    def answer(self, selector: int, request: bytes) -> tuple[int, bytes]:
        assert selector == 2
        assert len(request) == 80
        if self.error:
            return self.error, b""
        key = struct.unpack_from("<I", request)[0].to_bytes(4, "big").decode()
        size = struct.unpack_from("<I", request, 28)[0]
        command = request[42]
        reply = bytearray(80)
        if self.result or key not in self.keys:
            reply[40] = self.result or NOT_FOUND
            return 0, bytes(reply)
        form, content = self.keys[key]
        if command == 9:
            struct.pack_into("<II", reply, 28, len(content), int.from_bytes(form.encode(), "big"))
        else:
            assert command == 5
            assert size == len(content)
            reply[48 : 48 + size] = content
        return 0, bytes(reply[: 80 - self.cut_bytes])


class FakeIoKit:
    """IOKit with drivers by the name of their class: a controller, or properties."""

    TASK = 0x103

    def __init__(
        self,
        foundation: FakeCoreFoundation,
        drivers: Mapping[str, FakeSmc | Mapping[str, object]],
    ) -> None:
        self.foundation = foundation
        self.drivers = drivers
        self.open_error = 0
        self.services: dict[int, str] = {}
        self.connections: dict[int, FakeSmc] = {}
        self._ports = itertools.count(0x1203, 4)

    @property
    def is_balanced(self) -> bool:
        """Whether nothing is left open or owned."""
        return not self.services and not self.connections and not self.foundation.leaked

    def IOServiceMatching(self, name: bytes) -> int:
        return self.foundation.create({"IOProviderClass": name.decode()})

    def IOServiceGetMatchingService(self, port: int, matching: int) -> int:
        assert port == 0
        name = self.foundation.objects[matching]["IOProviderClass"]
        self.foundation.CFRelease(matching)  # it is consumed, whether or not there is a driver
        if name not in self.drivers:
            return 0
        service = next(self._ports)
        self.services[service] = name
        return service

    def IOObjectRelease(self, service: int) -> int:
        del self.services[service]
        return 0

    def IOServiceOpen(self, service: int, task: int, kind: int, connection: object) -> int:
        assert (task, kind) == (self.TASK, 0)
        if self.open_error:
            return self.open_error
        connection._obj.value = next(self._ports)
        self.connections[connection._obj.value] = self.drivers[self.services[service]]
        return 0

    def IOServiceClose(self, connection: int) -> int:
        del self.connections[connection]
        return 0

    def IOConnectCallStructMethod(
        self,
        connection: int,
        selector: int,
        request: bytes,
        request_bytes: int,
        reply: object,
        reply_bytes: object,
    ) -> int:
        assert len(request) == request_bytes
        result, answer = self.connections[connection].answer(selector, request)
        if result == 0:
            reply[: len(answer)] = answer
            reply_bytes._obj.value = len(answer)
        return result

    def IORegistryEntryCreateCFProperty(
        self, service: int, key: int, allocator: None, options: int
    ) -> int | None:
        properties = self.drivers[self.services[service]]
        name = self.foundation.objects[key]
        return self.foundation.create(properties[name]) if name in properties else None


class FakeIoReport:
    """IOReport with one group of channels, each a name, a unit and a count."""

    def __init__(
        self, foundation: FakeCoreFoundation, read: Callable[[], Sequence[EnergyChannel]]
    ) -> None:
        self.foundation = foundation
        self.read = read
        self.has_group = True
        self.can_subscribe = True
        self.has_samples = True
        self.name_count = 0

    def IOReportCopyChannelsInGroup(
        self, group: int, subgroup: None, first: int, second: int, third: int
    ) -> int | None:
        assert self.foundation.objects[group] == "Energy Model"
        return self.foundation.create({"channels": True}) if self.has_group else None

    def IOReportCreateSubscription(
        self, allocator: None, channels: int, subscribed: object, first: int, second: None
    ) -> int | None:
        if not self.can_subscribe:
            return None
        subscribed._obj.value = self.foundation.inside(channels, "subscribed", {})
        return self.foundation.create({"subscription": True})

    def IOReportCreateSamples(
        self, subscription: int, subscribed: int, options: None
    ) -> int | None:
        if not self.has_samples:
            return None
        assert self.foundation.owned[subscription] == 1
        channels = [{"channel": channel} for channel in self.read()]
        return self.foundation.create({"IOReportChannels": channels})

    def IOReportChannelGetChannelName(self, channel: int) -> int:
        self.name_count += 1
        return self.foundation.inside(channel, "name", self._channel(channel).name)

    def IOReportChannelGetUnitLabel(self, channel: int) -> int:
        return self.foundation.inside(channel, "unit", self._channel(channel).unit)

    def IOReportSimpleGetIntegerValue(self, channel: int, index: int) -> int:
        return self._channel(channel).count

    def _channel(self, reference: int) -> EnergyChannel:
        return self.foundation.objects[reference]["channel"]


def read_channels(name: str) -> list[EnergyChannel]:
    """The channels of a fixture."""
    path = Path(__file__).with_name(f"synthetic_ioreport_{name}.json")
    rows = json.loads(path.read_text(encoding="utf-8"))["channels"]
    return [EnergyChannel(name=row[0], unit=row[1], count=row[2]) for row in rows]


def read_properties(name: str) -> dict[str, object]:
    """The properties of a battery in a fixture."""
    path = Path(__file__).with_name(f"synthetic_smart_battery_{name}.json")
    properties: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))["properties"]
    return properties
