"""The one way from other threads into the window.

Whatever happens elsewhere is put into a bounded queue; one queued signal wakes the main thread,
which takes as much as a few milliseconds allow. Nothing else in the window crosses threads.
"""

import collections
import functools
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from large_enough.comparison.events import RoundEvent
from large_enough.comparison.pack_run_events import RunEvent
from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.thorough import ThoroughProgress, ThoroughRecord

QUEUE_LIMIT = 2_000
"""When this much waits, those who bring more wait too: workers are slowed, memory does not grow."""
BUDGET_S = 0.004
"""Longest time in one go on the main thread: a quarter of a screen's refresh."""

Value = TypeVar("Value")


class Bridge(QObject):
    """Carries events to the main thread.

    Signals:
        event_arrived: A `RoundEvent`, on the main thread.
        error_arrived: An `ErrorInfo` of a round that could not be run, on the main thread.
        progress_arrived: A `ThoroughProgress`, on the main thread.
        run_event_arrived: A `RunEvent` of a pack that is being asked, likewise.
        run_error_arrived: An `ErrorInfo` of a pack that could not be run, likewise.
        measurement_arrived: The `ThoroughRecord` of a measurement that has ended, likewise.
    """

    event_arrived = Signal(object)
    error_arrived = Signal(object)
    progress_arrived = Signal(object)
    measurement_arrived = Signal(object)
    run_event_arrived = Signal(object)
    run_error_arrived = Signal(object)
    _woke = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._waiting: collections.deque[Callable[[], object]] = collections.deque()
        self._changed = threading.Condition()
        self._is_woken = False
        self._is_closed = False
        self._woke.connect(self._on_woke, Qt.ConnectionType.QueuedConnection)

    # --- from any thread

    def on_event(self, event: RoundEvent) -> None:
        """Take an event of a round; waits while the queue is full."""
        self.deliver(self.event_arrived.emit, event)

    def on_run_event(self, event: RunEvent) -> None:
        """Take an event of a pack that is being asked; waits while the queue is full."""
        self.deliver(self.run_event_arrived.emit, event)

    def on_run_error(self, error: ErrorInfo) -> None:
        """Take the failure of a whole run; waits while the queue is full."""
        self.deliver(self.run_error_arrived.emit, error)

    def on_progress(self, progress: ThoroughProgress) -> None:
        """Take how far a thorough measurement is."""
        self.deliver(self.progress_arrived.emit, progress)

    def on_measured(self, record: ThoroughRecord) -> None:
        """Take the end of a thorough measurement."""
        self.deliver(self.measurement_arrived.emit, record)

    def on_error(self, error: ErrorInfo) -> None:
        """Take the failure of a whole round; waits while the queue is full."""
        self.deliver(self.error_arrived.emit, error)

    def deliver(self, call: Callable[[Value], object], value: Value) -> None:
        """Have `call(value)` run on the main thread; waits while the queue is full.

        On the main thread itself it never waits. After `close` nothing is delivered any more.
        """
        is_main = threading.current_thread() is threading.main_thread()
        with self._changed:
            while len(self._waiting) >= QUEUE_LIMIT and not self._is_closed and not is_main:
                self._changed.wait()
            if self._is_closed:
                return
            self._waiting.append(functools.partial(call, value))
            must_wake, self._is_woken = not self._is_woken, True
        if must_wake:
            self._woke.emit()

    # --- on the main thread

    def close(self) -> None:
        """Drop what waits and let nobody wait any longer."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()

    @Slot()
    def _on_woke(self) -> None:
        is_empty = False
        try:
            is_empty = self._drain()
        finally:  # also after an exception: what waits behind it must not be forgotten
            if not is_empty:
                self._woke.emit()

    def _drain(self) -> bool:
        """Do what waits until the time is up; return whether nothing waits any more."""
        until_s = self._clock.monotonic_s() + BUDGET_S
        while (call := self._take()) is not None:
            call()
            if self._clock.monotonic_s() >= until_s:
                return False
        return True

    def _take(self) -> Callable[[], object] | None:
        with self._changed:
            if not self._waiting:
                self._is_woken = False
                return None
            call = self._waiting.popleft()
            self._changed.notify()
            return call
