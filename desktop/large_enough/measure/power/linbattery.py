"""Reads how fast the battery of a Linux laptop is being emptied.

Source: Documentation/ABI/testing/sysfs-class-power. `power_now` is in microwatts, `current_now` in
microamperes, `voltage_now` in microvolts. The sign is no help: the kernel's document asks for
negative values while discharging, ACPI gives positive ones, qcom-battmgr (Snapdragon) negative
ones; `status` decides. A driver that does not know its rate fails with ENODEV or says 0.

This covers the whole laptop with its screen, only while it runs on the battery alone. Gauges are
renewed every second on some laptops, every 20 to 30 seconds on others: far too slow for one answer.
"""

from pathlib import Path

from large_enough.domain.clock import Clock
from large_enough.domain.power import Absent, ReadOutcome, Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import Quantity, Unavailable, total
from large_enough.domain.text import to_translate
from large_enough.measure.power.reading import (
    CLOSED,
    HIGHEST_MACHINE_W,
    LOWEST_MACHINE_W,
    Stopwatch,
    power_reading,
)
from large_enough.measure.power.source import Found
from large_enough.measure.power.sysfs import (
    ReadText,
    read_file,
    read_number,
    read_word,
    subfolders,
)

INSTRUMENT = to_translate("Battery gauge (Linux power_supply)")
STALE_AFTER_S = 180.0
"""Longer than any gauge averages; while discharging at least the charge left goes down by then."""

_CHARGE_FILES = ("power_now", "current_now", "voltage_now", "energy_now", "charge_now")
_RATE_FILES = ("power_now", "current_now")
_UW_PER_W = 1e6
_UA_UV_PER_W = 1e12


class LinuxBatterySource:
    """All batteries of the laptop together."""

    def __init__(self, supplies: Path, clock: Clock, read_text: ReadText) -> None:
        self._supplies = supplies
        self._clock = clock
        self._read_text = read_text
        self._last_state: tuple[str | None, ...] = ()
        self._changed_s = clock.monotonic_s()
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
            needs=to_translate("a laptop that runs on its battery"),
        )

    def read(self) -> ReadOutcome:
        """Return the watts that the batteries give; nothing unless they alone feed the laptop."""
        if self._is_closed:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        batteries = _batteries(self._supplies, self._read_text)
        obstacle = _why_not_alone(self._supplies, batteries, self._read_text)
        if obstacle is not None:
            self._last_state = ()
            return obstacle
        giving = [battery for battery in batteries if _is_discharging(battery, self._read_text)]
        power_w = total([_power_w(battery, self._read_text) for battery in giving])
        if isinstance(power_w, Unavailable):
            return power_w
        if self._is_stale(giving):
            return Unavailable(reason="the battery's gauge has stopped")
        return power_reading(stopwatch.middle_ns(), power_w, LOWEST_MACHINE_W, HIGHEST_MACHINE_W)

    def close(self) -> None:
        """End reading; no handle is kept between two readings."""
        self._is_closed = True

    def _is_stale(self, batteries: list[Path]) -> bool:
        state = tuple(
            read_word(battery / name, self._read_text)
            for battery in batteries
            for name in _CHARGE_FILES
        )
        if state != self._last_state:
            self._last_state = state
            self._changed_s = self._clock.monotonic_s()
        return self._clock.monotonic_s() - self._changed_s > STALE_AFTER_S


def find_linux_battery(root: Path, clock: Clock, read_text: ReadText = read_file) -> Found:
    """Look for a battery that tells its rate.

    Args:
        root: Folder that holds `sys`.
        clock: For the times of readings.
        read_text: Reads a file.

    Returns:
        One source for all batteries together, also while the charger is connected, because it may
        be unplugged; or why there is none.
    """
    supplies = root / "sys" / "class" / "power_supply"
    batteries = _batteries(supplies, read_text)
    if not batteries:
        return _absent("this machine has no battery")
    if not any((battery / name).exists() for battery in batteries for name in _RATE_FILES):
        return _absent(to_translate("the battery does not tell how fast it is being emptied"))
    return (LinuxBatterySource(supplies, clock, read_text),)


def _batteries(supplies: Path, read_text: ReadText) -> list[Path]:
    """Return the batteries that feed the laptop, not those of a mouse or a headset."""
    return [
        supply
        for supply in subfolders(supplies)
        if read_word(supply / "type", read_text) == "Battery"
        and read_word(supply / "scope", read_text) != "Device"
        and read_word(supply / "present", read_text) != "0"
    ]


def _why_not_alone(
    supplies: Path, batteries: list[Path], read_text: ReadText
) -> Unavailable | None:
    """Return why the batteries' power is not the laptop's; None if it is."""
    if not batteries:
        return Unavailable(reason="the battery has been taken out")
    states = {read_word(battery / "status", read_text) for battery in batteries}
    if "Charging" in states:
        return Unavailable(reason="the battery is being charged")
    if "Discharging" not in states:
        return Unavailable(reason="the laptop does not run on its battery")
    if any(_is_connected_charger(supply, read_text) for supply in subfolders(supplies)):
        return Unavailable(reason="the charger is connected")
    return None


def _is_connected_charger(supply: Path, read_text: ReadText) -> bool:
    is_mains = read_word(supply / "type", read_text) == "Mains"
    return is_mains and read_word(supply / "online", read_text) == "1"


def _is_discharging(battery: Path, read_text: ReadText) -> bool:
    return read_word(battery / "status", read_text) == "Discharging"


def _power_w(battery: Path, read_text: ReadText) -> Quantity:
    """Return what one battery gives; a rate of 0 while discharging means that none is known."""
    power_uw = read_number(battery / "power_now", read_text)
    if not isinstance(power_uw, Unavailable) and power_uw != 0:
        return abs(power_uw) / _UW_PER_W
    current_ua = read_number(battery / "current_now", read_text)
    voltage_uv = read_number(battery / "voltage_now", read_text)
    if isinstance(current_ua, Unavailable):
        return power_uw if isinstance(power_uw, Unavailable) else _NO_RATE
    if isinstance(voltage_uv, Unavailable):
        return voltage_uv
    return abs(current_ua * voltage_uv) / _UA_UV_PER_W or _NO_RATE


_NO_RATE = Unavailable(reason="the battery does not know how fast it is being emptied")


def _absent(reason: str) -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.WHOLE_MACHINE, reason=reason)
