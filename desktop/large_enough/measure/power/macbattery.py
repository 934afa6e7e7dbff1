"""Reads the power of a MacBook from what its battery tells the registry of drivers.

Source: Apple's IOKitLib.h for the registry; the properties of `AppleSmartBattery` are documented
nowhere and taken from dumps that people published (whatcable#95, raycast#15996). Power is in
milliwatts, current in milliamperes, voltage in millivolts; negative numbers may come as unsigned
ones of 16, 32 or 64 bits.

`PowerTelemetryData.SystemLoad` covers the whole machine, with and without charger; current times
voltage does so only while the battery alone feeds it. Both are renewed every 10 seconds at best,
on some Macs only when the percentage changes: a check of other instruments over long times.
"""

from collections.abc import Mapping, Sequence

from large_enough.domain.clock import Clock
from large_enough.domain.power import Absent, ReadOutcome, Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.corefoundation import Plain
from large_enough.measure.power.iokit import NO_SUCH_DEVICE, Drivers, IoKitError
from large_enough.measure.power.reading import (
    CLOSED,
    HIGHEST_MACHINE_W,
    LOWEST_MACHINE_W,
    Stopwatch,
    power_reading,
)
from large_enough.measure.power.source import Found

INSTRUMENT = to_translate("Battery gauge (macOS)")
DRIVER = "AppleSmartBattery"
PROPERTIES = (
    "BatteryInstalled",
    "ExternalConnected",
    "InstantAmperage",
    "Amperage",
    "Voltage",
    "PowerTelemetryData",
)

NO_BATTERY = Unavailable(reason="this Mac has no battery")

_NO_RATE = Unavailable(reason="the battery does not know how fast it is being emptied")
_MW_PER_W = 1e3
_MA_MV_PER_W = 1e6


class MacBatterySource:
    """The battery's numbers."""

    def __init__(self, drivers: Drivers, clock: Clock) -> None:
        self._drivers = drivers
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
            resolution=0.01,
            nominal_period_s=30.0,
            needs="a MacBook",
        )

    def read(self) -> ReadOutcome:
        """Return the watts that the whole machine draws."""
        if self._is_closed:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        properties = _properties(self._drivers)
        power_w = properties if isinstance(properties, Unavailable) else machine_w(properties)
        if isinstance(power_w, Unavailable):
            return power_w
        return power_reading(stopwatch.middle_ns(), power_w, LOWEST_MACHINE_W, HIGHEST_MACHINE_W)

    def close(self) -> None:
        """End reading; nothing is kept open between two readings."""
        self._is_closed = True


def find_mac_battery(drivers: Drivers | Unavailable, clock: Clock) -> Found:
    """Look for a battery.

    Args:
        drivers: Of this machine, or why they cannot be asked.
        clock: For the times of readings.

    Returns:
        One source, also while the charger is connected, because it may be unplugged; or why
        there is none.
    """
    if isinstance(drivers, Unavailable):
        return _absent(drivers.reason)
    properties = _properties(drivers)
    if isinstance(properties, Unavailable):
        return _absent(properties.reason)
    return (MacBatterySource(drivers, clock),)


def machine_w(properties: Mapping[str, Plain]) -> Quantity:
    """Return the watts that the whole machine draws, from the battery's properties."""
    telemetry = properties.get("PowerTelemetryData")
    load_mw = _number(telemetry, "SystemLoad") if isinstance(telemetry, dict) else None
    if load_mw is not None and load_mw > 0:
        return load_mw / _MW_PER_W
    if properties.get("ExternalConnected") is not False:
        return Unavailable(reason="the charger is connected")
    current_ma = _current_ma(properties, "InstantAmperage") or _current_ma(properties, "Amperage")
    voltage_mv = _number(properties, "Voltage")
    # A positive current charges, which contradicts that there is no charger.
    if current_ma is None or current_ma >= 0 or voltage_mv is None or voltage_mv <= 0:
        return _NO_RATE
    return -current_ma * voltage_mv / _MA_MV_PER_W


def signed(number: int, widths_bits: Sequence[int]) -> int:
    """Return the number that was meant by an unsigned one in two's complement.

    Args:
        number: As the registry has it.
        widths_bits: Widths that it may have, the narrowest first; in each of them a set highest
            bit must be impossible for a positive number.
    """
    for width_bits in widths_bits:
        if number >> (width_bits - 1) == 1:
            return number - (1 << width_bits)
    return number


def _number(
    properties: Mapping[str, Plain], name: str, widths_bits: Sequence[int] = (32, 64)
) -> int | None:
    value = properties.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return signed(value, widths_bits)


def _current_ma(properties: Mapping[str, Plain], name: str) -> int | None:
    # No laptop has currents of 32 A, so that of 16 bits the highest can only be a sign.
    return _number(properties, name, (16, 32, 64))


def _properties(drivers: Drivers) -> Mapping[str, Plain] | Unavailable:
    try:
        properties = drivers.properties(DRIVER, PROPERTIES)
    except IoKitError as error:
        if error.code == NO_SUCH_DEVICE:
            return NO_BATTERY
        return Unavailable(reason=f"the battery cannot be asked: {error.reason}")
    if not properties or properties.get("BatteryInstalled") is False:
        return NO_BATTERY
    return properties


def _absent(reason: str) -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.WHOLE_MACHINE, reason=reason)
