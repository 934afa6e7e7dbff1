"""Packs for tests, made of their file form."""

from typing import Any

from tests.helpers.pack_files import item_file, pack_file

from large_enough.domain.pack import Pack
from large_enough.packs.loading import read_pack


def make_pack(*items: dict[str, Any], **fields: Any) -> Pack:
    """Return a pack of these items, given in their file form."""
    reading = read_pack(pack_file(items=list(items), **fields))
    assert reading.pack is not None, reading.faults
    assert not reading.faults, reading.faults
    return reading.pack


def make_item(answer_type: str, **fields: Any) -> dict[str, Any]:
    """Return an item in its file form, sound unless the fields say otherwise."""
    return item_file(answer_type, **fields)
