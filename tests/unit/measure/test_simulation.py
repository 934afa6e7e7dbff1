"""Whether energies are as true as they claim to be (see `tests.helpers.power_replay`)."""

import statistics
from collections.abc import Sequence

import pytest
from tests.helpers.power_replay import (
    ANSWERS_S,
    INSTRUMENTS,
    LEAST_COVERAGE,
    MOST_BIAS,
    MOST_COVERAGE,
    Cell,
    answers_s,
    bias,
    coverage,
    simulate,
)

from large_enough.measure.footing import FEWEST_UPDATES, WINDOW_TOO_SHORT

RUNS_IN_THE_GATE = 24
"""The campaign takes 400. The scale's errors are spread evenly over the runs, so that few suffice
for the bias; the coverage is that of all cells together."""


@pytest.fixture(scope="module")
def cells() -> Sequence[Cell]:
    found = []
    for behaviour in INSTRUMENTS:
        slowest_s = max(behaviour.period_s, behaviour.averaging_s)
        for answer_s in answers_s(behaviour):
            is_claimed = answer_s > 1.05 * FEWEST_UPDATES * slowest_s
            if slowest_s <= 5 or answer_s in ANSWERS_S:
                found.append(simulate(behaviour, answer_s, RUNS_IN_THE_GATE if is_claimed else 1))
    return found


def test_what_is_claimed_is_hardly_biased(cells) -> None:
    claimed = [cell for cell in cells if cell.net]
    assert len(claimed) >= 25
    for cell in claimed:
        assert abs(bias(cell.gross)) <= MOST_BIAS, cell.row()
        assert abs(bias(cell.net)) <= MOST_BIAS, cell.row()


def test_the_intervals_hold_the_truth_as_often_as_they_say(cells) -> None:
    for pairs in (
        [pair for cell in cells for pair in cell.gross],
        [pair for cell in cells for pair in cell.net],
    ):
        assert len(pairs) > 600
        assert LEAST_COVERAGE <= coverage(pairs) <= MOST_COVERAGE


def test_what_cannot_be_told_is_not_claimed(cells) -> None:
    refused = {(cell.name, cell.answer_s): cell.refusals for cell in cells if not cell.net}
    reasons = {reason for refusals in refused.values() for reason in refusals}
    assert reasons == {WINDOW_TOO_SHORT.reason}
    gauges = [f"battery gauge, {period_s} s" for period_s in (5, 30)]
    assert all((gauge, answer_s) in refused for gauge in gauges for answer_s in ANSWERS_S)
    assert ("NVML power, 1 s mean", 5.0) in refused


def test_every_reading_behind_a_claim_was_read_within_it(cells) -> None:
    counts = [energy.reading_count for cell in cells for energy, _ in cell.net]
    assert min(counts) >= 10
    assert statistics.median(counts) > 50
