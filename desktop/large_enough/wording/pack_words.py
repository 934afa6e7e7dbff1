"""Puts packs, their faults and their health into words."""

import json

from large_enough.domain.pack import (
    AnswerType,
    ChoiceKey,
    ContainsKey,
    DateKey,
    FreeKey,
    JsonKey,
    Key,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    Pack,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.domain.pack_fault import Fault
from large_enough.wording.numbers import count_text, plain_text
from large_enough.wording.translate import _


def fault_text(fault: Fault) -> str:
    """Return where a fault is and what it is, as a part of a sentence."""
    where = [part for part in (_place(fault), fault.field) if part]
    if not where:
        return fault.problem
    return _("{where}: {problem}").format(where=", ".join(where), problem=fault.problem)


def _place(fault: Fault) -> str:
    if fault.row is None:
        return fault.item
    row = count_text(fault.row)
    if not fault.item or fault.item == row:
        return _("row {row}").format(row=row)
    return _("row {row} ({item})").format(row=row, item=fault.item)


def reasoning_text(pack: Pack) -> str:
    """Return whether models are asked to reason before they answer; empty if they are not."""
    return _("asked for, briefly, before each answer") if pack.reasons_first else ""


def type_word(answer_type: AnswerType) -> str:
    """Return what a type of answer is called."""
    words = {
        AnswerType.CHOICE: _("one option"),
        AnswerType.MULTI_CHOICE: _("several options"),
        AnswerType.LABEL: _("a label"),
        AnswerType.NUMBER: _("a number"),
        AnswerType.TEXT: _("a short text"),
        AnswerType.CONTAINS: _("words in a text"),
        AnswerType.REGEX: _("a pattern"),
        AnswerType.LIST: _("a list"),
        AnswerType.DATE: _("a date"),
        AnswerType.JSON: _("fields (JSON)"),
        AnswerType.UNANSWERABLE: _("not in the document"),
        AnswerType.FREE: _("judged by people"),
    }
    return words[answer_type]


def key_text(key: Key) -> str:
    """Return what a right answer looks like, in a few words."""
    match key:
        case ChoiceKey(answer=answer) | LabelKey(answer=answer) | DateKey(answer=answer):
            return str(answer)
        case MultiChoiceKey(answers=texts) | TextKey(answers=texts):
            return " · ".join(texts)
        case NumberKey(answer=number, unit=unit):
            return f"{plain_text(number)} {unit}".strip()
        case ContainsKey():
            return contains_text(key)
        case RegexKey(pattern=pattern):
            return str(pattern)
        case ListKey(entries=entries):
            return ", ".join(forms[0] for forms in entries)
        case _:
            return _open_key_text(key)


def contains_text(key: ContainsKey) -> str:
    """Return which texts an answer must hold."""
    parts = [
        (_("all of {texts}"), key.all_of),
        (_("one of {texts}"), key.any_of),
        (_("none of {texts}"), key.none_of),
    ]
    return "; ".join(template.format(texts=", ".join(texts)) for template, texts in parts if texts)


def _open_key_text(key: Key) -> str:
    match key:
        case JsonKey(answer=answer):
            return json.dumps(answer, ensure_ascii=False) if answer else _("as its schema says")
        case UnanswerableKey():
            return _("no answer in text")
        case FreeKey(reference=reference):
            return str(reference)
        case _:
            return ""
