"""What quantising works with, gathered so that tests can hand in their own."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

from large_enough.comparison.instruments import HashOf
from large_enough.domain.clock import Clock, SystemClock
from large_enough.engine.launcher import LaunchCommand


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuantisingTools:
    """What quantising works with; some of it is replaced in tests."""

    command: LaunchCommand
    """How to start the worker."""
    thread_count: int
    """Threads that compute."""
    parentage_folder: Path
    """Where it is kept what was made from what."""
    sha256_of: HashOf
    free_bytes: Callable[[Path], int] = _free_bytes
    """Room on the disk of a folder."""
    clock: Clock = dataclasses.field(default_factory=SystemClock)
