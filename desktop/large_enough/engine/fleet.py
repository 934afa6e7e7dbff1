"""The workers that are alive, and what each one holds.

A worker keeps its model until it is dismissed, so a second question to the same contender needs no
loading and can reuse the KV cache. Everything that happens arrives in one inbox.
"""

import functools
import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from large_enough.domain.clock import Clock
from large_enough.domain.errors import EngineError, ErrorInfo, FailureKind
from large_enough.domain.generation import EngineBuild, LoadedModel, LoadSettings
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.resource_use import MemorySample
from large_enough.domain.round import Contender
from large_enough.engine.client import Delivered, Exited, WorkerClient
from large_enough.engine.health import HealthCheck, HealthLimits
from large_enough.engine.inbox import Inbox
from large_enough.engine.launcher import LaunchCommand
from large_enough.protocol.messages import (
    Cancel,
    Choose,
    Chosen,
    CountTokens,
    Failed,
    Generate,
    Generated,
    TokensCounted,
)


@dataclass(frozen=True, slots=True)
class WorkerSpoke:
    """A worker sent an event or has ended."""

    worker_id: int
    said: Delivered


@dataclass(frozen=True, slots=True)
class MemoryRead:
    """The sampler read a contender's memory."""

    letter: str
    sample: MemorySample


@dataclass(frozen=True, slots=True)
class StopWanted:
    """The user wants one contender, or all of them (None), to stop."""

    letter: str | None
    round_id: str | None = None
    """The round that is meant; None means whichever is running."""


Happening = WorkerSpoke | MemoryRead | StopWanted


@dataclass(slots=True, kw_only=True)
class Worker:
    """One worker process with the model it was started for."""

    worker_id: int
    card: ModelCard
    load: LoadSettings
    client: WorkerClient
    health: HealthCheck
    engine: EngineBuild | None = None
    """None until it has greeted."""
    loaded: LoadedModel | None = None
    """None until its model is loaded."""
    request_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    in_flight: set[int] = field(default_factory=set)
    """The requests sent with `ask` that have not been answered yet."""

    def serves(self, contender: Contender) -> bool:
        """Tell whether this worker holds, alive, just what the contender needs."""
        return (
            self.loaded is not None
            and self.client.is_alive
            and (self.card.path, self.card.sha256, self.card.adapter, self.load)
            == (
                contender.card.path,
                contender.card.sha256,
                contender.card.adapter,
                contender.load,
            )
        )

    @property
    def has_room(self) -> bool:
        """Whether another request would be worked on at once instead of waiting in line."""
        loaded = self.loaded
        return loaded is not None and len(self.in_flight) < loaded.parallel_sequences

    def ask(self, command_for: Callable[[int], Generate | Choose | CountTokens]) -> int:
        """Send a request; others may be in flight.

        Args:
            command_for: Returns the command with the id it is given.

        Returns:
            The request's id.

        Raises:
            ProtocolError: The command is too long for a frame.
        """
        request_id = next(self.request_ids)
        self.client.send(command_for(request_id))
        self.in_flight.add(request_id)
        return request_id

    def cancel_all(self) -> None:
        """Stop everything in flight; each request is still answered."""
        for request_id in sorted(self.in_flight):
            self.client.send(Cancel(request_id=request_id))

    def take_note(self, said: Delivered) -> frozenset[int]:
        """Return the requests in flight that this ends: one, or at the worker's end all of them.

        None for everything else, also for an answer that nobody asked for.
        """
        ended: frozenset[int] = frozenset()
        if isinstance(said, Exited):
            ended = frozenset(self.in_flight)
        elif isinstance(said, Generated | Chosen | TokensCounted | Failed):
            ended = frozenset(self.in_flight & {said.request_id})
        self.in_flight -= ended
        return ended

    def problem(self, now_s: float) -> ErrorInfo | None:
        """Return why the worker should be given up, or None while all is well."""
        is_working = self.loaded is None or bool(self.in_flight)
        return self.health.problem(now_s, is_started=self.engine is not None, is_working=is_working)


class Fleet:
    """Starts workers, finds the ones that can be used again, and ends them."""

    def __init__(
        self,
        command_for: Callable[[BackendKind], LaunchCommand],
        clock: Clock,
        limits: HealthLimits | None = None,
    ) -> None:
        self.inbox: Inbox[Happening] = Inbox()
        self._command_for = command_for
        self._clock = clock
        self._limits = limits or HealthLimits()
        self._workers: dict[int, Worker] = {}
        self._ids = itertools.count(1)

    @property
    def workers(self) -> tuple[Worker, ...]:
        """All workers that have not been dismissed."""
        return tuple(self._workers.values())

    @property
    def is_gpu_in_use(self) -> bool:
        """Whether a model is on a graphics device; may be asked from any thread."""
        return any(worker.loaded is not None and worker.loaded.is_on_gpu for worker in self.workers)

    @property
    def loaded_ids(self) -> frozenset[int]:
        """The ids of the workers that hold a model."""
        return frozenset(worker.worker_id for worker in self.workers if worker.loaded is not None)

    def find(self, contender: Contender, taken: Collection[int]) -> Worker | None:
        """Return a loaded worker for this contender, leaving out those with the ids in `taken`."""
        for worker in self._workers.values():
            if worker.worker_id not in taken and worker.serves(contender):
                return worker
        return None

    def start(self, contender: Contender) -> Worker:
        """Start a fresh worker for this contender; it has not loaded anything yet.

        Raises:
            EngineError: The operating system did not start the process.
        """
        worker_id = next(self._ids)
        try:
            client = WorkerClient(
                contender.card.name,
                self._command_for(contender.card.backend),
                functools.partial(self._take_in, worker_id),
                self._clock,
            )
        except OSError as error:
            raise EngineError(
                FailureKind.WORKER_NOT_STARTED, contender.card.name, detail=str(error)
            ) from error
        worker = Worker(
            worker_id=worker_id,
            card=contender.card,
            load=contender.load,
            client=client,
            health=HealthCheck(client, self._limits),
        )
        self._workers[worker_id] = worker
        return worker

    def dismiss(self, worker: Worker) -> None:
        """End a worker and free its memory. Harmless if it has ended already."""
        self._workers.pop(worker.worker_id, None)
        worker.client.close()

    def dismiss_others(self, kept: Collection[int]) -> None:
        """End all workers but those with the given ids."""
        for worker in self.workers:
            if worker.worker_id not in kept:
                self.dismiss(worker)

    def close(self) -> None:
        """End all workers."""
        self.inbox.close()
        self.dismiss_others(())

    def _take_in(self, worker_id: int, said: Delivered) -> None:
        self.inbox.put(WorkerSpoke(worker_id, said))
