"""Runs a program that fetches something, and ends it when it stalls or is not wanted any more."""

import enum
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from large_enough.domain.clock import Clock

_GUARD = Path(__file__).with_name("guard.py")
_POLL_S = 0.1
_KEPT_OUTPUT_BYTES = 64 << 10
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW, or Windows flashes a console


class ChildEnd(enum.Enum):
    """Why a program is no longer running."""

    EXITED = enum.auto()
    CANCELLED = enum.auto()
    STALLED = enum.auto()


class ChildResult(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a program that has ended."""

    end: ChildEnd
    exit_code: int
    """As the operating system reports it."""
    output: str
    """The last of its standard output."""
    errors: str
    """The last of its standard error."""

    @property
    def last_error_line(self) -> str:
        """The last line of its standard error that says something; empty if there is none."""
        lines = [line.strip() for line in self.errors.splitlines() if line.strip()]
        return lines[-1] if lines else ""


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long a program may show no progress before it is ended."""

    first_byte_s: float
    """Until the first progress."""
    next_byte_s: float
    """From one progress to the next."""


def run_child(
    arguments: Sequence[str],
    *,
    folder: Path,
    environ: Mapping[str, str],
    progress_bytes: Callable[[], int],
    is_cancelled: Callable[[], bool],
    patience: Patience,
    clock: Clock,
) -> ChildResult:
    """Run a Python module or script in a process of its own until it ends, one way or another.

    Args:
        arguments: Name of the module or path of the script, then its arguments.
        folder: For its output; its current folder too, so that nothing of the user's is imported.
        environ: Its environment.
        progress_bytes: Asked several times a second how much has arrived.
        is_cancelled: Asked as often; the program is ended at once when it is.
        patience: How long to wait for progress.
        clock: What the patience is measured with.
    """
    output, errors = folder / "output.txt", folder / "errors.txt"
    try:
        process = _start(arguments, folder, environ, output, errors)
    except OSError as error:
        return ChildResult(end=ChildEnd.EXITED, exit_code=-1, output="", errors=str(error))
    try:
        end = _wait(process, progress_bytes, is_cancelled, patience, clock)
    finally:
        _end(process)
    return ChildResult(
        end=end, exit_code=process.returncode, output=_tail(output), errors=_tail(errors)
    )


def _start(
    arguments: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    output: Path,
    errors: Path,
) -> "subprocess.Popen[bytes]":
    with output.open("wb") as output_file, errors.open("wb") as errors_file:
        return subprocess.Popen(
            [sys.executable, "-P", str(_GUARD), *arguments],
            stdin=subprocess.PIPE,  # never written to: it closes when this process ends
            stdout=output_file,
            stderr=errors_file,
            cwd=folder,
            env={**environ, "PYTHONIOENCODING": "utf-8:replace", "PYTHONUNBUFFERED": "1"},
            start_new_session=os.name == "posix",  # Ctrl-C is for us; we end the program
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
        )


def _wait(
    process: "subprocess.Popen[bytes]",
    progress_bytes: Callable[[], int],
    is_cancelled: Callable[[], bool],
    patience: Patience,
    clock: Clock,
) -> ChildEnd:
    first_bytes = seen_bytes = progress_bytes()
    seen_s = clock.monotonic_s()
    while process.poll() is None:
        if is_cancelled():
            return ChildEnd.CANCELLED
        arrived_bytes = progress_bytes()
        if arrived_bytes != seen_bytes:
            seen_bytes, seen_s = arrived_bytes, clock.monotonic_s()
        has_begun = seen_bytes != first_bytes
        allowed_s = patience.next_byte_s if has_begun else patience.first_byte_s
        if clock.monotonic_s() - seen_s > allowed_s:
            return ChildEnd.STALLED
        _pause(process)
    return ChildEnd.EXITED


def _pause(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(_POLL_S)
    except subprocess.TimeoutExpired:
        return


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program for certain; nothing it does needs an orderly end."""
    if process.poll() is None:
        process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _tail(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _KEPT_OUTPUT_BYTES, 0))
        return file.read().decode("utf-8", errors="replace")
