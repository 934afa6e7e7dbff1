from pathlib import Path
from types import SimpleNamespace

import pytest

from large_enough.domain.doctor import FolderState
from large_enough.domain.quantity import Unavailable
from large_enough.measure.machine import NO_BATTERY, NOT_TOLD
from large_enough.measure.vitals import battery_charge, folder_state, memory_state


def test_memory_of_this_machine() -> None:
    memory = memory_state()
    assert 0 < memory.available_bytes <= memory.total_bytes
    assert memory.swap_used_bytes >= 0


def test_a_battery() -> None:
    charge = battery_charge(lambda: SimpleNamespace(power_plugged=False, percent=62))
    assert charge.on_battery is True
    assert charge.percent == 62.0


def broken() -> object:
    raise OSError


@pytest.mark.parametrize(
    ("read_battery", "percent"), [(lambda: None, NO_BATTERY), (broken, NOT_TOLD)]
)
def test_no_battery_is_not_an_empty_one(read_battery, percent) -> None:
    charge = battery_charge(read_battery)
    assert charge.percent == charge.on_battery == percent


def test_a_battery_that_does_not_know_how_full_it_is() -> None:
    charge = battery_charge(lambda: SimpleNamespace(power_plugged=True, percent=None))
    assert charge.on_battery is False
    assert isinstance(charge.percent, Unavailable)


def test_a_folder_that_is_not_made_yet_has_the_room_of_its_disk(tmp_path: Path) -> None:
    asked: list[Path] = []

    def disk_usage(folder: Path) -> SimpleNamespace:
        asked.append(folder)
        return SimpleNamespace(free=5_000)

    folder = tmp_path / "a" / "b"
    assert folder_state(folder, disk_usage) == FolderState(path=str(folder), free_bytes=5_000)
    assert asked == [tmp_path]


def test_a_disk_that_cannot_be_asked(tmp_path: Path) -> None:
    def disk_usage(folder: Path) -> SimpleNamespace:
        raise PermissionError

    assert folder_state(tmp_path, disk_usage).free_bytes == NOT_TOLD
    free_bytes = folder_state(tmp_path).free_bytes
    assert isinstance(free_bytes, int)
    assert free_bytes > 0
