"""The only clock of the program.

Durations are differences of `monotonic_ns`. On Linux (CLOCK_MONOTONIC), macOS
(mach_absolute_time) and Windows (QueryPerformanceCounter) the processes of one machine share that
clock; `protocol.messages.Ready` carries a reading so that the engine can check it.
"""

import datetime
import time
from typing import Protocol


class Clock(Protocol):
    """Something that tells elapsed time; replaced by a fake one in tests."""

    def monotonic_ns(self) -> int:
        """Return nanoseconds since an arbitrary start, never going backwards."""
        ...

    def monotonic_s(self) -> float:
        """Return seconds since an arbitrary start, never going backwards."""
        ...

    def utc_now(self) -> datetime.datetime:
        """Return the date and time of day, with the UTC time zone set."""
        ...


class SystemClock:
    """The machine's own clock."""

    def monotonic_ns(self) -> int:
        """Return `time.perf_counter_ns()`."""
        return time.perf_counter_ns()  # noqa: TID251 - this is the one place

    def monotonic_s(self) -> float:
        """Return `monotonic_ns` in seconds."""
        return self.monotonic_ns() / 1e9

    def utc_now(self) -> datetime.datetime:
        """Return the current date and time in UTC."""
        return datetime.datetime.now(datetime.UTC)
