"""A stand-in for what fetches models behind the window."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.order import Order
from large_enough.catalog.progress import FetchProgress
from large_enough.catalog.repository import Listing
from large_enough.comparison.fetch_items import FetchItem, FetchState

if TYPE_CHECKING:
    from large_enough.domain.errors import LargeEnoughError


class FakeFetcher:
    """Keeps a list of which the test says what becomes."""

    def __init__(self) -> None:
        self.wanted: list[CatalogueEntry | Order] = []
        self.acts: list[str] = []
        """What the user did, and to which model."""
        self.repositories: list[str] = []
        """Those that were asked about."""
        self.listing: Listing | None = None
        self.failure: LargeEnoughError | None = None
        """Of the next questions."""
        self.address = "https://huggingface.co"
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._items: dict[str, FetchItem] = {}

    def put(self, item_id: str, state: FetchState, **more: object) -> None:
        """Let a model be like that."""
        known = self._items.get(item_id) or FetchItem(id=item_id, name=item_id, state=state)
        self._items[item_id] = msgspec.structs.replace(known, state=state, **more)

    def progress(self, item_id: str, share: float, **more: object) -> None:
        """Let a model be fetched, and be that far."""
        total_bytes = 92_000_000
        progress = FetchProgress(
            entry_id=item_id,
            source="somewhere",
            done_bytes=round(share * total_bytes),
            total_bytes=total_bytes,
            bytes_per_s=12_000_000.0,
            left_s=4.0,
            stage="downloading",
        )
        progress = msgspec.structs.replace(progress, **more)
        self.put(item_id, FetchState.FETCHING, size_bytes=total_bytes, progress=progress)

    # --- what the window calls

    def fetch_items(self) -> tuple[FetchItem, ...]:
        """Return the list."""
        return tuple(self._items.values())

    def want(self, wanted: CatalogueEntry | Order) -> None:
        """Put a model into the list."""
        self.wanted.append(wanted)
        self._items[wanted.id] = FetchItem(id=wanted.id, name=wanted.name, state=FetchState.ASKING)

    def pause(self, item_id: str) -> None:
        """Let it wait."""
        self.acts.append(f"pause {item_id}")
        self.put(item_id, FetchState.PAUSED, progress=None)

    def resume(self, item_id: str) -> None:
        """Let it go on."""
        self.acts.append(f"resume {item_id}")
        self.put(item_id, FetchState.WAITING, error=None)

    def remove(self, item_id: str) -> None:
        """Take it out."""
        self.acts.append(f"remove {item_id}")
        del self._items[item_id]

    def hub_address(self) -> str:
        """Return where models come from."""
        return self.address

    def use_hub(self, address: str | None) -> None:
        """Remember the user's word."""
        self.acts.append(f"use hub {address}")

    def list_repository(self, repository: str, is_cancelled: Callable[[], bool]) -> Listing | None:
        """Answer once the test lets it, or the user has waited enough."""
        self.repositories.append(repository)
        while not self.may_answer.wait(0.01):
            if is_cancelled():
                return None
        if self.failure is not None:
            raise self.failure
        return self.listing
