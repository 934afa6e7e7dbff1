"""Describes the models in a queue of fetches, and who is told about them."""

import enum
from pathlib import Path
from typing import Protocol

import msgspec

from large_enough.catalog.order import Order
from large_enough.catalog.progress import FetchProgress
from large_enough.domain.errors import ErrorInfo


class ItemState(enum.StrEnum):
    """What becomes of a model in the queue."""

    WAITING = "waiting"
    FETCHING = "fetching"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class QueueItem(msgspec.Struct, frozen=True, kw_only=True):
    """One model in the queue, as it stands."""

    order: Order
    state: ItemState = ItemState.WAITING
    path: str = ""
    """Where its first file lies, once it is done."""
    error: ErrorInfo | None = None
    """Why it failed, if it did."""


class QueueListener(Protocol):
    """Who is told: on the thread that runs the queue, but for `item_changed`. Must not wait."""

    def item_changed(self, item: QueueItem) -> None:
        """A model has another state; told on the thread that brought it about."""
        ...

    def progressed(self, item: QueueItem, progress: FetchProgress) -> None:
        """The model that is being fetched has come further; bytes are those of all its files."""
        ...

    def source_failed(self, item: QueueItem, source: str, error: ErrorInfo) -> None:
        """One source of a model, in words, does not give a file of it."""
        ...

    def file_verified(self, path: Path, sha256: str) -> None:
        """A file is here, and is the published one."""
        ...
