"""Runs short jobs beside the window: reading folders, fetching models."""

import threading
import traceback
from collections.abc import Callable
from typing import TypeVar

from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.ui.bridge import Bridge

Result = TypeVar("Result")

_PATIENCE_S = 5.0  # at the end of the program, for a job that was told to stop


class Background:
    """Starts a thread for each job and brings its outcome back through the bridge."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._threads: list[threading.Thread] = []

    def run(
        self,
        name: str,
        work: Callable[[], Result],
        on_done: Callable[[Result], object],
        on_failed: Callable[[ErrorInfo], object],
    ) -> None:
        """Run `work` on a thread of its own.

        Args:
            name: Of the thread, for logs.
            work: What to do; must not touch the window.
            on_done: Gets the result, on the main thread.
            on_failed: Gets the failure instead, on the main thread.
        """

        def job() -> None:
            try:
                result = work()
            except LargeEnoughError as error:
                self._bridge.deliver(on_failed, error.info)
            except Exception as error:  # noqa: BLE001 - a thread's entry: nobody else could tell
                self._bridge.deliver(on_failed, _internal(error))
            else:
                self._bridge.deliver(on_done, result)

        # A daemon: a folder on a network that does not answer must not keep the program alive.
        thread = threading.Thread(target=job, name=name, daemon=True)
        self._threads = [known for known in self._threads if known.is_alive()]
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """Wait a little for jobs that were told to stop."""
        for thread in self._threads:
            thread.join(_PATIENCE_S)


def _internal(error: Exception) -> ErrorInfo:
    return ErrorInfo(kind=FailureKind.INTERNAL, subject=str(error), detail=traceback.format_exc())
