"""Keeps the list of models that are being fetched, as faces show it."""

import enum
import threading

import msgspec

from large_enough.catalog.progress import FetchProgress
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.quantity import Count, Unavailable

NOT_TOLD_YET = Unavailable(reason="its publisher has not told it yet")
"""Why the size of a model is missing."""


class FetchState(enum.StrEnum):
    """What becomes of a model that is wanted."""

    ASKING = "asking"
    """Its publisher is asked for size and checksum."""
    WAITING = "waiting"
    """For others before it."""
    FETCHING = "fetching"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"


GOING_ON = frozenset({FetchState.ASKING, FetchState.WAITING, FetchState.FETCHING})
"""States that change without anybody doing something."""
ALL_STATES = frozenset(FetchState)
"""All there are."""


class FetchItem(msgspec.Struct, frozen=True, kw_only=True):
    """One model that is wanted, as it stands."""

    id: str
    """Of the catalogue's entry, or OWNER/REPO:FILE."""
    name: str
    """What is shown."""
    state: FetchState
    size_bytes: Count = NOT_TOLD_YET
    """Of all its files together."""
    arrived_bytes: int = 0
    """How much of it is on the disk."""
    progress: FetchProgress | None = None
    """The last reading; None unless it is being fetched."""
    error: ErrorInfo | None = None
    """Why it failed, if it did."""


class FetchList:
    """All models that are wanted, in the order of the wishes; for any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: dict[str, FetchItem] = {}

    @property
    def items(self) -> tuple[FetchItem, ...]:
        """The list as it is now."""
        with self._changed:
            return tuple(self._items.values())

    def item(self, item_id: str) -> FetchItem | None:
        """Return one of them; None if it is not in the list."""
        with self._changed:
            return self._items.get(item_id)

    def want(self, item: FetchItem) -> bool:
        """Let a model begin, at the end if it is new or had come before.

        Returns:
            False if it is on its way already; nothing is changed then.
        """
        with self._changed:
            known = self._items.get(item.id)
            if known is not None and known.state in GOING_ON:
                return False
            if known is not None and known.state is not FetchState.DONE:
                item = msgspec.structs.replace(known, state=item.state, error=None)
            else:
                self._items.pop(item.id, None)
            self._put(item)
            return True

    def change(
        self, item_id: str, *, only_from: frozenset[FetchState] = ALL_STATES, **changes: object
    ) -> bool:
        """Change fields of a model; return False if it is not in the list or in no such state."""
        with self._changed:
            known = self._items.get(item_id)
            if known is None or known.state not in only_from:
                return False
            self._put(msgspec.structs.replace(known, **changes))
            return True

    def remove(self, item_id: str) -> None:
        """Take a model out."""
        with self._changed:
            self._items.pop(item_id, None)
            self._changed.notify_all()

    def wait(self, at_most_s: float) -> None:
        """Wait for the next change."""
        with self._changed:
            self._changed.wait(at_most_s)

    def _put(self, item: FetchItem) -> None:
        self._items[item.id] = item
        self._changed.notify_all()
