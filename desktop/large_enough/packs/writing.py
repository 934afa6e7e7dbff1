"""Writes packs in their file form, always in the same way."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from large_enough.domain.pack import DEFAULT_MARGIN, AnswerType, Pack, PackDefaults
from large_enough.domain.quantity import Unavailable
from large_enough.packs.item_writing import item_document, merged, plain_number
from large_enough.packs.loading import SCHEMA


def pack_json(pack: Pack) -> bytes:
    """Return the canonical file form of a pack: read and written again, it has the same bytes."""
    text = json.dumps(pack_document(pack), ensure_ascii=False, allow_nan=False, indent=2)
    return text.encode() + b"\n"


def pack_sha256(pack: Pack) -> str:
    """Return the checksum of the file form, as `sha256sum` gives it for a canonical file."""
    return hashlib.sha256(pack_json(pack)).hexdigest()


def pack_document(pack: Pack) -> dict[str, Any]:
    """Return a pack as plain JSON values; what has its usual value is left out."""
    document = head_document(pack)
    extra = document.pop("extra", None)
    document["items"] = [item_document(item) for item in pack.items]
    if extra is not None:
        document["extra"] = extra
    return merged(document, pack.unknown)


def head_document(pack: Pack) -> dict[str, Any]:
    """Return what stands above a pack's items, without its unknown fields."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "id": pack.id,
        "version": pack.version,
        "title": pack.title,
        "language": pack.language,
        "domain": pack.domain or None,
        "licence": pack.licence or None,
        "authors": list(pack.authors) or None,
        "canary": pack.canary or None,
        "description": pack.description or None,
        "about": pack.about or None,
        "system_prompt": pack.system_prompt or None,
        "instructions": _instructions(pack.instructions) or None,
        "reasons_first": pack.reasons_first or None,
        "defaults": _defaults(pack.defaults) or None,
        "chance": None if isinstance(pack.chance, Unavailable) else plain_number(pack.chance),
        "margin": None if pack.margin == DEFAULT_MARGIN else plain_number(pack.margin),
        "extra": pack.extra or None,
    }
    return {name: value for name, value in document.items() if value is not None}


def _instructions(instructions: Mapping[AnswerType, str]) -> dict[str, str]:
    return {each.value: instructions[each] for each in AnswerType if each in instructions}


def _defaults(defaults: PackDefaults) -> dict[str, Any]:
    usual = PackDefaults()
    values = {
        "max_tokens": defaults.max_tokens,
        "temperature": plain_number(defaults.temperature),
        "seed": defaults.seed,
        "repeats": defaults.repeats,
    }
    return {name: value for name, value in values.items() if value != getattr(usual, name)}
