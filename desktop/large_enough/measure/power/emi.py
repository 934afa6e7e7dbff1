"""Reads the energy of the processor through Windows' Energy Meter Interface (EMI).

Source: Microsoft's "Energy Meter Interface" and emi.h. Windows 11 offers the processor's own RAPL
counters there to every user; Windows 10 only where a maker built in a metering chip.

Which channels count is decided over all devices at once: as soon as one of them has a channel of a
whole package (`RAPL_Package0_PKG`), only such channels do. A processor has one more device for
each core, whose only channel is a part of the package: deciding device by device gave 265 W
instead of 154 W (codecarbon PR 1263), adding package and parts gave twice the truth
(systeminformer#2001). The memory chips are not in it.
"""

import uuid
from collections.abc import Iterator, Sequence

import msgspec

from large_enough.domain.clock import Clock
from large_enough.domain.power import (
    Absent,
    PowerReading,
    ReadOutcome,
    Scope,
    SourceIdentity,
    SourceKind,
)
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.emi_format import (
    MEASUREMENT_BYTES,
    SIZE_BYTES,
    VERSION_BYTES,
    EmiFormatError,
    EmiMetadata,
    parse_measurements,
    parse_metadata,
    parse_size,
    parse_version,
)
from large_enough.measure.power.reading import CLOSED, Stopwatch
from large_enough.measure.power.source import Found
from large_enough.measure.power.standstill import STANDS_STILL, Standstill
from large_enough.measure.power.windows_devices import Device, DeviceError, DeviceOpener, opened

INSTRUMENT = to_translate("Energy counter of the processor (Windows EMI)")
ENERGY_METER = uuid.UUID("45bd8344-7ed6-49cf-a440-c276c933b053")
"""GUID_DEVICE_ENERGY_METER."""
GET_VERSION = 0x224000
GET_METADATA_SIZE = 0x224004
GET_METADATA = 0x224008
GET_MEASUREMENT = 0x22400C

FIRST_BUILD_OF_WINDOWS_11 = 22000
UNLOCK_WINDOWS_10 = to_translate(
    "Windows 10 does not expose CPU energy; unplug the charger for a whole-laptop reading, "
    "or update to Windows 11"
)

MIRROR_J = 1.0
"""Counters of two dies of one package agree to less than this; those of two packages drift apart
by more within seconds of use and then stay apart."""

_RAPL_STEP_J = 61e-6  # Intel's; AMD's is 15.3e-6, and the interface's own picowatt-hour is finer
_NOTHING_COUNTED = Unavailable(reason="the energy meter is there but counts nothing")
_CUT_ANSWER = Unavailable(reason="the energy meter's answer is cut or of an unknown form")
_MOST_NAMES_SHOWN = 8


class EmiChannel(msgspec.Struct, frozen=True, kw_only=True):
    """One channel of one device."""

    path: str
    """The device."""
    index: int
    """Which of its channels."""
    channel_count: int
    """How many channels it has."""
    name: str
    """As the device names it."""

    @property
    def is_package(self) -> bool:
        """Whether it covers a whole processor chip."""
        return self.name.upper().endswith("_PKG")


class EmiSource:
    """Energy of one processor package."""

    def __init__(self, key: str, channel: EmiChannel, device: Device, clock: Clock) -> None:
        self._key = key
        self._channel = channel
        self._device: Device | None = device
        self._clock = clock
        self._standstill = Standstill(clock)

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return SourceIdentity(
            key=self._key,
            instrument=INSTRUMENT,
            scope=Scope.CPU_PACKAGE,
            kind=SourceKind.COUNTER,
            gain_uncertainty=0.1,  # the maker is unknown: 0.03 to 0.05 for Intel, 0.1 for AMD
            resolution=_RAPL_STEP_J,
            nominal_period_s=0.001,
            needs=to_translate("Windows 11 on a real machine"),
        )

    def read(self) -> ReadOutcome:
        """Return the joules counted so far."""
        if self._device is None:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        energy_j = _read_j(self._channel, self._device)
        if isinstance(energy_j, Unavailable):
            return energy_j
        if self._standstill.has_stopped(energy_j):
            return STANDS_STILL
        return PowerReading(stopwatch.middle_ns(), energy_j)

    def close(self) -> None:
        """Close the device."""
        if self._device is not None:
            self._device.close()
            self._device = None


def find_emi(
    devices: DeviceOpener | Unavailable, clock: Clock, windows_build: int | None = None
) -> Found:
    """Look for counters of whole processor packages.

    Args:
        devices: Of this machine, or why they cannot be asked.
        clock: For the times of readings.
        windows_build: Of this Windows, to tell people of Windows 10 what would help.

    Returns:
        One source for each package, or why there is none.
    """
    unlock = _unlock(windows_build)
    if isinstance(devices, Unavailable):
        return _absent(devices.reason)
    try:
        paths = devices.paths(ENERGY_METER)
    except DeviceError as error:
        return _absent(
            f"{to_translate('the energy meters cannot be listed')}: {error.reason}", unlock
        )
    if not paths:
        return _absent(to_translate("Windows offers no energy meter on this machine"), unlock)
    channels, obstacles = _survey(devices, paths)
    if not channels:
        return _absent(obstacles[0], unlock)
    packages = [channel for channel in channels if channel.is_package]
    if not packages:
        return _absent(_without_package(channels), unlock)
    return _found(devices, packages, clock, unlock)


def _found(
    devices: DeviceOpener, packages: Sequence[EmiChannel], clock: Clock, unlock: str
) -> Found:
    sources: list[EmiSource] = []
    obstacles: list[str] = []
    for channel in packages:
        key = _new_key(channel.name, sources)
        try:
            source = EmiSource(key, channel, devices.open(channel.path), clock)
        except DeviceError as error:
            obstacles.append(error.reason)
            continue
        outcome = source.read()
        if isinstance(outcome, Unavailable):
            obstacles.append(outcome.reason)
            source.close()
        elif any(_is_mirror(kept, source) for kept in sources):
            source.close()
        else:
            sources.append(source)
    return tuple(sources) or _absent(obstacles[0], unlock)


def _new_key(name: str, sources: Sequence[EmiSource]) -> str:
    """Return a key that none of the sources has, should two packages be named alike."""
    alike = sum(source.identity.key.split("#")[0] == f"emi:{name}" for source in sources)
    return f"emi:{name}#{alike + 1}" if alike else f"emi:{name}"


def _is_mirror(original: EmiSource, other: EmiSource) -> bool:
    """Return whether two counters are one: the other lies between two readings of the first."""
    before, between, after = original.read(), other.read(), original.read()
    if isinstance(before, Unavailable) or isinstance(after, Unavailable):
        return False
    if isinstance(between, Unavailable):
        return False
    return before.value - MIRROR_J <= between.value <= after.value + MIRROR_J


def _survey(
    devices: DeviceOpener, paths: Sequence[str]
) -> tuple[tuple[EmiChannel, ...], tuple[str, ...]]:
    """Return the channels of all devices, and why some devices have told none."""
    channels: list[EmiChannel] = []
    obstacles: list[str] = []
    for path in paths:
        try:
            channels += _channels(devices, path)
        except DeviceError as error:
            obstacles.append(f"{to_translate('an energy meter cannot be read')}: {error.reason}")
        except EmiFormatError:
            obstacles.append(_CUT_ANSWER.reason)
    return tuple(channels), (*obstacles, to_translate("the energy meter has no channels"))


def _channels(devices: DeviceOpener, path: str) -> Iterator[EmiChannel]:
    with opened(devices, path) as device:
        names = _metadata(device).channels
    for index, name in enumerate(names):
        yield EmiChannel(path=path, index=index, channel_count=len(names), name=name)


def _metadata(device: Device) -> EmiMetadata:
    version = parse_version(device.control(GET_VERSION, b"", VERSION_BYTES))
    size_bytes = parse_size(device.control(GET_METADATA_SIZE, b"", SIZE_BYTES))
    return parse_metadata(version, device.control(GET_METADATA, b"", size_bytes))


def _read_j(channel: EmiChannel, device: Device) -> float | Unavailable:
    try:
        answer = device.control(GET_MEASUREMENT, b"", channel.channel_count * MEASUREMENT_BYTES)
        measurement = parse_measurements(answer, channel.channel_count)[channel.index]
    except DeviceError as error:
        return Unavailable(reason=f"the energy meter cannot be read: {error.reason}")
    except EmiFormatError:
        return _CUT_ANSWER
    return measurement.energy_j if measurement.energy_pwh > 0 else _NOTHING_COUNTED


def _without_package(channels: Sequence[EmiChannel]) -> str:
    names = sorted({channel.name for channel in channels})
    shown = ", ".join(names[:_MOST_NAMES_SHOWN])
    if len(names) > _MOST_NAMES_SHOWN:
        shown += ", ..."
    return f"{to_translate('no energy meter covers the whole processor')}: {shown}"


def _unlock(windows_build: int | None) -> str:
    is_windows_10 = windows_build is not None and windows_build < FIRST_BUILD_OF_WINDOWS_11
    return UNLOCK_WINDOWS_10 if is_windows_10 else ""


def _absent(reason: str, unlock: str = "") -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.CPU_PACKAGE, reason=reason, unlock=unlock)
