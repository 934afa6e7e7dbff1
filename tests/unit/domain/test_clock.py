import datetime

from large_enough.domain.clock import SystemClock


def test_time_goes_on() -> None:
    clock = SystemClock()
    earlier_ns = clock.monotonic_ns()
    assert clock.monotonic_ns() >= earlier_ns
    assert clock.monotonic_s() >= earlier_ns / 1e9


def test_the_date_has_a_zone() -> None:
    assert SystemClock().utc_now().tzinfo is datetime.UTC
