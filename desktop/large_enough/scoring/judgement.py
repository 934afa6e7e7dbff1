"""What a grader says of an answer, before the end of its text is taken into account."""

from typing import Self

import msgspec

from large_enough.domain.grade import GradeStatus, GradeStep
from large_enough.scoring.steps import StepKind, step


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A grader's word."""

    score: float | None
    """0 to 1; None if nothing could be taken as an answer."""
    taken: str = ""
    """What was taken as the answer."""
    steps: tuple[GradeStep, ...] = ()
    status: GradeStatus | None = None
    """Set where the score does not say it: `ERROR`, `NEEDS_HUMAN`, `REFUSED` ..."""

    @classmethod
    def nothing(cls, *steps: GradeStep) -> Self:
        """Return that no answer was found."""
        return cls(score=None, steps=steps or (step(StepKind.NOTHING_FOUND),))

    @classmethod
    def unusable(cls, *steps: GradeStep) -> Self:
        """Return that the key itself, or a limit, keeps from judging."""
        return cls(score=0.0, steps=steps, status=GradeStatus.ERROR)

    @classmethod
    def of(cls, is_right: bool, taken: str, *steps: GradeStep) -> Self:
        """Return right or wrong."""
        return cls(score=float(is_right), taken=taken, steps=steps)
