"""Ticks at round numbers."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.figures.axis import axis_from_zero, axis_of_time


def written(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (0.0, ("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")),
        (1.0, ("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")),
        (42.0, ("0", "10", "20", "30", "40", "50")),
        (11.2, ("0.0", "2.5", "5.0", "7.5", "10.0", "12.5")),
        (0.034, ("0.00", "0.01", "0.02", "0.03", "0.04")),
        (4_800.0, ("0", "1,000", "2,000", "3,000", "4,000", "5,000")),
    ],
)
def test_values(most: float, labels: tuple[str, ...]) -> None:
    assert axis_from_zero(most, start=0, end=100).labels(written) == labels


def test_places_lie_between_start_and_end_also_upwards() -> None:
    axis = axis_from_zero(10.0, start=200.0, end=100.0)
    assert (axis.place(0.0), axis.place(5.0), axis.place(10.0)) == (200.0, 150.0, 100.0)
    assert (axis.place(-5.0), axis.place(50.0)) == (200.0, 100.0)


def test_time_ends_where_it_ends() -> None:
    axis = axis_of_time(7.3, start=0.0, end=73.0)
    assert axis.labels(written) == ("0", "2", "4", "6")
    assert axis.place(7.3) == pytest.approx(73.0)


def test_no_time_is_a_second() -> None:
    assert axis_of_time(0.0, start=0.0, end=10.0).high == 1.0


@pytest.mark.parametrize("most", [math.nan, math.inf, -math.inf, -1.0])
def test_what_cannot_be_drawn_is_refused(most: float) -> None:
    with pytest.raises(ValueError, match=r"cannot be drawn|below the axis"):
        axis_from_zero(most, start=0, end=1)
    with pytest.raises(ValueError, match=r"cannot be drawn|below the axis"):
        axis_of_time(most, start=0, end=1)


@given(st.floats(0, 1e300), st.integers(2, 12))
def test_any_number_gets_few_different_ticks(most: float, most_ticks: int) -> None:
    axis = axis_from_zero(most, start=0.0, end=100.0, most_ticks=most_ticks)
    assert 2 <= len(axis.ticks) <= most_ticks
    assert axis.high >= min(most, 1e15) * (1 - 1e-9)
    assert all(one < two for one, two in itertools.pairwise(axis.ticks))
    assert len(set(axis.labels(written))) == len(axis.ticks)
    time = axis_of_time(most, start=0.0, end=100.0, most_ticks=most_ticks)
    assert 1 <= len(time.ticks) <= most_ticks
    assert 0 <= time.place(most) <= 100
