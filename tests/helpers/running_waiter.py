"""Lets a recorder run through fake time as fast as it can."""

import threading

from tests.helpers.fake_clock import FakeClock

PATIENCE_S = 30.0


class RunningWaiter:
    """Moves the clock on by each pause until an end, then waits to be closed."""

    def __init__(self, clock: FakeClock, length_s: float) -> None:
        self._clock = clock
        self._end_s = clock.now_s + length_s
        self._has_arrived = threading.Event()
        self._is_closed = threading.Event()

    def wait(self, pause_s: float) -> bool:
        """Return True after the pause, False once it is closed."""
        if self._clock.now_s + pause_s > self._end_s:
            self._has_arrived.set()
            self._is_closed.wait(PATIENCE_S)
        if self._is_closed.is_set():
            return False
        self._clock.advance(pause_s + 1e-6)
        return True

    def wake(self) -> None:
        """Do nothing: it never sleeps before the end."""

    def close(self) -> None:
        """End all waiting."""
        self._is_closed.set()

    def run_to_the_end(self, duration_s: float = 0.0) -> None:
        """Return when the end has come; may stand for a pause of any length."""
        del duration_s
        assert self._has_arrived.wait(PATIENCE_S)
