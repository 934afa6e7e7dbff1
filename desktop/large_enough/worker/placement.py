"""Keeps the worker on the processors it was given."""

import contextlib
import os
import sys
from collections.abc import Collection
from pathlib import Path

import psutil

from large_enough.domain.generation import Placement

THREADS_FOLDER = Path("/proc/self/task")


class ProcessorShare:
    """The processors this process may run on, as the operating system lets us choose them.

    Linux and Windows let us; macOS does not, there `is_pinned` stays False.
    """

    def __init__(self) -> None:
        self.is_pinned = False
        self._at_start = _allowed()

    def apply(self, placement: Placement) -> None:
        """Stay on the given processors; None as choice returns to those of the start.

        Every thread is moved: those of the engine's pool exist already and would stay where they
        were. If the system refuses, the process runs unpinned and `is_pinned` says so.
        """
        if placement.cpu_ids is None:
            if self.is_pinned:
                _move(self._at_start)
            self.is_pinned = False
            return
        wanted = set(placement.cpu_ids)
        self.is_pinned = bool(wanted) and _move(wanted) and _allowed() == wanted


def _allowed() -> set[int]:
    """Return the processors this process may use now; empty where there is no way to know."""
    if sys.platform == "linux":
        return os.sched_getaffinity(0)
    elif sys.platform == "win32":  # noqa: RET505 - the type checker skips foreign branches only so
        return set(psutil.Process().cpu_affinity())
    else:
        return set()


def _move(cpu_ids: Collection[int]) -> bool:
    """Move all threads of this process; return whether the system agreed."""
    try:
        if sys.platform == "linux":
            for folder in THREADS_FOLDER.iterdir():
                with contextlib.suppress(ProcessLookupError):  # it has just ended
                    os.sched_setaffinity(int(folder.name), cpu_ids)
        elif sys.platform == "win32":
            psutil.Process().cpu_affinity(list(cpu_ids))
        else:
            return False
    except (OSError, ValueError, psutil.Error):
        return False
    return True
