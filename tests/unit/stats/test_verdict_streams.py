"""Whether verdicts over simulated runs are as true as they claim (see the helper)."""

import numpy as np
import pytest
from tests.helpers.verdict_streams import (
    AT_THE_MARGIN,
    DISCORDANT,
    MARGIN,
    POWER,
    Share,
    Stream,
    equal,
    simulate,
)

from large_enough.stats.clusters import clustered_share
from large_enough.stats.evidence import (
    ENOUGH_EVIDENCE,
    grouped_difference,
    grouped_enough,
    wealth_for_enough,
)
from large_enough.stats.tango import tango_limits

RUNS_IN_THE_GATE = 300
"""The campaign takes 4,000."""


@pytest.mark.parametrize("stream", AT_THE_MARGIN, ids=lambda one: f"{one.name} {one.groups}")
def test_claims_are_false_no_more_often_than_allowed(stream: Stream) -> None:
    assert stream.difference == pytest.approx(-0.10)
    assert simulate(stream, RUNS_IN_THE_GATE).is_fine


def test_looking_past_the_groups_would_be_caught() -> None:
    """The same draws as if each question stood alone: far more false claims than allowed."""
    together = Stream(name="", groups=20, size=5, likeness=1.0)
    random, claims, watched = np.random.default_rng(1), 0, 0
    for _run in range(RUNS_IN_THE_GATE):
        values = together.drawn(random).ravel()
        first, second = int((values > 0).sum()), int((values < 0).sum())
        claims += tango_limits(first, second, values.size).low > -MARGIN
        watched += max(wealth_for_enough(values.tolist(), MARGIN)) >= ENOUGH_EVIDENCE
    shares = claims / RUNS_IN_THE_GATE, watched / RUNS_IN_THE_GATE
    caught = Share(stream=together, runs=RUNS_IN_THE_GATE, enough=shares[0], anytime=0.0)
    assert not caught.is_fine
    assert shares[0] > 0.12
    assert shares[1] > 0.08


@pytest.mark.parametrize(("count", "margin"), [(60, 0.10), (100, 0.10), (200, 0.05)])
def test_equal_models_are_found_equal_as_often_as_the_design_says(
    count: int, margin: float
) -> None:
    for discordant, wanted in zip(DISCORDANT, POWER[count, margin], strict=True):
        found = simulate(equal(count, discordant), RUNS_IN_THE_GATE, margin=margin)
        assert found.enough == pytest.approx(wanted, abs=0.085)


def test_evidence_lets_equal_models_be_called_so_early() -> None:
    found = simulate(equal(200, 0.10), RUNS_IN_THE_GATE)
    assert found.anytime == pytest.approx(0.93, abs=0.05)


# --- evidence where questions go together


def test_questions_that_stand_alone_weigh_in_full() -> None:
    values = [0, 1, -1, 0, 0, 1]
    alone = [f"q{place}" for place in range(6)]
    assert grouped_enough(values, 0.1, alone) == pytest.approx(wealth_for_enough(values, 0.1))


def test_copies_of_a_question_are_no_further_evidence() -> None:
    values = [0, 1, 0, 0, -1, 0, 0, 1, 0, 0] * 4
    alone = [f"q{place}" for place in range(40)]
    copied = [value for value in values for _copy in range(5)]
    clusters = [name for name in alone for _copy in range(5)]
    once = grouped_enough(values, 0.1, alone)[-1]
    many = grouped_enough(copied, 0.1, clusters)[-1]
    assert wealth_for_enough(copied, 0.1)[-1] > 2 * once
    assert many == pytest.approx(once, rel=0.35)
    different = grouped_difference([abs(value) for value in copied], clusters)[-1]
    assert different == pytest.approx(
        grouped_difference([abs(value) for value in values], alone)[-1], rel=0.6
    )


# --- shares over groups


def test_a_share_over_groups_is_less_sure_than_over_as_many_single_questions() -> None:
    groups = {f"g{place}": [float(place % 2)] * 5 for place in range(20)}
    singles = {f"q{place}": [float(place % 2)] for place in range(100)}
    grouped, single = clustered_share(groups), clustered_share(singles)
    assert grouped.share == single.share == 0.5
    assert grouped.count == single.count == 100
    assert grouped.high - grouped.low > 1.8 * (single.high - single.low)


def test_without_questions_there_is_no_share() -> None:
    assert clustered_share({}).reason == "no questions were answered"
