import sys

import pytest
from tests.data.power.synthetic_windows import FILE_NOT_FOUND, FakeBattery, FakeDevices
from tests.helpers.fake_clock import FakeClock
from tests.unit.measure.power.test_battery_format import system_state

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.battery_format import NO_UNIT
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.power.reading import CLOSED
from large_enough.measure.power.winbattery import (
    BATTERY,
    NO_BATTERY,
    WindowsBatterySource,
    find_windows_battery,
    load_system_state,
    system_state_reader,
)
from large_enough.measure.power.windows_devices import DeviceError

ON_LINE, DISCHARGING, CHARGING = 0x1, 0x2, 0x4
UNKNOWN_RATE = -0x8000_0000
SYSTEM_BATTERY, RELATIVE, SHORT_TERM = 0x8000_0000, 0x4000_0000, 0x2000_0000
NO_ANSWER = Unavailable(reason="Windows answers with an error: 0xc0000022")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def laptop(*batteries: FakeBattery) -> FakeDevices:
    return FakeDevices(BATTERY, {f"slot{index}": slot for index, slot in enumerate(batteries)})


def find(devices, clock: FakeClock, ask_system=lambda: NO_ANSWER) -> WindowsBatterySource:
    found = find_windows_battery(devices, ask_system, clock)
    assert not isinstance(found, Absent), found
    (source,) = found
    return source


def absence(devices, clock: FakeClock, ask_system=lambda: NO_ANSWER) -> str:
    found = find_windows_battery(devices, ask_system, clock)
    assert isinstance(found, Absent)
    assert found.scope is Scope.WHOLE_MACHINE
    return found.reason


def reason(source: WindowsBatterySource) -> str:
    outcome = source.read()
    assert isinstance(outcome, Unavailable)
    return outcome.reason


def test_a_laptop_on_its_battery(clock: FakeClock) -> None:
    devices = laptop(FakeBattery(-15_250))
    source = find(devices, clock)
    assert source.read() == PowerReading(clock.monotonic_ns(), 15.25)
    assert source.identity.kind is SourceKind.POWER
    assert source.identity.scope is Scope.WHOLE_MACHINE
    assert not source.identity.is_verified
    assert devices.open_count == 0


def test_two_batteries_give_together(clock: FakeClock) -> None:
    source = find(laptop(FakeBattery(-9_000), FakeBattery(-3_000)), clock)
    assert source.read().value == pytest.approx(12.0)


def test_a_second_battery_that_rests(clock: FakeClock) -> None:
    source = find(laptop(FakeBattery(-9_000), FakeBattery(0, power_state=0)), clock)
    assert source.read().value == pytest.approx(9.0)


@pytest.mark.parametrize("power_state", [ON_LINE, ON_LINE | CHARGING, ON_LINE | DISCHARGING])
@pytest.mark.parametrize("rate_mw", [0, 40_000, -5_000])
def test_the_charger(clock: FakeClock, power_state: int, rate_mw: int) -> None:
    """Found all the same, because the charger may be unplugged."""
    battery = FakeBattery(rate_mw, power_state=power_state)
    source = find(laptop(battery), clock)
    assert reason(source) == "the charger is connected"
    battery.power_state, battery.rate_mw = DISCHARGING, -7_000
    assert source.read().value == 7.0


@pytest.mark.parametrize("rate_mw", [UNKNOWN_RATE, 0, 12_000])
def test_a_rate_that_is_not_known_is_never_0(clock: FakeClock, rate_mw: int) -> None:
    source = find(laptop(FakeBattery(rate_mw)), clock)
    assert reason(source) == "the battery does not know how fast it is being emptied"


def test_one_unknown_rate_of_two(clock: FakeClock) -> None:
    source = find(laptop(FakeBattery(-9_000), FakeBattery(UNKNOWN_RATE)), clock)
    assert "does not know" in reason(source)


def test_neither_charger_nor_discharging(clock: FakeClock) -> None:
    source = find(laptop(FakeBattery(0, power_state=0)), clock)
    assert reason(source) == "the laptop does not run on its battery"


@pytest.mark.parametrize("rate_mw", [-100, -400_000])
def test_rates_that_cannot_be_true(clock: FakeClock, rate_mw: int) -> None:
    assert "cannot be true" in reason(find(laptop(FakeBattery(rate_mw)), clock))


def test_relative_units(clock: FakeClock) -> None:
    battery = FakeBattery(-12, capabilities=SYSTEM_BATTERY | RELATIVE)
    assert absence(laptop(battery), clock) == NO_UNIT.reason


def test_relative_units_of_one_battery(clock: FakeClock) -> None:
    relative = FakeBattery(-12, capabilities=SYSTEM_BATTERY | RELATIVE)
    assert reason(find(laptop(FakeBattery(), relative), clock)) == NO_UNIT.reason


@pytest.mark.parametrize("capabilities", [0, SYSTEM_BATTERY | SHORT_TERM])
def test_batteries_of_other_things_do_not_count(clock: FakeClock, capabilities: int) -> None:
    other = FakeBattery(-2_000, capabilities=capabilities)
    assert find(laptop(other, FakeBattery(-6_000)), clock).read().value == 6.0
    assert absence(laptop(other), clock) == NO_BATTERY.reason


def test_a_desktop(clock: FakeClock) -> None:
    assert absence(laptop(), clock) == "this machine has no battery"


def test_empty_slots(clock: FakeClock) -> None:
    taken_out = FakeBattery()
    taken_out.error = DeviceError(FILE_NOT_FOUND, "DeviceIoControl")
    assert find(laptop(taken_out, FakeBattery(tag=0), FakeBattery()), clock).read().value == 15.0
    assert absence(laptop(taken_out), clock) == NO_BATTERY.reason


def test_a_battery_that_is_taken_out_later(clock: FakeClock) -> None:
    battery = FakeBattery()
    source = find(laptop(battery), clock)
    battery.tag = 0
    assert reason(source) == NO_BATTERY.reason
    battery.tag = 4
    assert source.read().value == 15.0


def test_a_sum_without_one_of_two_is_not_told(clock: FakeClock) -> None:
    devices = laptop(FakeBattery(), FakeBattery())
    source = find(devices, clock)
    devices.devices["slot1"].error = DeviceError(31, "DeviceIoControl")
    assert reason(source) == "a battery cannot be read: Windows answers with error 31"
    assert devices.open_count == 0


def test_a_short_answer(clock: FakeClock) -> None:
    battery = FakeBattery()
    source = find(laptop(battery), clock)
    battery.cut_bytes = 1
    assert reason(source) == "the battery's answer is cut"


def test_the_system_answers_where_batteries_do_not(clock: FakeClock) -> None:
    devices = laptop(FakeBattery())
    devices.denied = {"slot0"}
    source = find(devices, clock, lambda: system_state(-8_500))
    assert source.read() == PowerReading(clock.monotonic_ns(), 8.5)


def test_the_system_in_percent(clock: FakeClock) -> None:
    devices = laptop(FakeBattery())
    devices.denied = {"slot0"}
    assert absence(devices, clock, lambda: system_state(-9, most=100)) == NO_UNIT.reason


def test_neither_answers(clock: FakeClock) -> None:
    devices = laptop(FakeBattery())
    devices.denied = {"slot0"}
    assert "denies access" in absence(devices, clock)
    devices.listing_error = DeviceError(0x33, "CM_Get_Device_Interface_ListW")
    assert "cannot be listed" in absence(devices, clock)


def test_devices_that_cannot_be_listed_on_windows(clock: FakeClock) -> None:
    nothing = Unavailable(reason="this Windows does not list its devices")
    assert find(nothing, clock, lambda: system_state(-8_500)).read().value == 8.5
    assert absence(nothing, clock) == NO_ANSWER.reason
    no_battery = system_state(0, is_present=False)
    assert absence(nothing, clock, lambda: no_battery) == NO_BATTERY.reason


def test_closing_twice(clock: FakeClock) -> None:
    source = find(laptop(FakeBattery()), clock)
    source.close()
    source.close()
    assert source.read() == CLOSED


def test_call_nt_power_information() -> None:
    def call(level, request, request_bytes, reply, reply_bytes) -> int:
        assert (level, request, request_bytes, reply_bytes) == (5, None, 0, 32)
        reply.raw = system_state(-4_000)
        return 0

    assert system_state_reader(call)() == system_state(-4_000)


def test_call_nt_power_information_that_fails() -> None:
    answer = system_state_reader(lambda *_arguments: -0x3FFF_FFDE)()
    assert answer == NO_ANSWER


def test_another_system(clock: FakeClock) -> None:
    assert absence(NOT_WINDOWS, clock, load_system_state("linux")) == "this is not Windows"
    assert load_system_state("darwin")() == NOT_WINDOWS


def test_this_system() -> None:
    answer = load_system_state()()
    assert (answer == NOT_WINDOWS) == (sys.platform != "win32")


def test_a_windows_without_its_library() -> None:
    answer = load_system_state("win32")()
    assert isinstance(answer, Unavailable | bytes)
    assert answer != NOT_WINDOWS
