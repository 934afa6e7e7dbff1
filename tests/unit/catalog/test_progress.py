import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.catalog.progress import FetchProgress, ProgressMeter
from large_enough.domain.quantity import Unavailable


class Meter:
    """A meter with a clock that is moved by hand."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.seen: list[FetchProgress] = []
        self.meter = ProgressMeter("tiny", 1000, self.seen.append, self.clock)

    def report(self, done_bytes: int, after_s: float = 1.0) -> FetchProgress:
        self.clock.advance(after_s)
        self.meter.report(done_bytes)
        return self.seen[-1]


@pytest.fixture
def meter() -> Meter:
    return Meter()


def test_speed_and_time_left(meter: Meter) -> None:
    meter.meter.enter("connecting", 0, "there")
    first = meter.seen[-1]
    assert first.stage == "connecting"
    assert first.source == "there"
    assert isinstance(first.bytes_per_s, Unavailable)
    assert isinstance(first.left_s, Unavailable)
    second = meter.report(100)
    assert second.stage == "downloading"
    assert second.bytes_per_s == pytest.approx(100)
    assert second.left_s == pytest.approx(9)


def test_what_was_there_before_does_not_count_for_the_speed(meter: Meter) -> None:
    meter.meter.enter("connecting", 800, "there")
    assert meter.seen[-1].stage == "connecting"
    assert meter.report(850).bytes_per_s == pytest.approx(50)


def test_the_speed_follows_the_last_seconds(meter: Meter) -> None:
    meter.meter.enter("connecting", 0, "there")
    for step in range(1, 11):
        meter.report(step * 10)
    for step in range(1, 11):
        last = meter.report(100 + step * 50)
    assert last.bytes_per_s == pytest.approx(50)


def test_nothing_arriving_leaves_no_time(meter: Meter) -> None:
    meter.meter.enter("connecting", 0, "there")
    meter.report(10)
    last = meter.report(10, after_s=20)
    last = meter.report(10, after_s=20)
    assert last.bytes_per_s == 0
    assert isinstance(last.left_s, Unavailable)


def test_readings_never_go_back(meter: Meter) -> None:
    meter.meter.enter("connecting", 0, "there")
    meter.report(500)
    meter.meter.enter("joining", 0)
    assert meter.seen[-1].done_bytes == 500
    assert meter.report(2000).done_bytes == 1000


def test_a_new_source_begins_anew(meter: Meter) -> None:
    meter.meter.enter("connecting", 0, "there")
    meter.report(500)
    meter.meter.enter("connecting", 100, "elsewhere")
    assert meter.seen[-1].done_bytes == 100
    assert meter.seen[-1].source == "elsewhere"
    meter.meter.enter("verifying", 0)
    assert meter.seen[-1].done_bytes == 0
    assert meter.seen[-1].source == "elsewhere"


def test_not_every_reading_is_passed_on(meter: Meter) -> None:
    meter.meter.enter("connecting", 0, "there")
    for step in range(100):
        meter.report(step, after_s=0.01)
    assert 8 <= len(meter.seen) <= 12
