"""The ways in which a scripted worker fails, each as a real worker would."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

import msgspec

from large_enough.domain.echo_script import End, EndKind, StartKind
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.protocol.messages import ABORT_MARKER, MAX_FRAME_BYTES, PROTOCOL_MAJOR, Ready
from large_enough.worker.channel import Channel

ASSERTION = ABORT_MARKER.encode() + b" llama-context.cpp:1: GGML_ASSERT(is_scripted) failed\n"
"""Last words of a scripted crash, as the engine would write them."""
GARBAGE = b"llama_print_timings: this is no message\n"
KILLED_EXIT_CODE = 137
"""Where there is no SIGKILL: 128 plus its number, as a shell would report it."""


class Faults:
    """Does what a script asks for."""

    def __init__(self, channel: Channel, stop_heartbeat: Callable[[], None]) -> None:
        self._channel = channel
        self._stop_heartbeat = stop_heartbeat

    def happen(self, end: End) -> None:
        """End as told. Returns after ends that leave the worker whole.

        Raises:
            EngineError: For `failed:KIND`.
        """
        if end.kind is EndKind.FAILED:
            raise EngineError(end.failure or FailureKind.INTERNAL, detail="the script says so")
        deeds: dict[EndKind, Callable[[], None]] = {
            EndKind.EXIT: lambda: os._exit(end.exit_code),
            EndKind.KILLED: _be_killed,
            EndKind.CRASH_ABORT: _abort,
            EndKind.CRASH_SEGV: lambda: signal.raise_signal(signal.SIGSEGV),
            EndKind.ILLEGAL_INSTRUCTION: lambda: signal.raise_signal(signal.SIGILL),
            EndKind.HANG: _hang,
            EndKind.HANG_SILENT: self._hang_silently,
            EndKind.GARBAGE: lambda: self._channel.send_raw(GARBAGE),
            EndKind.HUGE_FRAME: self._send_huge_frame,
        }
        deed = deeds.get(end.kind)
        if deed is not None:
            deed()

    def greet(self, start: StartKind, ready: Ready) -> Ready:
        """Return the greeting the script asks for, or do not return."""
        if start is StartKind.SILENT:
            _hang()
        if start is StartKind.GARBAGE:
            self._channel.send_raw(GARBAGE)
        if start is StartKind.WRONG_PROTOCOL_VERSION:
            return msgspec.structs.replace(ready, protocol_major=PROTOCOL_MAJOR + 1)
        return ready

    def _hang_silently(self) -> NoReturn:
        self._stop_heartbeat()
        _hang()

    def _send_huge_frame(self) -> None:
        filling = b"x" * MAX_FRAME_BYTES
        self._channel.send_raw(b'{"type":"text","text":"' + filling + b'"}\n')


def _hang() -> NoReturn:
    """Wait for ever."""
    while True:
        threading.Event().wait()


def _abort() -> NoReturn:
    sys.stderr.flush()
    os.write(2, ASSERTION)
    os.abort()


def _be_killed() -> NoReturn:
    if sys.platform != "win32":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(KILLED_EXIT_CODE)
