"""One worker process, seen from the program.

Commands go down with `send`. Everything that comes up is handed to `deliver` by a reader thread:
the worker's events and, as the very last item, `Exited`. A second thread drains standard error,
which holds the native library's prints and its last words.
"""

import collections
import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO

import msgspec
import psutil

from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, FailureKind, ProtocolError
from large_enough.engine.causes import ProcessEnd, explain_end
from large_enough.engine.job_object import WorkerJob
from large_enough.engine.launcher import LaunchCommand
from large_enough.protocol.codec import decode_event, encode, version_text
from large_enough.protocol.messages import (
    MAX_FRAME_BYTES,
    PROTOCOL_MAJOR,
    Command,
    Event,
    Heartbeat,
    Quit,
    Ready,
)

QUIT_GRACE_S = 2.0
"""After being asked to quit."""
TERMINATE_GRACE_S = 2.0
"""After SIGTERM."""
ERROR_LINES_KEPT = 200
"""Of the worker's standard error."""
ERROR_LINE_BYTES = 2000
"""Longer lines of standard error are cut into pieces."""


class Exited(msgspec.Struct, frozen=True, kw_only=True):
    """The worker process has ended; nothing more comes from it."""

    exit_code: int
    error: ErrorInfo | None
    """Why; None if it was asked to end."""


Delivered = Event | Exited


class WorkerClient:
    """Owns one worker process from its start to its end.

    Must be created on a thread that lives as long as the worker: on Linux the worker asks to be
    killed when the thread that started it ends (PR_SET_PDEATHSIG).
    """

    def __init__(
        self,
        subject: str,
        command: LaunchCommand,
        deliver: Callable[[Delivered], None],
        clock: Clock,
    ) -> None:
        self.subject = subject
        self._deliver = deliver
        self._clock = clock
        self._lock = threading.Lock()
        self._is_ending = False
        self._cause: ErrorInfo | None = None
        self._was_ready = False
        self._own_process_id: int | None = None
        self._error_lines: collections.deque[str] = collections.deque(maxlen=ERROR_LINES_KEPT)
        self.last_heard_s = clock.monotonic_s()
        self.last_progress_s = self.last_heard_s
        self._process = subprocess.Popen(
            command.arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(command.environment),
            creationflags=command.creation_flags,
            # Ctrl-C in a terminal goes to the whole group; the program itself ends its workers.
            start_new_session=sys.platform != "win32",
        )
        self._job = WorkerJob(self._process.pid)
        self._threads = [
            threading.Thread(target=self._read_errors, name=f"{subject}: errors", daemon=True),
            threading.Thread(target=self._read_events, name=f"{subject}: events", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def process_id(self) -> int:
        """The worker's own word for its process id: a Windows venv puts a launcher in between."""
        return self._own_process_id or self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process is still running."""
        return self._process.poll() is None

    def cpu_time_s(self) -> float:
        """Return the processor time the worker has used so far; 0 when it is gone."""
        try:
            times = psutil.Process(self.process_id).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def send(self, command: Command) -> None:
        """Send a command. A worker that is gone is not an error here: `Exited` tells of it.

        Raises:
            ProtocolError: The command is too long for a frame.
        """
        line = encode(command)
        with self._lock, contextlib.suppress(OSError, ValueError):
            stdin = self._stdin()
            stdin.write(line)
            stdin.flush()

    def give_up(self, cause: ErrorInfo) -> None:
        """Kill the worker; `Exited` will carry `cause`."""
        self._cause = self._cause or cause
        self._kill_tree()

    def close(self) -> None:
        """End the worker: ask, wait, terminate, wait, kill. Safe to call more than once."""
        self._is_ending = True
        self.send(Quit())
        with self._lock, contextlib.suppress(OSError):
            self._stdin().close()
        if not self._has_ended_within(QUIT_GRACE_S):
            self._process.terminate()
            if not self._has_ended_within(TERMINATE_GRACE_S):
                self._kill_tree()
                self._has_ended_within(TERMINATE_GRACE_S)
        for thread in self._threads:
            thread.join(TERMINATE_GRACE_S)

    def _stdin(self) -> IO[bytes]:
        return _pipe(self._process.stdin)

    def _has_ended_within(self, timeout_s: float) -> bool:
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _kill_tree(self) -> None:
        """Kill the worker's own children first, then the worker."""
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(self._process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        with contextlib.suppress(OSError):
            self._process.kill()

    def _read_events(self) -> None:
        """Thread: hand over events until the channel closes, then the worker's end."""
        stdout = _pipe(self._process.stdout)
        with stdout:
            while line := stdout.readline(MAX_FRAME_BYTES + 1):
                try:
                    self._take_in(line)
                except ProtocolError as error:
                    self.give_up(error.info)
                    break
        exit_code = self._process.wait()
        self._threads[0].join(TERMINATE_GRACE_S)
        self._deliver(Exited(exit_code=exit_code, error=self._cause_of(exit_code)))

    def _take_in(self, line: bytes) -> None:
        event = decode_event(line)
        self.last_heard_s = self._clock.monotonic_s()
        if event is None or isinstance(event, Heartbeat):
            return
        if isinstance(event, Ready):
            self._check_version(event)
            self._was_ready = True
            self._own_process_id = event.process_id
        elif not self._was_ready:
            raise ProtocolError(
                FailureKind.PROTOCOL_BROKEN, self.subject, detail="first message was not `ready`"
            )
        self.last_progress_s = self.last_heard_s
        self._deliver(event)

    def _check_version(self, ready: Ready) -> None:
        if ready.protocol_major != PROTOCOL_MAJOR:
            raise ProtocolError(
                FailureKind.PROTOCOL_MISMATCH,
                self.subject,
                worker_version=f"{ready.protocol_major}.{ready.protocol_minor}",
                own_version=version_text(),
            )

    def _cause_of(self, exit_code: int) -> ErrorInfo | None:
        if self._cause is not None:
            named = msgspec.structs.replace(
                self._cause, subject=self._cause.subject or self.subject
            )
            return named if named.detail else msgspec.structs.replace(named, detail=self._errors())
        if self._is_ending:
            return None
        end = ProcessEnd(exit_code=exit_code, was_ready=self._was_ready, error_text=self._errors())
        return explain_end(self.subject, end)

    def _errors(self) -> str:
        return "\n".join(self._error_lines)

    def _read_errors(self) -> None:
        """Thread: keep the last lines of standard error; a full pipe would block the worker."""
        stderr = _pipe(self._process.stderr)
        with stderr:
            while line := stderr.readline(ERROR_LINE_BYTES):
                self._error_lines.append(line.decode("utf-8", "replace").rstrip("\r\n"))


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    """Narrow the type of a stream that was opened as a pipe."""
    if stream is None:
        message = "the worker was started without this pipe"
        raise RuntimeError(message)
    return stream
