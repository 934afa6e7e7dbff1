"""Turns Ctrl-C into a clean stop."""

import contextlib
import signal
import types
from collections.abc import Iterator


class Interruption:
    """Whether Ctrl-C has come: the first one stops what is done, the second one leaves."""

    def __init__(self) -> None:
        self.has_come = False

    def __call__(self, number: int, frame: types.FrameType | None) -> None:
        """Take note of a signal."""
        del number, frame
        if self.has_come:
            raise KeyboardInterrupt
        self.has_come = True

    def is_wanted(self) -> bool:
        """Return whether to stop."""
        return self.has_come

    @contextlib.contextmanager
    def suspended(self) -> Iterator[None]:
        """Let Ctrl-C interrupt at once, for a question; it counts as the first one."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            yield
        except KeyboardInterrupt:
            self.has_come = True
        finally:
            signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def interruptible() -> Iterator[Interruption]:
    """Take Ctrl-C over for as long as the context lasts."""
    interruption = Interruption()
    before = signal.signal(signal.SIGINT, interruption)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)
