"""Reads how much memory, charge and disk space this machine has left."""

import shutil
from collections.abc import Callable
from pathlib import Path

import psutil

from large_enough.domain.doctor import BatteryCharge, FolderState, MemoryState
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.measure.machine import NOT_TOLD, battery_now, on_battery
from large_enough.measure.memory import available_memory_bytes, swap_used_bytes


def memory_state() -> MemoryState:
    """Return the memory of this machine now."""
    return MemoryState(
        total_bytes=int(psutil.virtual_memory().total),
        available_bytes=available_memory_bytes(),
        swap_used_bytes=swap_used_bytes(),
    )


def battery_charge(read_battery: Callable[[], object] | None = None) -> BatteryCharge:
    """Return whether the machine runs on its battery, and how full that is.

    Args:
        read_battery: Gives something with `power_plugged` and `percent`, or None; None takes
            psutil's.
    """
    return BatteryCharge(on_battery=on_battery(read_battery), percent=_percent(read_battery))


def folder_state(
    folder: Path, disk_usage: Callable[[Path], "shutil._ntuple_diskusage"] = shutil.disk_usage
) -> FolderState:
    """Return the room on the disk of a folder, which need not exist yet.

    Args:
        folder: An absolute path.
        disk_usage: Tells the room of a folder that exists; may raise OSError.
    """
    nearest = next((path for path in (folder, *folder.parents) if path.is_dir()), folder)
    try:
        return FolderState(path=str(folder), free_bytes=int(disk_usage(nearest).free))
    except OSError:
        return FolderState(path=str(folder), free_bytes=NOT_TOLD)


def _percent(read_battery: Callable[[], object] | None) -> Quantity:
    battery = battery_now(read_battery)
    if isinstance(battery, Unavailable):
        return battery
    percent = getattr(battery, "percent", None)
    return float(percent) if isinstance(percent, int | float) else Unavailable(reason=_NO_PERCENT)


_NO_PERCENT = "the battery does not tell how full it is"
