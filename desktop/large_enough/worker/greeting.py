"""Makes the first message of a worker."""

import os
import sys

from large_enough.domain.clock import Clock
from large_enough.domain.generation import EngineBuild
from large_enough.protocol.messages import PROTOCOL_MAJOR, PROTOCOL_MINOR, Ready

FOREIGN_MODULES = ("PySide6", "shiboken6", "PyQt6", "PyQt5", "tkinter", "torch")
"""Must not be in a worker: they would spoil its memory reading."""


def make_greeting(build: EngineBuild, clock: Clock) -> Ready:
    """Return the greeting of this process.

    Args:
        build: Its engine.
        clock: Its clock, a reading of which is sent along.
    """
    return Ready(
        protocol_major=PROTOCOL_MAJOR,
        protocol_minor=PROTOCOL_MINOR,
        process_id=os.getpid(),
        monotonic_ns=clock.monotonic_ns(),
        engine=build,
        foreign_modules=tuple(name for name in FOREIGN_MODULES if name in sys.modules),
    )
