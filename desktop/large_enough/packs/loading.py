"""Loads packs from their files, and reports all faults of a file together."""

from pathlib import Path
from typing import Any

import msgspec

from large_enough.domain.pack import (
    DEFAULT_MARGIN,
    NO_CHANCE,
    AnswerType,
    Pack,
    PackDefaults,
    PackItem,
)
from large_enough.domain.pack_fault import BadPackError, Fault
from large_enough.domain.quantity import Quantity
from large_enough.packs.checking import pack_faults
from large_enough.packs.fields import Fields
from large_enough.packs.file_bytes import FileProblemError, read_bounded
from large_enough.packs.item_reading import read_item
from large_enough.packs.json_text import read_json
from large_enough.packs.limits import (
    MOST_ANSWER_TOKENS,
    MOST_FAULTS,
    MOST_ITEMS,
    MOST_REPEATS,
    MOST_SHORT_CHARACTERS,
    MOST_TEXT_CHARACTERS,
)
from large_enough.wording.numbers import count_text
from large_enough.wording.pack_words import fault_text
from large_enough.wording.translate import _

SCHEMA = "pack/1"
"""What the file form of a pack calls itself."""
PACK_SUFFIX = ".pack.json"
_HOTTEST = 2.0
_MOST_SEED = 1 << 31


class LoadedPack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack as its file has it."""

    pack: Pack
    warnings: tuple[Fault, ...] = ()
    """What is odd but does no harm, such as fields that this version does not know."""


class PackReading(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a pack's text."""

    pack: Pack | None
    """Made of the items without faults; None if the pack itself is unusable or has no good item."""
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def load_pack(path: Path) -> LoadedPack:
    """Load a pack.

    Args:
        path: Of a file in the form pack/1.

    Raises:
        BadPackError: BAD_PACK, with every fault of the file.
    """
    try:
        text = read_bounded(path).decode("utf-8-sig")
    except FileProblemError as error:
        raise bad_pack(str(path), (Fault(problem=error.problem),)) from error
    except UnicodeDecodeError as error:
        problem = _("it is not UTF-8 (at byte {place})").format(place=count_text(error.start))
        raise bad_pack(str(path), (Fault(problem=problem),)) from error
    return loaded(str(path), read_pack_text(text))


def loaded(subject: str, reading: PackReading) -> LoadedPack:
    """Return the pack of a reading without faults.

    Args:
        subject: What it was read from, for the error.
        reading: What became of it.

    Raises:
        BadPackError: BAD_PACK, with every fault.
    """
    if reading.pack is None or reading.faults:
        raise bad_pack(subject, reading.faults)
    return LoadedPack(pack=reading.pack, warnings=reading.warnings)


def bad_pack(subject: str, faults: tuple[Fault, ...]) -> BadPackError:
    """Return the error that tells of these faults."""
    told = faults[:MOST_FAULTS] or (Fault(problem=_("there is no question")),)
    return BadPackError(subject, told, map(fault_text, told))


def read_pack_text(text: str) -> PackReading:
    """Read a pack's JSON; never raises, whatever it holds."""
    reading = read_json(text)
    if not reading.faults:
        return read_pack(reading.value)
    if not isinstance(reading.value, dict):
        return PackReading(pack=None, faults=reading.faults)
    known = {(fault.row, fault.field) for fault in reading.faults}
    others = read_pack(reading.value).faults
    more = [fault for fault in others if (fault.row, fault.field) not in known]
    return PackReading(pack=None, faults=(*reading.faults, *more))


def read_pack(content: object) -> PackReading:
    """Read a pack from plain JSON values, as `json_text` makes them; never raises."""
    if not isinstance(content, dict):
        problem = _("it is not an object in braces")
        return PackReading(pack=None, faults=(Fault(problem=problem),))
    faults: list[Fault] = []
    fields = Fields(content, faults)
    _check_schema(fields)
    rows = _items(fields, faults)
    pack = _pack(fields, tuple(rows.values()))
    known = {(fault.row, fault.field) for fault in faults}
    if any(fault.row is not None for fault in faults):
        known.add((None, "items"))  # they are there, but none is good
    found = [fault for fault in pack_faults(pack, rows) if (fault.row, fault.field) not in known]
    faults.extend(found)
    bad = {fault.row for fault in found}
    good = {row: item for row, item in rows.items() if row not in bad}
    is_usable = bool(good) and all(fault.row is not None for fault in faults)
    pack = msgspec.structs.replace(pack, items=tuple(good.values()))
    return PackReading(
        pack=pack if is_usable else None, faults=tuple(faults), warnings=_warnings(pack, good)
    )


def _check_schema(fields: Fields) -> None:
    fields.require("schema")
    name = fields.raw("schema")
    if name is not None and name != SCHEMA:
        problem = _("this version reads “{schema}” only").format(schema=SCHEMA)
        fields.blame("schema", problem)


def _items(fields: Fields, faults: list[Fault]) -> dict[int, PackItem]:
    """Return the items without faults of their own, each with its place in the list."""
    fields.require("items")
    content = fields.raw("items")
    if content is None:
        return {}
    if not isinstance(content, list):
        fields.blame("items", _("it is not a list"))
        return {}
    if len(content) > MOST_ITEMS:
        limit = count_text(MOST_ITEMS)
        fields.blame("items", _("it has more than {limit} entries").format(limit=limit))
        return {}
    items = {}
    for row, each in enumerate(content, 1):
        reading = read_item(each, row)
        faults.extend(reading.faults)
        if reading.item is not None:
            items[row] = reading.item
    return items


def _pack(fields: Fields, items: tuple[PackItem, ...]) -> Pack:
    for name in ("id", "version", "title"):
        fields.require(name)
    unknown: dict[str, Any] = {}
    pack = Pack(
        id=fields.text("id"),
        version=fields.text("version"),
        title=fields.text("title"),
        language=fields.text("language") or "en",
        domain=fields.text("domain"),
        licence=fields.text("licence"),
        authors=fields.texts("authors", MOST_SHORT_CHARACTERS),
        canary=fields.text("canary"),
        description=fields.text("description", MOST_TEXT_CHARACTERS),
        about=fields.text("about", MOST_TEXT_CHARACTERS),
        system_prompt=fields.text("system_prompt", MOST_TEXT_CHARACTERS),
        instructions=_instructions(fields.object("instructions"), unknown),
        reasons_first=fields.flag("reasons_first"),
        defaults=_defaults(fields.object("defaults"), unknown),
        chance=_chance(fields),
        margin=fields.number("margin", DEFAULT_MARGIN, least=0, most=1),
        items=items,
        extra=fields.free_object("extra"),
    )
    return msgspec.structs.replace(pack, unknown={**fields.rest(), **unknown})


def _instructions(fields: Fields, unknown: dict[str, Any]) -> dict[AnswerType, str]:
    types = [answer_type for answer_type in AnswerType if fields.has(answer_type)]
    instructions = {each: fields.text(each, MOST_TEXT_CHARACTERS) for each in types}
    rest = {name: value for name, value in fields.rest().items() if value is not None}
    if rest:
        unknown["instructions"] = rest
    return instructions


def _defaults(fields: Fields, unknown: dict[str, Any]) -> PackDefaults:
    usual = PackDefaults()
    tokens = fields.whole("max_tokens", usual.max_tokens, least=1, most=MOST_ANSWER_TOKENS)
    seed = fields.whole("seed", usual.seed, least=0, most=_MOST_SEED)
    repeats = fields.whole("repeats", usual.repeats, least=1, most=MOST_REPEATS)
    temperature = fields.number("temperature", usual.temperature, least=0, most=_HOTTEST)
    rest = fields.rest()
    if rest:
        unknown["defaults"] = rest
    return PackDefaults(
        max_tokens=usual.max_tokens if tokens is None else tokens,
        temperature=temperature,
        seed=usual.seed if seed is None else seed,
        repeats=usual.repeats if repeats is None else repeats,
    )


def _chance(fields: Fields) -> Quantity:
    if not fields.has("chance"):
        fields.raw("chance")
        return NO_CHANCE
    return fields.number("chance", least=0, most=1)


def _warnings(pack: Pack, items: dict[int, PackItem]) -> tuple[Fault, ...]:
    """Return a warning for each field that nobody asked for."""
    of_pack = [Fault(field=name, problem=_unknown_text()) for name in _paths(pack.unknown)]
    of_items = [
        Fault(row=row, item=item.id, field=name, problem=_unknown_text())
        for row, item in items.items()
        for name in _paths(item.unknown)
    ]
    return (*of_pack, *of_items)[:MOST_FAULTS]


_OBJECTS = ("answer", "defaults", "instructions", "normalise", "tolerance")


def _paths(unknown: dict[str, Any]) -> list[str]:
    paths = []
    for name, value in unknown.items():
        is_inside = name in _OBJECTS and isinstance(value, dict)
        paths.extend([f"{name}.{inner}" for inner in value] if is_inside else [name])
    return paths


def _unknown_text() -> str:
    return _("it is not known here; it is kept as it is")
