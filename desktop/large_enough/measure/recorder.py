"""Reads all power instruments at a steady pace, on one thread.

Energies are computed from what it keeps, later and elsewhere (`energy`). For a window whose ends
are known at the moment they happen, `mark` takes a reading there and then, so that also a counter
that is read only ten times a second shows them sharply.
"""

import threading
from collections.abc import Collection, Sequence
from typing import Protocol

from large_enough.domain.clock import Clock
from large_enough.domain.power import Scope
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.channel import CAPACITY, Channel, SourceState, Verdict
from large_enough.measure.choosing import preferred_keys
from large_enough.measure.footing import reacts_to_load
from large_enough.measure.power.source import PowerSource
from large_enough.measure.windows import NS_PER_S, Series, Window

NOT_KNOWN = Unavailable(reason="there is no such instrument")
DOES_NOT_REACT = to_translate("it does not show a busy processor")

_REACTING = frozenset({Scope.CPU_PACKAGE, Scope.SOC, Scope.WHOLE_MACHINE})
"""What covers the processor must show it being busy."""
_NOTHING_TO_READ_S = 1.0
_TOGETHER_S = 0.02
"""Instruments that are due so soon after the first are read with it: that saves waking up."""
_CLOSE_TIMEOUT_S = 2.0


class Waiter(Protocol):
    """What paces the recorder; replaced in tests."""

    def wait(self, pause_s: float) -> bool:
        """Return True after the pause or when woken, False as soon as `close` is called."""
        ...

    def wake(self) -> None:
        """End the wait that is on, or the next one."""
        ...

    def close(self) -> None:
        """End all waiting, now and later."""
        ...


class PauseWaiter:
    """Waits in real time."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self._is_closed = False

    def wait(self, pause_s: float) -> bool:
        """Return True after the pause or when woken, False as soon as `close` is called."""
        self._woken.wait(pause_s)
        self._woken.clear()
        return not self._is_closed

    def wake(self) -> None:
        """End the wait that is on, or the next one."""
        self._woken.set()

    def close(self) -> None:
        """End all waiting, now and later."""
        self._is_closed = True
        self._woken.set()


class Recorder:
    """Reads instruments until it is closed. All methods may be called from any thread."""

    def __init__(
        self,
        sources: Sequence[PowerSource],
        clock: Clock,
        waiter: Waiter | None = None,
        capacity: int = CAPACITY,
    ) -> None:
        """Take over the sources, in the order of preference; they are closed with the recorder."""
        self._clock = clock
        self._waiter = waiter or PauseWaiter()
        self._capacity = capacity
        self._changed = threading.Condition()
        self._channels: dict[str, Channel] = {}
        self._is_closed = False
        self._thread: threading.Thread | None = None
        self.add(sources)

    def start(self) -> None:
        """Begin to read; nothing happens if it has begun."""
        with self._changed:
            if self._is_closed or self._thread is not None:
                return
            self._thread = threading.Thread(target=self._run, name="power", daemon=True)
            self._thread.start()

    def add(self, sources: Sequence[PowerSource]) -> None:
        """Read these as well, after the others in the order of preference.

        A source whose key is known already is closed; so is every one after `close`.
        """
        refused: list[PowerSource] = []
        with self._changed:
            for source in sources:
                key = source.identity.key
                if self._is_closed or key in self._channels:
                    refused.append(source)
                else:
                    self._channels[key] = Channel(source, self._clock, self._capacity)
        for source in refused:
            source.close()
        self._waiter.wake()

    def remove(self, key: str) -> None:
        """Read that one no more, and let go of it; nothing happens if it is not known."""
        with self._changed:
            channel = self._channels.pop(key, None)
            self._changed.notify_all()
        if channel is not None:
            channel.source.close()

    def states(self) -> tuple[SourceState, ...]:
        """Return what is known about each instrument, in the order of preference."""
        with self._changed:
            return tuple(channel.state() for channel in self._channels.values())

    def preferred_keys(self) -> tuple[str, ...]:
        """Return the keys of those in use that are to be shown: one instrument for each part."""
        with self._changed:
            usable = [
                channel.identity
                for channel in self._channels.values()
                if channel.verdict is Verdict.IN_USE
            ]
        return preferred_keys(usable)

    def series(self, key: str, since_ns: int = 0) -> Series | Unavailable:
        """Return the readings of one instrument, or why none of them is to be used.

        Args:
            key: Of the instrument.
            since_ns: A moment some seconds before the window, on the monotonic clock.
        """
        with self._changed:
            channel = self._channels.get(key)
            if channel is None:
                return NOT_KNOWN
            if channel.verdict in (Verdict.OUT, Verdict.OBSERVING):
                return Unavailable(reason=channel.state().reason)
            return channel.series(since_ns)

    def mark(self) -> None:
        """Read every instrument at once: a window begins or ends now."""
        with self._changed:
            now_ns = self._clock.monotonic_ns()
            for channel in self._channels.values():
                channel.due_ns = min(channel.due_ns, now_ns)
        self._waiter.wake()

    def wait_observed(self, timeout_s: float) -> bool:
        """Wait until no instrument is being observed any more; return whether it came to that."""
        with self._changed:
            return self._changed.wait_for(self._is_observed, timeout_s)

    def wait_past(self, window: Window, timeout_s: float) -> bool:
        """Wait until every instrument that can tell the window's energy was read past its end.

        Returns:
            Whether it came to that in time.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._is_past(window), timeout_s)

    def check_reaction(self, idle: Window, busy: Window) -> None:
        """Put out the instruments that cover the processor but do not show that it was busy.

        Args:
            idle: A stretch in which nothing was asked.
            busy: The warm-up, on the processor.
        """
        with self._changed:
            for channel in self._channels.values():
                is_asked = channel.verdict is Verdict.IN_USE and channel.identity.scope in _REACTING
                if is_asked and reacts_to_load(channel.series(), idle, busy) is False:
                    channel.put_out(DOES_NOT_REACT)
            self._changed.notify_all()

    def close(self) -> None:
        """End the thread, and let go of the instruments; may be repeated.

        Instruments are left alone if one of them does not come back from a reading: closing what
        is being read can crash.
        """
        with self._changed:
            self._is_closed = True
            thread = self._thread
            self._changed.notify_all()
        self._waiter.close()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CLOSE_TIMEOUT_S)
            if thread.is_alive():
                return
        for channel in self._channels.values():
            channel.source.close()

    def _run(self) -> None:
        pause_s = 0.0
        while self._waiter.wait(pause_s):
            for channel in self._due():
                outcome = channel.read()
                with self._changed:
                    channel.accept(outcome)
                    is_out = channel.verdict is Verdict.OUT
                    self._changed.notify_all()
                if is_out:  # else an open handle may keep a graphics card awake
                    channel.source.close()
            pause_s = self._pause_s()

    def _due(self) -> list[Channel]:
        with self._changed:
            active = self._active()
            now_ns = self._clock.monotonic_ns()
            if not any(channel.due_ns <= now_ns for channel in active):
                return []
            soon_ns = now_ns + round(_TOGETHER_S * NS_PER_S)
            return [channel for channel in active if channel.due_ns <= soon_ns]

    def _pause_s(self) -> float:
        with self._changed:
            now_ns = self._clock.monotonic_ns()
            pauses_s = [(channel.due_ns - now_ns) / NS_PER_S for channel in self._active()]
        return max(0.0, min(pauses_s, default=_NOTHING_TO_READ_S))

    def _active(self) -> Collection[Channel]:
        return [
            channel for channel in self._channels.values() if channel.verdict is not Verdict.OUT
        ]

    def _is_observed(self) -> bool:
        return self._is_closed or not any(
            channel.verdict is Verdict.OBSERVING for channel in self._channels.values()
        )

    def _is_past(self, window: Window) -> bool:
        return self._is_closed or all(
            channel.is_past(window)
            for channel in self._channels.values()
            if channel.verdict is Verdict.IN_USE
        )
