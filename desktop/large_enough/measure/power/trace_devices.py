"""Writes down what devices of Windows and drivers of macOS answer.

Paths of devices may hold serial numbers, so devices are numbered in a trace.
"""

import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import Plain
from large_enough.measure.power.iokit import Drivers, IoKitError, UserClient
from large_enough.measure.power.ioreport_channels import EnergyChannel
from large_enough.measure.power.ioreport_library import EnergyCounters
from large_enough.measure.power.trace import TraceRecorder
from large_enough.measure.power.windows_devices import Device, DeviceError, DeviceOpener

_Loaded = TypeVar("_Loaded")
_INTERFACE_DIGITS = 8  # tell interfaces apart; a whole one would be taken out as a unique id


class RecordedDevices:
    """Finds and opens devices of Windows, by way of the recorder."""

    def __init__(self, devices: DeviceOpener, recorder: TraceRecorder) -> None:
        self._devices = devices
        self._recorder = recorder
        self._paths: dict[str, str] = {}

    def paths(self, interface: uuid.UUID) -> tuple[str, ...]:
        """Return names that stand for the paths of all devices that offer an interface."""

        def ask(_interface: str) -> tuple[str, ...]:
            return tuple(self._name(path) for path in self._devices.paths(interface))

        recorded = self._recorder.function("device_paths", ask, (DeviceError,))
        return recorded(interface.hex[:_INTERFACE_DIGITS])

    def open(self, path: str) -> "RecordedDevice":
        """Open a device by the name that stands for its path."""
        opened: list[Device] = []

        def ask(name: str) -> None:
            opened.append(self._devices.open(self._paths[name]))

        self._recorder.function("device_open", ask, (DeviceError,))(path)
        return RecordedDevice(path, opened[0], self._recorder)

    def _name(self, path: str) -> str:
        known = (name for name, known_path in self._paths.items() if known_path == path)
        name = next(known, f"device {len(self._paths) + 1}")
        self._paths[name] = path
        return name


class RecordedDevice:
    """An open device of Windows."""

    def __init__(self, name: str, device: Device, recorder: TraceRecorder) -> None:
        self._name = name
        self._device = device
        self._recorder = recorder

    def control(self, code: int, request: bytes, reply_bytes: int) -> bytes:
        """Send a control code."""

        def ask(_name: str, code: int, request: bytes, reply_bytes: int) -> bytes:
            return self._device.control(code, request, reply_bytes)

        recorded = self._recorder.function("device_control", ask, (DeviceError,))
        return recorded(self._name, code, request, reply_bytes)

    def close(self) -> None:
        """Let go of it."""
        self._device.close()


class RecordedDrivers:
    """Finds drivers of macOS, by way of the recorder."""

    def __init__(self, drivers: Drivers, recorder: TraceRecorder) -> None:
        self._drivers = drivers
        self._recorder = recorder

    def open_client(self, class_name: str) -> "RecordedClient":
        """Open the first driver of a class."""
        opened: list[UserClient] = []

        def ask(class_name: str) -> None:
            opened.append(self._drivers.open_client(class_name))

        self._recorder.function("driver_open", ask, (IoKitError,))(class_name)
        return RecordedClient(class_name, opened[0], self._recorder)

    def properties(self, class_name: str, names: Sequence[str]) -> dict[str, Plain]:
        """Return properties of the first driver of a class."""
        ask = self._drivers.properties
        recorded = self._recorder.function("driver_properties", ask, (IoKitError,))
        return recorded(class_name, names)


class RecordedClient:
    """An open driver of macOS."""

    def __init__(self, class_name: str, client: UserClient, recorder: TraceRecorder) -> None:
        self._class_name = class_name
        self._client = client
        self._recorder = recorder

    def call(self, selector: int, request: bytes, reply_bytes: int) -> bytes:
        """Call a function of the driver."""

        def ask(_class_name: str, selector: int, request: bytes, reply_bytes: int) -> bytes:
            return self._client.call(selector, request, reply_bytes)

        recorded = self._recorder.function("driver_call", ask, (IoKitError,))
        return recorded(self._class_name, selector, request, reply_bytes)

    def close(self) -> None:
        """Close it."""
        self._client.close()


class RecordedCounters:
    """Energy counters of an Apple chip; the reply is a list of name, unit, count, or a reason."""

    def __init__(self, counters: EnergyCounters, recorder: TraceRecorder) -> None:
        self._counters = counters
        self._recorder = recorder

    def read(self) -> tuple[EnergyChannel, ...] | Unavailable:
        """Return the totals now."""
        outcome = self._counters.read()

        def ask() -> object:
            if isinstance(outcome, Unavailable):
                return outcome.reason
            return [(channel.name, channel.unit, channel.count) for channel in outcome]

        self._recorder.function("energy_counters", ask)()
        return outcome

    def close(self) -> None:
        """Let go of them."""
        self._counters.close()


def recorded_state(
    ask_system: Callable[[], bytes | Unavailable], recorder: TraceRecorder
) -> Callable[[], bytes | Unavailable]:
    """Return what asks Windows for the state of its batteries; the reply is bytes or a reason."""

    def ask() -> bytes | Unavailable:
        outcome = ask_system()
        reply = outcome.reason if isinstance(outcome, Unavailable) else outcome
        recorder.function("system_battery_state", lambda: reply)()
        return outcome

    return ask


def recorded_loading(
    name: str, loaded: _Loaded | Unavailable, recorder: TraceRecorder
) -> _Loaded | Unavailable:
    """Write down whether something could be loaded; the reply is None, or the reason if not."""
    reason = loaded.reason if isinstance(loaded, Unavailable) else None
    recorder.function(name, lambda: reason)()
    return loaded
