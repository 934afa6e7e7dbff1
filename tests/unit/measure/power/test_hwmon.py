import errno
from pathlib import Path

import pytest
from tests.data.power.trees import Reader, add_amd_card, add_apu, add_hwmon, write
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.hwmon import find_amdgpu, find_intel_gpu
from large_enough.measure.power.hwmon_source import HwmonSource

POWER_FILES = {"power1_average", "power1_input", "energy1_input", "energy2_input"}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def reader() -> Reader:
    return Reader()


def amd(root: Path, clock: FakeClock, reader: Reader) -> tuple[HwmonSource, ...]:
    found = find_amdgpu(root, clock, reader)
    assert not isinstance(found, Absent), found
    return found


def test_a_chip_with_cpu_and_graphics_covers_both(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_apu(tmp_path, power1_average=17_080_000)
    (source,) = amd(tmp_path, clock, reader)
    assert source.read() == PowerReading(clock.monotonic_ns(), pytest.approx(17.08))
    assert source.identity.scope is Scope.SOC
    assert source.identity.kind is SourceKind.POWER
    assert source.identity.averaging_s == 1.0
    assert source.identity.key == "amdgpu:0000:63:00.0"
    assert not source.identity.is_verified


def test_a_card_covers_its_board(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_amd_card(tmp_path, power1_input=350_000_000)
    (source,) = amd(tmp_path, clock, reader)
    assert source.read() == PowerReading(clock.monotonic_ns(), 350.0)
    assert source.identity.scope is Scope.GPU_BOARD
    assert source.identity.averaging_s == 0.0


def test_a_sleeping_card_is_never_read(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_apu(tmp_path, power1_average=9_000_000)
    card = add_amd_card(tmp_path, status="suspended", power1_average=20_000_000)
    chip_source, card_source = amd(tmp_path, clock, reader)
    assert isinstance(chip_source.read(), PowerReading)
    assert card_source.read() == Unavailable(
        reason="the graphics device sleeps, and reading would wake it"
    )
    assert card / "power1_average" not in reader.reads
    write(card, device__power__runtime_status="active")
    assert card_source.read() == PowerReading(clock.monotonic_ns(), 20.0)


@pytest.mark.parametrize("status", ["suspended", "suspending", "resuming", "error"])
def test_only_a_device_that_is_awake_is_read(
    tmp_path: Path, clock: FakeClock, reader: Reader, status: str
) -> None:
    add_amd_card(tmp_path, status=status, power1_average=20_000_000)
    (source,) = amd(tmp_path, clock, reader)
    assert isinstance(source.read(), Unavailable)
    assert not reader.names_read() & POWER_FILES


@pytest.mark.parametrize("status", ["active", "unsupported", None])
def test_a_device_that_never_sleeps_is_read(
    tmp_path: Path, clock: FakeClock, reader: Reader, status: str | None
) -> None:
    add_amd_card(tmp_path, status=status, power1_average=20_000_000)
    (source,) = amd(tmp_path, clock, reader)
    assert isinstance(source.read(), PowerReading)


def test_a_card_without_a_model_is_left_alone(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_apu(tmp_path, power1_average=9_000_000)
    card = add_amd_card(tmp_path, power1_average=20_000_000)
    in_use = [False]
    found = find_amdgpu(tmp_path, clock, reader, is_gpu_in_use=lambda: in_use[0])
    assert not isinstance(found, Absent)
    chip_source, card_source = found
    assert isinstance(chip_source.read(), PowerReading)
    assert isinstance(card_source.read(), Unavailable)
    assert card / "power1_average" not in reader.reads
    in_use[0] = True
    assert isinstance(card_source.read(), PowerReading)


def test_twelve_milliwatts_are_nonsense(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_apu(tmp_path, power1_average=12_000)
    found = find_amdgpu(tmp_path, clock, reader)
    assert isinstance(found, Absent)
    assert found.reason == "it says what cannot be true: 0.012 W"


def test_the_second_number_serves_where_the_first_is_nonsense(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_apu(tmp_path, power1_average=12_000, power1_input=17_000_000)
    (source,) = amd(tmp_path, clock, reader)
    assert source.read() == PowerReading(clock.monotonic_ns(), 17.0)
    assert source.identity.averaging_s == 0.0


@pytest.mark.parametrize("power_uw", [0, 12_000, -5_000_000, 4_294_967_274])
def test_nonsense_in_between_is_no_reading(
    tmp_path: Path, clock: FakeClock, reader: Reader, power_uw: int
) -> None:
    folder = add_apu(tmp_path, power1_average=17_000_000)
    (source,) = amd(tmp_path, clock, reader)
    write(folder, power1_average=power_uw)
    assert isinstance(source.read(), Unavailable)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EPERM, "Operation not permitted"), "may not read it"),
        (OSError(errno.EOPNOTSUPP, "Operation not supported"), "no value"),
    ],
)
def test_a_driver_that_refuses(
    tmp_path: Path, clock: FakeClock, reader: Reader, error: OSError, words: str
) -> None:
    add_apu(tmp_path, power1_average=17_000_000)
    reader.fail("power1_average", error)
    found = find_amdgpu(tmp_path, clock, reader)
    assert isinstance(found, Absent)
    assert words in found.reason


def test_an_old_chip_without_a_sensor(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_apu(tmp_path)
    found = find_amdgpu(tmp_path, clock, reader)
    assert isinstance(found, Absent)
    assert "tells no power" in found.reason


def test_other_sensors_are_no_graphics(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_hwmon(tmp_path, 0, "k10temp", "0000:00:18.3", power1_average=5_000_000)
    assert isinstance(find_amdgpu(tmp_path, clock, reader), Absent)
    assert isinstance(find_intel_gpu(tmp_path, clock, reader), Absent)
    assert not reader.names_read() & POWER_FILES


def test_a_closed_source_reads_nothing(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    add_apu(tmp_path, power1_average=17_000_000)
    (source,) = amd(tmp_path, clock, reader)
    source.close()
    source.close()
    reader.reads.clear()
    assert isinstance(source.read(), Unavailable)
    assert reader.reads == []


def test_a_device_without_an_address_is_named_by_its_folder(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    folder = add_apu(tmp_path, number=4, power1_average=17_000_000)
    (folder / "device" / "uevent").unlink()
    (source,) = amd(tmp_path, clock, reader)
    assert source.identity.key == "amdgpu:hwmon4"


@pytest.mark.parametrize("driver", ["i915", "xe"])
def test_an_intel_card(tmp_path: Path, clock: FakeClock, reader: Reader, driver: str) -> None:
    files = {"energy1_input": 12_345_678, "energy2_input": 9_000_000}
    add_hwmon(tmp_path, 3, driver, "0000:03:00.0", **files)
    add_hwmon(tmp_path, 4, f"{driver}_gt0", "0000:03:00.0", energy1_input=5)
    found = find_intel_gpu(tmp_path, clock, reader)
    assert not isinstance(found, Absent)
    (source,) = found
    assert source.read() == PowerReading(clock.monotonic_ns(), pytest.approx(12.345678))
    identity = source.identity
    assert (identity.scope, identity.kind) == (Scope.GPU_BOARD, SourceKind.COUNTER)
    assert identity.wrap_j is None  # the driver sums the 32-bit register up in 64 bits
    assert identity.key == "intel-gpu:0000:03:00.0"


def test_an_intel_card_that_tells_only_of_its_chip(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_hwmon(tmp_path, 3, "xe", "0000:03:00.0", energy2_input=9_000_000)
    found = find_intel_gpu(tmp_path, clock, reader)
    assert not isinstance(found, Absent)
    assert [source.identity.scope for source in found] == [Scope.GPU]


def test_a_sleeping_intel_card_is_never_read(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_hwmon(tmp_path, 3, "xe", "0000:03:00.0", "suspended", energy1_input=9_000_000)
    found = find_intel_gpu(tmp_path, clock, reader)
    assert not isinstance(found, Absent)
    assert isinstance(found[0].read(), Unavailable)
    assert not reader.names_read() & POWER_FILES


def test_a_counter_below_zero_is_no_reading(
    tmp_path: Path, clock: FakeClock, reader: Reader
) -> None:
    add_hwmon(tmp_path, 3, "xe", "0000:03:00.0", energy1_input=-1)
    found = find_intel_gpu(tmp_path, clock, reader)
    assert not isinstance(found, Absent)
    assert isinstance(found[0].read(), Unavailable)


def test_intel_graphics_in_the_processor(tmp_path: Path, clock: FakeClock, reader: Reader) -> None:
    (tmp_path / "sys" / "bus" / "pci" / "drivers" / "i915").mkdir(parents=True)
    found = find_intel_gpu(tmp_path, clock, reader)
    assert isinstance(found, Absent)
    assert "part of the processor package" in found.reason
