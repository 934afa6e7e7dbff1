"""Lets a recorder run through fake time, as far as a test says."""

import queue

from tests.helpers.fake_clock import FakeClock

PATIENCE_S = 30.0


class ManualWaiter:
    """Moves the clock on by each pause, and stops where it is told to."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self._is_woken = False
        self._ends_s: queue.Queue[float | None] = queue.Queue()
        self._arrivals: queue.Queue[None] = queue.Queue()
        self._end_s: float | None = clock.now_s
        self._is_first = True

    def wait(self, pause_s: float) -> bool:
        """Return True after the pause or when woken, False as soon as it is closed."""
        due_s = self.clock.now_s + pause_s
        while self._end_s is not None and due_s >= self._end_s:
            if not self._is_first:
                self._arrivals.put(None)
            self._is_first = False
            self._end_s = self._ends_s.get(timeout=PATIENCE_S)
            due_s = self.clock.now_s if self._take_wake() else due_s
        if self._end_s is None:
            return False
        self.clock.now_s = max(self.clock.now_s, due_s) + 1e-6
        return True

    def wake(self) -> None:
        """End the wait that is on, or the next one."""
        self._is_woken = True

    def _take_wake(self) -> bool:
        was_woken, self._is_woken = self._is_woken, False
        return was_woken

    def close(self) -> None:
        """End all waiting."""
        self._ends_s.put(None)

    def run_until(self, end_s: float) -> None:
        """Return when the recorder has read everything that was due until then."""
        self._ends_s.put(end_s)
        self._arrivals.get(timeout=PATIENCE_S)
