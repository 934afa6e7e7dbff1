"""Counts the bytes that the system has moved from memory to its swap space.

Linux is read here, not through psutil, which warns where `/proc/vmstat` cannot be read and takes
every page for 4 KiB (ARM kernels have pages of 16 or 64). Where swap is compressed memory (zram),
no disk is involved, but memory was short all the same.
"""

import mmap
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.power.sysfs import ReadText, read_file, reason_of
from large_enough.measure.swapping_macos import mac_swapped_out_bytes

NOT_TOLD = Unavailable(reason="the system does not tell how much it has moved to disk")


def paging_file_used_bytes() -> Count:
    """Return how much of Windows' paging files is in use."""
    try:
        return int(psutil.swap_memory().used)
    except (OSError, RuntimeError):  # no performance counters
        return NOT_TOLD


def swapped_out_bytes(
    system: str = sys.platform,
    root: Path = Path("/"),
    *,
    read_text: ReadText = read_file,
    page_bytes: int = mmap.PAGESIZE,
    ask_windows: Callable[[], Count] = paging_file_used_bytes,
    ask_macos: Callable[[], Count] = mac_swapped_out_bytes,
) -> Count:
    """Return what has been moved to the swap space since the machine was started.

    Windows counts nothing of the kind; there it is what lies in its paging files now, so that what
    went out and came back between two readings is missed.

    Args:
        system: As `sys.platform`.
        root: Folder that holds Linux' `proc`.
        read_text: Reads a file.
        page_bytes: Size of a page on Linux.
        ask_windows: Gives the part of the paging files in use.
        ask_macos: Gives what macOS has swapped out.
    """
    if system == "win32":
        return ask_windows()
    if system == "darwin":
        return ask_macos()
    page_count = _pages_swapped_out(root / "proc" / "vmstat", read_text)
    return page_count if isinstance(page_count, Unavailable) else page_count * page_bytes


def swapped_between(before: Count, after: Count) -> Count:
    """Return what was moved to the swap space between two readings; never negative."""
    if isinstance(before, Unavailable):
        return before
    if isinstance(after, Unavailable):
        return after
    return max(after - before, 0)


def _pages_swapped_out(path: Path, read_text: ReadText) -> Count:
    """Return `pswpout` of Documentation/filesystems/proc.rst; kernels without swap have none."""
    try:
        lines = read_text(path).splitlines()
    except OSError as error:
        return Unavailable(reason=reason_of(error, path.name))
    for line in lines:
        name, _space, count = line.partition(" ")
        if name == "pswpout" and count.strip().isdecimal():
            return int(count)
    return NOT_TOLD
