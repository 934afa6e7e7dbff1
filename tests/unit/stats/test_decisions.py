"""What the limits mean, with error rates simulated at the margin."""

import numpy as np
import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Outcome
from large_enough.stats.clusters import clustered_limits
from large_enough.stats.noninferiority import (
    SETTLED,
    TOO_FEW_TO_FORECAST,
    WILL_NOT_HELP,
    decide,
    more_questions,
)
from large_enough.stats.tango import tango_limits

MARGIN = 0.10
RUNS = 3_000


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (2, 2, Outcome.LARGE_ENOUGH),
        (8, 11, Outcome.NOT_SETTLED),
        (1, 9, Outcome.MEASURABLY_WORSE),
        (2, 40, Outcome.LARGE_IS_BETTER),
        (40, 2, Outcome.LARGE_ENOUGH),
    ],
)
def test_outcomes(first: int, second: int, outcome: Outcome):
    limits = tango_limits(first, second, 100)
    decision = decide(limits, MARGIN, count=100, discordant=first + second)
    assert decision.outcome is outcome
    is_open = outcome in {Outcome.NOT_SETTLED, Outcome.MEASURABLY_WORSE}
    assert (decision.more_questions == SETTLED) is not is_open


def test_the_example_of_the_card_needs_about_140_more():
    more = more_questions(-0.03, MARGIN, count=100, discordant=19)
    assert isinstance(more, int)
    assert 130 <= more <= 150


def test_more_questions_do_not_help_a_model_that_is_worse_by_the_margin():
    assert more_questions(-0.12, MARGIN, count=100, discordant=30) == WILL_NOT_HELP


def test_a_handful_of_questions_forecasts_nothing():
    assert more_questions(0.0, MARGIN, count=9, discordant=1) == TOO_FEW_TO_FORECAST
    assert isinstance(more_questions(0.0, MARGIN, count=10, discordant=1), int)


def test_a_margin_of_nothing_is_refused():
    with pytest.raises(ValueError, match="margin"):
        decide(tango_limits(0, 0, 10), 0, count=10, discordant=0)


@pytest.mark.parametrize("count", [20, 60, 200])
@pytest.mark.parametrize("discordant", [0.2, 0.3])
def test_false_claims_stay_near_five_percent(count: int, discordant: float):
    """At the margin itself: 5 % promised, 6 % allowed, and the noise of 3,000 simulated runs."""
    random = np.random.default_rng(count)
    worse = (discordant + MARGIN) / 2
    drawn = random.multinomial(count, [discordant - worse, worse, 1 - discordant], size=RUNS)
    claims = sum(
        tango_limits(first, second, count).low > -MARGIN for first, second, _rest in drawn.tolist()
    )
    assert claims / RUNS < 0.06 + 0.01


@pytest.mark.parametrize(
    ("count", "margin", "discordant", "power"),
    [(100, 0.10, 0.10, 0.90), (200, 0.10, 0.20, 0.93), (100, 0.05, 0.10, 0.43)],
)
def test_the_power_is_that_of_the_design(
    count: int, margin: float, discordant: float, power: float
):
    random = np.random.default_rng(5)
    drawn = random.multinomial(
        count, [discordant / 2, discordant / 2, 1 - discordant], size=RUNS
    ).tolist()
    shown = sum(tango_limits(first, second, count).low > -margin for first, second, _ in drawn)
    assert shown / RUNS == pytest.approx(power, abs=0.035)


# --- groups


def test_questions_that_stand_alone_are_judged_by_tango():
    differences = {f"q{place}": [value] for place, value in enumerate([1, -1, -1, 0, 0, 0, 0, 0])}
    found = clustered_limits(differences)
    assert found.limits == tango_limits(1, 2, 8)
    assert found.effective_count == 8


def test_groups_that_stick_together_count_as_single_questions():
    together = {f"g{place}": [value] * 5 for place, value in enumerate([1, -1, 0, -1, 1] * 8)}
    found = clustered_limits(together)
    assert found.group_count == 40
    assert found.effective_count == pytest.approx(40, rel=0.1)
    assert found.limits.low < tango_limits(80, 80, 200).low


def test_where_nothing_differs_a_group_counts_once():
    found = clustered_limits({f"g{place}": [0] * 5 for place in range(20)})
    assert found.effective_count == pytest.approx(20)


def test_no_questions_are_refused():
    with pytest.raises(ValueError, match="no questions"):
        clustered_limits({"a": []})


@pytest.mark.parametrize("likeness", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(("groups", "size"), [(20, 5), (40, 3)])
def test_false_claims_over_groups_stay_below_seven_percent(likeness: float, groups: int, size: int):
    random = np.random.default_rng(11)
    runs, worse, better = 800, 0.2, 0.1
    claims = 0
    for _run in range(runs):
        draws = random.random((groups, size))
        shared = random.random(groups) < likeness
        draws[shared] = draws[shared][:, :1]
        values = np.where(draws < worse, -1, np.where(draws < worse + better, 1, 0)).tolist()
        found = clustered_limits({str(place): group for place, group in enumerate(values)})
        claims += found.limits.low > -MARGIN
    assert claims / runs < 0.07 + 0.015


def test_nothing_is_said_of_more_questions_when_the_matter_is_settled():
    decision = decide(tango_limits(0, 0, 100), MARGIN, count=100, discordant=0)
    assert isinstance(decision.more_questions, Unavailable)
