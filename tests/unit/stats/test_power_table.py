"""What how many questions can settle, against an exact calculation."""

import math

import pytest

from large_enough.stats.power_table import (
    DISAGREEMENT,
    MARGINS,
    QUESTION_COUNTS,
    chance_to_settle,
    nearest_margin,
    nearest_row,
    needed_count,
    power_rows,
)
from large_enough.stats.tango import tango_statistic

Z_95 = 1.6448536269514722


def exact_chance(count: int, margin: float, disagreement: float) -> float:
    """Return the chance that the lower limit lies above the margin if both are equally good."""
    share, total = disagreement / 2, 0.0
    for b in range(count + 1):
        for c in range(count + 1 - b):
            if tango_statistic(b, c, count, -margin) > Z_95:
                log = (
                    math.lgamma(count + 1)
                    - math.lgamma(b + 1)
                    - math.lgamma(c + 1)
                    - math.lgamma(count - b - c + 1)
                    + (b + c) * math.log(share)
                    + (count - b - c) * math.log(1 - disagreement)
                )
                total += math.exp(log)
    return total


@pytest.mark.parametrize("count", [20, 40, 60, 100, 200])
@pytest.mark.parametrize("column", range(len(MARGINS)))
def test_the_table_agrees_with_an_exact_calculation(count: int, column: int):
    chances = {row.question_count: row.chances for row in power_rows()}[count]
    assert chances[column] == pytest.approx(
        exact_chance(count, MARGINS[column], DISAGREEMENT), abs=0.015
    )


def test_more_questions_and_wider_margins_settle_more():
    rows = power_rows()
    assert [row.question_count for row in rows] == list(QUESTION_COUNTS)
    for row in rows:
        assert list(row.chances) == sorted(row.chances)
    for column in range(len(MARGINS)):
        chances = [row.chances[column] for row in rows]
        assert chances == sorted(chances)


@pytest.mark.parametrize(
    ("count", "row"), [(0, 20), (19, 20), (20, 20), (99, 60), (100, 100), (9_999, 500)]
)
def test_a_number_of_questions_falls_into_the_row_that_promises_no_more(count: int, row: int):
    assert nearest_row(count).question_count == row


def test_how_many_questions_would_do():
    assert needed_count(0.15) == 100
    assert needed_count(0.10) == 200
    assert needed_count(0.05) is None


@pytest.mark.parametrize(
    ("margin", "known"), [(0.01, 0.05), (0.05, 0.05), (0.099, 0.05), (0.1, 0.1), (0.5, 0.15)]
)
def test_a_margin_falls_into_the_column_that_promises_no_more(margin: float, known: float):
    assert nearest_margin(margin) == known
    assert chance_to_settle(60, margin) == nearest_row(60).chances[MARGINS.index(known)]
