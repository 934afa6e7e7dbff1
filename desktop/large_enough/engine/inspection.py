"""Starts a worker to learn from it which engine there is."""

import queue

from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import EngineBuild, LoadSettings, Placement
from large_enough.engine.client import Delivered, Exited, WorkerClient
from large_enough.engine.launcher import LaunchCommand
from large_enough.protocol.messages import Failed, Load, Ready

SUBJECT = "llama.cpp"
PATIENCE_S = 20.0
"""The first start after an installation may take long: virus scanners read every library."""

_NO_FILE = Load(path="", settings=LoadSettings(), placement=Placement(thread_count=1))
"""A worker without an engine greets all the same, and says what is wrong when it is to load. One
with an engine says that there is no such file."""
_IS_FINE = frozenset({FailureKind.FILE_MISSING, FailureKind.FILE_UNREADABLE})


class EngineInspection:
    """A worker that is starting, from the construction until `close`.

    Must be made on a thread that lives as long as the worker, as `WorkerClient` must.
    """

    def __init__(
        self, command: LaunchCommand, clock: Clock, patience_s: float = PATIENCE_S
    ) -> None:
        """Start the worker; what goes wrong with that is told by `result`.

        Args:
            command: How to start it.
            clock: For the time it may take.
            patience_s: How long that is.
        """
        self._clock = clock
        self._patience_s = patience_s
        self._end_s = clock.monotonic_s() + patience_s
        self._said: queue.SimpleQueue[Delivered] = queue.SimpleQueue()
        self._worker: WorkerClient | ErrorInfo
        try:
            self._worker = WorkerClient(SUBJECT, command, self._said.put, clock)
        except OSError as error:
            self._worker = ErrorInfo(
                kind=FailureKind.WORKER_NOT_STARTED, subject=SUBJECT, detail=str(error)
            )

    def result(self) -> EngineBuild | ErrorInfo:
        """Wait for the worker; return which engine it has, or why it has none."""
        if isinstance(self._worker, ErrorInfo):
            return self._worker
        build: EngineBuild | None = None
        while (said := self._next()) is not None:
            if isinstance(said, Ready):
                build = said.engine
                self._worker.send(_NO_FILE)
            elif isinstance(said, Exited):
                return said.error or ErrorInfo(kind=FailureKind.EXITED, subject=SUBJECT)
            elif isinstance(said, Failed) and build is not None:
                return build if said.error.kind in _IS_FINE else said.error
        return ErrorInfo(
            kind=FailureKind.STOPPED_RESPONDING,
            subject=SUBJECT,
            facts={"silent_s": self._patience_s},
        )

    def close(self) -> None:
        """End the worker. Safe to call twice."""
        if isinstance(self._worker, WorkerClient):
            self._worker.close()

    def _next(self) -> Delivered | None:
        """Return what the worker says next; None if its time is up."""
        left_s = self._end_s - self._clock.monotonic_s()
        try:
            return self._said.get(timeout=max(0.0, left_s))
        except queue.Empty:
            return None
