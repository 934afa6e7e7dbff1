"""How likely a run is to settle the matter, by number of questions.

The table gives the chance that a run ends with "the small one is large enough" when the two models
are truly equally good: that the one-sided 95 % lower limit of the paired difference lies above the
margin. Source: our own simulation of 20,000 runs a cell with Tango's score interval (Tango 1998,
Statistics in Medicine 17, 891-908), on independent questions of which a share `disagreement` is
answered rightly by exactly one of the two, half by each.
"""

from typing import NamedTuple

QUESTION_COUNTS = (20, 40, 60, 100, 200, 500)
MARGINS = (0.05, 0.10, 0.15)
"""How much worse the small model may be, as a share of the questions."""
DISAGREEMENT = 0.30
"""Share of the questions that exactly one of the models answers rightly."""
SETTLING_CHANCE = 0.80
"""From this chance on a run is likely to settle the matter: the usual power of a study."""

_CHANCES = {
    20: (0.12, 0.18, 0.29),
    40: (0.14, 0.31, 0.53),
    60: (0.17, 0.41, 0.68),
    100: (0.23, 0.56, 0.86),
    200: (0.36, 0.82, 0.99),
    500: (0.65, 0.99, 1.00),
}


class PowerRow(NamedTuple):
    """What so many questions can settle."""

    question_count: int
    chances: tuple[float, float, float]
    """For each of the margins."""


def power_rows() -> tuple[PowerRow, ...]:
    """Return the whole table."""
    return tuple(PowerRow(count, _CHANCES[count]) for count in QUESTION_COUNTS)


def nearest_row(question_count: int) -> PowerRow:
    """Return the row with the most questions that are not more than there are, else the first."""
    fitting = [count for count in QUESTION_COUNTS if count <= question_count]
    count = fitting[-1] if fitting else QUESTION_COUNTS[0]
    return PowerRow(count, _CHANCES[count])


def nearest_margin(margin: float) -> float:
    """Return the largest of `MARGINS` that is not above a margin, else the smallest."""
    return max((known for known in MARGINS if known <= margin + 1e-9), default=MARGINS[0])


def chance_to_settle(question_count: int, margin: float) -> float:
    """Return the chance that a run settles the matter, of the nearest questions and margin."""
    return nearest_row(question_count).chances[MARGINS.index(nearest_margin(margin))]


def needed_count(margin: float) -> int | None:
    """Return how many questions are likely to settle the matter at that margin.

    Args:
        margin: One of `MARGINS`.

    Returns:
        One of `QUESTION_COUNTS`; None if even the most do not.
    """
    column = MARGINS.index(margin)
    for count in QUESTION_COUNTS:
        if _CHANCES[count][column] >= SETTLING_CHANCE:
            return count
    return None
