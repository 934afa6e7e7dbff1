"""Limits by betting: against inverting the wealth by hand, and right as often as promised."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from large_enough.stats.betting import betting_limits
from large_enough.stats.evidence import ENOUGH_EVIDENCE, wealth_for_enough

differences = st.lists(st.floats(-1, 1), min_size=1, max_size=30)


@settings(max_examples=30)
@given(differences)
def test_swapping_the_models_turns_the_limits_round(values: list[float]) -> None:
    one, other = betting_limits(values), betting_limits([-value for value in values])
    assert one.low == pytest.approx(-other.high, abs=1e-9)
    assert -1 <= one.low <= one.difference + 1e-9
    assert one.difference - 1e-9 <= one.high <= 1


@pytest.mark.parametrize("values", [[0.0] * 20, [0.5, -0.5, 0.25, 0.0] * 6, [-0.2] * 30])
def test_at_the_limit_the_evidence_is_just_enough(values: list[float]) -> None:
    low = betting_limits(values).low
    assert -1 < low < 0
    assert wealth_for_enough(values, -low)[-1] == pytest.approx(ENOUGH_EVIDENCE, rel=1e-6)


def test_the_order_does_not_matter() -> None:
    values = [0.5, -1.0, 0.25, 0.0, 1.0, -0.5]
    assert betting_limits(values).low == pytest.approx(betting_limits(values[::-1]).low)


def test_who_loses_everything_has_no_lower_limit_but_the_lowest() -> None:
    limits = betting_limits([-1.0] * 30)
    assert limits.low == -1
    assert limits.high < -0.6


def test_more_questions_narrow_the_limits() -> None:
    widths = [-betting_limits([0.0] * count).low for count in (5, 20, 80)]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("values", [[], [0.0, 1.5], [float("nan")]])
def test_what_is_not_bounded_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="-1 to 1"):
        betting_limits(values)


@pytest.mark.parametrize("worst", [1.0, 0.3])
def test_each_limit_misses_the_truth_in_at_most_five_percent(worst: float) -> None:
    """Rare heavy losses and frequent light ones, over few questions."""
    random = np.random.default_rng(6)
    runs, share = 300, 0.1 / worst
    low = high = 0
    for _run in range(runs):
        values = np.where(random.random(25) < share, -worst, 0.0).tolist()
        limits = betting_limits(values)
        low += limits.low > -0.1
        high += limits.high < -0.1
    noise = 2.5 * (0.05 * 0.95 / runs) ** 0.5
    assert low / runs <= 0.05 + noise
    assert high / runs <= 0.05 + noise
