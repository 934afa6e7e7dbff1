from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.trees import Reader, write

from large_enough.domain.clock import SystemClock
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS, NOT_WINDOWS
from large_enough.measure.power_plan import NOT_TOLD, power_plan

LONGEST_S = 0.2


def add_plan(root: Path, profile: str = "", governor: str = "", preference: str = "") -> None:
    if profile:
        write(root / "sys", firmware__acpi__platform_profile=profile)
    processor = root / "sys" / "devices" / "system" / "cpu" / "cpu0" / "cpufreq"
    if governor:
        write(processor, scaling_governor=governor)
    if preference:
        write(processor, energy_performance_preference=preference)


@pytest.mark.parametrize(
    ("files", "plan"),
    [
        (
            {"profile": "balanced", "governor": "powersave", "preference": "balance_performance"},
            "balanced, governor powersave, balance_performance",
        ),
        ({"profile": "low-power"}, "low-power"),
        ({"governor": "schedutil"}, "governor schedutil"),
        ({"governor": "powersave", "preference": "power"}, "governor powersave, power"),
    ],
)
def test_linux(tmp_path: Path, files: dict[str, str], plan: str) -> None:
    add_plan(tmp_path, **files)
    assert power_plan("linux", tmp_path) == plan


def test_a_virtual_machine_has_no_plan(tmp_path: Path) -> None:
    assert power_plan("linux", tmp_path) == NOT_TOLD


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    add_plan(tmp_path, "performance", "performance")
    reader = Reader()
    reader.fail("platform_profile", PermissionError())
    assert power_plan("linux", tmp_path, read_text=reader) == "governor performance"
    reader.fail("scaling_governor", OSError())
    assert power_plan("linux", tmp_path, read_text=reader) == NOT_TOLD


@given(st.text())
def test_whatever_a_file_holds(content: str) -> None:
    plan = power_plan("linux", Path("/nowhere"), read_text=lambda _path: content)
    if isinstance(plan, Unavailable):
        assert not content.split()
    else:
        assert plan.strip() == plan
        assert len(plan) < 250
        assert plan.isprintable() or not content.isprintable()


def test_windows() -> None:
    assert power_plan("win32", ask_windows=lambda: "Balanced") == "Balanced"


def test_macos() -> None:
    assert power_plan("darwin", ask_macos=lambda: True) == "Low Power Mode"
    assert power_plan("darwin", ask_macos=lambda: False) == "Low Power Mode off"
    absent = Unavailable(reason="this macOS has no Low Power Mode")
    assert power_plan("darwin", ask_macos=lambda: absent) == absent


def test_this_machine() -> None:
    clock = SystemClock()
    start_s = clock.monotonic_s()
    plan = power_plan()
    assert clock.monotonic_s() - start_s < LONGEST_S
    assert plan.reason if isinstance(plan, Unavailable) else plan


def test_plans_of_systems_that_this_is_not() -> None:
    assert power_plan("win32") == NOT_WINDOWS or isinstance(power_plan("win32"), str)
    assert power_plan("darwin") == NOT_MACOS or isinstance(power_plan("darwin"), str)
