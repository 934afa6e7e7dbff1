"""Interrupting a computation when the time is up."""

import threading

from tests.helpers.fake_clock import FakeClock

from large_enough.domain.clock import SystemClock
from large_enough.worker.alarm import Alarm, time_limit


def test_it_rings_when_the_time_is_up() -> None:
    rung, clock = threading.Event(), SystemClock()
    started_s = clock.monotonic_s()
    with time_limit(0.05, rung.set, clock):
        assert rung.wait(10)
    assert clock.monotonic_s() - started_s >= 0.05


def test_it_does_not_ring_once_it_is_switched_off() -> None:
    rung = threading.Event()
    alarm = Alarm(1e6, rung.set, FakeClock())
    alarm.switch_off()
    assert not rung.is_set()
    assert not any(thread.name == "alarm" for thread in threading.enumerate())


def test_without_a_limit_there_is_none() -> None:
    with time_limit(None, lambda: None, FakeClock()):
        assert not any(thread.name == "alarm" for thread in threading.enumerate())
