import errno
from pathlib import Path

import pytest
from tests.data.power.trees import Reader, add_battery, add_supply, write
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.linbattery import (
    STALE_AFTER_S,
    LinuxBatterySource,
    find_linux_battery,
)

NO_DEVICE = OSError(errno.ENODEV, "No such device")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def reader() -> Reader:
    return Reader()


def battery_source(root: Path, clock: FakeClock, reader: Reader) -> LinuxBatterySource:
    found = find_linux_battery(root, clock, reader)
    assert not isinstance(found, Absent), found
    (source,) = found
    return source


def reason(outcome: object) -> str:
    assert isinstance(outcome, Unavailable)
    return outcome.reason


@pytest.mark.parametrize(
    ("files", "power_w"),
    [
        ({"power_now": 8_500_000}, 8.5),
        ({"power_now": -8_500_000}, 8.5),
        ({"current_now": 700_000, "voltage_now": 12_000_000}, 8.4),
        ({"current_now": -700_000, "voltage_now": 12_000_000}, 8.4),
        ({"power_now": 0, "current_now": 700_000, "voltage_now": 12_000_000}, 8.4),
    ],
)
def test_forms_of_the_rate(
    tmp_path: Path, clock: FakeClock, reader: Reader, files: dict[str, int], power_w: float
) -> None:
    add_battery(tmp_path, **files)
    source = battery_source(tmp_path, clock, reader)
    assert source.read() == PowerReading(clock.monotonic_ns(), pytest.approx(power_w))
    assert source.identity.scope is Scope.WHOLE_MACHINE
    assert source.identity.kind is SourceKind.POWER
    assert not source.identity.is_verified


def test_a_snapdragon_laptop(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_battery(
        tmp_path, "qcom-battmgr-bat", power_now=-6_200_000, current_now=-500_000, voltage_now=1
    )
    add_supply(tmp_path, "qcom-battmgr-ac", type="Mains", online=0)
    add_supply(tmp_path, "qcom-battmgr-usb", type="USB", online=1)
    outcome = battery_source(tmp_path, clock, reader).read()
    assert outcome == PowerReading(clock.monotonic_ns(), 6.2)


def test_a_rate_that_fails_gives_way_to_the_current(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_battery(tmp_path, power_now=1, current_now=1_000_000, voltage_now=11_000_000)
    reader.fail("power_now", NO_DEVICE)
    outcome = battery_source(tmp_path, clock, reader).read()
    assert outcome == PowerReading(clock.monotonic_ns(), 11.0)


def test_two_batteries_give_together(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_battery(tmp_path, "BAT0", power_now=5_000_000)
    add_battery(tmp_path, "BAT1", power_now=3_000_000)
    source = battery_source(tmp_path, clock, reader)
    assert source.read() == PowerReading(clock.monotonic_ns(), 8.0)


def test_a_second_battery_that_rests(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_battery(tmp_path, "BAT0", power_now=0, status="Not charging")
    add_battery(tmp_path, "BAT1", power_now=8_000_000)
    source = battery_source(tmp_path, clock, reader)
    assert source.read() == PowerReading(clock.monotonic_ns(), 8.0)


def test_a_second_battery_that_does_not_tell_spoils_the_sum(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_battery(tmp_path, "BAT0", power_now=0)
    add_battery(tmp_path, "BAT1", power_now=8_000_000)
    assert "does not know" in reason(battery_source(tmp_path, clock, reader).read())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("Not charging", "does not run on its battery"),
        ("Full", "does not run on its battery"),
        ("Unknown", "does not run on its battery"),
        ("Charging", "being charged"),
    ],
)
def test_not_on_the_battery(
    tmp_path: Path, clock: FakeClock, reader: Reader, status: str, words: str
) -> None:
    battery = add_battery(tmp_path, status=status, power_now=0)
    source = battery_source(tmp_path, clock, reader)
    assert words in reason(source.read())
    write(battery, status="Discharging", power_now=9_000_000)  # it has been unplugged
    assert source.read() == PowerReading(clock.monotonic_ns(), 9.0)


def test_a_charger_that_is_too_weak_hides_a_part(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_battery(tmp_path, power_now=9_000_000)
    charger = add_supply(tmp_path, "AC", type="Mains", online=1)
    source = battery_source(tmp_path, clock, reader)
    assert reason(source.read()) == "the charger is connected"
    write(charger, online=0)
    assert isinstance(source.read(), PowerReading)


def test_a_rate_of_zero_is_none(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_battery(tmp_path, power_now=0)
    assert "does not know" in reason(battery_source(tmp_path, clock, reader).read())


def test_a_current_of_zero_is_none(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_battery(tmp_path, current_now=0, voltage_now=12_000_000)
    assert "does not know" in reason(battery_source(tmp_path, clock, reader).read())


@pytest.mark.parametrize("name", ["power_now", "current_now"])
def test_a_driver_without_a_rate(
    tmp_path: Path, clock: FakeClock, reader: Reader, name: str
) -> None:
    add_battery(tmp_path, **{name: 1})
    reader.fail(name, NO_DEVICE)
    assert isinstance(battery_source(tmp_path, clock, reader).read(), Unavailable)


def test_a_current_without_a_voltage(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_battery(tmp_path, current_now=700_000)
    assert reason(battery_source(tmp_path, clock, reader).read()) == "it is missing: voltage_now"


@pytest.mark.parametrize("power_uw", [368_000, 950_000_000])
def test_a_rate_that_cannot_be_true(
    tmp_path: Path, clock: FakeClock, reader: Reader, power_uw: int
) -> None:
    add_battery(tmp_path, power_now=power_uw)
    assert "cannot be true" in reason(battery_source(tmp_path, clock, reader).read())


def test_a_gauge_that_has_stopped(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    battery = add_battery(tmp_path, power_now=9_000_000, energy_now=40_000_000)
    source = battery_source(tmp_path, clock, reader)
    assert isinstance(source.read(), PowerReading)
    clock.advance(STALE_AFTER_S)
    assert isinstance(source.read(), PowerReading)
    clock.advance(1)
    assert reason(source.read()) == "the battery's gauge has stopped"
    write(battery, energy_now=39_900_000)  # the same rate, but the charge goes down
    assert isinstance(source.read(), PowerReading)


def test_time_on_the_charger_does_not_make_a_gauge_old(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    battery = add_battery(tmp_path, power_now=9_000_000)
    source = battery_source(tmp_path, clock, reader)
    assert isinstance(source.read(), PowerReading)
    write(battery, status="Charging")
    clock.advance(2 * STALE_AFTER_S)
    assert isinstance(source.read(), Unavailable)
    write(battery, status="Discharging")
    assert isinstance(source.read(), PowerReading)


def test_a_battery_that_is_taken_out(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    battery = add_battery(tmp_path, power_now=9_000_000)
    source = battery_source(tmp_path, clock, reader)
    write(battery, present=0)
    assert reason(source.read()) == "the battery has been taken out"
    source.close()
    source.close()
    assert isinstance(source.read(), Unavailable)


@pytest.mark.parametrize(
    "files",
    [
        {"scope": "Device", "power_now": 1},  # of a mouse
        {"type": "UPS", "power_now": 1},
        {"present": 0, "power_now": 1},
        {"capacity": 80},
    ],
)
def test_no_battery_to_read(
    tmp_path: Path, clock: FakeClock, reader: Reader, files: dict[str, object]
) -> None:
    add_battery(tmp_path, **files)
    found = find_linux_battery(tmp_path, clock, reader)
    assert isinstance(found, Absent)
    assert found.reason
    assert found.scope is Scope.WHOLE_MACHINE


def test_a_desktop(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    found = find_linux_battery(tmp_path, clock, reader)
    assert isinstance(found, Absent)
    assert found.reason == "this machine has no battery"
