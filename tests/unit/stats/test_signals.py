"""How well a signal separates, with its interval."""

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import Unavailable
from large_enough.stats.signals import (
    ALL_THE_SAME,
    FULLY_APART,
    TOO_FEW_ANSWERS,
    auroc,
    auroc_interval,
)

RANDOM = np.random.default_rng(5)
RIGHT = RANDOM.random(80) < 0.6
SIGNALS = np.round(RANDOM.normal(RIGHT * 1.0, 1.0), 1)
ALONE = list(range(80))


def test_the_area_agrees_with_mann_and_whitney_although_there_are_ties():
    wanted = mannwhitneyu(SIGNALS[RIGHT], SIGNALS[~RIGHT]).statistic
    assert auroc(list(SIGNALS), list(RIGHT)) == pytest.approx(wanted / RIGHT.sum() / (~RIGHT).sum())


def test_a_signal_that_is_always_the_same_tells_nothing():
    assert auroc([1.0, 1.0, 1.0], [True, False, True]) == 0.5


def test_infinite_signals_have_their_place_like_others():
    signals = [np.inf, np.inf, 1.0, -np.inf] * 10
    right = [True, False, True, False] * 10
    assert auroc(signals, right) == pytest.approx(0.625)
    found = auroc_interval(signals, right, list(range(40)))
    assert isinstance(found, ShareInterval)
    assert found.low < 0.625 < found.high


@pytest.mark.parametrize("right", [[True] * 3, [False] * 3, []])
def test_without_right_and_wrong_answers_there_is_no_area(right: list[bool]):
    assert auroc([1.0] * len(right), right) == ALL_THE_SAME
    assert auroc_interval([1.0] * len(right), right, list(range(len(right)))) == ALL_THE_SAME


def test_the_interval_is_about_as_wide_as_theory_has_it():
    found = auroc_interval(list(SIGNALS), list(RIGHT), ALONE)
    assert isinstance(found, ShareInterval)
    assert found.low < found.share < found.high
    wanted = 2 * 1.645 * _hanley(found.share, int(RIGHT.sum()), int((~RIGHT).sum()))
    assert found.high - found.low == pytest.approx(wanted, rel=0.25)
    assert found.count == 80


def test_the_interval_covers_the_truth_and_not_far_too_often():
    random, covered = np.random.default_rng(3), 0
    for _run in range(200):
        right = random.random(100) < 0.5
        signals = random.normal(right * 0.9539, 1.0)  # an area of 0.75: 0.6745 times root 2
        found = auroc_interval(list(signals), list(right), list(range(100)))
        assert isinstance(found, ShareInterval)
        covered += found.low <= 0.75 <= found.high
    assert 0.83 <= covered / 200 <= 0.96


def test_questions_of_a_kind_widen_the_interval():
    signals, right = np.repeat(SIGNALS, 4), np.repeat(RIGHT, 4)
    single = auroc_interval(list(signals), list(right), list(range(320)))
    grouped = auroc_interval(list(signals), list(right), list(np.repeat(ALONE, 4)))
    assert isinstance(single, ShareInterval)
    assert isinstance(grouped, ShareInterval)
    assert grouped.high - grouped.low > 1.6 * (single.high - single.low)


@pytest.mark.parametrize(
    ("signals", "right", "units", "reason"),
    [
        ([1.0, 2.0] * 20, [True] * 36 + [False] * 4, list(range(40)), TOO_FEW_ANSWERS),
        ([1.0, 2.0, 3.0] * 20, [True, False, True] * 20, [0, 1, 2] * 20, TOO_FEW_ANSWERS),
        ([1.0, 2.0] * 20, [True, False] * 20, list(range(40)), FULLY_APART),
    ],
)
def test_why_there_is_no_interval(
    signals: list[float], right: list[bool], units: list[int], reason: Unavailable
):
    assert auroc_interval(signals, right, units) == reason


def test_the_same_answers_give_the_same_interval():
    assert auroc_interval(list(SIGNALS), list(RIGHT), ALONE) == auroc_interval(
        list(SIGNALS), list(RIGHT), ALONE
    )


def test_signals_and_answers_must_belong_together():
    with pytest.raises(ValueError, match="3 signals for 2 answers"):
        auroc([1.0, 2.0, 3.0], [True, False])


def _hanley(area: float, right: int, wrong: int) -> float:
    """Return the standard error by Hanley and McNeil, Radiology, 1982."""
    first, second = area / (2 - area), 2 * area**2 / (1 + area)
    variance = (
        area * (1 - area) + (right - 1) * (first - area**2) + (wrong - 1) * (second - area**2)
    )
    return float(np.sqrt(variance / right / wrong))
