"""Judges answers to questions that cannot be answered from their context."""

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import UnanswerableKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.finding import usable
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.phrases import abstaining_phrase, abstaining_sentence
from large_enough.scoring.steps import StepKind, step

NAME = "unanswerable/1"


def judge(key: UnanswerableKey, answer: AnswerText) -> Judgement:
    """Judge whether the answer says that the context does not tell."""
    for found in usable(answer):
        phrase = abstaining_phrase(found.text, key.phrases)
        place = step(found.way, text=found.text)
        if phrase:
            return Judgement.of(True, found.text.strip(), place, _abstained(phrase))
        if found.way is not StepKind.FOUND_PHRASE:
            invented = step(StepKind.ANSWER_INVENTED, given=found.text.strip())
            return Judgement.of(False, found.text.strip(), place, invented)
    if answer.is_cut or not answer.text:
        return Judgement.nothing()
    phrase = abstaining_sentence(answer.text, key.phrases)
    whole = step(StepKind.FOUND_WHOLE)
    if phrase:
        return Judgement.of(True, answer.text, whole, _abstained(phrase))
    return Judgement.of(
        False, answer.text, whole, step(StepKind.ANSWER_INVENTED, given=answer.text)
    )


def _abstained(phrase: str) -> GradeStep:
    return step(StepKind.ABSTAINED, phrase=phrase)
