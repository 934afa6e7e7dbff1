import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.power_sources import make_identity, make_series

from large_enough.domain.power import SourceKind
from large_enough.measure.curve import COUNTER_RESET, NO_READINGS, EnergyCurve, energy_curve

unhurried = settings(deadline=None)  # other programs may hold the processor for long

POWER = make_identity("psu", kind=SourceKind.POWER)


def curve_of(points, identity=None, period_s=0.1) -> EnergyCurve:
    identity = identity or make_identity()
    series = make_series(points, identity)
    curve = energy_curve(identity, series.readings, period_s, origin_ns=0)
    assert isinstance(curve, EnergyCurve)
    return curve


def test_a_fast_counter_is_a_straight_line_between_readings() -> None:
    curve = curve_of([(0, 100), (1, 110), (2, 130)], period_s=0.002)
    assert curve.energy_j(0.0, 0.999) == pytest.approx(10.0, rel=1e-3)
    assert curve.energy_j(0.5, 1.5) == pytest.approx(15.0, rel=2e-3)


def test_a_slow_counter_is_a_line_between_its_changes_not_a_staircase() -> None:
    """Renewed each second with 10 J, read ten times a second."""
    points = [(index / 10 + 0.05, 10.0 * (index // 10)) for index in range(60)]
    curve = curve_of(points, period_s=1.0)
    assert curve.energy_j(1.5, 4.5) == pytest.approx(30.0)
    assert curve.energy_j(2.2, 2.7) == pytest.approx(5.0)


def test_a_counter_that_stood_still_does_not_spread_its_next_step() -> None:
    """Nothing is used for five seconds, then 10 W."""
    values = [0.0] * 60 + [10.0 * (1 + index // 10) for index in range(40)]
    curve = curve_of([(i / 10 + 0.05, v) for i, v in enumerate(values)], period_s=1.0)
    assert curve.energy_j(1.0, 4.5) == pytest.approx(0.0)
    assert curve.energy_j(5.0, 8.0) == pytest.approx(30.0, abs=1.0)


def test_a_counter_that_stopped_goes_on_as_nothing() -> None:
    values = [float(index) for index in range(20)] + [19.0] * 40
    curve = curve_of([(i / 10, v) for i, v in enumerate(values)], period_s=0.1)
    assert curve.energy_j(3.0, 5.5) == 0.0


def test_a_gap_in_the_readings_of_a_counter_is_bridged() -> None:
    points = [(i / 10, i / 10 * 8) for i in range(100) if not 20 < i < 70]
    assert curve_of(points).energy_j(1.0, 8.0) == pytest.approx(56.0, rel=1e-3)


def test_power_stands_for_the_time_before_the_reading() -> None:
    averaged = make_identity("psu", kind=SourceKind.POWER, averaging_s=1.0)
    points = [(i / 10, 5.0 if i < 50 else 20.0) for i in range(100)]
    late = curve_of(points, averaged, period_s=0.1)
    # The step that is seen at 4.95 s on average belongs half of 1.1 s earlier.
    assert late.mean_power_w(1.0, 4.3) == pytest.approx(5.0)
    assert late.mean_power_w(4.5, 6.0) == pytest.approx(20.0)


def test_what_is_not_covered() -> None:
    curve = curve_of([(0, 0), (1, 5), (2, 10)], POWER, period_s=0.5)
    assert curve.covers(-0.25, 1.75)
    assert not curve.covers(-0.3, 1.0)
    assert not curve.covers(0.0, 1.8)
    assert curve.mean_power_w(-5.0, 0.0) is None
    assert curve.mean_power_w(-0.4, 0.0) is not None


def test_too_few_readings_give_no_curve() -> None:
    one = make_series([(0, 1.0)]).readings
    assert energy_curve(make_identity(), one, 0.1, 0) == NO_READINGS
    assert energy_curve(make_identity(), [], 0.1, 0) == NO_READINGS
    assert energy_curve(make_identity(), [*one, *one], 0.1, 0) == NO_READINGS


def test_a_counter_that_goes_back_was_reset() -> None:
    readings = make_series([(0, 50), (1, 60), (2, 3)]).readings
    assert energy_curve(make_identity(), readings, 0.1, 0) == COUNTER_RESET


def test_a_wrap_that_would_take_kilowatts_was_a_reset() -> None:
    identity = make_identity(wrap_j=262_143.0)
    readings = make_series([(0, 50), (1, 60), (2, 3)]).readings
    assert energy_curve(identity, readings, 0.1, 0) == COUNTER_RESET


def test_a_leap_is_a_reset_too() -> None:
    readings = make_series([(0, 50), (1, 60), (2, 60_000)]).readings
    assert energy_curve(make_identity(), readings, 0.1, 0) == COUNTER_RESET


@unhurried
@given(
    st.lists(st.floats(0, 50), min_size=2, max_size=30),
    st.floats(0, 999),
)
def test_any_single_wrap_is_safe(steps_j: list[float], start_j: float) -> None:
    """Each reading may lie behind a wrap; the sum of all steps comes out."""
    wrap_j = 1000.0
    values = [start_j]
    for step_j in steps_j:
        values.append((values[-1] + step_j) % wrap_j)
    identity = make_identity(wrap_j=wrap_j, resolution=0.001)
    series = make_series(enumerate(values), identity)
    curve = energy_curve(identity, series.readings, 0.001, 0)
    assert isinstance(curve, EnergyCurve)
    assert curve.energies_j[-1] == pytest.approx(sum(steps_j), abs=1e-6)
