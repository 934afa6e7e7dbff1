"""A machine whose instruments answer from a trace that `doctor --record` has written."""

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, cast

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import Plain
from large_enough.measure.power.iokit import IoKitError
from large_enough.measure.power.ioreport_channels import EnergyChannel
from large_enough.measure.power.nvml_library import NvmlLibrary
from large_enough.measure.power.trace import TraceGapError, TracePlayer
from large_enough.measure.power.trace_file import Trace
from large_enough.measure.power.trace_tree import lay_out_tree
from large_enough.measure.power.windows_devices import DeviceError
from large_enough.measure.probe_all import ProbeEnvironment

Loaded = TypeVar("Loaded")


def played_environment(
    trace: Trace, root: Path, clock: Clock, *, system: str = "linux", is_timed: bool = False
) -> ProbeEnvironment:
    """Return the environment of a recording.

    Args:
        trace: The recording.
        root: An empty folder for its tree.
        clock: For the times of readings.
        system: As `sys.platform` on the machine that was recorded.
        is_timed: Whether answers come by the clock, not one after the other.
    """
    lay_out_tree(trace, root)
    machine = PlayedMachine(TracePlayer(trace, clock if is_timed else None))
    return ProbeEnvironment(
        clock=clock,
        is_gpu_in_use=lambda: True,
        system=system,
        machine="x86_64",
        root=root,
        read_text=lambda path: machine.read_text(path.relative_to(root)),
        nvml_loader=machine.load_nvml,
        load_devices=lambda _system: machine.loaded("load_devices", PlayedDevices(machine)),
        load_system_state=lambda _system: machine.system_state,
        load_drivers=lambda _system: machine.loaded("load_drivers", PlayedDrivers(machine)),
        load_energy_counters=lambda _system: machine.loaded(
            "load_energy_counters", PlayedCounters(machine)
        ),
        physical_core_count=4,
    )


class PlayedMachine:
    """Everything that a trace can answer."""

    def __init__(self, player: TracePlayer) -> None:
        self.player = player

    def ask(self, name: str, *args: object) -> object:
        """Return the recorded answer to a call."""
        return self.player.function(name)(*args)

    def read_text(self, path: Path) -> str:
        """Return what was in a file; one that was never read is not there."""
        try:
            return str(self.ask("read_text", path.as_posix()))
        except TraceGapError as gap:
            raise FileNotFoundError(path) from gap

    def load_nvml(self) -> NvmlLibrary:
        """Return the trace as NVIDIA's library."""
        self.ask("load_nvml")
        return cast("NvmlLibrary", self.player)

    def loaded(self, name: str, thing: Loaded) -> Loaded | Unavailable:
        """Return the thing, or why it could not be loaded."""
        reason = self.ask(name)
        return thing if reason is None else Unavailable(reason=str(reason))

    def system_state(self) -> bytes | Unavailable:
        """Return the state of all batteries of Windows."""
        reply = self.ask("system_battery_state")
        return reply if isinstance(reply, bytes) else Unavailable(reason=str(reply))


class PlayedDevices:
    """Devices of Windows."""

    def __init__(self, machine: PlayedMachine) -> None:
        self._machine = machine

    def paths(self, interface: uuid.UUID) -> tuple[str, ...]:
        """Return the names of devices."""
        ask = self._machine.ask
        paths = _or_device_error(lambda: ask("device_paths", interface.hex[:8]))
        return tuple(cast("list[str]", paths))

    def open(self, path: str) -> "PlayedDevice":
        """Open a device."""
        _or_device_error(lambda: self._machine.ask("device_open", path))
        return PlayedDevice(path, self._machine)


class PlayedDevice:
    """An open device of Windows."""

    def __init__(self, name: str, machine: PlayedMachine) -> None:
        self._name = name
        self._machine = machine

    def control(self, code: int, request: bytes, reply_bytes: int) -> bytes:
        """Return the answer to a control code."""
        args = (self._name, code, request, reply_bytes)
        return cast("bytes", _or_device_error(lambda: self._machine.ask("device_control", *args)))

    def close(self) -> None:
        """Do nothing."""


class PlayedDrivers:
    """Drivers of macOS."""

    def __init__(self, machine: PlayedMachine) -> None:
        self._machine = machine

    def open_client(self, class_name: str) -> "PlayedClient":
        """Open a driver."""
        _or_driver_error(lambda: self._machine.ask("driver_open", class_name))
        return PlayedClient(class_name, self._machine)

    def properties(self, class_name: str, names: Sequence[str]) -> dict[str, Plain]:
        """Return properties of a driver."""
        ask = self._machine.ask
        found = _or_driver_error(lambda: ask("driver_properties", class_name, names))
        return cast("dict[str, Plain]", found)


class PlayedClient:
    """An open driver of macOS."""

    def __init__(self, class_name: str, machine: PlayedMachine) -> None:
        self._class_name = class_name
        self._machine = machine

    def call(self, selector: int, request: bytes, reply_bytes: int) -> bytes:
        """Return the answer of the driver."""
        args = (self._class_name, selector, request, reply_bytes)
        return cast("bytes", _or_driver_error(lambda: self._machine.ask("driver_call", *args)))

    def close(self) -> None:
        """Do nothing."""


class PlayedCounters:
    """Energy counters of an Apple chip."""

    def __init__(self, machine: PlayedMachine) -> None:
        self._machine = machine

    def read(self) -> tuple[EnergyChannel, ...] | Unavailable:
        """Return the totals."""
        reply = self._machine.ask("energy_counters")
        if not isinstance(reply, list):
            return Unavailable(reason=str(reply))
        return tuple(
            EnergyChannel(name=name, unit=unit, count=count) for name, unit, count in reply
        )

    def close(self) -> None:
        """Do nothing."""


def _or_device_error(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except OSError as error:
        raise DeviceError(error.errno or 0, "played") from error


def _or_driver_error(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except OSError as error:
        raise IoKitError(error.errno or 0, "played") from error
