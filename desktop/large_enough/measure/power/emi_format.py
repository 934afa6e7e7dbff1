"""Reads the bytes that Windows' Energy Meter Interface answers with.

Source: emi.h of the Windows SDK and Microsoft's pages on EMI_VERSION, EMI_METADATA_SIZE,
EMI_METADATA_V1, EMI_METADATA_V2, EMI_CHANNEL_V2 and EMI_CHANNEL_MEASUREMENT_DATA. The records of
channels follow each other without gaps (EMI_CHANNEL_V2_NEXT_CHANNEL), so later ones may lie at odd
addresses: no structure of C can be laid over them.
"""

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

VERSION_BYTES = 2
SIZE_BYTES = 4
MEASUREMENT_BYTES = 16
MOST_METADATA_BYTES = 1 << 16
"""Far more than the names of hundreds of channels take."""
J_PER_PWH = 3.6e-9
"""A picowatt-hour in joules."""

_VERSION = struct.Struct("<H")
_SIZE = struct.Struct("<I")
_VERSION_1 = struct.Struct("<I32s32sHH")  # unit, OEM, model, revision, bytes of the name
_VERSION_2 = struct.Struct("<32s32sHH")  # OEM, model, revision, number of channels
_CHANNEL = struct.Struct("<IH")  # unit, bytes of the name
_MEASUREMENT = struct.Struct("<QQ")  # energy, time in 100 ns
_PICOWATT_HOURS = 0


class EmiFormatError(ValueError):
    """An answer is not what the documentation says."""


class EmiMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a meter says about itself."""

    oem: str
    """Who made the meter."""
    model: str
    """Which meter it is."""
    channels: tuple[str, ...]
    """Name of each channel, in the order of measurements."""


class EmiMeasurement(msgspec.Struct, frozen=True, kw_only=True):
    """One channel at one moment."""

    energy_pwh: int
    """Energy since some moment, in picowatt-hours."""
    time_100ns: int
    """When the meter took it, in units of 100 ns on a clock of its own."""

    @property
    def energy_j(self) -> float:
        """Energy since some moment, in joules."""
        return self.energy_pwh * J_PER_PWH


def parse_version(answer: bytes) -> int:
    """Read the answer to IOCTL_EMI_GET_VERSION."""
    (version,) = _unpack(_VERSION, answer, 0)
    return int(version)


def parse_size(answer: bytes) -> int:
    """Read the answer to IOCTL_EMI_GET_METADATA_SIZE: a number of bytes."""
    (size_bytes,) = _unpack(_SIZE, answer, 0)
    if not 0 < size_bytes <= MOST_METADATA_BYTES:
        raise EmiFormatError
    return int(size_bytes)


def parse_metadata(version: int, answer: bytes) -> EmiMetadata:
    """Read the answer to IOCTL_EMI_GET_METADATA.

    Args:
        version: As the device told it.
        answer: What the device sent.

    Raises:
        EmiFormatError: It is cut, of an unknown version, or in an unknown unit.
    """
    if version == 1:
        return _metadata_1(answer)
    if version == 2:
        return _metadata_2(answer)
    raise EmiFormatError


def parse_measurements(answer: bytes, channel_count: int) -> tuple[EmiMeasurement, ...]:
    """Read the answer to IOCTL_EMI_GET_MEASUREMENT.

    Raises:
        EmiFormatError: It is too short for so many channels.
    """
    return tuple(
        EmiMeasurement(energy_pwh=energy_pwh, time_100ns=time_100ns)
        for energy_pwh, time_100ns in (
            _unpack(_MEASUREMENT, answer, index * MEASUREMENT_BYTES)
            for index in range(channel_count)
        )
    )


def _metadata_1(answer: bytes) -> EmiMetadata:
    unit, oem, model, _revision, name_bytes = _unpack(_VERSION_1, answer, 0)
    _check_unit(unit)
    name = _name(answer, _VERSION_1.size, name_bytes)
    return EmiMetadata(oem=_text(oem), model=_text(model), channels=(name,))


def _metadata_2(answer: bytes) -> EmiMetadata:
    oem, model, _revision, channel_count = _unpack(_VERSION_2, answer, 0)
    names = tuple(_channel_names(answer, channel_count))
    return EmiMetadata(oem=_text(oem), model=_text(model), channels=names)


def _channel_names(answer: bytes, channel_count: int) -> Iterator[str]:
    offset = _VERSION_2.size
    for _ in range(channel_count):
        unit, name_bytes = _unpack(_CHANNEL, answer, offset)
        _check_unit(unit)
        offset += _CHANNEL.size
        yield _name(answer, offset, name_bytes)
        offset += name_bytes


def _unpack(form: struct.Struct, answer: bytes, offset: int) -> tuple[Any, ...]:
    try:
        return form.unpack_from(answer, offset)
    except struct.error as error:
        raise EmiFormatError from error


def _check_unit(unit: int) -> None:
    if unit != _PICOWATT_HOURS:
        raise EmiFormatError


def _name(answer: bytes, offset: int, name_bytes: int) -> str:
    if name_bytes % 2 or offset + name_bytes > len(answer):
        raise EmiFormatError
    return _text(answer[offset : offset + name_bytes])


def _text(content: bytes) -> str:
    return content.decode("utf-16-le", "replace").split("\0", 1)[0]
