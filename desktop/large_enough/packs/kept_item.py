"""Lets items survive the way through another program's format, where that keeps notes of others."""

import json
from typing import Any

from large_enough.domain.pack import Pack, PackItem
from large_enough.packs.drafts import Draft
from large_enough.packs.item_reading import read_item
from large_enough.packs.item_writing import item_document
from large_enough.packs.json_text import read_json
from large_enough.packs.writing import pack_document
from large_enough.wording.translate import _

KEPT_NAME = "large_enough_item"
"""Of the note that holds the item as it is."""
KEPT_PACK = "large_enough_pack"
"""Of the note, with the first item, that holds what belongs to the pack itself."""
CHECK_NAME = "of"
"""Inside of it: what the other format's own fields said when it was written."""


def note_of(item: PackItem, shown: object) -> dict[str, Any]:
    """Return the note that goes along with an item.

    Args:
        item: The item.
        shown: What the other format's own fields say of it, as plain JSON values.
    """
    return {"item": item_document(item), CHECK_NAME: json.loads(json.dumps(shown))}


def kept_item(draft: Draft, note: object, format_name: str, shown: object) -> Draft:
    """Return the item that a note kept; the draft itself if there is none, or somebody changed it.

    Args:
        draft: What the format's own fields say.
        note: What was found under `KEPT_NAME`; None for nothing.
        format_name: Of the other format, for the sentence.
        shown: What the format's own fields say now, as `note_of` had it.
    """
    if note is None:
        return draft
    value = read_json(note).value if isinstance(note, str) else note
    if not isinstance(value, dict) or read_item(value.get("item"), draft.row).item is None:
        draft.note("", _("the note of this program in it is damaged and was left out"))
        return draft
    if value.get(CHECK_NAME) != shown:
        problem = _("it was changed since this program wrote it, so it was read as {format}")
        draft.note("", problem.format(format=format_name))
        return draft
    return Draft(draft.row, value["item"])


def head_note(pack: Pack) -> dict[str, Any]:
    """Return the note that holds what belongs to a pack itself."""
    document = pack_document(pack)
    del document["items"]
    return document


def kept_head(note: object) -> dict[str, Any]:
    """Return what a note says of the pack itself; nothing if there is no such note."""
    value = read_json(note).value if isinstance(note, str) else note
    return value if isinstance(value, dict) else {}
