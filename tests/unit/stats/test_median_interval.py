import itertools
import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.interval import MedianInterval
from large_enough.stats.median_interval import (
    FEWEST_VALUES,
    TOO_FEW,
    WANTED_CONFIDENCE,
    median_interval,
)


def interval(values: list[float]) -> MedianInterval:
    found = median_interval(values)
    assert isinstance(found, MedianInterval)
    return found


def test_too_few_values_give_none() -> None:
    for count in range(FEWEST_VALUES):
        assert median_interval([1.0] * count) == TOO_FEW


def test_five_values_reach_from_the_least_to_the_most() -> None:
    found = interval([3.0, 1.0, 5.0, 2.0, 4.0])
    assert (found.median, found.low, found.high, found.count) == (3, 1, 5, 5)
    assert found.confidence == pytest.approx(1 - 2 / 32)


@pytest.mark.parametrize(
    ("count", "rank", "confidence"),
    [(6, 1, 0.9688), (7, 1, 0.9844), (8, 2, 0.9297), (10, 2, 0.9785), (20, 6, 0.9586)],
)
def test_ranks_and_confidences_of_the_tables(count: int, rank: int, confidence: float) -> None:
    """As in tables of the sign test, for example Conover, Practical Nonparametric Statistics."""
    found = interval([float(number) for number in range(1, count + 1)])
    assert (found.low, found.high) == (rank, count + 1 - rank)
    assert found.confidence == pytest.approx(confidence, abs=1e-4)


@pytest.mark.parametrize("count", range(FEWEST_VALUES, 13))
def test_the_confidence_is_that_of_all_ways_to_lie_around_the_median(count: int) -> None:
    """Each value lies above or below the true median with equal probability."""
    found = interval([float(number) for number in range(1, count + 1)])
    rank = round(found.low)
    ways = list(itertools.product((False, True), repeat=count))
    held = sum(rank <= sum(is_below) <= count - rank for is_below in ways)
    assert found.confidence == pytest.approx(held / len(ways))
    narrower = sum(rank < sum(is_below) < count - rank for is_below in ways) / len(ways)
    assert narrower < WANTED_CONFIDENCE


@pytest.mark.parametrize("count", [5, 8, 12, 40])
def test_it_holds_the_true_median_as_often_as_it_says(count: int) -> None:
    rng = random.Random(count)
    trials, true_median = 1500, math.exp(0.3)
    held = 0
    for _ in range(trials):
        found = interval([rng.lognormvariate(0.3, 0.8) for _ in range(count)])
        held += found.low <= true_median <= found.high
    spread = math.sqrt(found.confidence * (1 - found.confidence) / trials)
    assert held / trials == pytest.approx(found.confidence, abs=3.5 * spread)


@pytest.mark.parametrize("count", [1024, 1025, 4000])
def test_many_values_are_no_obstacle(count: int) -> None:
    """2 to the 1024 is more than a float can hold."""
    found = interval([float(number) for number in range(count)])
    assert WANTED_CONFIDENCE <= found.confidence < 0.92
    assert found.relative_width == pytest.approx(2 * 1.645 / math.sqrt(count), rel=0.1)


@given(st.lists(st.floats(0.01, 1e6), min_size=FEWEST_VALUES, max_size=60), st.randoms())
def test_the_order_of_values_does_not_matter(values: list[float], rng: random.Random) -> None:
    shuffled = values.copy()
    rng.shuffle(shuffled)
    found = interval(values)
    assert interval(shuffled) == found
    assert found.low <= found.median <= found.high
    assert found.median == statistics.median(values)
    assert found.confidence >= WANTED_CONFIDENCE
    assert {found.low, found.high} <= set(values)


@given(st.lists(st.floats(0.5, 2.0), min_size=FEWEST_VALUES, max_size=20), st.floats(0.1, 10))
def test_units_do_not_change_the_relative_width(values: list[float], factor: float) -> None:
    scaled = interval([factor * value for value in values])
    assert scaled.relative_width == pytest.approx(interval(values).relative_width)


def test_a_median_of_0_has_no_relative_width() -> None:
    assert interval([0.0] * 5).relative_width == math.inf


def test_equal_values_give_an_interval_of_no_width() -> None:
    assert interval([2.0] * 6).relative_width == 0
