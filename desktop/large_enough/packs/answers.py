"""Turns the answer that stands in a cell into the fields of an item."""

import json

import msgspec

from large_enough.domain.pack import AnswerType
from large_enough.packs.cells import BARS, list_from_cell, number_from_cell
from large_enough.packs.days import day_from_cell
from large_enough.packs.drafts import Draft
from large_enough.packs.item_writing import plain_number
from large_enough.packs.json_text import read_json
from large_enough.packs.letters import place_of, places_of
from large_enough.wording.numbers import plain_text
from large_enough.wording.translate import _

_ENTRY_SEPARATORS = ("|", "\n", ";", ",")


class Locale(msgspec.Struct, frozen=True, kw_only=True):
    """How a table writes numbers."""

    has_decimal_comma: bool = False


def put_answer(
    draft: Draft, answer_type: AnswerType, answer: str, options: list[str], locale: Locale
) -> None:
    """Put an answer into a draft, as its type has it; doubts become notes, nonsense faults.

    Args:
        draft: Gets `answer` and, for options, `choices`.
        answer_type: How the question is answered.
        answer: As it stands in the cell.
        options: To choose from, if there are any.
        locale: How numbers are written.
    """
    match answer_type:
        case AnswerType.CHOICE:
            _put_choice(draft, answer, options)
        case AnswerType.MULTI_CHOICE:
            _put_choices(draft, answer, options)
        case AnswerType.NUMBER:
            _put_number(draft, answer, locale)
        case AnswerType.DATE:
            _put_date(draft, answer)
        case AnswerType.JSON:
            _put_json(draft, answer)
        case _:
            draft.content.update(_plain(answer_type, answer))


def _plain(answer_type: AnswerType, answer: str) -> dict[str, object]:
    """Return the fields of answers that are texts, or lists of them."""
    if answer_type is AnswerType.LIST:
        return {"answer": list_from_cell(answer, _ENTRY_SEPARATORS)}
    if answer_type is AnswerType.TEXT:
        forms = list_from_cell(answer, BARS)
        return {"answer": forms[0] if len(forms) == 1 else forms}
    if answer_type is AnswerType.CONTAINS:
        return {"answer": {"all": list_from_cell(answer, BARS)}} if answer.strip() else {}
    if answer_type is AnswerType.UNANSWERABLE:
        return {}  # what stands there says that there is none, in the usual words
    return {"answer": answer} if answer.strip() else {}


def _put_choice(draft: Draft, answer: str, options: list[str]) -> None:
    draft.content["choices"] = options
    if not options:
        draft.blame("choices", _("it is missing"))
        return
    place = place_of(answer, options)
    if place is None:
        problem = _("“{answer}” is neither a letter nor an option").format(answer=answer.strip())
        draft.blame("answer", problem)
        return
    draft.content["answer"] = options[place]
    if answer.strip().isdecimal() and answer.strip() != options[place].strip():
        problem = _("“{answer}” was read as the number of the option “{option}”")
        draft.note("answer", problem.format(answer=answer.strip(), option=options[place]))


def _put_choices(draft: Draft, answer: str, options: list[str]) -> None:
    draft.content["choices"] = options
    if not options:
        draft.blame("choices", _("it is missing"))
        return
    places = places_of(answer, options)
    if not places:
        problem = _("“{answer}” is neither a letter nor an option").format(answer=answer.strip())
        draft.blame("answer", problem)
    draft.content["answer"] = [options[place] for place in places]


def _put_number(draft: Draft, answer: str, locale: Locale) -> None:
    number = number_from_cell(answer, has_decimal_comma=locale.has_decimal_comma)
    if number is None:
        problem = _("“{answer}” is not a number").format(answer=answer.strip())
        draft.blame("answer", problem)
        return
    draft.content["answer"] = plain_number(number.value)
    if number.unit:
        draft.content["unit"] = number.unit
    if number.is_doubtful:
        problem = _("“{text}” was read as {number}").format(
            text=answer.strip(), number=plain_text(number.value)
        )
        draft.note("answer", problem)


def _put_date(draft: Draft, answer: str) -> None:
    day = day_from_cell(answer)
    if day is None:
        problem = _("“{answer}” is no day as 2026-03-01").format(answer=answer.strip())
        draft.blame("answer", problem)
        return
    draft.content["answer"] = day.iso
    if day.is_doubtful:
        problem = _("“{text}” was read as {day}, the day before the month")
        draft.note("answer", problem.format(text=answer.strip(), day=day.iso))


def _put_json(draft: Draft, answer: str) -> None:
    value = read_json(answer)
    for fault in value.faults:
        draft.blame("answer", fault.problem)
    if not value.faults and not isinstance(value.value, dict):
        draft.blame("answer", _("it is not an object in braces"))
    draft.content["answer"] = value.value


def json_text(value: object) -> str:
    """Return a value as a text: texts as they are, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
