"""Ties the wish to stop an answer to that answer's request.

The engine has a single flag, but a wish may come at any time: before its request has been started,
in the middle, or after the end. Here it stops that request and no other one, and is never lost.
"""

import collections
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

REMEMBERED_WISHES = 256
"""Wishes for requests that have not been started yet; more cannot wait at once."""


class CancelSwitch:
    """The engine's flag, raised for the right request only."""

    def __init__(self, set_flag: Callable[[bool], None]) -> None:
        """Prepare.

        Args:
            set_flag: Raises or lowers the engine's flag; may be called by two threads in turn.
        """
        self._set_flag = set_flag
        self._lock = threading.Lock()
        self._current: int | None = None
        self._wishes: collections.deque[int] = collections.deque(maxlen=REMEMBERED_WISHES)

    def cancel(self, request_id: int) -> None:
        """Stop this request: now, or as soon as it is started."""
        with self._lock:
            if request_id == self._current:
                self._set_flag(True)
            else:
                self._wishes.append(request_id)

    @contextmanager
    def serving(self, request_id: int) -> Iterator[None]:
        """Arm the flag for this request while the block runs."""
        with self._lock:
            self._current = request_id
            self._set_flag(request_id in self._wishes)
        try:
            yield
        finally:
            with self._lock:
                self._current = None
                self._set_flag(False)
