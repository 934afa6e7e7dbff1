"""Makes questions of the rows of somebody's table."""

import re
from collections.abc import Mapping

from large_enough.domain.pack import AnswerType
from large_enough.packs.answers import Locale, put_answer
from large_enough.packs.cells import (
    ANY_SEPARATOR,
    flag_from_cell,
    list_from_cell,
    number_from_cell,
)
from large_enough.packs.column_kinds import FLAGS, LISTS, NUMBERS, OBJECTS, TEXTS
from large_enough.packs.damage import damage, error_problem
from large_enough.packs.drafts import Draft
from large_enough.packs.json_text import read_json
from large_enough.packs.table_head import ANSWER, CHOICES, CONTEXT, QUESTION, TYPE, type_of
from large_enough.packs.type_guess import guess_type
from large_enough.wording.translate import _

_OPTION = re.compile(r"option\.([A-Z])")
_EXTRA = "extra."
_NO_ANSWER_NEEDED = frozenset({AnswerType.UNANSWERABLE, AnswerType.FREE, AnswerType.CONTAINS})


def row_draft(row: int, cells: Mapping[str, str], locale: Locale) -> Draft:
    """Return the question that a row holds, with notes on what was guessed or looks damaged.

    Args:
        row: As the spreadsheet counts.
        cells: By the names that `table_head` gives; empty ones left out.
        locale: How numbers and days are written.
    """
    draft = Draft(row)
    draft.given = cells
    for name in (*TEXTS, CONTEXT):
        if name in cells:
            draft.content[name] = cells[name]
    draft.content["question"] = cells.get(QUESTION, "")
    options = draft.options = _options(cells)
    answer = cells.get(ANSWER, "")
    answer_type = _type(draft, cells, answer, options)
    if answer_type is not None:
        draft.content["type"] = answer_type.value
        _check_presence(draft, cells, answer, answer_type)
    _note_damage(draft, cells, answer, options, answer_type)
    if answer_type is not None and not draft.faults:
        put_answer(draft, answer_type, answer, options, locale)
        _put_rest(draft, cells, locale)
    _keep_extra(draft, cells)
    return draft


def _options(cells: Mapping[str, str]) -> list[str]:
    """Return the options: from columns of their own, else from one cell."""
    named = sorted(name for name in cells if _OPTION.fullmatch(name))
    if named:
        return [cells[name] for name in named]
    return list_from_cell(cells.get(CHOICES, ""))


def _type(
    draft: Draft, cells: Mapping[str, str], answer: str, options: list[str]
) -> AnswerType | None:
    word = cells.get(TYPE, "").strip()
    if not word:
        return guess_type(draft, answer, options, has_labels="labels" in cells)
    found = type_of(word)
    if found is None:
        problem = _("“{name}” is no type of answer; there are {types}").format(
            name=word, types=", ".join(each.value for each in AnswerType)
        )
        draft.blame("type", problem)
    return found


def _check_presence(
    draft: Draft, cells: Mapping[str, str], answer: str, answer_type: AnswerType
) -> None:
    if not cells.get(QUESTION, "").strip():
        draft.blame("question", _("it is missing"))
    if not answer.strip() and answer_type not in _NO_ANSWER_NEEDED:
        draft.blame("answer", _("it is missing"))


def _note_damage(
    draft: Draft,
    cells: Mapping[str, str],
    answer: str,
    options: list[str],
    answer_type: AnswerType | None,
) -> None:
    for field, cell in (("question", cells.get(QUESTION, "")), ("answer", answer)):
        problem = error_problem(cell)
        if problem:
            draft.blame(field, problem)
    beside = "\n".join([cells.get(QUESTION, ""), cells.get(CONTEXT, ""), *options])
    looked_at = [("answer", answer)] if answer_type is not AnswerType.FREE else []
    for field, cell in (*looked_at, *(("choices", option) for option in options)):
        problem = damage(cell, beside)
        if problem:
            draft.note(field, problem)


def _put_rest(draft: Draft, cells: Mapping[str, str], locale: Locale) -> None:
    for name, cell in cells.items():
        if name in LISTS - {CHOICES}:
            _place(draft, name, list_from_cell(cell, ANY_SEPARATOR))
        elif name in NUMBERS:
            _put_number(draft, name, cell, locale)
        elif name in FLAGS:
            _put_flag(draft, name, cell)
        elif name in OBJECTS:
            _put_object(draft, name, cell)
    if "unit" in cells:  # rather than what stands beside the number
        draft.content["unit"] = cells["unit"]


def _put_flag(draft: Draft, name: str, cell: str) -> None:
    flag = flag_from_cell(cell)
    if flag is None:
        draft.blame(name, _("it is neither true nor false"))
    _place(draft, name, flag)


def _put_object(draft: Draft, name: str, cell: str) -> None:
    value = read_json(cell)
    for fault in value.faults:
        draft.blame(name, fault.problem)
    draft.content[name] = value.value


def _put_number(draft: Draft, name: str, cell: str, locale: Locale) -> None:
    number = number_from_cell(cell, has_decimal_comma=locale.has_decimal_comma)
    if number is None or number.unit:
        draft.blame(name, _("it is not a number"))
        return
    _place(draft, name, int(number.value) if number.value.is_integer() else number.value)


def _place(draft: Draft, name: str, value: object) -> None:
    outer, dot, inner = name.partition(".")
    if not dot:
        draft.content[name] = value
        return
    held = draft.content.get(outer)
    draft.content[outer] = {**held, inner: value} if isinstance(held, dict) else {inner: value}


def _keep_extra(draft: Draft, cells: Mapping[str, str]) -> None:
    kept = {
        name.removeprefix(_EXTRA): cell
        for name, cell in cells.items()
        if name.startswith(_EXTRA) and cell.strip()
    }
    if kept:
        held = draft.content.get("extra")
        draft.content["extra"] = {**kept, **(held if isinstance(held, dict) else {})}
