"""Writes items as rows of a table and reads them back, without any loss.

The table has the fields of the file form as columns, with a dot before what lies inside, and what
belongs to the pack itself in columns whose names begin with `pack.`, in the first row.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from large_enough.domain.pack import AnswerType, Pack, PackItem
from large_enough.packs.cells import (
    BARS,
    flag_from_cell,
    list_cell,
    list_from_cell,
    number_from_cell,
)
from large_enough.packs.column_kinds import FLAGS, LISTS, NUMBERS, OBJECTS
from large_enough.packs.damage import damage
from large_enough.packs.days import day_from_cell
from large_enough.packs.drafts import Draft
from large_enough.packs.item_writing import item_document, merged
from large_enough.packs.json_text import read_json
from large_enough.packs.table_head import type_of
from large_enough.packs.writing import head_document
from large_enough.wording.translate import _

PACK_PREFIX = "pack."
_INSIDE = ("tolerance", "normalise")
_ALL_OBJECTS = OBJECTS | {"unknown"}
_PACK_LISTS = frozenset({"authors"})
_PACK_FLAGS = frozenset({"reasons_first"})
_PACK_NUMBERS = frozenset({"chance", "margin"})
_PACK_OBJECTS = frozenset({"instructions", "defaults", "extra", "unknown"})
_LISTED_ANSWERS = frozenset(
    {AnswerType.MULTI_CHOICE, AnswerType.TEXT, AnswerType.UNANSWERABLE, AnswerType.LIST}
)


def item_cells(item: PackItem) -> dict[str, str]:
    """Return an item as cells by the names of their columns; empty ones are left out."""
    plain = item_document(_without_unknown(item))
    cells = dict(_flat(plain, item.type))
    if item.unknown:
        cells["unknown"] = _json_cell(item.unknown)
    return cells


def head_cells(pack: Pack) -> dict[str, str]:
    """Return what belongs to the pack itself as cells of its first row."""
    cells = {}
    for name, value in head_document(pack).items():
        cells[PACK_PREFIX + name] = _pack_cell(name, value)
    if pack.unknown:
        cells[PACK_PREFIX + "unknown"] = _json_cell(pack.unknown)
    return cells


def exact_draft(row: int, cells: dict[str, str]) -> Draft:
    """Return the item that a row holds.

    Args:
        row: As the spreadsheet counts.
        cells: By the names of their columns; empty ones left out.
    """
    draft = Draft(row)
    answer_type = type_of(cells.get("type", ""))
    unknown: dict[str, Any] = {}
    for name, cell in cells.items():
        if name.startswith(PACK_PREFIX):
            continue
        value = _answer(draft, cell, answer_type) if name == "answer" else _value(draft, name, cell)
        if name == "unknown":
            unknown = value if isinstance(value, dict) else {}
        else:
            _place(draft.content, name, value)
    draft.content = merged(draft.content, unknown)
    return draft


def exact_head(rows: Iterable[dict[str, str]]) -> dict[str, Any]:
    """Return what rows say of the pack itself; it may stand in any row, as rows can be sorted."""
    head: dict[str, Any] = {}
    scratch = Draft(0)
    for cells in rows:
        for column, cell in cells.items():
            name = column.removeprefix(PACK_PREFIX)
            if name != column and name not in head:
                head[name] = _pack_value(scratch, name, cell)
    unknown = head.pop("unknown", {})
    return merged(head, unknown if isinstance(unknown, dict) else {})


def _without_unknown(item: PackItem) -> PackItem:
    return msgspec.structs.replace(item, unknown={})


def _flat(document: dict[str, Any], answer_type: AnswerType) -> Iterator[tuple[str, str]]:
    for name, value in document.items():
        is_group = name in _INSIDE or (name == "answer" and answer_type is AnswerType.CONTAINS)
        if is_group and isinstance(value, dict):
            yield from ((f"{name}.{inner}", _cell(part)) for inner, part in value.items())
        elif name == "answer" and answer_type is AnswerType.JSON:
            yield name, _json_cell(value)
        elif name == "answer" and answer_type in _LISTED_ANSWERS:
            yield name, _cell(value if isinstance(value, list) else [value])
        else:
            yield name, _cell(value)


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return list_cell(value)
    return _json_cell(value)


def _json_cell(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _pack_cell(name: str, value: object) -> str:
    return _json_cell(value) if name in _PACK_OBJECTS else _cell(value)


def _value(draft: Draft, name: str, cell: str) -> object:
    if name in LISTS:
        return list_from_cell(cell, BARS)
    if name in FLAGS:
        return _flag(draft, name, cell)
    if name in NUMBERS:
        return _number(draft, name, cell)
    if name in _ALL_OBJECTS:
        return _json(draft, name, cell)
    return cell


def _answer(draft: Draft, cell: str, answer_type: AnswerType | None) -> object:
    if answer_type is AnswerType.NUMBER:
        return _number(draft, "answer", cell)
    if answer_type is AnswerType.JSON:
        return _json(draft, "answer", cell)
    if answer_type is AnswerType.LIST:
        return _entries(cell)
    if answer_type is AnswerType.DATE:
        return _day(draft, cell)
    problem = damage(cell, "")
    if problem:
        draft.note("answer", problem)
    if answer_type in _LISTED_ANSWERS:
        texts = list_from_cell(cell, BARS)
        return texts[0] if len(texts) == 1 else texts
    return cell


def _day(draft: Draft, cell: str) -> str:
    """Return a day as this program writes it, or as a spreadsheet may have changed it."""
    day = day_from_cell(cell)
    if day is None or day.iso == cell:
        return cell
    problem = _("“{text}” was read as {day}, the day before the month")
    draft.note("answer", problem.format(text=cell, day=day.iso))
    return day.iso


def _entries(cell: str) -> object:
    """Return the entries of a list, of which each may have several forms."""
    value = read_json(cell) if cell.startswith("[") else None
    if value is not None and not value.faults and isinstance(value.value, list):
        return value.value
    return list_from_cell(cell, BARS)


def _pack_value(scratch: Draft, name: str, cell: str) -> object:
    if name in _PACK_LISTS:
        return list_from_cell(cell, BARS)
    if name in _PACK_FLAGS:
        return _flag(scratch, name, cell)
    if name in _PACK_NUMBERS:
        return _number(scratch, name, cell)
    if name in _PACK_OBJECTS:
        return _json(scratch, name, cell)
    return cell


def _flag(draft: Draft, name: str, cell: str) -> bool | None:
    flag = flag_from_cell(cell)
    if flag is None:
        draft.blame(name, _("it is neither true nor false"))
    return flag


def _number(draft: Draft, name: str, cell: str) -> object:
    """Return a number as this program writes it, or as a spreadsheet may have changed it."""
    value = read_json(cell.strip())
    if not value.faults and isinstance(value.value, int | float):
        return value.value
    number = number_from_cell(cell, has_decimal_comma=True)
    if number is None or number.unit:
        draft.blame(name, _("it is not a number"))
        return None
    draft.note(
        name, _("“{text}” was read as {number}").format(text=cell, number=repr(number.value))
    )
    return number.value


def _json(draft: Draft, name: str, cell: str) -> object:
    value = read_json(cell)
    for fault in value.faults:
        draft.blame(name, fault.problem)
    return value.value


def _place(content: dict[str, Any], name: str, value: object) -> None:
    """Put a value where its name says, an object around it if there is a dot."""
    outer, dot, inner = name.partition(".")
    if not dot:
        content[name] = value
        return
    held = content.setdefault(outer, {})
    if isinstance(held, dict):
        held[inner] = value
