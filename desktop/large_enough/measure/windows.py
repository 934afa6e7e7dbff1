"""Stretches of time, with what an instrument said around them."""

import itertools
import statistics
from collections.abc import Iterator, Sequence

import msgspec

from large_enough.domain.power import PowerReading, SourceIdentity
from large_enough.domain.quantity import Quantity, Unavailable

NS_PER_S = 1e9

PERIOD_NOT_OBSERVED = Unavailable(reason="its update period is not known yet")
_FEWEST_GAPS = 2
"""Times between changes below which their median says nothing."""


class Window(msgspec.Struct, frozen=True):
    """A stretch of time on the monotonic clock."""

    start_ns: int
    end_ns: int

    @property
    def duration_s(self) -> float:
        """Its length."""
        return (self.end_ns - self.start_ns) / NS_PER_S


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Readings of one instrument, in the order of time."""

    identity: SourceIdentity
    readings: tuple[PowerReading, ...]
    update_period_s: Quantity
    """Time between two updates of the instrument, as observed."""


def span(windows: Sequence[Window]) -> Window:
    """Return the window from the earliest start to the latest end; there is at least one."""
    return Window(min(window.start_ns for window in windows), max(w.end_ns for w in windows))


def covered_s(windows: Sequence[Window]) -> float:
    """Return the time within at least one of the windows."""
    covered_ns = 0
    end_ns: int | None = None
    for window in sorted(windows, key=lambda window: window.start_ns):
        start_ns = window.start_ns if end_ns is None else max(window.start_ns, end_ns)
        covered_ns += max(0, window.end_ns - start_ns)
        end_ns = window.end_ns if end_ns is None else max(window.end_ns, end_ns)
    return covered_ns / NS_PER_S


def change_gaps_s(readings: Sequence[PowerReading]) -> Iterator[float]:
    """Yield the times between successive changes of the value."""
    last_change_ns: int | None = None
    for earlier, later in itertools.pairwise(readings):
        if later.value == earlier.value:
            continue
        if last_change_ns is not None:
            yield (later.t_ns - last_change_ns) / NS_PER_S
        last_change_ns = later.t_ns


def observed_period_s(readings: Sequence[PowerReading]) -> Quantity:
    """Return the median time between changes: how often the instrument is really renewed.

    It cannot come out shorter than the time between two readings.
    """
    gaps_s = list(change_gaps_s(readings))
    if len(gaps_s) < _FEWEST_GAPS:
        return PERIOD_NOT_OBSERVED
    return statistics.median(gaps_s)
