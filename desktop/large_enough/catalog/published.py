"""Describes a file that can be fetched, known to the byte."""

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.sources import Source
from large_enough.domain.quantity import Unavailable


class PublishedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file whose size and SHA-256 are known before it is fetched."""

    id: str
    """Of its model: what progress is told under."""
    name: str
    """Of its model, as it is shown."""
    file_name: str
    """Its name in the folder it is fetched into."""
    sha256: str
    """In lower-case hex; a file that differs is not used."""
    size_bytes: int
    sources: tuple[Source, ...]
    """Where to fetch it, in the order in which they are tried; at least one."""


def published_file(entry: CatalogueEntry) -> PublishedFile | None:
    """Return the file of an entry; None if the catalogue lacks its size or its SHA-256."""
    if isinstance(entry.sha256, Unavailable) or isinstance(entry.size_bytes, Unavailable):
        return None
    return PublishedFile(
        id=entry.id,
        name=entry.name,
        file_name=entry.file_name,
        sha256=entry.sha256,
        size_bytes=entry.size_bytes,
        sources=entry.sources,
    )
