"""Puts grades into words: what became of an answer, and why."""

from large_enough.domain.grade import Grade, GradeStatus
from large_enough.wording.translate import _


def status_word(status: GradeStatus) -> str:
    """Return what became of an answer, in a word or three."""
    return {
        GradeStatus.CORRECT: _("right"),
        GradeStatus.PARTIAL: _("partly right"),
        GradeStatus.WRONG: _("wrong"),
        GradeStatus.NO_ANSWER: _("no answer found"),
        GradeStatus.TRUNCATED: _("cut off"),
        GradeStatus.EMPTY: _("empty"),
        GradeStatus.REFUSED: _("refused"),
        GradeStatus.OVERFLOW: _("question too long"),
        GradeStatus.LOOPING: _("repeated itself"),
        GradeStatus.TIMEOUT: _("out of time"),
        GradeStatus.ERROR: _("failed"),
        GradeStatus.NEEDS_HUMAN: _("a person must judge"),
    }[status]


def step_sentences(grade: Grade) -> tuple[str, ...]:
    """Return why an answer was graded so: one sentence a step, in the order of the steps."""
    return tuple(grade_step.kind for grade_step in grade.steps)
