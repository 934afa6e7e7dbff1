"""Reads the bytes that Windows tells the state of batteries in.

Source: Microsoft's pages on IOCTL_BATTERY_QUERY_TAG, BATTERY_QUERY_INFORMATION,
BATTERY_INFORMATION, BATTERY_WAIT_STATUS, BATTERY_STATUS and SYSTEM_BATTERY_STATE. A rate is in
milliwatts and negative while discharging; 0x80000000 means that it is not known; with
BATTERY_CAPACITY_RELATIVE it is in no unit at all.
"""

import struct

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable

TAG_BYTES = 4
INFORMATION_BYTES = 36
STATUS_BYTES = 16
SYSTEM_STATE_BYTES = 32

_TAG = struct.Struct("<I")
_QUERY = struct.Struct("<IIi")  # tag, information level, rate
_WAIT = struct.Struct("<IIIII")  # tag, timeout in ms, power state, low, high capacity
_CAPABILITIES = struct.Struct("<I")
_STATUS = struct.Struct("<IIIi")  # power state, capacity, voltage in mV, rate in mW
_SYSTEM_STATE = struct.Struct("<????4xIIiIII")  # see SYSTEM_BATTERY_STATE

_BATTERY_INFORMATION = 0
_IS_SYSTEM_BATTERY = 0x8000_0000
_IS_RELATIVE = 0x4000_0000
_IS_SHORT_TERM = 0x2000_0000
_ON_LINE = 0x1
_DISCHARGING = 0x2
_UNKNOWN_RATE = -0x8000_0000
_MW_PER_W = 1000.0
_MOST_PERCENT = 100

CUT_ANSWER = Unavailable(reason="the battery's answer is cut")
NO_UNIT = Unavailable(reason="this battery tells its rate in no unit of power")


class BatteryTraits(msgspec.Struct, frozen=True, kw_only=True):
    """What a battery is."""

    feeds_the_machine: bool
    """Whether it is one of the laptop's own, not of a mouse and not an emergency supply."""
    is_relative: bool
    """Whether its rates are in arbitrary units."""


class BatteryState(msgspec.Struct, frozen=True, kw_only=True):
    """One battery, or all together, at one moment."""

    is_on_line: bool
    """Whether the charger feeds the laptop."""
    is_discharging: bool
    """Whether this battery does."""
    rate_w: Quantity
    """Watts that it takes in; negative while it gives them out."""


def parse_tag(answer: bytes) -> int | Unavailable:
    """Read the answer to IOCTL_BATTERY_QUERY_TAG; 0 stands for an empty slot."""
    if len(answer) < _TAG.size:
        return CUT_ANSWER
    return int(_TAG.unpack_from(answer)[0])


def information_query(tag: int) -> bytes:
    """Return the request that IOCTL_BATTERY_QUERY_INFORMATION wants."""
    return _QUERY.pack(tag, _BATTERY_INFORMATION, 0)


def parse_information(answer: bytes) -> BatteryTraits | Unavailable:
    """Read a BATTERY_INFORMATION, of which only the capabilities matter."""
    if len(answer) < INFORMATION_BYTES:
        return CUT_ANSWER
    (capabilities,) = _CAPABILITIES.unpack_from(answer)
    is_short_term = bool(capabilities & _IS_SHORT_TERM)
    return BatteryTraits(
        feeds_the_machine=bool(capabilities & _IS_SYSTEM_BATTERY) and not is_short_term,
        is_relative=bool(capabilities & _IS_RELATIVE),
    )


def status_query(tag: int) -> bytes:
    """Return the request that IOCTL_BATTERY_QUERY_STATUS wants, to be answered at once."""
    return _WAIT.pack(tag, 0, 0, 0, 0)


def parse_status(answer: bytes) -> BatteryState | Unavailable:
    """Read a BATTERY_STATUS."""
    if len(answer) < STATUS_BYTES:
        return CUT_ANSWER
    power_state, _capacity, _voltage_mv, rate_mw = _STATUS.unpack_from(answer)
    return BatteryState(
        is_on_line=bool(power_state & _ON_LINE),
        is_discharging=bool(power_state & _DISCHARGING),
        rate_w=_watts(rate_mw),
    )


def parse_system_state(answer: bytes) -> BatteryState | Unavailable | None:
    """Read a SYSTEM_BATTERY_STATE: all batteries together; None if there is no battery."""
    if len(answer) < SYSTEM_STATE_BYTES:
        return CUT_ANSWER
    is_on_line, is_present, _is_charging, is_discharging, most, _left, rate_mw, *_rest = (
        _SYSTEM_STATE.unpack_from(answer)
    )
    if not is_present:
        return None
    return BatteryState(
        is_on_line=is_on_line,
        is_discharging=is_discharging,
        # Capabilities are not told here; a whole battery of at most 100 mWh is one in percent.
        rate_w=NO_UNIT if 0 < most <= _MOST_PERCENT else _watts(rate_mw),
    )


def _watts(rate_mw: int) -> Quantity:
    if rate_mw == _UNKNOWN_RATE:
        return Unavailable(reason="the battery does not know how fast it is being emptied")
    return rate_mw / _MW_PER_W
