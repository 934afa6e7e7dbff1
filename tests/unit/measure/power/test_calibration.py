import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.power_sources import CONDITIONS

from large_enough.domain.calibration import Calibration
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.calibration import (
    LOADS_TOO_ALIKE,
    MAKES_NO_SENSE,
    TOO_FEW_LOADS,
    LoadPoint,
    fit_calibration,
)

DATE = "2026-11-23T10:00:00+00:00"


def fit(*points: tuple[tuple[float, ...], float]) -> Calibration | Unavailable:
    loads = [LoadPoint(busy_cores=cores, power_w=power_w) for cores, power_w in points]
    return fit_calibration(loads, CONDITIONS, DATE)


def known(outcome: Calibration | Unavailable) -> Calibration:
    assert isinstance(outcome, Calibration), outcome
    return outcome


def test_a_straight_line_is_found() -> None:
    result = known(fit(((0,), 6.0), ((1,), 9.5), ((2,), 13.0), ((4,), 20.0)))
    assert result.idle_w == pytest.approx(6.0)
    assert result.watts_per_core == pytest.approx((3.5,))
    assert result.residual_w == pytest.approx(0.0, abs=1e-9)
    assert result.load_count == 4
    assert result.date_utc == DATE
    assert result.conditions == CONDITIONS


def test_what_the_fit_leaves_over_is_kept() -> None:
    result = known(fit(((0,), 6.0), ((1,), 10.0), ((2,), 12.0), ((3,), 18.0)))
    assert result.residual_w == pytest.approx((2.8 / 2) ** 0.5)
    assert result.relative_residual == pytest.approx((2.8 / 2) ** 0.5 / 11.5)


def test_two_kinds_of_cores() -> None:
    result = known(
        fit(((0, 0), 5.0), ((1, 0), 10.0), ((4, 0), 25.0), ((0, 4), 9.0), ((4, 8), 33.0))
    )
    assert result.idle_w == pytest.approx(5.0)
    assert result.watts_per_core == pytest.approx((5.0, 1.0))


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([], TOO_FEW_LOADS),
        ([((0,), 6.0), ((1,), 9.0)], TOO_FEW_LOADS),
        ([((2,), 6.0), ((2,), 9.0), ((2,), 9.0)], LOADS_TOO_ALIKE),
        ([((0, 0), 5.0), ((1, 1), 9.0), ((2, 2), 14.0), ((3, 3), 18.0)], LOADS_TOO_ALIKE),
        ([((0,), 9.0), ((1,), 8.0), ((2,), 7.0)], MAKES_NO_SENSE),
        ([((1,), 2.0), ((2,), 8.0), ((3,), 14.0)], MAKES_NO_SENSE),
    ],
)
def test_loads_that_allow_no_fit(points, reason) -> None:
    assert fit(*points) == reason


def test_a_calibration_survives_json() -> None:
    result = known(fit(((0,), 6.0), ((1,), 9.5), ((2,), 13.0)))
    assert msgspec.json.decode(msgspec.json.encode(result), type=Calibration) == result


@settings(deadline=None)
@given(st.floats(1, 30), st.floats(0.5, 10), st.floats(0.5, 10))
def test_any_exact_machine_is_recovered(idle_w: float, fast_w: float, slow_w: float) -> None:
    loads = [(0, 0), (1, 0), (2, 0), (4, 0), (4, 2), (4, 8)]
    result = known(fit(*(((a, b), idle_w + a * fast_w + b * slow_w) for a, b in loads)))
    assert (result.idle_w, *result.watts_per_core) == pytest.approx((idle_w, fast_w, slow_w))
