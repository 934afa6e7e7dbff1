from tests.helpers.fake_clock import FakeClock

from large_enough.measure.power.standstill import STOPPED_AFTER_S, Standstill


def test_a_counter_that_goes_on() -> None:
    clock = FakeClock()
    standstill = Standstill(clock)
    for value in range(10):
        clock.advance(STOPPED_AFTER_S - 0.1)
        assert not standstill.has_stopped(float(value))


def test_a_counter_that_is_slow() -> None:
    clock = FakeClock()
    standstill = Standstill(clock)
    for tick in range(200):
        clock.advance(0.1)
        assert not standstill.has_stopped(float(tick // 22))  # a batch every 2.2 s


def test_a_counter_that_has_stopped_and_goes_on_again() -> None:
    clock = FakeClock()
    standstill = Standstill(clock)
    assert not standstill.has_stopped(1.0)
    clock.advance(STOPPED_AFTER_S)
    assert not standstill.has_stopped(1.0)
    clock.advance(0.1)
    assert standstill.has_stopped(1.0)
    assert not standstill.has_stopped(1.5)


def test_a_first_reading_long_after_the_start() -> None:
    clock = FakeClock()
    standstill = Standstill(clock)
    clock.advance(100.0)
    assert not standstill.has_stopped(1.0)
