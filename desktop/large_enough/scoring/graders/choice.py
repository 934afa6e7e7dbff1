"""Judges answers that pick one option."""

from collections.abc import Callable, Sequence

import msgspec

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import ChoiceKey
from large_enough.scoring import options
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.finding import (
    Found,
    first_reading,
    may_look_elsewhere,
    neighbours_above,
)
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.normalising import normalised
from large_enough.scoring.steps import StepKind, step

NAME = "choice/1"


class _Pick(msgspec.Struct, frozen=True, kw_only=True):
    """What a text picks; several options mean that it does not decide."""

    places: tuple[int, ...]
    letter: str = ""


_Reader = Callable[[Found], _Pick | None]


def judge(key: ChoiceKey, answer: AnswerText) -> Judgement:
    """Judge which option was picked, by letter or by text."""
    return judge_pick(key.answer, answer.shown_choices or key.choices, answer, has_letters=True)


def judge_pick(
    right: str, choices: Sequence[str], answer: AnswerText, *, has_letters: bool
) -> Judgement:
    """Judge one pick.

    Args:
        right: The right option's text.
        choices: All options in the order shown.
        answer: The answer.
        has_letters: Whether the options were shown with letters.
    """

    def read(found: Found) -> _Pick | None:
        return _pick(found.text, choices, answer.language, has_letters=has_letters)

    found = first_reading(answer, read)
    if found is None:
        return _elsewhere(right, choices, answer, has_letters=has_letters)
    place, pick = found
    places = _with_lines_above(answer, place, pick.places, read)
    if len(places) != 1:
        return _undecided(places, choices)
    return _compared(right, choices, pick, answer.language, step(place.way, text=place.text))


def _undecided(places: Sequence[int], choices: Sequence[str]) -> Judgement:
    texts = ", ".join(choices[place] for place in places)
    return Judgement.nothing(step(StepKind.SEVERAL_FOUND, texts=texts))


def _with_lines_above(
    answer: AnswerText, found: Found, places: tuple[int, ...], read: _Reader
) -> tuple[int, ...]:
    """Return also what answer lines right above pick: two different letters decide nothing."""
    if found.way is not StepKind.FOUND_ANSWER_LINE:
        return places
    picks = [read(other) for other in neighbours_above(answer, found)]
    above = [place for pick in picks if pick is not None for place in pick.places]
    return tuple(dict.fromkeys((*places, *above)))


def _elsewhere(
    right: str, choices: Sequence[str], answer: AnswerText, has_letters: bool
) -> Judgement:
    """Judge a text that does not say where its answer is."""
    if not may_look_elsewhere(answer):
        return Judgement.nothing()
    whole = _whole(choices, answer, has_letters=has_letters)
    if whole is not None:
        return _compared(right, choices, whole, answer.language, step(StepKind.FOUND_WHOLE))
    contained = options.options_contained(answer.text, choices, answer.language)
    if len(contained) > 1:
        return _undecided(contained, choices)
    if not contained:
        return Judgement.nothing()
    pick = _Pick(places=contained)
    return _compared(right, choices, pick, answer.language, step(StepKind.FOUND_OPTION_TEXT))


def _whole(choices: Sequence[str], answer: AnswerText, *, has_letters: bool) -> _Pick | None:
    """Return what the reply as a whole picks: a letter, a text, or "B) Paris" on its first line."""
    equal = options.option_equal(answer.text, choices, answer.language)
    first_line = answer.text.partition("\n")[0]
    letters = options.letters_named(answer.text, len(choices)) if has_letters else ()
    if len(letters) == 1 and not options.text_after_letter(answer.text):
        return _Pick(places=letters, letter=options.LETTERS[letters[0]])
    if equal is not None:
        return _Pick(places=(equal,))
    letters = options.letters_named(first_line, len(choices)) if has_letters else ()
    beside = options.text_after_letter(first_line)
    is_both = (
        len(letters) == 1 and options.option_equal(beside, choices, answer.language) == letters[0]
    )
    is_only = not any(
        options.letters_named(line, len(choices)) for line in answer.text.split("\n")[1:]
    )
    if is_both and is_only:
        return _Pick(places=letters, letter=options.LETTERS[letters[0]])
    return None


def _compared(
    right: str, choices: Sequence[str], pick: _Pick, language: str, found: GradeStep
) -> Judgement:
    chosen = choices[pick.places[0]]
    is_right = same_option(chosen, right, language)
    letter = (step(StepKind.READ_LETTER, letter=pick.letter, option=chosen),) if pick.letter else ()
    outcome = step(StepKind.EQUAL if is_right else StepKind.DIFFERENT, given=chosen, wanted=right)
    return Judgement.of(is_right, chosen, found, *letter, outcome)


def same_option(one: str, other: str, language: str) -> bool:
    """Return whether two options are the same text."""
    return one == other or normalised(one, language) == normalised(other, language)


def _pick(text: str, choices: Sequence[str], language: str, *, has_letters: bool) -> _Pick | None:
    letters = options.letters_named(text, len(choices)) if has_letters else ()
    if len(letters) > 1:
        return _Pick(places=letters)
    by_text = options.option_equal(text, choices, language)
    if letters:
        letter = options.LETTERS[letters[0]]
        named = _named_beside(text, letters[0], choices, language)
        return _Pick(places=tuple(dict.fromkeys((letters[0], *named))), letter=letter)
    if by_text is not None:
        return _Pick(places=(by_text,))
    contained = options.options_contained(text, choices, language)
    return _Pick(places=contained) if contained else None


def _named_beside(text: str, place: int, choices: Sequence[str], language: str) -> tuple[int, ...]:
    """Return another option whose text stands beside the letter: "B) Rome" where B is Paris."""
    beside = options.text_after_letter(text)
    equal = options.option_equal(beside, choices, language) if beside else None
    return () if equal is None or equal == place else (equal,)
