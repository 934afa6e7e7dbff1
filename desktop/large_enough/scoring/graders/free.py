"""Hands answers over to people where no rule can judge."""

from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack import FreeKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.steps import StepKind, step

NAME = "free/1"


def judge(_key: FreeKey, answer: AnswerText) -> Judgement:
    """Say that a person must judge."""
    return Judgement(
        score=None,
        taken=answer.text,
        steps=(step(StepKind.PERSON_NEEDED),),
        status=GradeStatus.NEEDS_HUMAN,
    )
