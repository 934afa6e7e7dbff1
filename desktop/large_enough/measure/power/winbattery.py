"""Reads how fast the battery of a Windows laptop is being emptied.

Source: Microsoft's "Battery Information" (each battery answers control codes) and
CallNtPowerInformation (all batteries together, without saying whether rates are in milliwatts at
all). The batteries themselves are asked; the system only where they do not answer.

This covers the whole laptop with its screen, also with a Snapdragon chip, only while it runs on
the battery alone. Gauges are renewed every 10 to 60 seconds, on some laptops as a mean over two
minutes (g-helper#3295): far too slow for one answer.
"""

import sys
import uuid
from collections.abc import Callable, Sequence

from large_enough.domain.clock import Clock
from large_enough.domain.power import Absent, ReadOutcome, Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.battery_format import (
    INFORMATION_BYTES,
    NO_UNIT,
    STATUS_BYTES,
    SYSTEM_STATE_BYTES,
    TAG_BYTES,
    BatteryState,
    information_query,
    parse_information,
    parse_status,
    parse_system_state,
    parse_tag,
    status_query,
)
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.power.powrprof import (
    CallNtPowerInformation,
    power_information_function,
    power_information_reader,
)
from large_enough.measure.power.reading import (
    CLOSED,
    HIGHEST_MACHINE_W,
    LOWEST_MACHINE_W,
    Stopwatch,
    power_reading,
)
from large_enough.measure.power.source import Found
from large_enough.measure.power.windows_devices import Device, DeviceError, DeviceOpener, opened

NOT_TOLD = Unavailable(reason="this Windows does not tell about its power")
INSTRUMENT = to_translate("Battery gauge (Windows)")
BATTERY = uuid.UUID("72631e54-78a4-11d0-bcf7-00aa00b7b32a")
"""GUID_DEVICE_BATTERY."""
QUERY_TAG = 0x294040
QUERY_INFORMATION = 0x294044
QUERY_STATUS = 0x29404C

SYSTEM_BATTERY_STATE = 5
"""Information level of CallNtPowerInformation."""

NO_BATTERY = Unavailable(reason="this machine has no battery")

_ERROR_FILE_NOT_FOUND = 2

ReadStates = Callable[[], "tuple[BatteryState, ...] | Unavailable"]
"""Asks for the state of all batteries of the laptop, or why there is none."""


class WindowsBatterySource:
    """All batteries of the laptop together."""

    def __init__(self, read_states: ReadStates, clock: Clock) -> None:
        self._read_states = read_states
        self._clock = clock
        self._is_closed = False

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return SourceIdentity(
            key="battery",
            instrument=INSTRUMENT,
            scope=Scope.WHOLE_MACHINE,
            kind=SourceKind.POWER,
            gain_uncertainty=0.05,
            resolution=0.001,
            nominal_period_s=30.0,
            needs=to_translate("a laptop that runs on its battery"),
        )

    def read(self) -> ReadOutcome:
        """Return the watts that the batteries give; nothing unless they alone feed the laptop."""
        if self._is_closed:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        states = self._read_states()
        power_w = states if isinstance(states, Unavailable) else discharge_w(states)
        if isinstance(power_w, Unavailable):
            return power_w
        return power_reading(stopwatch.middle_ns(), power_w, LOWEST_MACHINE_W, HIGHEST_MACHINE_W)

    def close(self) -> None:
        """End reading; no handle is kept between two readings."""
        self._is_closed = True


def discharge_w(states: Sequence[BatteryState]) -> Quantity:
    """Return the watts that batteries give together, or why that is not the laptop's power."""
    if not states:
        return NO_BATTERY
    if any(state.is_on_line for state in states):
        return Unavailable(reason="the charger is connected")
    giving = [state for state in states if state.is_discharging]
    if not giving:
        return Unavailable(reason="the laptop does not run on its battery")
    power_w = 0.0
    for state in giving:
        if isinstance(state.rate_w, Unavailable):
            return state.rate_w
        if state.rate_w >= 0:
            # Some drivers say 0.0 for "unknown" (rust-battery#66); charging contradicts the state.
            return Unavailable(reason="the battery does not know how fast it is being emptied")
        power_w -= state.rate_w
    return power_w


def find_windows_battery(
    devices: DeviceOpener | Unavailable,
    ask_system: Callable[[], bytes | Unavailable],
    clock: Clock,
) -> Found:
    """Look for a battery that tells its rate in watts.

    Args:
        devices: Of this machine, or why they cannot be asked.
        ask_system: Returns a SYSTEM_BATTERY_STATE, for where batteries do not answer.
        clock: For the times of readings.

    Returns:
        One source for all batteries together, also while the charger is connected, because it may
        be unplugged; or why there is none.
    """
    obstacle = NO_BATTERY
    if not isinstance(devices, Unavailable):
        states = _states_of_devices(devices)
        if states == NO_BATTERY or not isinstance(states, Unavailable):
            return _found(states, lambda: _states_of_devices(devices), clock)
        obstacle = states
    elif devices == NOT_WINDOWS:
        return _absent(devices.reason)
    states = _states_of_system(ask_system)
    if isinstance(states, Unavailable) and states != NO_BATTERY:
        return _absent(states.reason if obstacle == NO_BATTERY else obstacle.reason)
    return _found(states, lambda: _states_of_system(ask_system), clock)


def load_system_state(
    platform: str = sys.platform,
) -> Callable[[], bytes | Unavailable]:
    """Return what asks Windows for its SYSTEM_BATTERY_STATE."""
    return system_state_reader(power_information_function(platform, NOT_TOLD))


def system_state_reader(
    function: CallNtPowerInformation | Unavailable,
) -> Callable[[], bytes | Unavailable]:
    """Return what asks for a SYSTEM_BATTERY_STATE through a function of powrprof."""
    return power_information_reader(function, SYSTEM_BATTERY_STATE, SYSTEM_STATE_BYTES)


def _found(
    states: tuple[BatteryState, ...] | Unavailable, read_states: ReadStates, clock: Clock
) -> Found:
    if isinstance(states, Unavailable):
        return _absent(states.reason)
    if all(state.rate_w == NO_UNIT for state in states):
        return _absent(NO_UNIT.reason)
    return (WindowsBatterySource(read_states, clock),)


def _states_of_devices(devices: DeviceOpener) -> tuple[BatteryState, ...] | Unavailable:
    states: list[BatteryState] = []
    obstacle = NO_BATTERY
    try:
        paths = devices.paths(BATTERY)
    except DeviceError as error:
        return Unavailable(reason=f"the batteries cannot be listed: {error.reason}")
    for path in paths:
        try:
            with opened(devices, path) as device:
                state = _state_of(device)
        except DeviceError as error:
            if error.code == _ERROR_FILE_NOT_FOUND:
                continue  # taken out, or an empty slot
            state = Unavailable(reason=f"a battery cannot be read: {error.reason}")
        if isinstance(state, Unavailable):
            obstacle = state
        elif state is not None:
            states.append(state)
    # The sum without one of them would be less than the truth.
    return tuple(states) if states and obstacle == NO_BATTERY else obstacle


def _state_of(device: Device) -> BatteryState | Unavailable | None:
    """Return the state of the battery in a slot; None if it is none that feeds the laptop."""
    # The tag is asked with a timeout of 0: at once.
    tag = parse_tag(device.control(QUERY_TAG, bytes(TAG_BYTES), TAG_BYTES))
    if isinstance(tag, Unavailable):
        return tag
    if tag == 0:
        return None
    traits = parse_information(
        device.control(QUERY_INFORMATION, information_query(tag), INFORMATION_BYTES)
    )
    if isinstance(traits, Unavailable):
        return traits
    if not traits.feeds_the_machine:
        return None
    state = parse_status(device.control(QUERY_STATUS, status_query(tag), STATUS_BYTES))
    if isinstance(state, Unavailable) or not traits.is_relative:
        return state
    return BatteryState(
        is_on_line=state.is_on_line, is_discharging=state.is_discharging, rate_w=NO_UNIT
    )


def _states_of_system(
    ask_system: Callable[[], bytes | Unavailable],
) -> tuple[BatteryState, ...] | Unavailable:
    answer = ask_system()
    if isinstance(answer, Unavailable):
        return answer
    state = parse_system_state(answer)
    if state is None:
        return NO_BATTERY
    return state if isinstance(state, Unavailable) else (state,)


def _absent(reason: str) -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.WHOLE_MACHINE, reason=reason)
