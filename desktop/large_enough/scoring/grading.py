"""Judges an answer by rule: the one door to all graders."""

from large_enough.domain.grade import NOT_JUDGED, Grade, GradeStatus, GradeStep, Reply, ReplyEnd
from large_enough.domain.pack import Key, UnanswerableKey, answer_type
from large_enough.scoring.answer_text import AnswerText, answer_text
from large_enough.scoring.extracting import with_extracted
from large_enough.scoring.finding import usable
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.phrases import abstaining_phrase, abstaining_sentence, refusing_phrase
from large_enough.scoring.registry import GRADERS, Grader
from large_enough.scoring.steps import StepKind, step

_LONGEST_TAKEN_CHARACTERS = 500
"""Of what is kept as the answer; the whole text is in the record anyway."""

_UNASKED = {
    ReplyEnd.OVERFLOW: (GradeStatus.OVERFLOW, StepKind.PROMPT_TOO_LONG),
    ReplyEnd.FAILED: (GradeStatus.ERROR, StepKind.MODEL_FAILED),
}
_CUT = {
    ReplyEnd.LENGTH: (GradeStatus.TRUNCATED, StepKind.CUT),
    ReplyEnd.CONTEXT_FULL: (GradeStatus.TRUNCATED, StepKind.CUT),
    ReplyEnd.LOOPING: (GradeStatus.LOOPING, StepKind.LOOPED),
    ReplyEnd.TIMEOUT: (GradeStatus.TIMEOUT, StepKind.TIMED_OUT),
}


def grade(key: Key, reply: Reply, *, extract: str = "") -> Grade:
    """Judge one answer. The same answer always gets the same grade; nothing is raised.

    Args:
        key: What a right answer looks like.
        reply: The answer.
        extract: The item's own pattern that finds the answer by its first group; empty for none.
    """
    grader = GRADERS[answer_type(key)]
    if reply.end in _UNASKED:
        status, kind = _UNASKED[reply.end]
        return _failure(grader, status, step(kind))
    answer = answer_text(reply)
    if not answer.text:
        return _without_text(grader, reply.end, answer)
    prepared = with_extracted(answer, extract)
    judgement = prepared if isinstance(prepared, Judgement) else _judged(grader, key, prepared)
    return _grade(grader, judgement, reply.end, answer)


def _judged(grader: Grader, key: Key, answer: AnswerText) -> Judgement:
    """Ask the grader; what it finds wrong or missing may be a refusal or an "I do not know"."""
    judgement = grader.judge(key, answer)
    if judgement.status is not None or judgement.score:
        return judgement
    is_unanswerable = isinstance(key, UnanswerableKey)
    phrase = "" if is_unanswerable else _abstention(answer)
    if phrase:
        abstained = step(StepKind.ABSTAINED, phrase=phrase)
        return Judgement.of(False, judgement.taken or answer.text, *judgement.steps, abstained)
    refusal = "" if answer.is_cut or next(usable(answer), None) else refusing_phrase(answer.text)
    if refusal:
        return Judgement(
            score=0.0,
            steps=(step(StepKind.REFUSED, phrase=refusal),),
            status=GradeStatus.REFUSED,
        )
    return judgement


def _abstention(answer: AnswerText) -> str:
    """Return the phrase by which an answer abstains, where it says what its answer is."""
    places = tuple(usable(answer))
    for found in places:
        phrase = abstaining_phrase(found.text)
        if phrase:
            return phrase
    return "" if places or answer.is_cut else abstaining_sentence(answer.text)


def _without_text(grader: Grader, end: ReplyEnd, answer: AnswerText) -> Grade:
    steps = (step(StepKind.THOUGHTS_LEFT_OUT),) if answer.has_thoughts else ()
    if end in _CUT:
        status, kind = _CUT[end]
        return _failure(grader, status, *steps, step(kind))
    return _failure(grader, GradeStatus.EMPTY, *steps, step(StepKind.TEXT_EMPTY))


def _failure(grader: Grader, status: GradeStatus, *steps: GradeStep) -> Grade:
    return Grade(status=status, score=0.0, steps=steps, grader=grader.name)


def _grade(grader: Grader, judgement: Judgement, end: ReplyEnd, answer: AnswerText) -> Grade:
    steps = judgement.steps
    if answer.has_thoughts:
        steps = (step(StepKind.THOUGHTS_LEFT_OUT), *steps)
    status = judgement.status or _status(judgement.score)
    if end in _CUT and status is GradeStatus.NO_ANSWER:
        status, kind = _CUT[end]
        steps = (*steps, step(kind))
    elif end in _CUT and status is not GradeStatus.NEEDS_HUMAN:
        steps = (*steps, step(StepKind.COMPLETE_BEFORE_CUT))
    is_open = status is GradeStatus.NEEDS_HUMAN
    return Grade(
        status=status,
        score=NOT_JUDGED if is_open else judgement.score or 0.0,
        taken=judgement.taken.strip()[:_LONGEST_TAKEN_CHARACTERS],
        steps=steps,
        grader=grader.name,
    )


def _status(score: float | None) -> GradeStatus:
    if score is None:
        return GradeStatus.NO_ANSWER
    if score >= 1:
        return GradeStatus.CORRECT
    return GradeStatus.PARTIAL if score > 0 else GradeStatus.WRONG
