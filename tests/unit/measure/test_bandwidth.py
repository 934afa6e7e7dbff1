"""Measuring the speed of memory, with made-up readers."""

from collections.abc import Sequence

import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.measure.bandwidth import (
    BUSY,
    LARGEST_BUFFER_BYTES,
    MEBIBYTE,
    ROUND_RUNS,
    SMALLEST_BUFFER_BYTES,
    TOO_LITTLE_MEMORY,
    Reader,
    buffer_size_bytes,
    measure_bandwidth,
    numpy_readers,
    why_not_now,
)

GIBIBYTE = 1024 * MEBIBYTE


class ScriptedPasses:
    """Readers whose passes take the given times, then the last of them again and again."""

    def __init__(self, clock: FakeClock, *durations_s: float) -> None:
        self.count = 0
        self._clock = clock
        self._durations_s = durations_s

    def make(self, size_bytes: int, thread_count: int) -> Sequence[Reader]:
        assert (size_bytes, thread_count) == (SMALLEST_BUFFER_BYTES, 1)
        return [self._read]

    def _read(self) -> None:
        index = min(self.count, len(self._durations_s) - 1)
        self.count += 1
        self._clock.advance(self._durations_s[index])


def measured(*durations_s: float) -> tuple[float, int]:
    """The speed and the number of passes."""
    clock = FakeClock()
    passes = ScriptedPasses(clock, *durations_s)
    found = measure_bandwidth(
        clock,
        machine="laptop",
        thread_count=1,
        size_bytes=SMALLEST_BUFFER_BYTES,
        make_readers=passes.make,
    )
    assert found.machine == "laptop"
    assert found.buffer_bytes == SMALLEST_BUFFER_BYTES
    assert found.pass_count == passes.count
    assert found.measured_utc.endswith("+00:00")
    return found.bytes_per_s, passes.count


def test_the_best_pass_counts() -> None:
    speed, count = measured(0.2, 0.02, 0.1, 0.2)
    assert speed == pytest.approx(SMALLEST_BUFFER_BYTES / 0.02)
    assert count == 4


def test_slow_memory_gets_three_passes_and_fast_memory_not_too_many() -> None:
    assert measured(5.0)[1] == 3
    assert measured(0.001)[1] == 40


def test_a_clock_that_stands_still_divides_by_nothing() -> None:
    assert measured(0.0)[0] > 0


@pytest.mark.parametrize(
    ("cache_bytes", "available_bytes", "expected"),
    [
        (0, 16 * GIBIBYTE, SMALLEST_BUFFER_BYTES),
        (32 * MEBIBYTE, 16 * GIBIBYTE, SMALLEST_BUFFER_BYTES),
        (100 * MEBIBYTE, 16 * GIBIBYTE, 300 * MEBIBYTE),
        (300 * MEBIBYTE, 16 * GIBIBYTE, LARGEST_BUFFER_BYTES),
        (400 * MEBIBYTE, 16 * GIBIBYTE, TOO_LITTLE_MEMORY),
        (32 * MEBIBYTE, GIBIBYTE, SMALLEST_BUFFER_BYTES),
        (32 * MEBIBYTE, GIBIBYTE - 4, TOO_LITTLE_MEMORY),
    ],
)
def test_the_buffer_is_larger_than_the_cache(
    cache_bytes: int, available_bytes: int, expected: int | Unavailable
) -> None:
    assert buffer_size_bytes(cache_bytes, available_bytes) == expected


@pytest.mark.parametrize(
    ("is_busy", "load", "reason"),
    [
        (False, 0.1, None),
        (True, 0.1, ROUND_RUNS),
        (False, 0.6, BUSY),
        (False, Unavailable(reason="too short to measure"), None),
    ],
)
def test_when_it_may_be_measured(is_busy: bool, load: Quantity, reason: Unavailable | None) -> None:
    assert why_not_now(is_busy, load) == reason


def test_real_readers_share_a_buffer_out() -> None:
    readers = numpy_readers(4 * MEBIBYTE, 2)
    assert [reader() for reader in readers] == [1, 1]
