"""Answers that say more about limits and formats than about a model, and what could be done."""

import msgspec

from large_enough.domain.grade import GradeStatus

TROUBLES = frozenset(
    {
        GradeStatus.TRUNCATED,
        GradeStatus.EMPTY,
        GradeStatus.NO_ANSWER,
        GradeStatus.LOOPING,
        GradeStatus.TIMEOUT,
    }
)
"""What becomes of an answer whose limit or format was wrong for the model."""
MUCH_TROUBLE_SHARE = 0.05
"""With more such answers than this, a result is mostly about limits or formats."""


class LimitTrouble(msgspec.Struct, frozen=True, kw_only=True):
    """A contender with many such answers."""

    letter: str
    trouble_count: int
    answer_count: int


class LimitProposal(msgspec.Struct, frozen=True, kw_only=True):
    """Which higher limits would be tried, and for how many answers."""

    max_tokens: int | None = None
    """None if no answer was cut by its length, or the context has room for none longer."""
    longest_s: float | None = None
    """None if no answer ran out of time."""
    answer_count: int
    """How many answers would be asked again, of all contenders together."""
