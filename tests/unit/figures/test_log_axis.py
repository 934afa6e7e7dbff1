"""Costs placed by their ratio."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.figures.axis import Axis
from large_enough.figures.log_axis import LogAxis, cost_axis


@given(st.lists(st.floats(1e-6, 1e9), min_size=1, max_size=12))
def test_every_cost_lies_within_and_in_order(costs: list[float]) -> None:
    axis = cost_axis(costs, start=40, end=600)
    places = [axis.place(cost) for cost in sorted(costs)]
    assert all(40 <= place <= 600 for place in places)
    assert places == sorted(places)
    assert 1 <= len(axis.ticks) <= 8
    assert all(40 - 1e-6 <= axis.place(tick) <= 600 + 1e-6 for tick in axis.ticks)


def test_costs_that_are_alike_begin_at_zero() -> None:
    axis = cost_axis([2.0, 9.0], start=0, end=100)
    assert isinstance(axis, Axis)
    assert axis.low == 0


def test_costs_far_apart_are_placed_by_ratio() -> None:
    axis = cost_axis([1.0, 10.0, 100.0], start=0, end=100)
    assert isinstance(axis, LogAxis)
    one, ten, hundred = (axis.place(cost) for cost in (1.0, 10.0, 100.0))
    assert ten - one == pytest.approx(hundred - ten)
    assert 10.0 in axis.ticks


def test_nothing_at_all_and_costs_of_nothing() -> None:
    for costs in ([], [0.0], [0.0, 5.0]):
        assert isinstance(cost_axis(costs, start=0, end=100), Axis)


@pytest.mark.parametrize("cost", [-1.0, math.nan, math.inf])
def test_impossible_costs_are_refused(cost: float) -> None:
    with pytest.raises(ValueError, match=r"below|drawn"):
        cost_axis([1.0, cost], start=0, end=100)
