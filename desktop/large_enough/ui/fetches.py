"""The fetches as the window knows them."""

import functools
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from large_enough.comparison.fetch_items import GOING_ON, FetchItem, FetchState
from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.services import ModelFetcher

if TYPE_CHECKING:
    from large_enough.catalog.repository import Listing
    from large_enough.comparison.fetching import Wanted

LOOK_PERIOD_MS = 200
"""How often it is looked how far fetches are, while any goes on."""


class Fetches(QObject):
    """Asks how far the fetches are while any goes on, and passes the user's words on.

    Asking leaves the pace to the window: fetches tell a lot, and never wait for it.

    Signals:
        changed: Something of the list is otherwise: a tuple of `FetchItem`.
        arrived: A model has come.
        listed: What a repository holds: `Listing`.
        listing_stopped: The user did not want to wait for that.
        listing_failed: It could not be found out: `ErrorInfo`.
    """

    changed = Signal(object)
    arrived = Signal()
    listed = Signal(object)
    listing_stopped = Signal()
    listing_failed = Signal(object)

    def __init__(
        self, fetcher: ModelFetcher, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetcher = fetcher
        self._background = background
        self._items: tuple[FetchItem, ...] = ()
        self._stop = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_PERIOD_MS)
        self._timer.timeout.connect(self.look)

    @property
    def items(self) -> tuple[FetchItem, ...]:
        """The list as it was when it was last looked at."""
        return self._items

    @property
    def is_going_on(self) -> bool:
        """Whether anything is being fetched, or will be."""
        return any(item.state in GOING_ON for item in self._items)

    def item(self, item_id: str) -> FetchItem | None:
        """Return one of them; None if it is not in the list."""
        return next((item for item in self._items if item.id == item_id), None)

    @property
    def hub_address(self) -> str:
        """Where models are fetched from.

        Raises:
            RequestError: The address that the user chose cannot be used.
        """
        return self._fetcher.hub_address()

    @Slot()
    def look(self) -> None:
        """Find out how far the fetches are, now and while any goes on."""
        before = {item.id: item.state for item in self._items}
        items = self._fetcher.fetch_items()
        if any(item.state in GOING_ON for item in items):
            self._timer.start()
        else:
            self._timer.stop()
        if items == self._items:
            return
        self._items = items
        self.changed.emit(items)
        new = (item for item in items if before.get(item.id, item.state) is not item.state)
        if any(item.state is FetchState.DONE for item in new):
            self.arrived.emit()

    def want(self, wanted: "Wanted") -> None:
        """Fetch a model: the user pressed the button for it."""
        self._fetcher.want(wanted)
        self.look()

    @Slot(str)
    def pause(self, item_id: str) -> None:
        """Let a model wait."""
        self._fetcher.pause(item_id)
        self.look()

    @Slot(str)
    def resume(self, item_id: str) -> None:
        """Go on with a model."""
        self._fetcher.resume(item_id)
        self.look()

    @Slot(str)
    def remove(self, item_id: str) -> None:
        """Give a model up, or take it out of the list."""
        self._fetcher.remove(item_id)
        self.look()

    # --- a repository

    def list_repository(self, repository: str) -> None:
        """Ask what a repository holds: the user pressed the button for it."""
        stop = self._stop = threading.Event()
        work = functools.partial(self._fetcher.list_repository, repository, stop.is_set)
        done = functools.partial(self._on_listed, stop)
        failed = functools.partial(self._on_listing_failed, stop)
        self._background.run("listing", work, done, failed)

    @Slot()
    def stop_listing(self) -> None:
        """Wait no longer for what a repository holds."""
        if not self._stop.is_set():
            self._stop.set()
            self.listing_stopped.emit()

    def _on_listed(self, stop: threading.Event, listing: "Listing | None") -> None:
        if listing is not None and not stop.is_set():
            self.listed.emit(listing)

    def _on_listing_failed(self, stop: threading.Event, error: ErrorInfo) -> None:
        if not stop.is_set():
            self.listing_failed.emit(error)
