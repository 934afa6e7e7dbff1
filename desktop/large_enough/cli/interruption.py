"""Turns Ctrl-C into a clean stop of what goes on."""

import contextlib
import signal
import types
from collections.abc import Iterator


class Interruption:
    """Remembers that Ctrl-C has come: the first one stops the work, the second one leaves."""

    def __init__(self) -> None:
        self.has_come = False

    def __call__(self, number: int, frame: types.FrameType | None) -> None:
        """Take the signal."""
        del number, frame
        if self.has_come:
            raise KeyboardInterrupt
        self.has_come = True


@contextlib.contextmanager
def interruptible() -> Iterator[Interruption]:
    """Catch Ctrl-C while the block runs."""
    interruption = Interruption()
    before = signal.signal(signal.SIGINT, interruption)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)
