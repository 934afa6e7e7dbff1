"""Tells a counter that has stopped from one that is only slow.

A processor that runs this program uses energy all the time. A counter of it that stands still
is broken, but its readings would say that nothing was used: seen on macOS 27 (macmon#76) and, as
zeros, on a Ryzen 5700X (systeminformer#2599).
"""

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Unavailable

STOPPED_AFTER_S = 5.0
"""Twice the slowest renewal known, batches of 2.23 s on an Apple M5 Max (all-smi#412)."""

STANDS_STILL = Unavailable(reason="the counter stands still although the processor works")


class Standstill:
    """Watches one counter."""

    def __init__(self, clock: Clock, limit_s: float = STOPPED_AFTER_S) -> None:
        self._clock = clock
        self._limit_s = limit_s
        self._last_value: float | None = None
        self._changed_s = clock.monotonic_s()

    def has_stopped(self, value: float) -> bool:
        """Return whether the counter has had this value for longer than the limit."""
        now_s = self._clock.monotonic_s()
        if value != self._last_value:
            self._last_value = value
            self._changed_s = now_s
        return now_s - self._changed_s > self._limit_s
