"""Evidence that may be looked at any time: it is right as often as it promises."""

import math

import numpy as np
import pytest
from scipy.special import beta

from large_enough.stats.evidence import (
    ENOUGH_EVIDENCE,
    evidence_of_difference,
    wealth_for_enough,
)

MARGIN = 0.10


def test_no_questions_are_no_evidence():
    assert wealth_for_enough((), MARGIN) == ()
    assert evidence_of_difference(0, 0) == pytest.approx(1)


def test_one_question_by_hand():
    gain = MARGIN / (1 - MARGIN)
    stakes = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8)
    wanted = sum(1 + stake * gain for stake in stakes) / len(stakes)
    assert wealth_for_enough([0], MARGIN) == pytest.approx((wanted,))


def test_a_lost_question_never_ruins():
    wealth = wealth_for_enough([-1] * 50, MARGIN)
    assert all(value > 0 for value in wealth)
    assert list(wealth) == sorted(wealth, reverse=True)


@pytest.mark.parametrize(("first", "second"), [(0, 5), (7, 3), (20, 20)])
def test_the_other_martingale_is_the_beta_function(first: int, second: int):
    wanted = beta(first + 1, second + 1) * 2 ** (first + second)
    assert evidence_of_difference(first, second) == pytest.approx(wanted)


def test_many_questions_do_not_overflow():
    assert math.isfinite(evidence_of_difference(400, 500))


def test_claims_at_any_time_are_false_in_at_most_five_percent():
    random = np.random.default_rng(2)
    runs, wrong, sums = 1_500, 0, 0.0
    for _run in range(runs):
        draws = random.random(200)
        differences = np.where(draws < 0.2, -1, np.where(draws < 0.3, 1, 0)).tolist()
        wealth = wealth_for_enough(differences, MARGIN)
        wrong += max(wealth) >= ENOUGH_EVIDENCE
        sums += wealth[-1]
    assert wrong / runs <= 0.05
    assert sums / runs < 1.5  # its mean is 1; rare large values make it noisy


def test_equal_models_are_told_apart_in_at_most_five_percent():
    random = np.random.default_rng(4)
    wrong = 0
    for _run in range(1_500):
        heads = np.cumsum(random.random(200) < 0.5).tolist()
        wrong += any(
            evidence_of_difference(first, count - first) >= ENOUGH_EVIDENCE
            for count, first in enumerate(heads, 1)
        )
    assert wrong / 1_500 <= 0.05
