"""Reads one item of a pack's file."""

from typing import Any

import msgspec

from large_enough.domain.pack import AnswerType, PackItem
from large_enough.domain.pack_fault import Fault
from large_enough.packs.checking import item_faults
from large_enough.packs.fields import Fields
from large_enough.packs.key_reading import read_key
from large_enough.packs.limits import (
    MOST_ANSWER_TOKENS,
    MOST_LEVEL,
    MOST_PATTERN_CHARACTERS,
    MOST_SHORT_CHARACTERS,
    MOST_TEXT_CHARACTERS,
)
from large_enough.wording.translate import _

_TYPES = tuple(answer_type.value for answer_type in AnswerType)


class ItemReading:
    """An item, or why there is none."""

    def __init__(self, item: PackItem | None, faults: tuple[Fault, ...]) -> None:
        self.item = item
        """None if there are faults."""
        self.faults = faults
        """What makes it unusable."""


def read_item(content: object, row: int) -> ItemReading:
    """Read an item; never raises.

    Args:
        content: Plain JSON values, as `json_text` makes them.
        row: Its place in the list or table, from 1.
    """
    if not isinstance(content, dict):
        fault = Fault(row=row, problem=_("it is not an object in braces"))
        return ItemReading(None, (fault,))
    name = content.get("id")
    faults: list[Fault] = []
    fields = Fields(content, faults, row=row, item=_short(name))
    item = _item(fields)
    if item is not None:
        known = {fault.field for fault in faults}
        faults.extend(fault for fault in item_faults(item, row) if fault.field not in known)
    return ItemReading(None if faults else item, tuple(faults))


def _short(name: object) -> str:
    return name if isinstance(name, str) and len(name) <= MOST_SHORT_CHARACTERS else ""


def _item(fields: Fields) -> PackItem | None:
    fields.require("id")
    fields.require("question")
    answer_type = _type(fields)
    if answer_type is None:
        return None
    unknown: dict[str, Any] = {}
    key = read_key(answer_type, fields, unknown)
    item = PackItem(
        id=fields.text("id"),
        question=fields.text("question", MOST_TEXT_CHARACTERS),
        context=fields.text("context", MOST_TEXT_CHARACTERS),
        key=key,
        group=fields.text("group"),
        family=fields.text("family"),
        level=fields.whole("level", None, least=1, most=MOST_LEVEL),
        tags=fields.texts("tags", MOST_SHORT_CHARACTERS),
        explain=fields.text("explain", MOST_TEXT_CHARACTERS),
        source=fields.text("source"),
        demo=fields.flag("demo"),
        max_tokens=fields.whole("max_tokens", None, least=1, most=MOST_ANSWER_TOKENS),
        extract=fields.text("extract", MOST_PATTERN_CHARACTERS),
        extra=fields.free_object("extra"),
    )
    return msgspec.structs.replace(item, unknown={**fields.rest(), **unknown})


def _type(fields: Fields) -> AnswerType | None:
    fields.require("type")
    name = fields.raw("type")
    if name in _TYPES:
        return AnswerType(name)
    if isinstance(name, str) and name.strip():
        problem = _("“{name}” is no type of answer; there are {types}").format(
            name=name, types=", ".join(_TYPES)
        )
        fields.blame("type", problem)
    elif name is not None and not isinstance(name, str):
        fields.blame("type", _("it is not a text"))
    return None
