"""Reads the limits of the control group that this process lives in (Linux).

Containers see the whole machine's processors and memory but may use a part of them. Sources:
Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst and scheduler/sched-bwc.rst of the
kernel. A process in a container may see its own group as the root, so both its own path and the
root are looked at, and the tightest limit counts.
"""

from collections.abc import Iterator
from pathlib import Path

_UNLIMITED_BYTES = 1 << 60  # version 1 writes a number near 2**63 for "no limit"


class ControlGroup:
    """The limits of one control group, of version 1 or 2."""

    def __init__(
        self, root: Path = Path("/sys/fs/cgroup"), proc_root: Path = Path("/proc")
    ) -> None:
        self._root = root
        self._proc_root = proc_root

    def cpu_limit(self) -> float | None:
        """Return how many processors' worth of time the group may use; None for no limit."""
        limits = [*self._cpu_limits_v2(), *self._cpu_limits_v1()]
        return min(limits, default=None)

    def available_bytes(self) -> int | None:
        """Return the memory the group may still take; None for no limit."""
        rooms = [*self._rooms_v2(), *self._rooms_v1()]
        return min(rooms, default=None)

    def _cpu_limits_v2(self) -> Iterator[float]:
        for folder in self._folders(""):
            quota, _space, period = _read(folder / "cpu.max").partition(" ")
            if quota.isdecimal() and period.isdecimal() and int(period):
                yield int(quota) / int(period)

    def _cpu_limits_v1(self) -> Iterator[float]:
        for folder in self._folders("cpu"):
            quota = _read(folder / "cpu.cfs_quota_us")
            period = _read(folder / "cpu.cfs_period_us")
            if quota.isdecimal() and period.isdecimal() and int(period):
                yield int(quota) / int(period)

    def _rooms_v2(self) -> Iterator[int]:
        for folder in self._folders(""):
            limit, used = _read(folder / "memory.max"), _read(folder / "memory.current")
            if limit.isdecimal() and used.isdecimal():
                yield _room(int(limit), int(used), folder, "inactive_file")

    def _rooms_v1(self) -> Iterator[int]:
        for folder in self._folders("memory"):
            limit = _read(folder / "memory.limit_in_bytes")
            used = _read(folder / "memory.usage_in_bytes")
            if limit.isdecimal() and used.isdecimal() and int(limit) < _UNLIMITED_BYTES:
                yield _room(int(limit), int(used), folder, "total_inactive_file")

    def _folders(self, controller: str) -> Iterator[Path]:
        """Yield the group's own folder, those above it, up to the root.

        Args:
            controller: Name of a version 1 controller; "" for version 2.
        """
        root = self._root / controller
        own = root / self._own_path(controller).lstrip("/")
        yield root
        while own != root and root in own.parents:
            yield own
            own = own.parent

    def _own_path(self, controller: str) -> str:
        for line in _read(self._proc_root / "self" / "cgroup").splitlines():
            _number, _colon, rest = line.partition(":")
            controllers, _colon, path = rest.partition(":")
            if controller in controllers.split(",") and ".." not in path:
                return path
        return ""


def _room(limit_bytes: int, used_bytes: int, folder: Path, reclaimable: str) -> int:
    """Return what is left; file pages nobody uses are given back when memory is asked for."""
    for line in _read(folder / "memory.stat").splitlines():
        name, _space, size = line.partition(" ")
        if name == reclaimable and size.isdecimal():
            used_bytes -= int(size)
    return max(limit_bytes - used_bytes, 0)


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""
