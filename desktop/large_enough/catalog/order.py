"""Makes out of a wish for a model the list of files that will be fetched for it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.published import PublishedFile, published_file
from large_enough.catalog.repository import HubFile, Listing, list_repository
from large_enough.catalog.repository_choice import HubModel
from large_enough.catalog.sources import HuggingFaceSource
from large_enough.domain.clock import Clock
from large_enough.domain.errors import FailureKind, FetchError
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.names import shown_text

Lister = Callable[[str], Listing | None]
"""Asks for the files of a repository; None if it was cancelled. Raises `FetchError`."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One model that is wanted, known to the byte."""

    id: str
    """What progress is told under."""
    name: str
    """What is shown."""
    folders: tuple[str, ...] = ()
    """Folders below the models folder that its files go into; none for the catalogue's models."""
    files: tuple[PublishedFile, ...]
    """All parts, the one to load first; at least one."""
    licence: str | Unavailable
    """SPDX identifier or the publisher's own words."""
    licence_note: str = ""
    """What the licence restricts, in English; empty if nothing is known about that."""
    is_pinned: bool
    """Whether the catalogue has the checksum; else it is the hub's own."""

    @property
    def size_bytes(self) -> int:
        """Of all files together."""
        return sum(file.size_bytes for file in self.files)

    def folder_in(self, models: Path) -> Path:
        """Return where its files go, given the models folder."""
        return models.joinpath(*self.folders)


def order_of_entry(entry: CatalogueEntry, lister: Lister) -> Order | None:
    """Return what to fetch for an entry of the catalogue.

    Args:
        entry: The hub is only asked if it lacks its size or its SHA-256.
        lister: Asks the hub.

    Returns:
        The order, or None if it was cancelled.

    Raises:
        FetchError: The hub cannot be reached, does not tell, or tells of another file.
    """
    order = pinned_order(entry)
    if order is not None:
        return order
    file = _completed(entry, lister)
    return None if file is None else _order(entry, file)


def pinned_order(entry: CatalogueEntry) -> Order | None:
    """Return what to fetch for an entry; None if the catalogue does not know it to the byte."""
    file = published_file(entry)
    return None if file is None else _order(entry, file)


def _order(entry: CatalogueEntry, file: PublishedFile) -> Order:
    return Order(
        id=entry.id,
        name=entry.name,
        files=(file,),
        licence=entry.licence,
        licence_note=entry.licence_note,
        is_pinned=not isinstance(entry.sha256, Unavailable),
    )


def order_of_model(
    listing: Listing, model: HubModel, entries: Sequence[CatalogueEntry]
) -> Order | CatalogueEntry:
    """Return what to fetch for a model of a repository; the catalogue's entry if it is one.

    Raises:
        FetchError: The hub tells no checksum for it, or does not give it to everybody.
    """
    for entry in entries:
        if any(_gives(source, listing.repository, model.path) for source in entry.sources):
            return entry
    if listing.is_gated:
        raise FetchError(FailureKind.GATED_REPOSITORY, listing.repository)
    name = shown_text(model.name)
    return Order(
        id=f"{listing.repository}:{model.path}",
        name=name,
        folders=(*listing.repository.split("/"), *model.path.split("/")[:-1]),
        files=tuple(_hub_file(listing, model, file) for file in model.files),
        licence=listing.licence,
        is_pinned=False,
    )


def hub_lister(
    environ: Mapping[str, str], clock: Clock, is_cancelled: Callable[[], bool]
) -> Lister:
    """Return what asks the real hub, in processes of their own.

    Once the hub was out of reach it is not tried again: each try could take seconds.
    """
    told: list[FetchError] = []

    def lister(repository: str) -> Listing | None:
        if told:
            raise FetchError(FailureKind.NO_NETWORK, repository, detail=told[0].info.detail)
        try:
            with TemporaryDirectory(prefix="large-enough-") as folder:
                return list_repository(
                    repository, Path(folder), is_cancelled, environ=environ, clock=clock
                )
        except FetchError as error:
            if error.info.kind is FailureKind.NO_NETWORK:
                told.append(error)
            raise

    return lister


def _gives(source: object, repository: str, path: str) -> bool:
    return (
        isinstance(source, HuggingFaceSource)
        and source.repository.lower() == repository.lower()
        and source.file == path
    )


def _completed(entry: CatalogueEntry, lister: Lister) -> PublishedFile | None:
    """Return the entry's file with what the hub tells about it."""
    source = next(source for source in entry.sources if isinstance(source, HuggingFaceSource))
    listing = lister(source.repository)
    if listing is None:
        return None
    found = next((file for file in listing.files if file.path == source.file), None)
    if found is None:
        problem = f"{source.repository} holds no {source.file} any more"
        raise FetchError(FailureKind.SOURCE_FAILED, entry.name, detail=problem)
    if found.sha256 is None:
        raise FetchError(FailureKind.NO_CHECKSUM, entry.name)
    if not isinstance(entry.sha256, Unavailable) and found.sha256 != entry.sha256:
        problem = f"{source.repository} has another file by now: SHA-256 {found.sha256}"
        raise FetchError(FailureKind.SOURCE_FAILED, entry.name, detail=problem)
    return PublishedFile(
        id=entry.id,
        name=entry.name,
        file_name=entry.file_name,
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        sources=(msgspec.structs.replace(source, revision=listing.commit),),
    )


def _hub_file(listing: Listing, model: HubModel, file: HubFile) -> PublishedFile:
    if file.sha256 is None:
        raise FetchError(FailureKind.NO_CHECKSUM, f"{listing.repository}:{file.path}")
    source = HuggingFaceSource(
        repository=listing.repository, file=file.path, revision=listing.commit
    )
    return PublishedFile(
        id=f"{listing.repository}:{model.path}",
        name=shown_text(model.name),
        file_name=file.path.rpartition("/")[2],
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        sources=(source,),
    )
