"""Has one model quantised by a worker process of its own."""

import queue
from collections.abc import Callable
from typing import NamedTuple

from large_enough.domain.clock import Clock
from large_enough.domain.errors import EngineError, ErrorInfo, FailureKind
from large_enough.domain.generation import EngineBuild
from large_enough.engine.client import Delivered, Exited, WorkerClient
from large_enough.engine.health import HealthCheck, HealthLimits
from large_enough.engine.launcher import LaunchCommand
from large_enough.protocol.messages import Failed, Quantise, Quantised, Quantising, Ready

POLL_S = 0.1
"""How often cancelling and health are looked at."""
LIMITS = HealthLimits(silence_s=120.0, idle_s=600.0)
"""A slow disk may keep the worker from computing for minutes."""


class Written(NamedTuple):
    """What is known about a copy that was written."""

    engine: EngineBuild
    """Which engine did it."""
    duration_s: float
    """How long it took."""


class Quantiser:
    """A quantising worker, from the construction until `close`."""

    def __init__(self, command: LaunchCommand, clock: Clock, subject: str) -> None:
        """Start the worker.

        Args:
            command: How to start it.
            clock: For its health.
            subject: The model's name, for what is said about failures.

        Raises:
            EngineError: WORKER_NOT_STARTED.
        """
        self._clock = clock
        self._said: queue.SimpleQueue[Delivered] = queue.SimpleQueue()
        try:
            self._client = WorkerClient(subject, command, self._said.put, clock)
        except OSError as error:
            raise EngineError(FailureKind.WORKER_NOT_STARTED, subject, detail=str(error)) from error
        self._health = HealthCheck(self._client, LIMITS)
        self._engine: EngineBuild | None = None

    def run(
        self,
        order: Quantise,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> Written | None:
        """Have the order carried out.

        Args:
            order: What to do.
            on_progress: Called with the share of the weights done, 0 to 1, on this thread.
            is_cancelled: Asked several times a second.

        Returns:
            What was done, or None if it was cancelled; `close` ends the worker then.

        Raises:
            EngineError: It failed, or the worker ended.
        """
        while not is_cancelled():
            said = self._next()
            if isinstance(said, Ready):
                self._engine = said.engine
                self._client.send(order)
            elif isinstance(said, Quantising):
                on_progress(said.fraction)
            elif isinstance(said, Quantised) and self._engine is not None:
                return Written(self._engine, said.duration_s)
            elif isinstance(said, Failed):
                raise EngineError.from_info(said.error)
            elif isinstance(said, Exited):
                raise EngineError.from_info(said.error or ErrorInfo(kind=FailureKind.EXITED))
        return None

    def close(self) -> None:
        """End the worker, whatever it is doing; it removes what is unfinished. Safe to repeat."""
        self._client.close()

    def _next(self) -> Delivered | None:
        """Return what the worker says next, or None for now; give it up if it is ill."""
        try:
            return self._said.get(timeout=POLL_S)
        except queue.Empty:
            problem = self._health.problem(
                self._clock.monotonic_s(),
                is_started=self._engine is not None,
                is_working=self._engine is not None,
            )
            if problem is not None:
                self._client.give_up(problem)
            return None
