"""Fetches models of the catalogue for the window."""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.identity import FileHashes
from large_enough.catalog.order import hub_lister, order_of_entry
from large_enough.catalog.progress import FetchProgress
from large_enough.catalog.queue import FetchQueue
from large_enough.catalog.queue_items import QueueItem
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ErrorInfo, FetchError


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to fetch, and where to."""

    entries: tuple[CatalogueEntry, ...]
    models: Path
    """The models folder."""
    environ: Mapping[str, str]
    """For the programs that are started; names the hub."""


class _Relay:
    """Passes on what the queue tells."""

    def __init__(self, hashes: FileHashes, on_progress: Callable[[FetchProgress], None]) -> None:
        self._hashes = hashes
        self._on_progress = on_progress

    def item_changed(self, item: QueueItem) -> None:
        """Nothing to do: the outcome is read from the queue."""

    def progressed(self, item: QueueItem, progress: FetchProgress) -> None:
        """Pass it on."""
        del item
        self._on_progress(progress)

    def source_failed(self, item: QueueItem, source: str, error: ErrorInfo) -> None:
        """Nothing to do: the next source is tried, and the last error sums them up."""

    def file_verified(self, path: Path, sha256: str) -> None:
        """Remember the checksum, so that it need not be computed again."""
        self._hashes.remember(path, sha256)


def fetch_models(
    wanted: Wanted,
    hashes: FileHashes,
    on_progress: Callable[[FetchProgress], None],
    is_cancelled: Callable[[], bool],
) -> bool:
    """Fetch models one after the other; one that fails does not keep the others from coming.

    Returns:
        True when all are here, False if it was cancelled.

    Raises:
        FetchError: A model could not be fetched (the first one that failed), or the disk cannot
            hold them all, and then nothing was fetched.
    """
    queue = FetchQueue(wanted.models, _Relay(hashes, on_progress), environ=wanted.environ)
    lister = hub_lister(wanted.environ, SystemClock(), is_cancelled)
    for entry in wanted.entries:
        order = order_of_entry(entry, lister)
        if order is None:
            return False
        queue.add(order)
    queue.run(is_cancelled)
    error = next((item.error for item in queue.items if item.error is not None), None)
    if error is not None:
        raise FetchError(error.kind, error.subject, detail=error.detail, **error.facts)
    return queue.is_complete
