"""Judges short texts by comparing them with all accepted forms."""

import re
from collections.abc import Iterator

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import TextKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.bare import bare
from large_enough.scoring.finding import may_look_elsewhere, usable
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.normalising import normalised
from large_enough.scoring.steps import StepKind, step

NAME = "text/1"

_MOST_WHOLE_CHARACTERS = 200
"""A reply of one line up to here is an answer itself; a longer one only holds one somewhere."""
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_NOTE = re.compile(r"\s(?:\(|–|—|-\s|because\b|weil\b|porque\b)")


def judge(key: TextKey, answer: AnswerText) -> Judgement:
    """Judge whether the answer is one of the accepted forms."""
    for found in usable(answer):
        if bare(found.text):
            return _compared(key, found.text, answer.language, step(found.way, text=found.text))
    if not may_look_elsewhere(answer):
        return Judgement.nothing()
    lines = [line for line in answer.text.split("\n") if bare(line)]
    if len(lines) == 1 and len(lines[0]) <= _MOST_WHOLE_CHARACTERS:
        return _compared(key, lines[0], answer.language, step(StepKind.FOUND_WHOLE))
    if lines and _is_accepted(key, lines[-1], answer.language):
        return _compared(key, lines[-1], answer.language, step(StepKind.FOUND_LAST_LINE))
    return Judgement.nothing()


def _compared(key: TextKey, text: str, language: str, place: GradeStep) -> Judgement:
    taken = bare(text, keeps_ends=key.keeps_punctuation)
    is_right = _is_accepted(key, text, language)
    wanted = key.answers[0] if key.answers else ""
    kind = StepKind.EQUAL if is_right else StepKind.DIFFERENT
    return Judgement.of(is_right, taken, place, step(kind, given=taken, wanted=wanted))


def _is_accepted(key: TextKey, text: str, language: str) -> bool:
    accepted = {_form(key, answer, language) for answer in key.answers}
    return any(_form(key, part, language) in accepted for part in _parts(key, text))


def _parts(key: TextKey, text: str) -> Iterator[str]:
    """Yield the answer as a whole, then without an explanation behind it."""
    whole = bare(text, keeps_ends=key.keeps_punctuation)
    yield whole
    if key.keeps_punctuation:
        yield text.strip()
        return
    for end in (_SENTENCE_END.search(whole), _NOTE.search(whole)):
        if end is not None:
            yield bare(whole[: end.start()])


def _form(key: TextKey, text: str, language: str) -> str:
    return normalised(
        text,
        language,
        keeps_case=key.keeps_case,
        keeps_punctuation=key.keeps_punctuation,
        keeps_articles=key.keeps_articles,
    )
