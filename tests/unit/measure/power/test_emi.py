from collections.abc import Callable, Sequence

import pytest
from tests.data.power.synthetic_windows import (
    ACCESS_DENIED,
    FakeDevices,
    FakeMeter,
    metadata_1,
    metadata_2,
)
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.emi import ENERGY_METER, UNLOCK_WINDOWS_10, EmiSource, find_emi
from large_enough.measure.power.emi_format import J_PER_PWH
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.power.reading import CLOSED
from large_enough.measure.power.standstill import STANDS_STILL, STOPPED_AFTER_S
from large_enough.measure.power.windows_devices import DeviceError

PACKAGE = "RAPL_Package0_PKG"
START_J = 50_000.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def pwh(energy_j: float) -> int:
    return round(energy_j / J_PER_PWH)


def steady(clock: FakeClock, *powers_w: float, start_j: float = START_J) -> Callable[[], list[int]]:
    """Counters that go on with the clock."""
    begin_s = clock.now_s
    return lambda: [pwh(start_j + power_w * (clock.now_s - begin_s)) for power_w in powers_w]


def find(devices: FakeDevices, clock: FakeClock) -> list[EmiSource]:
    found = find_emi(devices, clock)
    assert not isinstance(found, Absent), found
    return list(found)


def absence(devices: FakeDevices, clock: FakeClock, build: int | None = None) -> Absent:
    found = find_emi(devices, clock, build)
    assert isinstance(found, Absent)
    assert devices.open_count == 0
    return found


def power_w(sources: Sequence[EmiSource], clock: FakeClock, duration_s: float = 2.0) -> float:
    before = [source.read() for source in sources]
    clock.advance(duration_s)
    after = [source.read() for source in sources]
    return sum(b.value - a.value for a, b in zip(before, after, strict=True)) / duration_s


def laptop(clock: FakeClock) -> FakeDevices:
    """One device for the package with its parts, as an Intel laptop has it."""
    names = (PACKAGE, "RAPL_Package0_DRAM", "RAPL_Package0_PP0", "RAPL_Package0_PP1")
    meter = FakeMeter(*names, read_pwh=steady(clock, 15.0, 1.0, 9.0, 2.0))
    return FakeDevices(ENERGY_METER, {"rapl": meter})


def amd_desktop(clock: FakeClock, core_count: int = 16) -> FakeDevices:
    """A device for each core; the package is on that of the first one."""
    meters = {"core0": FakeMeter("RAPL_Package0_Core0_CORE", PACKAGE, read_pwh=list)}
    meters["core0"].read_pwh = steady(clock, 7.3, 154.0)
    for core in range(1, core_count):
        name = f"RAPL_Package0_Core{core}_CORE"
        meters[f"core{core}"] = FakeMeter(name, read_pwh=steady(clock, 7.3))
    return FakeDevices(ENERGY_METER, meters)


def test_an_intel_laptop(clock: FakeClock) -> None:
    (source,) = find(laptop(clock), clock)
    assert source.read() == PowerReading(clock.monotonic_ns(), pytest.approx(START_J))
    assert power_w([source], clock) == pytest.approx(15.0)
    identity = source.identity
    assert identity.key == "emi:RAPL_Package0_PKG"
    assert identity.scope is Scope.CPU_PACKAGE
    assert identity.kind is SourceKind.COUNTER
    assert identity.wrap_j is None
    assert not identity.is_verified


def test_a_device_for_each_core_counts_the_package_once(clock: FakeClock) -> None:
    devices = amd_desktop(clock)
    sources = find(devices, clock)
    assert [source.identity.key for source in sources] == ["emi:RAPL_Package0_PKG"]
    assert power_w(sources, clock) == pytest.approx(154.0)
    assert devices.open_count == 1


def test_the_package_may_be_on_the_last_device(clock: FakeClock) -> None:
    devices = amd_desktop(clock)
    devices.devices = dict(reversed(devices.devices.items()))
    assert power_w(find(devices, clock), clock) == pytest.approx(154.0)


def test_names_in_lower_case(clock: FakeClock) -> None:
    meter = FakeMeter("rapl_package0_pkg", read_pwh=steady(clock, 11.0))
    sources = find(FakeDevices(ENERGY_METER, {"rapl": meter}), clock)
    assert power_w(sources, clock) == pytest.approx(11.0)


def test_a_device_of_version_1(clock: FakeClock) -> None:
    meter = FakeMeter(read_pwh=steady(clock, 8.0), version=1, metadata=metadata_1(PACKAGE))
    sources = find(FakeDevices(ENERGY_METER, {"chip": meter}), clock)
    assert power_w(sources, clock) == pytest.approx(8.0)


def test_parts_alone_are_no_package(clock: FakeClock) -> None:
    devices = amd_desktop(clock)
    del devices.devices["core0"]
    found = absence(devices, clock)
    assert "no energy meter covers the whole processor" in found.reason
    assert "RAPL_Package0_Core1_CORE" in found.reason
    assert found.reason.endswith(", ...")


def test_meters_of_a_maker_are_named(clock: FakeClock) -> None:
    meter = FakeMeter(read_pwh=steady(clock, 8.0), version=1, metadata=metadata_1("CPU cores"))
    found = absence(FakeDevices(ENERGY_METER, {"chip": meter}), clock)
    assert found.reason.endswith(": CPU cores")


def test_two_packages(clock: FakeClock) -> None:
    devices = FakeDevices(
        ENERGY_METER,
        {
            "a": FakeMeter(PACKAGE, read_pwh=steady(clock, 60.0)),
            "b": FakeMeter("RAPL_Package1_PKG", read_pwh=steady(clock, 40.0, start_j=44_000.0)),
        },
    )
    sources = find(devices, clock)
    assert len(sources) == 2
    assert power_w(sources, clock) == pytest.approx(100.0)


def test_packages_that_are_named_alike_have_keys_of_their_own(clock: FakeClock) -> None:
    meters = {
        name: FakeMeter(PACKAGE, read_pwh=steady(clock, 9.0, start_j=start_j))
        for name, start_j in (("a", 1_000.0), ("b", 2_000.0), ("c", 3_000.0))
    }
    sources = find(FakeDevices(ENERGY_METER, meters), clock)
    keys = [source.identity.key for source in sources]
    assert keys == [f"emi:{PACKAGE}", f"emi:{PACKAGE}#2", f"emi:{PACKAGE}#3"]


def test_dies_that_mirror_one_counter_count_once(clock: FakeClock) -> None:
    """The mirror is read a moment later, so its number is a little higher."""
    begin_s = clock.now_s

    def passing() -> list[int]:
        clock.advance(0.0005)
        return [pwh(START_J + 68.0 * (clock.now_s - begin_s))]

    meters = {
        f"die{die}": FakeMeter(f"RAPL_Package{die}_PKG", read_pwh=passing) for die in range(4)
    }
    devices = FakeDevices(ENERGY_METER, meters)
    sources = find(devices, clock)
    assert [source.identity.key for source in sources] == ["emi:RAPL_Package0_PKG"]
    assert power_w(sources, clock) == pytest.approx(68.0, rel=0.01)
    assert devices.open_count == 1


def test_a_counter_of_zeros(clock: FakeClock) -> None:
    devices = FakeDevices(ENERGY_METER, {"a": FakeMeter(PACKAGE, read_pwh=lambda: [0])})
    assert "counts nothing" in absence(devices, clock).reason


def test_zeros_beside_a_working_counter(clock: FakeClock) -> None:
    devices = FakeDevices(
        ENERGY_METER,
        {
            "a": FakeMeter(PACKAGE, read_pwh=lambda: [0]),
            "b": FakeMeter("RAPL_Package1_PKG", read_pwh=steady(clock, 33.0)),
        },
    )
    assert power_w(find(devices, clock), clock) == pytest.approx(33.0)
    assert devices.open_count == 1


def test_a_counter_that_stands_still_is_no_zero_power(clock: FakeClock) -> None:
    meter = FakeMeter(PACKAGE, read_pwh=lambda: [pwh(START_J)])
    (source,) = find(FakeDevices(ENERGY_METER, {"a": meter}), clock)
    clock.advance(STOPPED_AFTER_S + 0.1)
    assert source.read() == STANDS_STILL
    meter.read_pwh = lambda: [pwh(START_J + 1)]
    assert isinstance(source.read(), PowerReading)


def test_a_short_measurement(clock: FakeClock) -> None:
    devices = laptop(clock)
    (source,) = find(devices, clock)
    devices.devices["rapl"].measurement = bytes(63)
    outcome = source.read()
    assert isinstance(outcome, Unavailable)
    assert "cut" in outcome.reason


def test_a_measurement_that_is_short_from_the_start(clock: FakeClock) -> None:
    devices = laptop(clock)
    devices.devices["rapl"].measurement = b""
    assert "cut" in absence(devices, clock).reason


def test_truncated_metadata(clock: FakeClock) -> None:
    meter = FakeMeter(metadata=metadata_2(PACKAGE)[:-3], read_pwh=steady(clock, 1.0))
    assert "cut" in absence(FakeDevices(ENERGY_METER, {"a": meter}), clock).reason


def test_one_broken_device_does_not_hide_another(clock: FakeClock) -> None:
    devices = laptop(clock)
    broken = FakeMeter(metadata=b"", read_pwh=steady(clock, 1.0))
    denied = FakeMeter(PACKAGE, read_pwh=steady(clock, 1.0))
    devices.devices = {"broken": broken, "denied": denied, **devices.devices}
    devices.denied = {"denied"}
    assert power_w(find(devices, clock), clock) == pytest.approx(15.0)


def test_a_device_without_channels(clock: FakeClock) -> None:
    devices = FakeDevices(ENERGY_METER, {"a": FakeMeter(read_pwh=list)})
    assert absence(devices, clock).reason == "the energy meter has no channels"


def test_access_that_is_denied(clock: FakeClock) -> None:
    devices = laptop(clock)
    devices.denied = {"rapl"}
    assert "denies access" in absence(devices, clock).reason


def test_a_reading_that_fails(clock: FakeClock) -> None:
    devices = laptop(clock)
    (source,) = find(devices, clock)
    devices.devices["rapl"].error = DeviceError(ACCESS_DENIED, "DeviceIoControl")
    assert isinstance(source.read(), Unavailable)
    devices.devices["rapl"].error = None
    assert isinstance(source.read(), PowerReading)


def test_closing_twice(clock: FakeClock) -> None:
    devices = laptop(clock)
    (source,) = find(devices, clock)
    source.close()
    source.close()
    assert devices.open_count == 0
    assert source.read() == CLOSED


@pytest.mark.parametrize(
    ("build", "unlock"), [(19045, UNLOCK_WINDOWS_10), (22000, ""), (26100, ""), (None, "")]
)
def test_no_meter_at_all(clock: FakeClock, build: int | None, unlock: str) -> None:
    found = absence(FakeDevices(ENERGY_METER, {}), clock, build)
    assert found.reason == "Windows offers no energy meter on this machine"
    assert found.unlock == unlock
    assert found.scope is Scope.CPU_PACKAGE


def test_a_listing_that_is_refused(clock: FakeClock) -> None:
    devices = FakeDevices(ENERGY_METER, {})
    devices.listing_error = DeviceError(0x33, "CM_Get_Device_Interface_ListW")
    assert "cannot be listed" in absence(devices, clock).reason


def test_another_system(clock: FakeClock) -> None:
    found = find_emi(NOT_WINDOWS, clock)
    assert isinstance(found, Absent)
    assert found.reason == "this is not Windows"
    assert found.unlock == ""
