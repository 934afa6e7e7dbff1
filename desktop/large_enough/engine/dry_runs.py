"""Asks a worker of its own what models would take, without loading any of them."""

import queue

from large_enough.domain.clock import Clock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import LoadSettings
from large_enough.engine.client import Delivered, Exited, WorkerClient
from large_enough.engine.launcher import LaunchCommand
from large_enough.protocol.messages import Failed, Inspect, Inspected

SUBJECT = "llama.cpp"
PATIENCE_S = 30.0
"""For one question: the first one starts a process, and a vocabulary is read in about a second."""


class DryRuns:
    """A worker that is started by the first question, and ends with `close`.

    Must be used on one thread, which lives as long as the worker, as `WorkerClient` must.
    """

    def __init__(
        self, command: LaunchCommand, clock: Clock, patience_s: float = PATIENCE_S
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            command: How to start the worker.
            clock: For the time that an answer may take.
            patience_s: How long that is.
        """
        self._command = command
        self._clock = clock
        self._patience_s = patience_s
        self._said: queue.SimpleQueue[Delivered] = queue.SimpleQueue()
        self._worker: WorkerClient | None = None

    def run(self, path: str, settings: LoadSettings) -> DryRun | ErrorInfo:
        """Return what loading a model would take, or why the engine cannot tell.

        Args:
            path: Its file.
            settings: How it would be loaded.
        """
        try:
            worker = self._started()
        except OSError as error:
            return ErrorInfo(
                kind=FailureKind.WORKER_NOT_STARTED, subject=SUBJECT, detail=str(error)
            )
        worker.send(Inspect(path=path, settings=settings))
        said = self._answer()
        if isinstance(said, Inspected):
            return said.dry_run
        if isinstance(said, Failed):
            return said.error
        self.close()  # the next question gets a fresh one
        return _why_no_answer(said, self._patience_s)

    def close(self) -> None:
        """End the worker, if there is one. Safe to call twice."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _started(self) -> WorkerClient:
        if self._worker is None:
            self._said = queue.SimpleQueue()
            self._worker = WorkerClient(SUBJECT, self._command, self._said.put, self._clock)
        return self._worker

    def _answer(self) -> Inspected | Failed | Exited | None:
        """Return the answer; None if its time is up."""
        end_s = self._clock.monotonic_s() + self._patience_s
        while True:
            left_s = end_s - self._clock.monotonic_s()
            try:
                said = self._said.get(timeout=max(0.0, left_s))
            except queue.Empty:
                return None
            if isinstance(said, Inspected | Failed | Exited):
                return said


def _why_no_answer(said: Exited | None, patience_s: float) -> ErrorInfo:
    if said is None:
        return ErrorInfo(
            kind=FailureKind.STOPPED_RESPONDING, subject=SUBJECT, facts={"silent_s": patience_s}
        )
    return said.error or ErrorInfo(kind=FailureKind.EXITED, subject=SUBJECT)
