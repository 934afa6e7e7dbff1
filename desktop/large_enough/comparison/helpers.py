"""Runs short jobs on threads of their own, for whoever must not block."""

import threading
import traceback
from collections.abc import Callable

from large_enough.domain.errors import ErrorInfo, FailureKind

_PATIENCE_S = 5.0  # at the end of the program, for a job that was told to stop


class Helpers:
    """Threads that somebody has started."""

    def __init__(self, on_fault: Callable[[ErrorInfo], None]) -> None:
        """Start none yet.

        Args:
            on_fault: Told, on the thread, of a fault of this program.
        """
        self._on_fault = on_fault
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._is_closed = False

    def start(self, name: str, work: Callable[[], None]) -> None:
        """Run something on a thread of its own; nothing after `close`."""

        def job() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - a thread's entry: nobody else could tell
                trace = traceback.format_exc()
                self._on_fault(
                    ErrorInfo(kind=FailureKind.INTERNAL, subject=str(error), detail=trace)
                )

        # A daemon: a disk that does not answer must not keep the program alive.
        thread = threading.Thread(target=job, name=name, daemon=True)
        with self._lock:
            if self._is_closed:
                return
            self._threads = [*(known for known in self._threads if known.is_alive()), thread]
            thread.start()

    def close(self) -> None:
        """Wait a little for jobs that were told to stop; start no more."""
        with self._lock:
            self._is_closed = True
            threads = tuple(self._threads)
        for thread in threads:
            thread.join(_PATIENCE_S)
