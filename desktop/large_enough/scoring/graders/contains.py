"""Judges answers by the words that must, may and must not occur in them."""

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import ContainsKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.finding import explicit
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.steps import StepKind, step
from large_enough.scoring.words import is_within, searchable

NAME = "contains/1"


def judge(key: ContainsKey, answer: AnswerText) -> Judgement:
    """Judge whether all demands are met, from "ANSWER:" on or else in the whole text."""
    found = next((place for place in explicit(answer) if place.is_loud), None)
    text = answer.text if found is None else found.rest
    if answer.is_cut:
        text = text.rpartition(" ")[0]  # the last word may be half a word
    place = step(StepKind.FOUND_WHOLE) if found is None else step(found.way, text=found.text)
    failures = _failures(key, searchable(text))
    if answer.is_cut and (failures or key.none_of):
        return Judgement.nothing()  # what is missing, or forbidden, might have come
    outcome = failures or (step(StepKind.WORDS_THERE),)
    return Judgement.of(not failures, text, place, *outcome)


def _failures(key: ContainsKey, searched: str) -> tuple[GradeStep, ...]:
    missing = [words for words in key.all_of if not is_within(words, searched)]
    forbidden = [words for words in key.none_of if is_within(words, searched)]
    steps = [step(StepKind.WORDS_MISSING, words=words) for words in missing]
    steps += [step(StepKind.WORDS_FORBIDDEN, words=words) for words in forbidden]
    if key.any_of and not any(is_within(words, searched) for words in key.any_of):
        steps.append(step(StepKind.NONE_OF_WORDS, words=", ".join(key.any_of)))
    return tuple(steps)
