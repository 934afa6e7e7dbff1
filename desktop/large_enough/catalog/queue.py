"""Fetches several models in turn; each can be paused, resumed and cancelled meanwhile.

Whoever runs the queue (`run`) does so on a thread of its own choice; everything else may be called
from any thread at any time. What has arrived of a paused model is kept, and its next turn goes on
from there; what has arrived of a cancelled one is removed.
"""

import dataclasses
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from large_enough.catalog.disk_room import check_room
from large_enough.catalog.fetch import Arrival, FetchTools, discard_unfinished, fetch
from large_enough.catalog.order import Order
from large_enough.catalog.origins import Origins
from large_enough.catalog.progress import FetchProgress
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.queue_items import ItemState, QueueItem, QueueListener
from large_enough.domain.errors import ErrorInfo, FailureKind, FetchError


@dataclasses.dataclass(frozen=True, slots=True)
class _Means:
    """What files are fetched with."""

    models: Path
    environ: Mapping[str, str]
    tools: FetchTools


def _never() -> bool:
    return False


class FetchQueue:
    """Models that are wanted, in the order in which they are fetched."""

    def __init__(
        self,
        models: Path,
        listener: QueueListener,
        *,
        environ: Mapping[str, str],
        tools: FetchTools | None = None,
    ) -> None:
        """Make an empty queue.

        Args:
            models: The models folder.
            listener: Who is told.
            environ: For the programs that are started (proxy, index, HF_ENDPOINT).
            tools: For tests.
        """
        self._means = _Means(models.absolute(), environ, tools or FetchTools())
        self._listener = listener
        self._origins = Origins(models)
        self._lock = threading.RLock()
        self._items: dict[str, QueueItem] = {}
        self._is_stopped = threading.Event()
        self._is_cancelled: Callable[[], bool] = _never
        self._unreachable: set[type] = set()

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """All models in the order in which they were added."""
        with self._lock:
            return tuple(self._items.values())

    @property
    def is_complete(self) -> bool:
        """Whether every model that was not cancelled is here."""
        over = {ItemState.DONE, ItemState.CANCELLED}
        return all(item.state in over for item in self.items)

    def use_environ(self, environ: Mapping[str, str]) -> None:
        """Start programs with another environment from the next file on: it may name a mirror."""
        with self._lock:
            self._means = dataclasses.replace(self._means, environ=environ)

    def add(self, order: Order) -> None:
        """Put a model at the end; one that is in the queue already, and not over, stays there."""
        with self._lock:
            known = self._items.get(order.id)
            if known is None or known.state in _OVER:
                self._items.pop(order.id, None)
                self._items[order.id] = QueueItem(order=order)
                self._unreachable.clear()  # the user may have found a network meanwhile
                self._listener.item_changed(self._items[order.id])

    def pause(self, order_id: str) -> None:
        """Let a model wait until it is resumed; what has arrived is kept."""
        self._move(order_id, {ItemState.WAITING, ItemState.FETCHING}, ItemState.PAUSED)

    def resume(self, order_id: str) -> None:
        """Let a paused or failed model wait for its turn again; `run` must be running or follow."""
        self._move(order_id, {ItemState.PAUSED, ItemState.FAILED}, ItemState.WAITING)

    def cancel(self, order_id: str) -> None:
        """Give a model up, and remove what has arrived of it."""
        with self._lock:
            item = self._items.get(order_id)
            is_fetching = item is not None and item.state is ItemState.FETCHING
            is_moved = self._move(order_id, _GOING_ON, ItemState.CANCELLED)
        if item is not None and is_moved and not is_fetching:
            self._remove_unfinished(item.order)

    def stop(self) -> None:
        """End `run` soon; the model that is being fetched waits again, with what has arrived."""
        self._is_stopped.set()

    def check_room(self) -> None:
        """Refuse if the disk cannot hold all models that wait, before anything is fetched.

        Raises:
            FetchError: `DISK_FULL`, with what is needed and what is free.
        """
        orders = [item.order for item in self.items if item.state is ItemState.WAITING]
        check_room(orders, self._means.models, self._means.tools.free_bytes)

    def run(
        self, is_cancelled: Callable[[], bool] = _never, *, must_check_room: bool = True
    ) -> None:
        """Fetch what waits, one after the other, until nothing does or `stop` was called.

        A model that cannot be fetched does not keep the others from being fetched.

        Args:
            is_cancelled: Asked several times a second; the same as `stop` once it says so.
            must_check_room: Whether nothing is to be fetched if the disk cannot hold everything
                that waits; each file is asked for its room in any case.

        Raises:
            FetchError: The disk has no room for all of them; nothing was fetched.
        """
        self._is_cancelled = is_cancelled
        self._unreachable.clear()
        if must_check_room:
            self.check_room()
        while not self._has_to_end():
            item = self._begin_next()
            if item is None:
                break
            self._fetch(item)
        self._is_stopped.clear()

    def _begin_next(self) -> QueueItem | None:
        with self._lock:
            waiting = (item for item in self._items.values() if item.state is ItemState.WAITING)
            item = next(waiting, None)
            return None if item is None else self._put(item, ItemState.FETCHING)

    def _fetch(self, item: QueueItem) -> None:
        try:
            paths = self._bring_files(item)
        except FetchError as error:
            self._end(item, ItemState.FAILED, error=error.info)
            return
        if paths:
            self._end(item, ItemState.DONE, path=str(paths[0]))
        else:
            self._end(item, ItemState.WAITING)

    def _bring_files(self, item: QueueItem) -> list[Path]:
        """Return where the files lie; nothing if it was interrupted.

        Raises:
            FetchError: A file could not be fetched.
        """
        self._refuse_unreachable(item.order)
        paths: list[Path] = []
        before_bytes = 0
        for file in item.order.files:
            path = self._bring_file(item, file, before_bytes)
            if path is None:
                return []
            paths.append(path)
            before_bytes += file.size_bytes
            self._listener.file_verified(path, file.sha256)
        return paths

    def _bring_file(self, item: QueueItem, file: PublishedFile, before_bytes: int) -> Path | None:
        total_bytes = item.order.size_bytes

        def on_progress(progress: FetchProgress) -> None:
            done_bytes = before_bytes + progress.done_bytes
            whole = msgspec.structs.replace(
                progress, done_bytes=done_bytes, total_bytes=total_bytes
            )
            self._listener.progressed(item, whole)

        def on_arrival(arrival: Arrival) -> None:
            clock = self._means.tools.clock
            self._origins.record(arrival, clock, is_pinned=item.order.is_pinned)

        try:
            return fetch(
                file,
                item.order.folder_in(self._means.models),
                on_progress,
                lambda: self._is_interrupted(item.order.id),
                on_setback=lambda source, error: self._listener.source_failed(item, source, error),
                on_arrival=on_arrival,
                environ=self._means.environ,
                tools=self._means.tools,
            )
        except FetchError as error:
            if error.info.kind is FailureKind.NO_NETWORK:
                self._unreachable |= {type(source) for source in file.sources}
            raise

    def _refuse_unreachable(self, order: Order) -> None:
        """Fail at once where all sources were found to be out of reach a moment ago."""
        needed = {type(source) for file in order.files for source in file.sources}
        if needed <= self._unreachable:
            raise FetchError(FailureKind.NO_NETWORK, order.name)

    def _is_interrupted(self, order_id: str) -> bool:
        with self._lock:
            is_wanted = self._items[order_id].state is ItemState.FETCHING
        return self._has_to_end() or not is_wanted

    def _has_to_end(self) -> bool:
        return self._is_stopped.is_set() or self._is_cancelled()

    def _end(
        self, item: QueueItem, state: ItemState, *, path: str = "", error: ErrorInfo | None = None
    ) -> None:
        """Note how a turn ended; what the user said meanwhile counts, unless all is here."""
        with self._lock:
            current = self._items[item.order.id]
            if current.state is ItemState.FETCHING or state is ItemState.DONE:
                self._put(current, state, path=path, error=error)
            is_cancelled = self._items[item.order.id].state is ItemState.CANCELLED
        if is_cancelled:
            self._remove_unfinished(item.order)

    def _move(self, order_id: str, allowed: set[ItemState], state: ItemState) -> bool:
        with self._lock:
            item = self._items.get(order_id)
            if item is None or item.state not in allowed:
                return False
            self._put(item, state)
            return True

    def _put(
        self,
        item: QueueItem,
        state: ItemState,
        *,
        path: str = "",
        error: ErrorInfo | None = None,
    ) -> QueueItem:
        changed = msgspec.structs.replace(item, state=state, path=path, error=error)
        self._items[item.order.id] = changed
        self._listener.item_changed(changed)
        return changed

    def _remove_unfinished(self, order: Order) -> None:
        for file in order.files:
            discard_unfinished(file, order.folder_in(self._means.models))


_OVER = {ItemState.DONE, ItemState.CANCELLED, ItemState.FAILED}
_GOING_ON = {ItemState.WAITING, ItemState.FETCHING, ItemState.PAUSED, ItemState.FAILED}
