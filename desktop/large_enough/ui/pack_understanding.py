"""What became of questions that somebody pasted or read from a file, ready to be looked over."""

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from large_enough.domain.pack import AnswerType, Pack, PackItem, TextKey
from large_enough.domain.pack_fault import Fault
from large_enough.domain.text import harmless_line
from large_enough.ui.pack_draft import NEW_ID, Unfinished, empty_pack, free_name
from large_enough.ui.pack_fields import FieldKind, fields_of
from large_enough.ui.pack_keys import Mistake
from large_enough.wording.pack_words import fault_text
from large_enough.wording.translate import _, language_in_use, ngettext

if TYPE_CHECKING:
    from large_enough.packs.importing import Imported, Rejected
    from large_enough.ui.pack_field_values import Values

_SHOWN_SHEETS = 5
_LONGEST_NAME = 40


class Understanding(NamedTuple):
    """Questions that were understood, and others that need help."""

    pack: Pack | None
    """All of them; None if there is nothing to show."""
    unfinished: dict[str, Unfinished]
    """By id, the questions that are not understood to their end."""
    lines: tuple[str, ...]
    """What was noticed, row by row, in words."""
    lost_count: int = 0
    """Rows of which there is nothing to show."""
    is_text: bool = False
    """Whether it was pasted, and so can be changed."""
    unread: str = ""
    """What was not even looked at, in a sentence; "" if that is nothing."""


def understanding_of(imported: "Imported", *, is_text: bool = False) -> Understanding:
    """Return what an importer found, ready to be looked over.

    Questions with faults stand among the others, where they stood in the table, with what was
    written of them in the fields.
    """
    lines = (*map(fault_text, imported.faults), *map(fault_text, imported.notes))
    items = list(imported.pack.items) if imported.pack is not None else []
    unfinished: dict[str, Unfinished] = {}
    shown = [each for each in imported.rejected if each.question.strip() or each.answer.strip()]
    for number, rejected in enumerate(shown):
        name = free_name(f"row-{rejected.row}", (item.id for item in items))
        items.insert(rejected.place + number, _placeholder(name, rejected))
        unfinished[name] = _unfinished(rejected, _fault_of(imported.faults, rejected.row))
    rows = {fault.row for fault in imported.faults if fault.row is not None}
    lost = len(rows - {rejected.row for rejected in shown})
    pack = _with_items(imported.pack, items)
    return Understanding(pack, unfinished, lines, lost, is_text, _unread(imported))


def _unread(imported: "Imported") -> str:
    others = imported.other_sheets
    if not others:
        return ""
    words = ngettext(
        "Only the sheet “{sheet}” was read; there is {count} other one: {names}.",
        "Only the sheet “{sheet}” was read; there are {count} other ones: {names}.",
        len(others),
    )
    names = ", ".join(f"“{_short(name)}”" for name in others[:_SHOWN_SHEETS])
    dots = " …" if len(others) > _SHOWN_SHEETS else ""
    return words.format(sheet=_short(imported.sheet), count=len(others), names=names + dots)


def _short(name: str) -> str:
    return harmless_line(name)[:_LONGEST_NAME]


def _with_items(pack: Pack | None, items: list[PackItem]) -> Pack | None:
    if not items:
        return None
    whole = pack if pack is not None else empty_pack(NEW_ID, "", language_in_use())
    return msgspec.structs.replace(whole, items=tuple(items))


def _placeholder(name: str, rejected: "Rejected") -> PackItem:
    answers = (rejected.answer,) if rejected.answer else ()
    return PackItem(
        id=name,
        question=rejected.question,
        context=rejected.context,
        key=TextKey(answers=answers),
    )


def _unfinished(rejected: "Rejected", fault: Fault | None) -> Unfinished:
    kind = _kind_of(rejected)
    names = [spec.name for spec in fields_of(kind) if spec.kind is not FieldKind.SWITCH]
    values: Values = {"choices": "\n".join(rejected.options), "shuffle": True}
    values[next(name for name in names if name != "choices")] = rejected.answer
    field = fault.field.partition(".")[0] if fault is not None else ""
    problem = fault.problem if fault is not None else _("look this question over")
    return Unfinished(kind, values, Mistake(_field_of(field, names), problem))


def _field_of(field: str, names: list[str]) -> str:
    """Return the field of the form that a field of the file belongs to."""
    for wanted in (field, f"{field}s"):
        if wanted in {*names, "question"}:
            return wanted
    return names[0]


def _kind_of(rejected: "Rejected") -> AnswerType:
    if rejected.type in {kind.value for kind in AnswerType}:
        return AnswerType(rejected.type)
    return AnswerType.CHOICE if rejected.options else AnswerType.TEXT


def _fault_of(faults: tuple[Fault, ...], row: int) -> Fault | None:
    return next((fault for fault in faults if fault.row == row), None)
