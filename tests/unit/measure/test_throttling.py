from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.trees import Reader, add_pci, write

from large_enough.domain.clock import SystemClock
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS, NOT_WINDOWS
from large_enough.measure.power.nvml_session import NO_CARD
from large_enough.measure.throttling import (
    NO_CARD_IN_USE,
    TOLD_TOGETHER,
    SlowdownCounts,
    ThrottleReader,
    ThrottleReading,
    was_throttled,
)
from large_enough.measure.throttling_linux import NOT_COUNTED, slowdown_counts
from large_enough.measure.throttling_nvidia import HW_SLOWDOWN, SW_POWER_CAP, SW_THERMAL_SLOWDOWN

LONGEST_S = 0.2
SLOT = "0000:01:00.0"
IDLE, CLOCKS_SET_BY_HAND = 0x1, 0x2
ABSENT = Unavailable(reason="not told")


class FakeNvmlError(Exception):
    def __init__(self, value: int) -> None:
        super().__init__(value)
        self.value = value


class FakeNvml:
    """NVIDIA's library, whose cards say why their clocks are what they are."""

    NVMLError = FakeNvmlError

    def __init__(self, reasons: dict[str, int], error: int | None = None) -> None:
        self.reasons = reasons
        self.error = error
        self.open_count = 0
        self.load_count = 0

    def load(self) -> "FakeNvml":
        self.load_count += 1
        return self

    def nvmlInit(self) -> None:
        self.open_count += 1

    def nvmlShutdown(self) -> None:
        self.open_count -= 1

    def nvmlDeviceGetHandleByPciBusId(self, address: str) -> str:
        return address

    def nvmlDeviceGetCurrentClocksEventReasons(self, handle: str) -> int:
        if self.error is not None:
            raise FakeNvmlError(self.error)
        return self.reasons[handle]


class OldBinding:
    """The functions of `pynvml` before version 535, of which one alone counts here."""

    NVMLError = FakeNvmlError

    def __init__(self, reasons: int) -> None:
        self.reasons = reasons

    def nvmlInit(self) -> None:
        pass

    def nvmlShutdown(self) -> None:
        pass

    def nvmlDeviceGetHandleByPciBusId(self, address: str) -> str:
        return address

    def nvmlDeviceGetCurrentClocksThrottleReasons(self, handle: str) -> int:
        return self.reasons


class OldDriver(FakeNvml):
    """A new binding with an old driver, which lacks the new function."""

    def nvmlDeviceGetCurrentClocksThrottleReasons(self, handle: str) -> int:
        return self.reasons[handle]


def add_counts(root: Path, processor: str, core: int, package: int) -> Path:
    folder = root / "sys" / "devices" / "system" / "cpu" / processor / "thermal_throttle"
    return write(
        folder,
        core_throttle_count=core,
        package_throttle_count=package,
        core_throttle_total_time_ms=99,
    )


def reader_of(
    root: Path,
    nvml: object = None,
    *,
    is_gpu_in_use: Callable[[], bool] = lambda: False,
    system: str = "linux",
    **more: object,
) -> ThrottleReader:
    def load() -> object:
        if nvml is None:
            raise ImportError
        return nvml.load() if isinstance(nvml, FakeNvml) else nvml

    return ThrottleReader(is_gpu_in_use, system=system, root=root, nvml_loader=load, **more)


def reading(processor: object = False, card: object = NO_CARD_IN_USE) -> ThrottleReading:
    return ThrottleReading(processor=processor, card=card)


def counted(**counts: int) -> ThrottleReading:
    return reading(SlowdownCounts(counts=counts))


def test_intel_is_counted(tmp_path: Path) -> None:
    add_counts(tmp_path, "cpu0", 3, 40)
    add_counts(tmp_path, "cpu10", 0, 40)
    write(tmp_path / "sys" / "devices" / "system" / "cpu", cpufreq__boost=1, online="0-10")
    before = reader_of(tmp_path).read()
    assert before == reading(
        SlowdownCounts(
            counts={
                "cpu0 core_throttle_count": 3,
                "cpu0 package_throttle_count": 40,
                "cpu10 core_throttle_count": 0,
                "cpu10 package_throttle_count": 40,
            }
        )
    )
    assert was_throttled(before, reader_of(tmp_path).read()) is False
    add_counts(tmp_path, "cpu10", 1, 40)
    assert was_throttled(before, reader_of(tmp_path).read()) is True


def test_amd_arm_and_virtual_machines_tell_nothing(tmp_path: Path) -> None:
    assert reader_of(tmp_path).read() == NOT_COUNTED
    write(tmp_path / "sys" / "devices" / "system" / "cpu", cpu0__cpufreq__scaling_cur_freq=1)
    assert reader_of(tmp_path).read() == NOT_COUNTED


def test_counts_that_cannot_be_read(tmp_path: Path) -> None:
    add_counts(tmp_path, "cpu0", 3, 40)
    files = Reader()
    files.fail("core_throttle_count", PermissionError())
    assert slowdown_counts(tmp_path, files) == {"cpu0 package_throttle_count": 40}
    files.fail("package_throttle_count", PermissionError())
    absent = slowdown_counts(tmp_path, files)
    assert isinstance(absent, Unavailable)
    assert "may not read it" in absent.reason


def test_a_processor_that_is_switched_off_meanwhile() -> None:
    assert was_throttled(counted(a=1, b=5), counted(a=1)) is False
    assert was_throttled(counted(a=1), counted(a=1, b=5)) is False
    assert was_throttled(counted(a=1, b=5), counted(a=2)) is True


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        (False, False, False),
        (True, False, True),
        (False, True, True),
        (ABSENT, False, ABSENT),
        (False, ABSENT, ABSENT),
        (ABSENT, True, True),
    ],
)
def test_present_states(before: object, after: object, answer: object) -> None:
    assert was_throttled(reading(before), reading(after)) == answer
    assert was_throttled(reading(False, before), reading(False, after)) == answer


def test_an_unknown_processor_is_not_made_up_for_by_a_card() -> None:
    assert was_throttled(reading(ABSENT, False), reading(ABSENT, False)) == ABSENT
    assert was_throttled(reading(ABSENT, False), reading(ABSENT, True)) is True


def test_a_card_that_came_into_use_meanwhile() -> None:
    assert was_throttled(reading(False, NO_CARD_IN_USE), reading(False, False)) is False
    assert was_throttled(reading(False, NO_CARD_IN_USE), reading(False, ABSENT)) == ABSENT


def test_readings_that_are_missing() -> None:
    assert was_throttled(ABSENT, reading()) == ABSENT
    assert was_throttled(reading(True), ABSENT) == ABSENT


STATES = st.sampled_from([True, False, ABSENT, NO_CARD_IN_USE, TOLD_TOGETHER])
COUNTS = st.dictionaries(st.sampled_from("abc"), st.integers(min_value=0))
PROCESSORS = st.one_of(st.sampled_from([True, False, ABSENT]), COUNTS)


@given(PROCESSORS, PROCESSORS, STATES, STATES)
def test_false_is_claimed_only_where_everything_is_known(
    first: object, second: object, first_card: object, second_card: object
) -> None:
    before, after = (
        reading(SlowdownCounts(counts=part) if isinstance(part, dict) else part, card)
        for part, card in ((first, first_card), (second, second_card))
    )
    parts = (first, second, first_card, second_card)
    answer = was_throttled(before, after)
    if True in [part for part in parts if not isinstance(part, dict)]:
        assert answer is True
    if answer is False:
        assert ABSENT not in parts


@pytest.mark.parametrize(
    ("reasons", "is_limited"),
    [
        (0, False),
        (IDLE, False),
        (CLOCKS_SET_BY_HAND, False),
        (SW_POWER_CAP, True),
        (HW_SLOWDOWN | IDLE, True),
        (SW_THERMAL_SLOWDOWN, True),
        (0x40, True),
        (0x80, True),
    ],
)
def test_why_a_card_is_slow(tmp_path: Path, reasons: int, is_limited: bool) -> None:
    add_counts(tmp_path, "cpu0", 0, 0)
    add_pci(tmp_path, SLOT)
    nvml = FakeNvml({SLOT: reasons})
    found = reader_of(tmp_path, nvml, is_gpu_in_use=lambda: True).read()
    assert found.card is is_limited
    assert nvml.open_count == 0


@pytest.mark.parametrize("old", [OldBinding(SW_POWER_CAP), OldDriver({SLOT: SW_POWER_CAP}, 13)])
def test_the_old_name_of_the_function(tmp_path: Path, old: object) -> None:
    add_pci(tmp_path, SLOT)
    assert reader_of(tmp_path, old, is_gpu_in_use=lambda: True).read().card is True


def test_a_card_that_does_not_tell(tmp_path: Path) -> None:
    add_counts(tmp_path, "cpu0", 0, 0)
    add_pci(tmp_path, SLOT)
    nvml = FakeNvml({}, error=3)
    found = reader_of(tmp_path, nvml, is_gpu_in_use=lambda: True).read()
    assert found.card == Unavailable(reason="not supported by this card")
    assert isinstance(was_throttled(found, found), Unavailable)
    assert nvml.open_count == 0


def test_one_of_two_cards_is_slowed_down(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    add_pci(tmp_path, "0000:41:00.0")
    nvml = FakeNvml({SLOT: 0, "0000:41:00.0": SW_POWER_CAP})
    assert reader_of(tmp_path, nvml, is_gpu_in_use=lambda: True).read().card is True
    nvml.reasons["0000:41:00.0"] = 0
    assert reader_of(tmp_path, nvml, is_gpu_in_use=lambda: True).read().card is False


def test_no_card_is_touched_while_no_model_runs_on_it(tmp_path: Path) -> None:
    add_counts(tmp_path, "cpu0", 0, 0)
    add_pci(tmp_path, SLOT)
    nvml = FakeNvml({SLOT: SW_POWER_CAP})
    assert reader_of(tmp_path, nvml).read().card == NO_CARD_IN_USE
    reader = reader_of(tmp_path, nvml, is_gpu_in_use=lambda: True)
    assert reader.read(on_gpu=False).card == NO_CARD_IN_USE
    assert nvml.load_count == 0


def test_a_sleeping_card_is_not_woken(tmp_path: Path) -> None:
    add_counts(tmp_path, "cpu0", 0, 0)
    add_pci(tmp_path, SLOT, status="suspended")
    nvml = FakeNvml({SLOT: SW_POWER_CAP})
    found = reader_of(tmp_path, nvml, is_gpu_in_use=lambda: True).read()
    assert "sleeps" in found.card.reason
    assert nvml.load_count == 0


def test_cards_of_others_tell_nothing(tmp_path: Path) -> None:
    add_counts(tmp_path, "cpu0", 0, 0)
    add_pci(tmp_path, SLOT, vendor="0x1002")
    found = reader_of(tmp_path, is_gpu_in_use=lambda: True).read()
    assert found.card == Unavailable(reason=NO_CARD.reason)


@pytest.mark.parametrize("state", [True, False])
def test_windows_and_macos_tell_the_present_state(tmp_path: Path, state: bool) -> None:
    windows = reader_of(tmp_path, system="win32", read_processor=lambda: state)
    assert windows.read() == reading(state)
    macos = reader_of(
        tmp_path, system="darwin", read_processor=lambda: state, is_gpu_in_use=lambda: True
    )
    assert macos.read() == reading(state, TOLD_TOGETHER)
    assert was_throttled(macos.read(), macos.read()) is state


def test_this_machine() -> None:
    clock = SystemClock()
    reader = ThrottleReader(lambda: False)
    start_s = clock.monotonic_s()
    before = reader.read()
    assert clock.monotonic_s() - start_s < LONGEST_S
    assert isinstance(was_throttled(before, reader.read()), bool | Unavailable)
    if isinstance(before, Unavailable):
        assert before.reason


def test_systems_that_this_is_not() -> None:
    for system, absence in (("win32", NOT_WINDOWS), ("darwin", NOT_MACOS)):
        found = ThrottleReader(lambda: False, system=system).read()
        assert isinstance(found, ThrottleReading | Unavailable)
        if isinstance(found, Unavailable):
            assert found == absence or found.reason.startswith("this ")
