"""Reads the memory of all workers at a steady pace, on one thread.

Each answer has a window: `begin` when it is asked, `end` when it has ended. Both take a reading of
their own, so that even an answer shorter than the period has two.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Unavailable
from large_enough.domain.resource_use import MemorySample, MemoryUse
from large_enough.domain.text import to_translate
from large_enough.measure.memory import MemoryReader

DEFAULT_PERIOD_S = 0.15
"""Within the 5 to 10 readings a second at which the cost stays far below 1 % of a core."""

_CLOSE_TIMEOUT_S = 2.0

_log = logging.getLogger(__name__)


class Ticker(Protocol):
    """What paces the sampler; replaced in tests."""

    def wait(self, pause_s: float) -> bool:
        """Return True after the pause, False as soon as `close` is called."""
        ...

    def close(self) -> None:
        """End all waiting, now and later."""
        ...


class PauseTicker:
    """Waits in real time."""

    def __init__(self) -> None:
        self._closed = threading.Event()

    def wait(self, pause_s: float) -> bool:
        """Return True after the pause, False as soon as `close` is called."""
        return not self._closed.wait(pause_s)

    def close(self) -> None:
        """End all waiting, now and later."""
        self._closed.set()


@dataclass
class _Window:
    """What was seen since `begin`."""

    has_own_peak: bool
    """Whether the system's peak was started anew at `begin`."""
    sample_count: int = 0
    highest: MemorySample | None = None
    resident_bytes: int = 0

    def add(self, sample: MemorySample) -> None:
        self.sample_count += 1
        self.resident_bytes = max(self.resident_bytes, sample.resident_bytes)
        if self.highest is None or _comparable(sample) >= _comparable(self.highest):
            self.highest = sample


@dataclass
class _Watch:
    """One worker."""

    process_id: int
    model_file_bytes: int
    on_sample: Callable[[MemorySample], None]
    window: _Window | None = field(default=None)
    has_complained: bool = False


class MemorySampler:
    """Watches the memory of workers.

    All methods may be called from any thread. Samples are handed out on the sampler's own thread;
    who takes them must be quick. One may still arrive while `unwatch` returns.
    """

    def __init__(
        self,
        reader: MemoryReader,
        clock: Clock,
        period_s: float = DEFAULT_PERIOD_S,
        ticker: Ticker | None = None,
    ) -> None:
        self._reader = reader
        self._clock = clock
        self._period_s = period_s
        self._ticker = ticker or PauseTicker()
        self._changed = threading.Condition()
        self._watches: dict[str, _Watch] = {}
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def watch(
        self,
        key: str,
        process_id: int,
        model_file_bytes: int,
        on_sample: Callable[[MemorySample], None],
    ) -> None:
        """Read this worker's memory from now on.

        Args:
            key: Name for the other methods; a worker watched under it before is dropped.
            process_id: The worker's, as it says itself in `Ready`.
            model_file_bytes: Size of the mapped model file (all parts); 0 if it is not mapped.
            on_sample: Gets every reading but those of `begin` and `end`.
        """
        with self._changed:
            if self._is_closed:
                return
            self._watches[key] = _Watch(process_id, model_file_bytes, on_sample)
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="memory", daemon=True)
                self._thread.start()

    def begin(self, key: str) -> None:
        """Open a window for an answer; nothing happens if the worker is not watched any more."""
        watch = self._watch(key)
        if watch is None:
            return
        window = _Window(has_own_peak=self._reset_peak(watch))
        with self._changed:
            watch.window = window
        self._take(watch)

    def end(self, key: str) -> MemoryUse:
        """Close the window, and return what the worker needed in it.

        Everything is unavailable if the worker is gone, or if `begin` was not called.
        """
        watch = self._watch(key)
        if watch is None or watch.window is None:
            return self._unknown(to_translate("it was not watched"))
        self._take(watch)
        with self._changed:
            window, watch.window = watch.window, None
        return self._use(watch, window)

    def unwatch(self, key: str) -> None:
        """Stop reading this worker's memory; nothing happens if it is not watched."""
        with self._changed:
            self._watches.pop(key, None)

    def close(self) -> None:
        """End the thread; may be repeated."""
        with self._changed:
            self._is_closed = True
            self._watches.clear()
            self._changed.notify()
            thread = self._thread
        self._ticker.close()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CLOSE_TIMEOUT_S)

    def _watch(self, key: str) -> _Watch | None:
        with self._changed:
            return self._watches.get(key)

    def _run(self) -> None:
        pause_s = 0.0
        while self._ticker.wait(pause_s) and (watches := self._wait_for_watches()):
            started_s = self._clock.monotonic_s()
            for key, watch in watches:
                sample = self._take(watch)
                if sample is not None and self._watch(key) is watch:
                    self._hand_out(watch, sample)
            pause_s = max(0.0, self._period_s - (self._clock.monotonic_s() - started_s))

    def _wait_for_watches(self) -> list[tuple[str, _Watch]]:
        """Return the workers to read, as soon as there are any; none when all is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._watches or self._is_closed)
            return list(self._watches.items())

    def _take(self, watch: _Watch) -> MemorySample | None:
        """Read once, and add the reading to the open window."""
        try:
            sample = self._reader.read(watch.process_id, watch.model_file_bytes)
        except Exception:  # noqa: BLE001 - a reading that fails must not end the thread or an answer
            self._complain(watch)
            return None
        with self._changed:
            if sample is not None and watch.window is not None:
                watch.window.add(sample)
        return sample

    def _hand_out(self, watch: _Watch, sample: MemorySample) -> None:
        try:
            watch.on_sample(sample)
        except Exception:  # noqa: BLE001 - a listener's mistake must not end the thread
            self._complain(watch)

    def _complain(self, watch: _Watch) -> None:
        """Log the current exception, once for each worker."""
        if not watch.has_complained:
            watch.has_complained = True
            _log.exception("reading the memory of process %d failed", watch.process_id)

    def _reset_peak(self, watch: _Watch) -> bool:
        try:
            return self._reader.reset_peak(watch.process_id)
        except Exception:  # noqa: BLE001 - as for a reading
            self._complain(watch)
            return False

    def _use(self, watch: _Watch, window: _Window | None) -> MemoryUse:
        if window is None or window.highest is None:
            return self._unknown(to_translate("its process was gone"))
        return MemoryUse(
            needed_bytes=window.highest.needed_bytes,
            weights_bytes=window.highest.weights_bytes,
            working_bytes=window.highest.working_bytes,
            peak_resident_bytes=self._peak_bytes(watch, window),
            method=self._reader.method,
            sample_count=window.sample_count,
        )

    def _peak_bytes(self, watch: _Watch, window: _Window) -> int:
        """Return the system's peak if it is of this answer alone, else the highest reading."""
        if not window.has_own_peak:
            return window.resident_bytes
        peak_bytes = self._reader.peak_resident_bytes(watch.process_id)
        if isinstance(peak_bytes, Unavailable):
            return window.resident_bytes
        return max(peak_bytes, window.resident_bytes)

    def _unknown(self, reason: str) -> MemoryUse:
        missing = Unavailable(reason=reason)
        return MemoryUse(
            needed_bytes=missing,
            weights_bytes=missing,
            working_bytes=missing,
            peak_resident_bytes=missing,
            method=self._reader.method,
            sample_count=0,
        )


def _comparable(sample: MemorySample) -> int:
    needed_bytes = sample.needed_bytes
    return sample.resident_bytes if isinstance(needed_bytes, Unavailable) else needed_bytes
