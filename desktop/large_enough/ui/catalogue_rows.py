"""Puts models of the catalogue into lines of a table."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.domain.text import harmless_line
from large_enough.ui.catalogue_wish import CatalogueWish
from large_enough.ui.model_rows import ModelRow, Room
from large_enough.wording.numbers import NOT_AVAILABLE, bytes_text, parameters_text
from large_enough.wording.translate import _, ngettext

if TYPE_CHECKING:
    from large_enough.catalog.repository_choice import HubModel

_COMFORTABLE_SHARE = 0.75
"""Of the free memory: a smaller file leaves room for its context and the rest (our choice)."""


def catalogue_rows(
    entries: Sequence[CatalogueEntry],
    here: Sequence[str | None],
    available_bytes: int | None,
    wish: CatalogueWish,
) -> list[ModelRow]:
    """Return a line for each model that is wanted, the smallest first.

    Args:
        entries: The catalogue.
        here: Ids of those that need not be fetched.
        available_bytes: Memory that programs can get now; None if it is not known.
        wish: What the user wants to see.
    """
    rows = [
        _row(entry, available_bytes, is_here=entry.id in here)
        for entry in _sorted(entries)
        if wish.admits(entry)
    ]
    return [row for row in rows if not wish.only_fitting or row.room is not Room.TOO_LARGE]


def hub_rows(
    models: "Sequence[HubModel]", here: Collection[str], available_bytes: int | None
) -> list[ModelRow]:
    """Return a line for each model of a repository, the smallest first.

    Args:
        models: The models.
        here: Paths, inside the repository, of those that need not be fetched.
        available_bytes: Memory that programs can get now; None if it is not known.
    """
    return [
        ModelRow(
            key=model.path,
            name=harmless_line(model.name),
            facts=_parts_text(model),
            place=model.quantisation or NOT_AVAILABLE,
            room=(room := _room(model.size_bytes, available_bytes)),
            share=_share(model.size_bytes, available_bytes),
            memory=_memory(model.size_bytes, room),
            speed=_("here") if model.path in here else NOT_AVAILABLE,
        )
        for model in models
    ]


def entry_facts(entry: CatalogueEntry) -> str:
    """Return size, format and licence of a model in a line."""
    parts = []
    if isinstance(entry.parameter_count, int):
        parts.append(parameters_text(entry.parameter_count))
    parts.append(harmless_line(entry.quantisation))
    parts.append(harmless_line(entry.licence))
    return " · ".join(parts)


def publisher(entry: CatalogueEntry) -> str:
    """Return whose model it is, as the address of the publisher's page has it."""
    parts = [part for part in urlsplit(entry.publisher_url).path.split("/") if part]
    return harmless_line(parts[0] if parts else entry.publisher_url)


def _sorted(entries: Sequence[CatalogueEntry]) -> list[CatalogueEntry]:
    return sorted(entries, key=_rank)


def _rank(entry: CatalogueEntry) -> tuple[bool, int, str]:
    """Return the place of a model: by size, those whose size is not known last."""
    size_bytes = _size(entry)
    return size_bytes is None, size_bytes or 0, entry.name.lower()


def _size(entry: CatalogueEntry) -> int | None:
    return entry.size_bytes if isinstance(entry.size_bytes, int) else None


def _row(entry: CatalogueEntry, available_bytes: int | None, *, is_here: bool) -> ModelRow:
    size_bytes = _size(entry)
    room = _room(size_bytes, available_bytes)
    return ModelRow(
        key=entry.id,
        name=harmless_line(entry.name),
        facts=entry_facts(entry),
        place=publisher(entry),
        room=room,
        share=_share(size_bytes, available_bytes),
        memory=_memory(size_bytes, room),
        speed=_("here") if is_here else NOT_AVAILABLE,
    )


def _share(size_bytes: int | None, available_bytes: int | None) -> float:
    return (size_bytes or 0) / available_bytes if available_bytes else 0.0


def _parts_text(model: "HubModel") -> str:
    """Return how many files it is made of, and the folder they lie in, if there is one."""
    folder, count = model.path.rpartition("/")[0], len(model.files)
    files = ngettext("{count} file", "{count} files", count).format(count=count)
    return " · ".join(filter(None, (files, harmless_line(folder))))


def _room(size_bytes: int | None, available_bytes: int | None) -> Room:
    if size_bytes is None or available_bytes is None:
        return Room.NOT_KNOWN
    if size_bytes < _COMFORTABLE_SHARE * available_bytes:
        return Room.FITS
    return Room.TIGHT if size_bytes < available_bytes else Room.TOO_LARGE


def _memory(size_bytes: int | None, room: Room) -> str:
    if size_bytes is None:
        return _("not known yet")
    words = {
        Room.FITS: _("{size}, should fit"),
        Room.TIGHT: _("{size}, may be tight"),
        Room.TOO_LARGE: _("{size}, too large for the free memory"),
        Room.NOT_KNOWN: "{size}",
    }[room]
    return words.format(size=bytes_text(size_bytes))
