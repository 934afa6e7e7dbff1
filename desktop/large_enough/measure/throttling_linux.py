"""Counts how often Linux saw processors slowed down by heat.

Source: Documentation/ABI/testing/sysfs-devices-system-cpu of the kernel (`thermal_throttle`) and
drivers/thermal/intel/therm_throt.c. Only Intel's processors are counted, and not inside virtual
machines. Power limits are not: their interrupt is off unless the kernel was started with
`int_pln_enable`.
"""

import re
from pathlib import Path

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.sysfs import ReadText, read_file, read_number, subfolders

NOT_COUNTED = Unavailable(reason="the kernel counts no slowdowns of this processor")

_PROCESSOR = re.compile(r"cpu\d+")
_FILES = ("core_throttle_count", "package_throttle_count")


def slowdown_counts(root: Path, read_text: ReadText = read_file) -> dict[str, int] | Unavailable:
    """Return how often each processor has been slowed down since the machine was started.

    Args:
        root: Folder that holds `sys`.
        read_text: Reads a file.

    Returns:
        By the name of the counter, for example "cpu0 core_throttle_count"; or why there is none.
    """
    counts: dict[str, int] = {}
    obstacle = NOT_COUNTED
    for folder in subfolders(root / "sys" / "devices" / "system" / "cpu"):
        if not _PROCESSOR.fullmatch(folder.name) or not (folder / "thermal_throttle").is_dir():
            continue
        for name in _FILES:
            count = read_number(folder / "thermal_throttle" / name, read_text)
            if isinstance(count, Unavailable):
                obstacle = count
            else:
                counts[f"{folder.name} {name}"] = count
    return counts or obstacle
