import pytest
from tests.helpers.power_sources import make_identity, make_series, window_s

from large_enough.domain.power import Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.curve import NO_READINGS
from large_enough.measure.footing import (
    NOT_READ_AFTER,
    NOT_READ_BEFORE,
    WINDOW_TOO_SHORT,
    Footing,
    covered_until_ns,
    edge_step_w,
    footing,
    is_long_enough,
    reacts_to_load,
    read_past_s,
)
from large_enough.measure.plausible import TOO_LITTLE
from large_enough.measure.windows import PERIOD_NOT_OBSERVED, Series


def watts(*levels: tuple[float, float], period_s=0.1, averaging_s=0.0) -> Series:
    """Return ten readings a second; each level lasts until a moment."""
    identity = make_identity(
        "psu", kind=SourceKind.POWER, scope=Scope.WHOLE_MACHINE, averaging_s=averaging_s
    )
    points, index = [], 0
    for power_w, until_s in levels:
        while index / 10 < until_s:
            points.append((index / 10, power_w))
            index += 1
    return make_series(points, identity, period_s)


def stand(series: Series, start_s: float, end_s: float) -> Footing:
    ground = footing(series, window_s(start_s, end_s))
    assert isinstance(ground, Footing), ground
    return ground


@pytest.mark.parametrize(
    ("series", "start_s", "end_s", "reason"),
    [
        (watts((10, 30)), 5.0, 5.9, WINDOW_TOO_SHORT),
        (watts((10, 30)), 5.0, 5.0, WINDOW_TOO_SHORT),
        (watts((10, 30)), 9.0, 5.0, WINDOW_TOO_SHORT),
        (watts((10, 30), period_s=1.0), 5.0, 14.0, WINDOW_TOO_SHORT),
        (watts((10, 30), averaging_s=1.0), 5.0, 14.0, WINDOW_TOO_SHORT),
        (watts((10, 30), period_s=PERIOD_NOT_OBSERVED), 5.0, 20.0, PERIOD_NOT_OBSERVED),
        (watts((10, 30)), -1.0, 20.0, NOT_READ_BEFORE),
        (watts((10, 30)), 5.0, 29.95, NOT_READ_AFTER),
        (watts((10, 30), averaging_s=1.0), 5.0, 29.5, NOT_READ_AFTER),
        (watts((10, 30)), 50.0, 60.0, NO_READINGS),
        (watts((0.012, 30)), 5.0, 10.0, TOO_LITTLE),
    ],
)
def test_why_there_is_no_footing(series, start_s, end_s, reason) -> None:
    assert footing(series, window_s(start_s, end_s)) == reason


def test_a_window_of_ten_updates_stands() -> None:
    ground = stand(watts((10, 30)), 5.0, 6.01)
    assert ground.energy_j == pytest.approx(10.1)
    assert ground.mean_power_w == pytest.approx(10.0)
    assert ground.period_s == pytest.approx(0.1)


def test_a_gap_counts_as_the_update_period() -> None:
    series = watts((10, 30))
    readings = tuple(r for r in series.readings if not 8.05e9 < r.t_ns < 8.45e9)
    gappy = make_series([(r.t_ns / 1e9, r.value) for r in readings], series.identity)
    assert stand(gappy, 5.0, 15.0).period_s == pytest.approx(0.5)
    assert footing(gappy, window_s(6.0, 9.0)) == WINDOW_TOO_SHORT


def test_a_counter_read_at_its_ends_needs_no_other_readings() -> None:
    points = [
        (0, 0),
        (1, 4),
        (9.999, 40),
        (10.002, 40.012),
        (14.999, 140),
        (15.002, 140.1),
        (17, 150),
    ]
    ground = stand(make_series(points, period_s=0.001), 10.0, 15.0)
    assert ground.period_s < 0.01
    assert ground.energy_j == pytest.approx(100.0, rel=1e-3)


def test_the_step_at_the_edges_is_seen_on_both_sides() -> None:
    series = watts((5, 10), (25, 20), (15, 30))
    step_w = edge_step_w(stand(series, 10.0, 20.0))
    assert step_w == pytest.approx(((20**2 + 10**2) / 2) ** 0.5, rel=0.06)


def test_one_edge_stands_for_both_if_the_other_is_not_seen() -> None:
    assert edge_step_w(stand(watts((25, 10), (5, 20)), 0.05, 9.9)) == pytest.approx(20, rel=0.01)


def test_with_neither_side_seen_the_whole_power_is_the_step() -> None:
    assert edge_step_w(stand(watts((25, 5)), 0.0, 4.8)) == pytest.approx(25.0)


def test_long_enough() -> None:
    assert is_long_enough(watts(), window_s(0, 1))
    assert not is_long_enough(watts(), window_s(0, 0.99))
    assert not is_long_enough(watts(averaging_s=1), window_s(0, 5))
    assert not is_long_enough(watts(period_s=Unavailable(reason="unknown")), window_s(0, 5))


def test_reading_past_the_end_covers_the_window() -> None:
    for averaging_s in (0.0, 1.0):
        past_s = read_past_s(watts(averaging_s=averaging_s).identity, 0.1)
        series = watts((10, 25 + past_s), averaging_s=averaging_s)
        assert isinstance(footing(series, window_s(5, 25)), Footing)


def test_whether_it_reacts_to_load() -> None:
    idle, busy = window_s(2, 8), window_s(11, 19)
    assert reacts_to_load(watts((5, 10), (25, 30)), idle, busy) is True
    assert reacts_to_load(watts((5, 10), (4.9, 30)), idle, busy) is False
    assert reacts_to_load(watts((5, 10), (25, 30), period_s=5.0), idle, busy) is None


def test_readings_tell_of_what_was_used_until_a_little_before_the_last() -> None:
    """Two update periods and the averaging time are still to be waited for."""
    counted = make_series([(1.0, 5.0), (1.1, 6.0)])
    assert covered_until_ns(counted) == pytest.approx(0.9e9)
    averaged = make_identity(kind=SourceKind.POWER, averaging_s=0.3)
    assert covered_until_ns(make_series([(2.0, 5.0)], averaged)) == pytest.approx(1.5e9)


def test_without_readings_or_a_period_nothing_is_told() -> None:
    assert covered_until_ns(make_series([])) == 0
    unknown = Unavailable(reason="not observed")
    assert covered_until_ns(make_series([(1.0, 5.0)], period_s=unknown)) == 0
