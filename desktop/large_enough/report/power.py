"""Says how likely a run is to settle the matter, by questions and margin."""

from large_enough.stats.power_table import (
    QUESTION_COUNTS,
    chance_to_settle,
    nearest_margin,
    needed_count,
)
from large_enough.wording.power_words import power_explanation


def chance_sentence(question_count: int, margin: float) -> str:
    """Return how likely so many unrelated questions are to settle the matter, and what would do.

    Nothing for fewer than the table of chances begins with.

    Args:
        question_count: As many as they are worth.
        margin: Of the run; the nearest one that is known and not wider stands for it.
    """
    if question_count < QUESTION_COUNTS[0]:
        return ""
    known = nearest_margin(margin)
    wanted = needed_count(known)
    is_more = wanted is not None and wanted > question_count
    chance = chance_to_settle(question_count, known)
    return power_explanation(chance, wanted if is_more else None, known)
