"""Catches what the engine says: its log, also its last words before it aborts.

The bindings' own logger takes ggml's levels for other ones and drops errors; this one replaces it.
"""

import collections
import contextlib
import ctypes
import os
from collections.abc import Callable
from typing import NamedTuple

from large_enough.protocol.messages import ABORT_MARKER
from large_enough.worker.bindings import Bindings, NativeFunction, native_function

# ggml.h, enum ggml_log_level
LEVEL_DEBUG = 1
LEVEL_INFO = 2
LEVEL_WARN = 3
LEVEL_ERROR = 4
LEVEL_CONTINUED = 5

KEPT_LINES = 4000
ABORTED_BY_US = (
    "compute status: 1",
    "compute_async failed with error 1",
    "removing memory module entries",
    "failed to decode, ret = 2",
)
"""What the engine logs as errors and warnings whenever a computation was cancelled."""
OF_NO_MATTER = ("cannot use buft",)
"""A warning for each matrix of an adapter that lies where weights are not re-arranged."""


class LogLine(NamedTuple):
    """One line of the engine's log."""

    level: int
    text: str


class EngineLog:
    """The last lines of the engine's log."""

    def __init__(self, on_line: Callable[[LogLine], None] | None = None) -> None:
        """Prepare.

        Args:
            on_line: Called with each new line, by native code: it must not raise.
        """
        self._on_line = on_line
        self._lines: collections.deque[LogLine] = collections.deque(maxlen=KEPT_LINES)
        self._callbacks: list[NativeFunction] = []

    @property
    def lines(self) -> tuple[LogLine, ...]:
        """What was logged since `clear`, oldest first."""
        return tuple(self._lines)

    def clear(self) -> None:
        """Forget what was logged so far."""
        self._lines.clear()

    def add(self, level: int, text: str) -> None:
        """Take one message of the engine."""
        text = text.rstrip("\n")
        if level == LEVEL_DEBUG or not text or _is_expected(text):
            return
        if level == LEVEL_CONTINUED:
            if self._lines and text.strip("."):  # dots only show progress
                before = self._lines.pop()
                self._lines.append(LogLine(before.level, before.text + text))
            return
        line = LogLine(level, text)
        self._lines.append(line)
        if level >= LEVEL_WARN:
            _say(text.encode())
        if self._on_line is not None:
            self._on_line(line)

    def install(self, bindings: Bindings) -> None:
        """Listen to the engine from now on.

        Args:
            bindings: The module `llama_cpp.llama_cpp`.
        """
        log_callback = bindings.llama_log_callback(self._on_log)
        abort_callback = _AbortCallback(_on_abort)
        self._callbacks += [log_callback, abort_callback]  # the engine holds only raw pointers
        bindings.llama_log_set(log_callback, ctypes.c_void_p(0))
        set_abort_callback = native_function(bindings, "ggml_set_abort_callback", "ggml-base")
        set_abort_callback.argtypes = [_AbortCallback]
        set_abort_callback.restype = ctypes.c_void_p
        set_abort_callback(abort_callback)

    def _on_log(self, level: int, text: bytes | None, user_data: object) -> None:
        """Called by native code, which no exception may reach: nothing here raises one."""
        del user_data
        self.add(level, (text or b"").decode("utf-8", "replace"))


def _is_expected(text: str) -> bool:
    return any(words in text for words in (*ABORTED_BY_US, *OF_NO_MATTER))


_AbortCallback = ctypes.CFUNCTYPE(None, ctypes.c_char_p)


def _on_abort(message: bytes | None) -> None:
    _say(ABORT_MARKER.encode() + b" " + (message or b"without a message"))


def _say(line: bytes) -> None:
    with contextlib.suppress(OSError):
        os.write(2, line + b"\n")
