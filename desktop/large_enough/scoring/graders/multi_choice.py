"""Judges answers that pick all options that hold."""

from collections.abc import Sequence

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import MultiChoiceKey
from large_enough.scoring import options
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.finding import Found, first_reading, may_look_elsewhere
from large_enough.scoring.graders.choice import same_option
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.steps import StepKind, step

NAME = "multi_choice/1"


def judge(key: MultiChoiceKey, answer: AnswerText) -> Judgement:
    """Judge whether exactly the right options were picked."""
    choices = answer.shown_choices or key.choices

    def read(found: Found) -> tuple[int, ...] | None:
        return _picks(_block(found, len(choices)), choices, answer.language)

    found = first_reading(answer, read)
    if found is not None:
        place, picks = found
        return _compared(key, choices, picks, answer, step(place.way, text=place.text))
    if not may_look_elsewhere(answer):
        return Judgement.nothing()
    picks = _picks(answer.text, choices, answer.language) or ()
    if not picks:
        return Judgement.nothing()
    return _compared(key, choices, picks, answer, step(StepKind.FOUND_WHOLE))


def _block(found: Found, count: int) -> str:
    """Return the answer's line, and the lines right below it that name letters, too."""
    lines = found.rest[found.rest.find(found.text) :].split("\n")
    kept = lines[:1]
    for line in lines[1:]:
        if not options.letters_named(line.lstrip(" -*•"), count):
            break
        kept.append(line)
    return "\n".join(kept)


def _picks(text: str, choices: Sequence[str], language: str) -> tuple[int, ...] | None:
    """Return the options picked: by letters, one to a line or in a row, or by their texts."""
    by_letters = options.letters_named(text, len(choices)) or options.letters_joined(
        text, len(choices)
    )
    if by_letters:
        return by_letters
    lines = [line for line in text.split("\n") if line.strip()]
    by_line = [options.letters_named(line.lstrip(" -*•"), len(choices)) for line in lines]
    if by_line and all(by_line):
        return tuple(dict.fromkeys(place for places in by_line for place in places))
    return options.options_contained(text, choices, language) or None


def _compared(
    key: MultiChoiceKey,
    choices: Sequence[str],
    picks: Sequence[int],
    answer: AnswerText,
    found: GradeStep,
) -> Judgement:
    chosen = [choices[place] for place in sorted(picks)]
    missing = [right for right in key.answers if not _is_among(right, chosen, answer.language)]
    wrong = [option for option in chosen if not _is_among(option, key.answers, answer.language)]
    is_right = not missing and not wrong
    given, wanted = ", ".join(chosen), ", ".join(key.answers)
    outcome = step(StepKind.EQUAL if is_right else StepKind.DIFFERENT, given=given, wanted=wanted)
    return Judgement.of(is_right, given, found, outcome)


def _is_among(option: str, others: Sequence[str], language: str) -> bool:
    return any(same_option(option, other, language) for other in others)
