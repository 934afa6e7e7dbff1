"""Bootstrap intervals, against scipy's."""

import numpy as np
import pytest
from scipy.stats import bootstrap

from large_enough.domain.interval import MeanInterval, RatioInterval
from large_enough.domain.quantity import Unavailable
from large_enough.stats.resampling import (
    NOTHING_SPENT,
    TOO_FEW_PAIRS,
    paired_mean,
    ratio_of_sums,
)

RANDOM = np.random.default_rng(8)
LARGE = RANDOM.gamma(4, 2, 80)
SMALL = LARGE * RANDOM.normal(0.4, 0.08, 80)


def test_the_ratio_of_sums_agrees_with_scipy():
    found = ratio_of_sums(list(LARGE), list(SMALL))
    assert isinstance(found, RatioInterval)
    wanted = bootstrap(
        (LARGE, SMALL),
        lambda one, other, axis: one.sum(axis=axis) / other.sum(axis=axis),
        paired=True,
        vectorized=True,
        method="percentile",
        confidence_level=0.90,
        random_state=1,
    ).confidence_interval
    assert found.ratio == pytest.approx(LARGE.sum() / SMALL.sum())
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high), rel=0.01)


def test_the_same_record_gives_the_same_interval():
    assert ratio_of_sums(list(LARGE), list(SMALL)) == ratio_of_sums(list(LARGE), list(SMALL))


@pytest.mark.parametrize(
    ("tops", "bottoms", "reason"),
    [
        ([1.0] * 5, [1.0] * 5, TOO_FEW_PAIRS),
        ([1.0] * 30, [0.0] * 30, NOTHING_SPENT),
    ],
)
def test_why_there_is_no_ratio(tops: list[float], bottoms: list[float], reason: Unavailable):
    assert ratio_of_sums(tops, bottoms) == reason


def test_numbers_that_do_not_pair_are_refused():
    with pytest.raises(ValueError, match="against"):
        ratio_of_sums([1.0] * 20, [1.0] * 21)


def test_a_mean_of_partial_scores_covers_the_truth():
    random = np.random.default_rng(12)
    covered = 0
    for _run in range(150):
        values = np.clip(random.normal(0.05, 0.3, 60), -1, 1)
        found = paired_mean(list(values))
        assert isinstance(found, MeanInterval)
        covered += found.low <= 0.05 <= found.high
    assert covered / 150 == pytest.approx(0.90, abs=0.07)


def test_scores_that_never_differ_have_no_interval():
    assert isinstance(paired_mean([0.0] * 40), Unavailable)
    assert isinstance(paired_mean([-0.1, -0.1 + 1e-16] * 20), Unavailable)


def test_a_model_that_spent_something_only_now_and_then_has_no_ratio():
    rarely = [1.0] + [0.0] * 99
    always = [2.0] * 100
    assert ratio_of_sums(rarely, always) == NOTHING_SPENT
    assert ratio_of_sums(always, rarely) == NOTHING_SPENT
