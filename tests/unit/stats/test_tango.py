"""Tango's limits: closed form, symmetry, and against inverting the score test by brute force."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from large_enough.stats.tango import tango_limits, tango_statistic

Z = 1.6448536269514722


@pytest.mark.parametrize("count", [5, 30, 60, 100, 500])
def test_without_discordant_questions_the_limit_has_a_closed_form(count: int):
    limits = tango_limits(0, 0, count)
    assert limits.difference == 0
    assert limits.low == pytest.approx(-Z * Z / (count + Z * Z), abs=1e-9)
    assert limits.high == pytest.approx(Z * Z / (count + Z * Z), abs=1e-9)


@pytest.mark.parametrize(("count", "points"), [(30, -8.3), (60, -4.3), (100, -2.6)])
def test_the_limits_are_those_of_the_design(count: int, points: float):
    assert 100 * tango_limits(0, 0, count).low == pytest.approx(points, abs=0.05)


def test_the_example_of_the_card():
    limits = tango_limits(8, 11, 100)
    assert limits.difference == pytest.approx(-0.03)
    assert 100 * limits.low == pytest.approx(-10.5, abs=0.1)


questions = st.integers(1, 300).flatmap(
    lambda count: st.tuples(st.integers(0, count), st.integers(0, count), st.just(count)).filter(
        lambda drawn: drawn[0] + drawn[1] <= drawn[2]
    )
)


@given(questions)
def test_swapping_the_models_turns_the_limits_round(drawn: tuple[int, int, int]):
    first, second, count = drawn
    one, other = tango_limits(first, second, count), tango_limits(second, first, count)
    assert one.low == pytest.approx(-other.high, abs=1e-9)
    assert -1 <= one.low <= one.difference <= one.high <= 1


def likelihood(share: float, first: int, second: int, count: int, difference: float) -> float:
    """Minus the log-likelihood if a share of questions falls to the second model alone."""
    both = 1 - 2 * share - difference
    parts = ((first, share + difference), (second, share), (count - first - second, both))
    if any(chance < 0 for _number, chance in parts):
        return math.inf
    return -sum(number * math.log(max(chance, 1e-300)) for number, chance in parts if number)


@pytest.mark.parametrize(
    ("first", "second", "count"), [(8, 11, 100), (0, 3, 40), (5, 0, 25), (12, 12, 60), (1, 20, 80)]
)
@pytest.mark.parametrize("difference", [-0.3, -0.1, -0.02, 0.05, 0.2])
def test_the_statistic_is_the_score_at_the_most_likely_share(
    first: int, second: int, count: int, difference: float
):
    low, high = max(0.0, -difference), (1 - difference) / 2
    found = minimize_scalar(
        likelihood,
        bounds=(low, high),
        args=(first, second, count, difference),
        method="bounded",
        options={"xatol": 1e-12},
    )
    variance = count * (2 * found.x + difference * (1 - difference))
    score = (first - second - count * difference) / math.sqrt(variance)
    assert tango_statistic(first, second, count, difference) == pytest.approx(score, rel=2e-3)


@pytest.mark.parametrize(("first", "second", "count"), [(3, 3, 5), (-1, 0, 5), (0, 0, 0)])
def test_impossible_numbers_are_refused(first: int, second: int, count: int):
    with pytest.raises(ValueError, match="questions"):
        tango_limits(first, second, count)
