"""Judges answers by a regular expression, within a time limit."""

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import RegexKey
from large_enough.scoring import patterns
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.bare import bare
from large_enough.scoring.finding import explicit
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.patterns import PatternFault
from large_enough.scoring.steps import StepKind, step

NAME = "regex/1"


def judge(key: RegexKey, answer: AnswerText) -> Judgement:
    """Judge whether the pattern is found, behind "ANSWER:" or else in the whole text."""
    found = next((place for place in explicit(answer) if place.is_loud), None)
    if answer.is_cut and (found is None or not found.is_closed):
        return Judgement.nothing()
    if found is None:
        return _matched(key, (answer.text,), step(StepKind.FOUND_WHOLE))
    texts = (bare(found.text), bare(found.text, keeps_ends=True), found.text.strip())
    return _matched(key, texts, step(found.way, text=found.text))


def _matched(key: RegexKey, texts: tuple[str, ...], place: GradeStep) -> Judgement:
    for text in dict.fromkeys(texts):
        match = patterns.search(key.pattern, text, keeps_case=key.keeps_case, is_whole=key.is_whole)
        if match is PatternFault.UNUSABLE:
            return Judgement.unusable(step(StepKind.PATTERN_UNUSABLE, pattern=key.pattern))
        if match is PatternFault.TOO_SLOW:
            return Judgement.unusable(step(StepKind.PATTERN_TOO_SLOW, pattern=key.pattern))
        if match is not None:
            return Judgement.of(True, text, place, step(StepKind.PATTERN_FOUND))
    return Judgement.of(
        False, texts[0], place, step(StepKind.PATTERN_NOT_FOUND, pattern=key.pattern)
    )
