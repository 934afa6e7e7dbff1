"""Wilson, McNemar, Holm and the area under the curve, against libraries that have them."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, mannwhitneyu
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import Unavailable
from large_enough.stats.mcnemar import mcnemar_p
from large_enough.stats.several import first_failure, holm
from large_enough.stats.signals import ALL_THE_SAME, auroc
from large_enough.stats.wilson import NO_QUESTIONS, wilson_interval


@pytest.mark.parametrize(("points", "count"), [(0, 7), (8, 10), (17, 20), (100, 100), (63, 80)])
def test_wilson_agrees_with_statsmodels(points: int, count: int):
    found = wilson_interval(points, count)
    assert isinstance(found, ShareInterval)
    low, high = proportion_confint(points, count, method="wilson")
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))


@given(st.integers(0, 400), st.floats(0, 1))
def test_wilson_holds_its_share(count: int, part: float):
    found = wilson_interval(part * count, count)
    if isinstance(found, Unavailable):
        assert found == NO_QUESTIONS
        assert count == 0
    else:
        assert 0 <= found.low <= found.share <= found.high <= 1


def test_more_points_than_questions_are_refused():
    with pytest.raises(ValueError, match="points"):
        wilson_interval(3, 2)


@pytest.mark.parametrize(
    ("first", "second"), list(itertools.product((0, 1, 4, 11, 30), (0, 2, 9, 30)))
)
def test_mcnemar_agrees_with_statsmodels_and_scipy(first: int, second: int):
    table = [[10, first], [second, 10]]
    found = mcnemar_p(first, second)
    assert found == pytest.approx(mcnemar(table, exact=True).pvalue)
    if first + second:
        assert found == pytest.approx(binomtest(first, first + second).pvalue)


@settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_agrees_with_statsmodels(p_values: list[float]):
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])


@pytest.mark.parametrize(
    ("shown", "rungs"),
    [((), 0), ((False, True), 0), ((True, True, False, True), 2), ((True, True), 2)],
)
def test_the_ladder_ends_at_the_first_rung_that_does_not_hold(shown: tuple[bool, ...], rungs: int):
    assert first_failure(shown) == rungs


def test_the_area_under_the_curve_agrees_with_scipy():
    random = np.random.default_rng(3)
    signals = random.integers(0, 6, 200).astype(float)
    right = random.random(200) < 0.2 + 0.1 * signals
    wanted = mannwhitneyu(signals[right], signals[~right]).statistic / (
        right.sum() * (~right).sum()
    )
    assert auroc(list(signals), list(right)) == pytest.approx(wanted)


def test_one_kind_of_answer_alone_has_no_area():
    assert auroc([0.1, 0.2], [True, True]) == ALL_THE_SAME
