import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.measure.load import ProcessorTimes, SystemLoad, processor_times


def make_load(*readings: tuple[float, float]) -> SystemLoad:
    times = iter([ProcessorTimes(busy_s=busy, total_s=total) for busy, total in readings])
    return SystemLoad(lambda: next(times))


def test_the_share_between_two_readings() -> None:
    load = make_load((10, 100), (11, 104), (11, 106))
    assert load.share() == pytest.approx(0.25)
    assert load.share() == 0


def test_too_soon_keeps_the_window_open() -> None:
    load = make_load((10, 100), (10, 100), (12, 104))
    assert isinstance(load.share(), Unavailable)
    assert load.share() == pytest.approx(0.5)


def test_counters_that_jump_stay_within_bounds() -> None:
    assert make_load((10, 100), (20, 101)).share() == 1
    assert make_load((10, 100), (9, 101)).share() == 0


def test_this_machine() -> None:
    times = processor_times()
    assert 0 <= times.busy_s <= times.total_s
