from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.synthetic_macos import FakeCoreFoundation, FakeIoKit, read_properties
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import CoreFoundation
from large_enough.measure.power.iokit import IoKit, IoKitError
from large_enough.measure.power.macbattery import (
    NO_BATTERY,
    PROPERTIES,
    MacBatterySource,
    find_mac_battery,
    machine_w,
    signed,
)
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.power.reading import CLOSED

UNPLUGGED = {"BatteryInstalled": True, "ExternalConnected": False, "Voltage": 12_000}


class FakeDrivers:
    """A registry that hands out numbers exactly as a fixture has them."""

    def __init__(self, properties: dict[str, object]) -> None:
        self.contents = properties
        self.error: IoKitError | None = None

    def properties(self, class_name: str, names: Sequence[str]) -> dict[str, object]:
        assert class_name == "AppleSmartBattery"
        if self.error is not None:
            raise self.error
        return {name: self.contents[name] for name in names if name in self.contents}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def find(drivers, clock: FakeClock) -> MacBatterySource:
    found = find_mac_battery(drivers, clock)
    assert not isinstance(found, Absent), found
    (source,) = found
    return source


def absence(drivers, clock: FakeClock) -> str:
    found = find_mac_battery(drivers, clock)
    assert isinstance(found, Absent)
    assert found.scope is Scope.WHOLE_MACHINE
    return found.reason


@pytest.mark.parametrize(
    ("name", "expected_w"),
    [
        ("telemetry_on_charger", 5.296),
        ("telemetry_heavy_load", 48.380),  # its number of 16 bits has the highest bit set
        ("no_telemetry_discharging", 1.889 * 11.6),
    ],
)
def test_fixtures(clock: FakeClock, name: str, expected_w: float) -> None:
    source = find(FakeDrivers(read_properties(name)), clock)
    assert source.read() == PowerReading(clock.monotonic_ns(), pytest.approx(expected_w))


@pytest.mark.parametrize("name", ["telemetry_on_charger", "no_telemetry_discharging"])
def test_fixtures_through_iokit(clock: FakeClock, name: str) -> None:
    foundation = FakeCoreFoundation()
    properties = read_properties(name)
    library = FakeIoKit(foundation, {"AppleSmartBattery": properties})
    source = find(IoKit(library, CoreFoundation(foundation), FakeIoKit.TASK), clock)
    assert source.read().value == pytest.approx(machine_w(properties))
    assert library.is_balanced


def test_what_the_instrument_is(clock: FakeClock) -> None:
    identity = find(FakeDrivers(UNPLUGGED), clock).identity
    assert (identity.scope, identity.kind) == (Scope.WHOLE_MACHINE, SourceKind.POWER)
    assert not identity.is_verified


def test_serial_numbers_are_never_asked_for() -> None:
    assert not [name for name in PROPERTIES if "serial" in name.lower()]


def test_the_charger_without_telemetry(clock: FakeClock) -> None:
    drivers = FakeDrivers(read_properties("no_telemetry_on_charger"))
    source = find(drivers, clock)
    assert source.read() == Unavailable(reason="the charger is connected")
    drivers.contents = read_properties("no_telemetry_discharging")
    assert isinstance(source.read(), PowerReading)


def test_no_word_about_the_charger_counts_as_one() -> None:
    assert isinstance(machine_w({"Amperage": -1_000, "Voltage": 12_000}), Unavailable)


@pytest.mark.parametrize(
    "current",
    [-1_500, 2**64 - 1_500, 2**32 - 1_500, 2**16 - 1_500],
    ids=["signed", "64", "32", "16"],
)
def test_currents_of_all_widths(current: int) -> None:
    assert machine_w({**UNPLUGGED, "InstantAmperage": current}) == pytest.approx(18.0)


def test_the_slower_current_where_the_faster_is_missing_or_0() -> None:
    assert machine_w({**UNPLUGGED, "Amperage": -500}) == pytest.approx(6.0)
    both = {**UNPLUGGED, "Amperage": -500, "InstantAmperage": 0}
    assert machine_w(both) == pytest.approx(6.0)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"InstantAmperage": 0, "Amperage": 0},
        {"InstantAmperage": 1_500},  # charging, although there is no charger
        {"InstantAmperage": -1_500, "Voltage": 0},
        {"InstantAmperage": -1_500, "Voltage": True},
        {"InstantAmperage": "1500"},
        {"PowerTelemetryData": {"SystemLoad": 0}},
        {"PowerTelemetryData": {"SystemLoad": 2**64 - 277}},
        {"PowerTelemetryData": {}},
        {"PowerTelemetryData": "none"},
    ],
)
def test_no_data_is_never_0(properties: dict[str, object]) -> None:
    assert isinstance(machine_w({**UNPLUGGED, **properties}), Unavailable)


@pytest.mark.parametrize("load_mw", [100, 400_000])
def test_loads_that_cannot_be_true(clock: FakeClock, load_mw: int) -> None:
    drivers = FakeDrivers({**UNPLUGGED, "PowerTelemetryData": {"SystemLoad": load_mw}})
    assert "cannot be true" in find(drivers, clock).read().reason


def test_a_desktop(clock: FakeClock) -> None:
    foundation = FakeCoreFoundation()
    kit = IoKit(FakeIoKit(foundation, {}), CoreFoundation(foundation), FakeIoKit.TASK)
    assert absence(kit, clock) == "this Mac has no battery"
    assert absence(FakeDrivers({}), clock) == NO_BATTERY.reason
    assert absence(FakeDrivers({"BatteryInstalled": False}), clock) == NO_BATTERY.reason


def test_a_registry_that_refuses(clock: FakeClock) -> None:
    drivers = FakeDrivers(UNPLUGGED)
    source = find(drivers, clock)
    drivers.error = IoKitError(0xE000_02C1, "IOServiceGetMatchingService")
    assert "denies access" in source.read().reason
    assert "denies access" in absence(drivers, clock)


def test_closing_twice(clock: FakeClock) -> None:
    source = find(FakeDrivers(UNPLUGGED), clock)
    source.close()
    source.close()
    assert source.read() == CLOSED


def test_another_system(clock: FakeClock) -> None:
    assert absence(NOT_MACOS, clock) == "this is not macOS"


@given(st.integers(-(2**15), 2**15 - 1), st.sampled_from([16, 32, 64]))
def test_twos_complement(number: int, width_bits: int) -> None:
    assert signed(number % 2**width_bits, (16, 32, 64)) == number


@given(st.integers(0, 2**31 - 1))
def test_positive_numbers_stay(number: int) -> None:
    assert signed(number, (32, 64)) == number
