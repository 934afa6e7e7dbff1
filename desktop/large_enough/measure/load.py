"""Tells how busy the machine is."""

import threading
from collections.abc import Callable

import msgspec
import psutil

from large_enough.domain.quantity import Quantity, Unavailable

SHORTEST_WINDOW_S = 0.05
"""Processor seconds below which a share is noise: the system counts in hundredths of a second."""


class ProcessorTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Processor time of the whole machine since it was started, summed over its processors."""

    busy_s: float
    total_s: float


def processor_times() -> ProcessorTimes:
    """Return the times as the system counts them; waiting for disks is not busy."""
    times = psutil.cpu_times()._asdict()
    # Linux counts the time of guests in user and nice already.
    total_s = sum(times.values()) - times.get("guest", 0.0) - times.get("guest_nice", 0.0)
    idle_s = times["idle"] + times.get("iowait", 0.0)
    return ProcessorTimes(busy_s=total_s - idle_s, total_s=total_s)


class SystemLoad:
    """The share of the machine's processor time in use between two readings; never waits."""

    def __init__(self, read_times: Callable[[], ProcessorTimes] = processor_times) -> None:
        self._read_times = read_times
        self._lock = threading.Lock()
        self._last = read_times()

    def share(self) -> Quantity:
        """Return the share, 0 to 1, since the last call (at first: since the making of this)."""
        with self._lock:
            now = self._read_times()
            total_s = now.total_s - self._last.total_s
            busy_s = now.busy_s - self._last.busy_s
            if total_s < SHORTEST_WINDOW_S:
                return Unavailable(reason="too short to measure")
            self._last = now
        return min(max(busy_s / total_s, 0.0), 1.0)
