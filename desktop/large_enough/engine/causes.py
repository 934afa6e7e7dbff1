"""Why a worker process ended, as an `ErrorInfo`.

The table of exit codes: POSIX gives minus the signal's number, a shell in between gives 128 plus
it, Windows gives an NTSTATUS (https://learn.microsoft.com/windows/win32/debug, "NTSTATUS values").
"""

import signal
from dataclasses import dataclass

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.protocol.messages import ABORT_MARKER

_SIGNAL_KINDS = {
    signal.SIGABRT: FailureKind.ENGINE_ASSERTION,
    signal.SIGILL: FailureKind.ILLEGAL_INSTRUCTION,
    signal.SIGSEGV: FailureKind.CRASHED,
    signal.SIGFPE: FailureKind.CRASHED,
    signal.SIGTERM: FailureKind.KILLED,
}
_NAMED_SIGNALS = {"SIGKILL": FailureKind.KILLED, "SIGBUS": FailureKind.CRASHED}
"""Signals that Windows' signal module does not have."""

_WINDOWS_KINDS = {
    0xC000001D: FailureKind.ILLEGAL_INSTRUCTION,  # STATUS_ILLEGAL_INSTRUCTION
    0xC0000005: FailureKind.CRASHED,  # STATUS_ACCESS_VIOLATION
    0xC0000017: FailureKind.OUT_OF_MEMORY,  # STATUS_NO_MEMORY
    0xC0000409: FailureKind.ENGINE_ASSERTION,  # STATUS_STACK_BUFFER_OVERRUN: abort()'s fast fail
    0xC000013A: FailureKind.KILLED,  # STATUS_CONTROL_C_EXIT
}

SHELL_SIGNAL_BASE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessEnd:
    """What is known about a worker process that is no more."""

    exit_code: int
    """As `subprocess` gives it: negative for a signal on POSIX."""
    was_ready: bool
    """Whether it had greeted."""
    error_text: str
    """The end of its standard error."""


def explain_end(subject: str, end: ProcessEnd) -> ErrorInfo:
    """Turn the end of a worker that nobody asked to end into a failure.

    Args:
        subject: Name of the model it ran.
        end: What is known.
    """
    number, kind = _signal_kind(end.exit_code)
    if kind is None:
        kind = FailureKind.EXITED if end.was_ready else FailureKind.WORKER_NOT_STARTED
    if ABORT_MARKER in end.error_text and kind is not FailureKind.KILLED:
        kind = FailureKind.ENGINE_ASSERTION
    facts: dict[str, str | int | float] = {"exit_code": end.exit_code}
    if number is not None:
        facts["signal"] = number
    return ErrorInfo(kind=kind, subject=subject, facts=facts, detail=_last_words(end.error_text))


def _signal_kind(exit_code: int) -> tuple[int | None, FailureKind | None]:
    """Return the signal's number and the kind of failure behind an exit code, if it tells one."""
    windows_kind = _WINDOWS_KINDS.get(exit_code & 0xFFFFFFFF)
    if windows_kind is not None:
        return None, windows_kind
    number = -exit_code if exit_code < 0 else exit_code - SHELL_SIGNAL_BASE
    try:
        name = signal.Signals(number)
    except ValueError:
        return None, None
    return number, _SIGNAL_KINDS.get(name) or _NAMED_SIGNALS.get(name.name, FailureKind.KILLED)


def _last_words(error_text: str) -> str:
    """Put the engine's own assertion first if there is one; keep the rest for the curious."""
    lines = [line for line in error_text.splitlines() if line.strip()]
    spoken = [line.split(ABORT_MARKER, 1)[1].strip() for line in lines if ABORT_MARKER in line]
    return "\n".join(spoken + [line for line in lines if ABORT_MARKER not in line])
