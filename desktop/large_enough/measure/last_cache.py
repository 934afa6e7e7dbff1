"""Asks the system how large the processor's last cache is."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from large_enough.measure.sysctl import system_count

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_SIZE = re.compile(r"(\d{1,9})([KMG]?)")


def last_cache_bytes(
    platform: str = sys.platform,
    *,
    sys_root: Path = Path("/sys"),
    ask_macos: Callable[[str], int | None] = system_count,
) -> int:
    """Return the size of the largest cache; 0 where the system does not tell (Windows).

    Args:
        platform: As `sys.platform`.
        sys_root: Where Linux' sysfs is mounted.
        ask_macos: Reads a named fact of macOS.
    """
    if platform == "darwin":
        names = ("hw.l3cachesize", "hw.perflevel0.l2cachesize", "hw.l2cachesize")
        return max(ask_macos(name) or 0 for name in names)
    folder = sys_root / "devices" / "system" / "cpu" / "cpu0" / "cache"
    return max((_size_bytes(file) for file in folder.glob("index*/size")), default=0)


def _size_bytes(file: Path) -> int:
    """Read sysfs' "32K" or "300M"."""
    try:
        match = _SIZE.fullmatch(file.read_text(encoding="ascii", errors="replace").strip())
    except OSError:
        return 0
    return int(match[1]) * _UNITS[match[2]] if match else 0
