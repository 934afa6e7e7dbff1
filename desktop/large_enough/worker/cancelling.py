"""Ties the wish to stop an answer to that answer's request.

The engine has a single flag, but a wish may come at any time: before its request has been started,
in the middle, or after the end. Here it stops that request and no other one, and is never lost. Of
several requests that are answered at once the flag only interrupts the computation in hand; then it
is asked who was meant.
"""

import collections
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

REMEMBERED_WISHES = 4096
"""Wishes for requests that have not been started yet; more cannot wait at once."""


class CancelSwitch:
    """The engine's flag, raised for the right requests only."""

    def __init__(self, set_flag: Callable[[bool], None]) -> None:
        """Prepare.

        Args:
            set_flag: Raises or lowers the engine's flag; may be called by two threads in turn.
        """
        self._set_flag = set_flag
        self._lock = threading.Lock()
        self._served: set[int] = set()
        self._stopped: set[int] = set()
        self._interrupted: set[int] = set()
        self._wishes: collections.deque[int] = collections.deque(maxlen=REMEMBERED_WISHES)

    @property
    def stopped(self) -> frozenset[int]:
        """The requests being served that are to end."""
        with self._lock:
            return frozenset(self._stopped)

    def cancel(self, request_id: int) -> None:
        """Stop this request: now, or as soon as it is started."""
        with self._lock:
            if request_id not in self._served:
                self._wishes.append(request_id)
                return
            self._stopped.add(request_id)
            self._set_flag(True)

    def interrupt(self, request_id: int) -> None:
        """Interrupt the computation for this request, if it is still served; its time is up."""
        with self._lock:
            if request_id in self._served:
                self._interrupted.add(request_id)
                self._set_flag(True)

    def begin(self, request_id: int) -> None:
        """Serve this request from now on."""
        with self._lock:
            self._served.add(request_id)
            if request_id in self._wishes:
                self._stopped.add(request_id)
            self._update_flag()

    def end(self, request_id: int) -> None:
        """Serve this request no longer."""
        with self._lock:
            self._served.discard(request_id)
            self._stopped.discard(request_id)
            self._interrupted.discard(request_id)
            self._update_flag()

    @contextmanager
    def serving(self, request_id: int) -> Iterator[None]:
        """Serve this request while the block runs."""
        self.begin(request_id)
        try:
            yield
        finally:
            self.end(request_id)

    def _update_flag(self) -> None:
        self._set_flag(bool(self._stopped or self._interrupted))
