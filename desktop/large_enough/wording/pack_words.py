"""Puts packs, their faults and their health into words."""

from large_enough.domain.pack import AnswerType
from large_enough.domain.pack_fault import Fault
from large_enough.wording.numbers import count_text
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
