import pytest
from tests.helpers.power_sources import make_series, window_s

from large_enough.domain.quantity import Unavailable
from large_enough.measure.windows import covered_s, observed_period_s, span


def readings(values: list[float], step_s: float = 0.1):
    return make_series((index * step_s, value) for index, value in enumerate(values)).readings


def test_the_update_period_is_the_median_time_between_changes() -> None:
    assert observed_period_s(readings([1, 1, 2, 2, 3, 3, 4, 4, 4, 5])) == pytest.approx(0.2)


def test_two_changes_tell_no_period() -> None:
    assert isinstance(observed_period_s(readings([1, 2, 3])), Unavailable)
    assert isinstance(observed_period_s([]), Unavailable)


def test_it_cannot_come_out_shorter_than_the_readings_are_apart() -> None:
    assert observed_period_s(readings([1, 2, 3, 4, 5], step_s=0.15)) == pytest.approx(0.15)


def test_spans_and_covered_time() -> None:
    windows = [window_s(5, 8), window_s(1, 3), window_s(2, 4)]
    assert span(windows) == window_s(1, 8)
    assert covered_s(windows) == pytest.approx(6.0)
    assert window_s(1, 3).duration_s == pytest.approx(2.0)
