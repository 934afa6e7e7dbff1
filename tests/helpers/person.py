"""Somebody who uses the program: sees what its windows show, and has a mouse and a keyboard.

What they do is a story: a generator that yields one `Act` after the other, and what must have come
about before it goes on (`Wait`). It runs in the process of the program but knows nothing of it: the
story sees the tree that screen readers get, and what it does are single events of mouse and
keyboard. Each act has an event loop of its own below it, so that a menu may open one, too.
"""

import os
import sys
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QCursor, QGuiApplication
from tests.helpers.sight import look_around, told, windows_in_front

from large_enough.domain.clock import SystemClock

PATIENCE_S = 60.0
"""How long a person waits for something to come about."""
ACT_MS, LOOK_MS = 10, 40
"""From one event to the next, and from one look at everything to the next."""
STALL_S = 5.0
"""A window that does not react for so long has hung."""
_SCHEDULER_STATISTICS = Path("/proc/self/schedstat")
FAILED = 70
"""Exit code of a process whose story went wrong."""


@dataclass(frozen=True)
class Act:
    """One event."""

    do: Callable[[], None]
    words: str


@dataclass(frozen=True)
class Wait:
    """Something that must come about: the story goes on with what `look` returns, once it is true.

    `explain` says why it has not.
    """

    look: Callable[[], object]
    words: str
    explain: Callable[[], str] = str


Story = Generator[Act | Wait, Any, None]


class Person(QObject):
    """Lives through one story."""

    _woke = Signal()

    def __init__(self, folder: Path) -> None:
        """Make somebody who keeps a diary in `folder`, and a picture if something goes wrong."""
        super().__init__()
        self._folder = folder
        self._clock = SystemClock()
        self._story: Story | None = None
        self._wait: Wait | None = None
        self._waiting_since_s = 0.0
        self._last_tick_s = 0.0
        self._last_words = "begin"
        self.is_done = False
        self._woke.connect(self._on_woke, Qt.ConnectionType.QueuedConnection)

    def begin(self, story: Story) -> None:
        """Begin as soon as the program has an event loop."""
        self._story = story
        self._woke.emit()

    def has_come_to_an_end(self) -> bool:
        """Return whether the story was over when the program was."""
        if not self.is_done and self._wait is None:
            self._next_step(None)
        return self.is_done

    @Slot()
    def _on_woke(self) -> None:
        QAccessible.setActive(True)  # as if a screen reader were there
        QCursor.setPos(QGuiApplication.primaryScreen().geometry().bottomRight())  # out of the way
        self._last_tick_s = self._clock.monotonic_s() - _queued_s()
        self._on_tick()

    @Slot()
    def _on_tick(self) -> None:
        with self._reporting():
            self._check_pace()
            _give_keyboard()
            act = self._next_act()
        if self.is_done:
            return
        # Each has a timer of its own: one that an event loop runs below cannot ring.
        QTimer.singleShot(LOOK_MS if self._wait else ACT_MS, self._on_tick)
        if act is not None:
            self._note(act.words)
            with self._reporting():
                act.do()

    def _next_act(self) -> Act | None:
        """Return what the person does next; None if there is something to wait for."""
        result: object = None
        while True:
            if self._wait is not None:
                result = self._wait.look()
                if not result:
                    self._bear(self._wait)
                    return None
            step = self._next_step(result)
            if not isinstance(step, Wait):
                return step
            self._wait, self._waiting_since_s = step, self._clock.monotonic_s()

    def _next_step(self, result: object) -> Act | Wait | None:
        self._wait = None
        assert self._story is not None
        try:
            return self._story.send(result)
        except StopIteration:
            self.is_done = True
            return None

    def _bear(self, wait: Wait) -> None:
        if self._last_words != wait.words:
            self._note(wait.words)
        if self._clock.monotonic_s() - self._waiting_since_s > PATIENCE_S:
            message = f"in vain: {wait.words}. {wait.explain()}"
            raise AssertionError(message)

    # --- what remains

    def _note(self, words: str) -> None:
        self._last_words = words
        print(f"{self._clock.monotonic_s():.2f} {words}", flush=True)

    def _check_pace(self) -> None:
        """Fail if the window did not react for long, others' use of the processors left out."""
        now_s = self._clock.monotonic_s() - _queued_s()
        pause_s, self._last_tick_s = now_s - self._last_tick_s, now_s
        assert pause_s < STALL_S, f"nothing moved for {pause_s:.1f} s after: {self._last_words}"

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        is_well = False
        try:
            yield
            is_well = True
        finally:
            if not is_well:
                self._give_up()

    def _give_up(self) -> None:
        print(f"What is there:{told(look_around())}\n", file=sys.stderr)
        traceback.print_exc()
        QGuiApplication.primaryScreen().grabWindow(0).save(str(self._folder / "screen.png"))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(FAILED)


def _give_keyboard() -> None:
    """Give the keyboard to the window in front, which is what a window manager is for."""
    if QGuiApplication.focusWindow() is None:
        for window in windows_in_front()[:1]:
            window.activateWindow()


def _queued_s() -> float:
    """Return how long this thread has waited for a processor that others had; 0 if not known.

    Source: Documentation/scheduler/sched-stats.rst of the Linux kernel, /proc/<pid>/schedstat.
    """
    try:
        return int(_SCHEDULER_STATISTICS.read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
