"""Interrupts a computation when the time of an answer is up.

Who makes an answer looks at the clock after each token. But reading a long prompt, or one token of
a large model, can take longer than the whole answer may: from there only another thread gets it
out.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from large_enough.domain.clock import Clock

GRACE_S = 0.01
"""The alarm comes this much later than the limit: who is woken by it sees that the time is up."""


class Alarm:
    """Rings once, on a thread of its own, unless it is switched off before."""

    def __init__(self, longest_s: float, ring: Callable[[], None], clock: Clock) -> None:
        """Begin to wait.

        Args:
            longest_s: How long.
            ring: Called when the time is up.
            clock: Tells the time.
        """
        self._due_s = clock.monotonic_s() + longest_s + GRACE_S
        self._ring = ring
        self._now_s = clock.monotonic_s
        self._off = threading.Event()
        self._thread = threading.Thread(target=self._wait, name="alarm", daemon=True)
        self._thread.start()

    def switch_off(self) -> None:
        """Do not ring any more."""
        self._off.set()
        self._thread.join()

    def _wait(self) -> None:
        while (left_s := self._due_s - self._now_s()) > 0:
            if self._off.wait(min(left_s, threading.TIMEOUT_MAX)):
                return
        self._ring()


@contextmanager
def time_limit(longest_s: float | None, ring: Callable[[], None], clock: Clock) -> Iterator[None]:
    """Have an alarm ring if the block takes longer; None for no limit."""
    if longest_s is None:
        yield
        return
    alarm = Alarm(longest_s, ring, clock)
    try:
        yield
    finally:
        alarm.switch_off()
