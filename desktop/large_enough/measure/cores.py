"""Chooses the processors that models compute on: one for each fast physical core.

Two threads on one physical core, or one on an efficiency core, slow every step of the computation
down, because all threads wait for the slowest one after each.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil

from large_enough.measure.cgroup import ControlGroup
from large_enough.measure.cores_windows import windows_cores
from large_enough.measure.sysctl import system_count

_FAST_SHARE = 0.8
"""ARM: cores with this share of the fastest one's capacity count as fast (our choice)."""


def fast_core_ids(platform: str = sys.platform) -> tuple[int, ...]:
    """Return one logical processor for each fast physical core that this process may use.

    On macOS, where processes cannot be pinned, only their number means something.

    Args:
        platform: As `sys.platform`.

    Returns:
        At least one processor, in ascending order.
    """
    if platform == "darwin":
        count = system_count("hw.perflevel0.physicalcpu") or system_count("hw.physicalcpu")
        return tuple(range(count or os.cpu_count() or 1))
    allowed = allowed_processors()
    if platform == "win32":
        return windows_cores(allowed) or tuple(sorted(allowed))
    return linux_cores(allowed)


def allowed_processors() -> set[int]:
    """Return the logical processors that the system lets this process use."""
    try:
        return set(psutil.Process().cpu_affinity())
    except (AttributeError, psutil.Error, OSError):  # not on every system
        return set(range(os.cpu_count() or 1))


def linux_cores(
    allowed: set[int], sys_root: Path = Path("/sys"), group: ControlGroup | None = None
) -> tuple[int, ...]:
    """Return one processor for each fast core, at most as many as the control group pays for.

    Args:
        allowed: Logical processors this process may use.
        sys_root: Where sysfs is mounted.
        group: The limits of a container; None looks for this process's own.
    """
    fast = allowed & _fast_processors(allowed, sys_root) or allowed
    cores = one_of_each(_siblings(processor, sys_root) & fast for processor in sorted(fast))
    limit = (group or ControlGroup()).cpu_limit()
    return cores if limit is None else cores[: max(1, int(limit))]


def one_of_each(cores: Iterable[set[int]]) -> tuple[int, ...]:
    """Return the lowest processor of each set of siblings."""
    return tuple(sorted({min(siblings) for siblings in cores}))


def _fast_processors(allowed: set[int], sys_root: Path) -> set[int]:
    """Return the performance cores of a hybrid processor; all of them if it is none."""
    # Intel hybrid: the perf driver has one unit for each kind of core.
    performance = parse_list(_read(sys_root / "devices" / "cpu_core" / "cpus"))
    if performance:
        return performance
    # ARM: the scheduler's idea of each core's capacity, 1024 for the fastest.
    capacities = {processor: _capacity(processor, sys_root) for processor in allowed}
    most = max(capacities.values(), default=0)
    return {number for number, value in capacities.items() if value >= _FAST_SHARE * most}


def _capacity(processor: int, sys_root: Path) -> int:
    text = _read(_processor_folder(processor, sys_root) / "cpu_capacity")
    return int(text) if text.isdecimal() else 0


def _siblings(processor: int, sys_root: Path) -> set[int]:
    """Return the logical processors on the same physical core, itself included."""
    topology = _processor_folder(processor, sys_root) / "topology"
    return parse_list(_read(topology / "thread_siblings_list")) | {processor}


def _processor_folder(processor: int, sys_root: Path) -> Path:
    return sys_root / "devices" / "system" / "cpu" / f"cpu{processor}"


def parse_list(text: str) -> set[int]:
    """Return the numbers in the kernel's list format: "0-3,8,10-11"."""
    numbers: set[int] = set()
    for part in text.split(","):
        first, _dash, last = part.strip().partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            numbers.update(range(int(first), int(last or first) + 1))
    return numbers


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""
