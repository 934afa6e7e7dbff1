"""Where everything that happens during a round arrives, for one thread to take it out."""

import collections
import contextlib
import queue
import threading
from typing import Generic, TypeVar

Item = TypeVar("Item")

CAPACITY = 2000
"""Beyond this many waiting items the senders wait: workers slow down, memory does not fill."""
CLOSED_CHECK_S = 0.1
"""A waiting sender looks this often whether the inbox has been closed."""


class Inbox(Generic[Item]):
    """A bounded queue with many senders and one receiver, that can be closed."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._items: queue.Queue[Item] = queue.Queue(capacity)
        self._urgent: collections.deque[Item] = collections.deque()
        self._closed = threading.Event()

    def put(self, item: Item) -> None:
        """Add an item; waits while the inbox is full; does nothing once it is closed."""
        while not self._closed.is_set():
            try:
                self._items.put(item, timeout=CLOSED_CHECK_S)
            except queue.Full:
                continue
            return

    def offer(self, item: Item) -> None:
        """Add an item that may be lost: never waits, drops the item while the inbox is full."""
        with contextlib.suppress(queue.Full):
            self._items.put_nowait(item)

    def put_first(self, item: Item) -> None:
        """Add an item that overtakes the others.

        Never waits and takes no lock, so a signal handler may call it; the receiver sees the item
        when its present wait ends.
        """
        self._urgent.append(item)

    def take(self, timeout_s: float) -> Item | None:
        """Return the oldest item, or None if there is none within `timeout_s`."""
        if self._urgent:
            return self._urgent.popleft()
        try:
            return self._items.get(timeout=timeout_s)
        except queue.Empty:
            return self._urgent.popleft() if self._urgent else None

    def close(self) -> None:
        """Let waiting senders go; what they send from now on is dropped."""
        self._closed.set()
