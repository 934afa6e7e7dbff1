"""A clock that stands still until it is moved."""

import datetime


class FakeClock:
    """Tells the time it was told."""

    def __init__(self, now_s: float = 100.0) -> None:
        self.now_s = now_s

    def advance(self, duration_s: float) -> None:
        """Move on."""
        self.now_s += duration_s

    def monotonic_ns(self) -> int:
        """Return the time in nanoseconds."""
        return round(self.now_s * 1e9)

    def monotonic_s(self) -> float:
        """Return the time in seconds."""
        return self.now_s

    def utc_now(self) -> datetime.datetime:
        """Return a date that belongs to the time."""
        return datetime.datetime.fromtimestamp(self.now_s, datetime.UTC)
