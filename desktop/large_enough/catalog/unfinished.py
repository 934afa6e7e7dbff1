"""Remembers which fetches are not over, in one small file inside the models folder.

What has arrived lies there, too; so both go along when the folder is copied or another program
reads it.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.order import Order, pinned_order
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.safe_names import is_repository, is_safe_name, is_weights_path
from large_enough.catalog.sources import HuggingFaceSource, Source
from large_enough.resources.files import replace_file

FILE_NAME = "unfinished.json"
"""Name of the file."""
MOST_FETCHES = 100
"""More are not remembered."""

_SCHEMA_VERSION = 1
_LONGEST_FILE_BYTES = 1 << 20
_LONGEST_NAME = 400
_SHA256 = re.compile("[0-9a-f]{64}")
_REVISION = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One fetch."""

    id: str
    """Of the order."""
    order: Order | None = None
    """None for what the catalogue knows to the byte."""


class _Document(msgspec.Struct, kw_only=True):
    """The whole content of the file."""

    schema_version: int = _SCHEMA_VERSION
    fetches: list[msgspec.Raw] = []


def read_unfinished(models: Path, entries: Sequence[CatalogueEntry]) -> tuple[Order, ...]:
    """Return the fetches that were not over; none if the file is missing or damaged.

    Whoever could write into the folder could write this file: what is not in the catalogue any
    more, has names that lead elsewhere or makes no sense is left out.

    Args:
        models: The models folder; need not exist.
        entries: The catalogue.
    """
    try:
        with (models / FILE_NAME).open("rb") as file:
            document = msgspec.json.decode(file.read(_LONGEST_FILE_BYTES), type=_Document)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ()
    if document.schema_version != _SCHEMA_VERSION:
        return ()
    known = {entry.id: entry for entry in entries}
    orders = (_order(raw, known) for raw in document.fetches[:MOST_FETCHES])
    return tuple(order for order in orders if order is not None)


def write_unfinished(models: Path, orders: Sequence[Order]) -> None:
    """Note the fetches that are not over; a disk that refuses the note does not stop them."""
    kept = [_Kept(id=order.id, order=None if order.is_pinned else order) for order in orders]
    document = _Document(fetches=[msgspec.Raw(msgspec.json.encode(each)) for each in kept])
    with contextlib.suppress(OSError):
        if kept:
            text = msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
            replace_file(models, FILE_NAME, text)
        else:
            (models / FILE_NAME).unlink(missing_ok=True)


def _order(raw: msgspec.Raw, known: Mapping[str, CatalogueEntry]) -> Order | None:
    try:
        kept = msgspec.json.decode(raw, type=_Kept)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if kept.order is None:
        return pinned_order(known[kept.id]) if kept.id in known else None
    is_sound = kept.id == kept.order.id and not kept.order.is_pinned and _is_sound(kept.order)
    return kept.order if is_sound and _is_in_place(kept.order, known.get(kept.id)) else None


def _is_in_place(order: Order, entry: CatalogueEntry | None) -> bool:
    """Return whether it is the entry's file, or one that lies where its repository's files do."""
    if entry is not None:
        names = (entry.name, (), [entry.file_name])
        return (order.name, order.folders, [file.file_name for file in order.files]) == names
    return order.id.startswith("/".join(order.folders[:2]) + ":")


def _is_sound(order: Order) -> bool:
    return (
        max(len(order.id), len(order.name)) <= _LONGEST_NAME
        and all(map(is_safe_name, order.folders))
        and bool(order.files)
        and all(map(_is_sound_file, order.files))
    )


def _is_sound_file(file: PublishedFile) -> bool:
    return (
        is_weights_path(file.file_name)
        and "/" not in file.file_name
        and bool(_SHA256.fullmatch(file.sha256))
        and file.size_bytes > 0
        and bool(file.sources)
        and all(map(_is_sound_source, file.sources))
    )


def _is_sound_source(source: Source) -> bool:
    """Return whether it names a file of a repository: packages are the catalogue's to name."""
    return (
        isinstance(source, HuggingFaceSource)
        and is_repository(source.repository)
        and is_weights_path(source.file)
        and bool(_REVISION.fullmatch(source.revision))
    )
