"""Fetches models beside a face that must not block, one after the other.

Everything may be called from any thread. What is asked of the network is asked on threads of the
desk's own: each wish is looked up at once, whatever is being fetched meanwhile, so that a refusal
or a missing network is told at once, too.
"""

import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.disk_room import check_room, missing_bytes
from large_enough.catalog.fetch import FetchTools, is_present
from large_enough.catalog.hub_address import DEFAULT_HUB, HUB_VARIABLE
from large_enough.catalog.identity import FileHashes
from large_enough.catalog.order import Order, hub_lister, order_of_entry
from large_enough.catalog.progress import FetchProgress
from large_enough.catalog.queue import FetchQueue
from large_enough.catalog.queue_items import ItemState, QueueItem
from large_enough.catalog.repository import Listing
from large_enough.catalog.unfinished import read_unfinished, write_unfinished
from large_enough.comparison.fetch_items import GOING_ON, FetchItem, FetchList, FetchState
from large_enough.comparison.helpers import Helpers
from large_enough.domain.errors import ErrorInfo, FetchError, LargeEnoughError

Wanted = CatalogueEntry | Order
"""A model of the catalogue, or one that was chosen from a repository."""

_LOOK_EVERY_S = 0.1
_OVER = frozenset({ItemState.DONE, ItemState.CANCELLED})
_ON_THEIR_WAY = frozenset({ItemState.WAITING, ItemState.FETCHING})


class FetchDesk:
    """Models that are wanted, in the order in which they were; a `QueueListener`."""

    def __init__(
        self,
        models: Path,
        entries: Sequence[CatalogueEntry],
        hashes: FileHashes,
        environ_now: Callable[[], Mapping[str, str]],
        *,
        tools: FetchTools | None = None,
    ) -> None:
        """Begin with an empty list; nothing is read yet.

        Args:
            models: The models folder.
            entries: The catalogue.
            hashes: Told the checksums of files that were verified.
            environ_now: Returns the environment for programs that are started, which names the
                hub; raises `RequestError` if the user chose an address that cannot be used.
            tools: For tests.
        """
        self._models = models
        self._entries = entries
        self._hashes = hashes
        self._environ_now = environ_now
        self._tools = tools or FetchTools()
        self._list = FetchList()
        self._wishes: dict[str, Wanted] = {}
        self._lock = threading.Lock()  # of what follows; nothing else is called while it is held
        self._is_running = False
        self._noting = threading.Lock()
        self._is_closed = threading.Event()
        self._helpers = Helpers(self._fail_all)
        self._queue = FetchQueue(models, self, environ={}, tools=self._tools)

    @property
    def items(self) -> tuple[FetchItem, ...]:
        """All models that are wanted, and those that have come, in the order of the wishes."""
        return self._list.items

    @property
    def hub_address(self) -> str:
        """Where files of the Hugging Face Hub are fetched from.

        Raises:
            RequestError: The address that the user chose cannot be used.
        """
        return self._environ_now().get(HUB_VARIABLE) or DEFAULT_HUB

    def take_up(self) -> None:
        """Put what was not over the last time into the list, paused: nothing is asked for yet."""
        for order in read_unfinished(self._models, self._entries):
            folder = order.folder_in(self._models)
            is_here = all(is_present(file, folder) for file in order.files)
            if not is_here and self._list.item(order.id) is None:
                self._take_up(order)

    # --- wished

    def want(self, wish: Wanted) -> None:
        """Put a model at the end; one that is on its way stays there, one that rests goes on."""
        self._wishes[wish.id] = wish
        if self._list.want(FetchItem(id=wish.id, name=wish.name, state=FetchState.ASKING)):
            self._helpers.start("look up", functools.partial(self._look_up, wish))

    def pause(self, item_id: str) -> None:
        """Let a model wait until it is resumed; what has arrived is kept."""
        asking = frozenset({FetchState.ASKING})
        self._list.change(item_id, only_from=asking, state=FetchState.PAUSED)
        self._queue.pause(item_id)

    def resume(self, item_id: str) -> None:
        """Let a paused or failed model come."""
        if self._list.item(item_id) is not None:
            self.want(self._wishes[item_id])

    def remove(self, item_id: str) -> None:
        """Take a model out of the list; what has arrived of an unfinished one is removed."""
        self._list.remove(item_id)
        self._queue.cancel(item_id)
        self._note()

    def fetch(
        self,
        entries: Sequence[CatalogueEntry],
        on_progress: Callable[[FetchProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> bool:
        """Want models and wait for them; one that fails does not keep the others from coming.

        Returns:
            True when all are here, False if they were cancelled or paused: what has arrived is
            kept.

        Raises:
            FetchError: A model could not be fetched: the first one that failed.
        """
        for entry in entries:
            self.want(entry)
        items = self._waited_for([entry.id for entry in entries], on_progress, is_cancelled)
        error = next((item.error for item in items if item.error is not None), None)
        if error is not None:
            raise FetchError.from_info(error)
        return len(items) == len(entries) and all(item.state is FetchState.DONE for item in items)

    def list_repository(self, repository: str, is_cancelled: Callable[[], bool]) -> Listing | None:
        """Ask the hub for the files of a repository, on the caller's thread.

        Returns:
            What there is; None if it was cancelled.

        Raises:
            FetchError: The hub cannot be reached, or does not tell.
            RequestError: The hub's address cannot be used.
        """
        return hub_lister(self._environ_now(), self._tools.clock, is_cancelled)(repository)

    def close(self) -> None:
        """Stop, and wait a little for that; what has arrived is kept. Safe to call twice."""
        self._is_closed.set()
        self._queue.stop()
        self._helpers.close()

    # --- told by the queue

    def item_changed(self, item: QueueItem) -> None:
        """Take note; on any thread."""
        if item.state is not ItemState.CANCELLED:
            order = item.order
            self._list.change(
                order.id,
                state=FetchState(item.state.value),
                size_bytes=order.size_bytes,
                arrived_bytes=order.size_bytes - missing_bytes(order, self._models),
                progress=None,
                error=item.error,
            )

    def progressed(self, item: QueueItem, progress: FetchProgress) -> None:
        """Take note; on the queue's thread."""
        fetching = frozenset({FetchState.FETCHING})
        self._list.change(item.order.id, only_from=fetching, progress=progress)

    def source_failed(self, item: QueueItem, source: str, error: ErrorInfo) -> None:
        """Nothing to do: the next source is tried, and the last error sums them up."""

    def file_verified(self, path: Path, sha256: str) -> None:
        """Remember the checksum, so that it need not be computed again."""
        self._hashes.remember(path, sha256)

    # --- on threads of its own

    def _look_up(self, wish: Wanted) -> None:
        """Find out what exactly to fetch, and have it fetched."""
        try:
            environ = self._environ_now()
            order = self._order(wish, environ)
            if order is not None:
                self._check_room(order)
        except LargeEnoughError as error:
            self._fail(wish.id, error.info)
            return
        if order is not None and not self._is_closed.is_set():
            self._queue.use_environ(environ)
            self._enqueue(order)

    def _order(self, wish: Wanted, environ: Mapping[str, str]) -> Order | None:
        """Return what to fetch; None if the program ends meanwhile."""
        if isinstance(wish, Order):
            return wish
        lister = hub_lister(environ, self._tools.clock, self._is_closed.is_set)
        return order_of_entry(wish, lister)

    def _check_room(self, order: Order) -> None:
        """Refuse what the disk cannot hold beside everything that is on its way already.

        Raises:
            FetchError: `DISK_FULL`, with what is needed and what is free.
        """
        others = [each.order for each in self._queue.items if each.state in _ON_THEIR_WAY]
        check_room([*others, order], self._models, self._tools.free_bytes)

    def _enqueue(self, order: Order) -> None:
        """Hand an order to the queue, unless the user has changed their mind meanwhile."""
        item = self._list.item(order.id)
        if item is None:
            return
        self._wishes[order.id] = order
        if any(each.order.id == order.id and each.state not in _OVER for each in self._queue.items):
            self._queue.resume(order.id)
        else:
            self._queue.add(order)
        if item.state is FetchState.PAUSED:
            self._queue.pause(order.id)
        self._note()
        self._ensure_running()

    def _ensure_running(self) -> None:
        with self._lock:
            must_start, self._is_running = not self._is_running, True
        if must_start:
            self._helpers.start("fetch", self._run)

    def _run(self) -> None:
        is_running = True
        while is_running:
            self._queue.run(self._is_closed.is_set, must_check_room=False)
            self._note()
            with self._lock:
                is_running = self._is_running = self._has_work()

    def _has_work(self) -> bool:
        is_waiting = any(item.state is FetchState.WAITING for item in self.items)
        return is_waiting and not self._is_closed.is_set()

    # --- the list

    def _take_up(self, order: Order) -> None:
        self._wishes[order.id] = order
        self._list.want(FetchItem(id=order.id, name=order.name, state=FetchState.PAUSED))
        self._queue.add(order)
        self._queue.pause(order.id)

    def _fail(self, item_id: str, error: ErrorInfo) -> None:
        self._list.change(
            item_id, only_from=GOING_ON, state=FetchState.FAILED, progress=None, error=error
        )

    def _fail_all(self, error: ErrorInfo) -> None:
        with self._lock:
            self._is_running = False
        for item in self.items:
            self._fail(item.id, error)

    def _note(self) -> None:
        """Write down what is not over."""
        with self._noting:
            orders = [item.order for item in self._queue.items if item.state not in _OVER]
            write_unfinished(self._models, orders)

    def _waited_for(
        self,
        ids: Sequence[str],
        on_progress: Callable[[FetchProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> list[FetchItem]:
        """Return how models ended that are wanted; those that were removed are left out."""
        told: FetchProgress | None = None
        while True:
            items = [item for item in self.items if item.id in ids]
            if not any(item.state in GOING_ON for item in items):
                return items
            self._list.wait(_LOOK_EVERY_S)
            if is_cancelled():
                for item in items:
                    self.pause(item.id)
            news = next((item.progress for item in items if item.progress is not None), None)
            if news is not None and news is not told:
                told = news
                on_progress(news)
