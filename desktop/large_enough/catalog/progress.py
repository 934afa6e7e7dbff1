"""Tells how far a download is, how fast it goes and how long it will take."""

import collections
from collections.abc import Callable
from typing import Literal

import msgspec

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Quantity, Unavailable

Stage = Literal["waiting", "connecting", "restarting", "downloading", "joining", "verifying"]
"""What a download is doing: waiting for another process that fetches the same file, looking for
the source, beginning anew because the source cannot go on where an earlier try stopped, receiving,
putting parts together, computing the checksum."""

_RECEIVING: frozenset[Stage] = frozenset({"connecting", "downloading", "joining"})
_WINDOW_S = 8.0  # long enough to smooth a wireless network, short enough to follow it
_SHORTEST_SPAN_S = 1.0
_REPORT_EVERY_S = 0.1
_TOO_SOON = Unavailable(reason="only just begun")


class FetchProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a download."""

    entry_id: str
    """Which model."""
    source: str
    """Where it comes from, in words; empty before the first source is tried."""
    done_bytes: int
    """Of the file so far; while verifying, how much of it has been checked."""
    total_bytes: int
    """Size of the file."""
    bytes_per_s: Quantity
    """Speed over the last seconds."""
    left_s: Quantity
    """Time to the end of this stage at that speed."""
    stage: Stage


class ProgressMeter:
    """Turns readings of how much has arrived into `FetchProgress`."""

    def __init__(
        self,
        entry_id: str,
        total_bytes: int,
        on_progress: Callable[[FetchProgress], None],
        clock: Clock,
    ) -> None:
        self._entry_id = entry_id
        self._total_bytes = total_bytes
        self._on_progress = on_progress
        self._clock = clock
        self._source = ""
        self._stage: Stage = "connecting"
        self._reported_s = 0.0
        self._is_due = True
        self._readings: collections.deque[tuple[float, int]] = collections.deque()

    def enter(self, stage: Stage, done_bytes: int, source: str | None = None) -> None:
        """Begin a stage.

        The speed is measured anew, except from one to the next stage of receiving a file.

        Args:
            stage: What is done from now on.
            done_bytes: Where it starts, for example what was there from an earlier attempt.
            source: From where; None for the same as before.
        """
        goes_on = stage == self._stage or {stage, self._stage} <= _RECEIVING
        if source is not None or not goes_on:
            self._readings.clear()
        self._source = self._source if source is None else source
        self._is_due = self._is_due or stage != self._stage or source is not None
        self._stage = stage
        self.report(done_bytes)

    def report(self, done_bytes: int) -> None:
        """Take a reading; passed on several times a second at most."""
        now_s = self._clock.monotonic_s()
        if self._readings:
            arrived = self._readings[-1][1]
            if self._stage in ("connecting", "restarting") and done_bytes > arrived:
                self._stage = "downloading"
            done_bytes = max(done_bytes, arrived)
        self._readings.append((now_s, done_bytes))
        while now_s - self._readings[0][0] > _WINDOW_S and len(self._readings) > 2:
            self._readings.popleft()
        if self._is_due or now_s - self._reported_s >= _REPORT_EVERY_S:
            self._is_due = False
            self._reported_s = now_s
            self._on_progress(self._progress(done_bytes))

    def _progress(self, done_bytes: int) -> FetchProgress:
        speed = self._bytes_per_s()
        left: Quantity = _TOO_SOON
        if not isinstance(speed, Unavailable):
            left_bytes = max(self._total_bytes - done_bytes, 0)
            left = left_bytes / speed if speed > 0 else Unavailable(reason="nothing arrives")
        return FetchProgress(
            entry_id=self._entry_id,
            source=self._source,
            done_bytes=min(done_bytes, self._total_bytes),
            total_bytes=self._total_bytes,
            bytes_per_s=speed,
            left_s=left,
            stage=self._stage,
        )

    def _bytes_per_s(self) -> Quantity:
        (first_s, first_bytes), (last_s, last_bytes) = self._readings[0], self._readings[-1]
        span_s = last_s - first_s
        if span_s < _SHORTEST_SPAN_S:
            return _TOO_SOON
        return (last_bytes - first_bytes) / span_s
