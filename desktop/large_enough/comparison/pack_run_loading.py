"""Loads a contender of a run and lets it answer once, so that its first item is like all others."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from large_enough.comparison.events import ContenderState, RoundEvent, StateChanged
from large_enough.comparison.instruments import Instruments
from large_enough.comparison.journal import Journal
from large_enough.comparison.pack_run_book import RunBook
from large_enough.comparison.pack_run_ends import GivenUpError, StoppedError
from large_enough.comparison.pack_run_events import RunState
from large_enough.comparison.pack_run_questions import warm_up_round
from large_enough.comparison.round_in_progress import run_round
from large_enough.comparison.round_state import Shape, as_it_is
from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import Placement
from large_enough.domain.pack_run import PackRunPlan
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import (
    Contender,
    Done,
    Failed,
    RoundPlan,
    RoundRecord,
)
from large_enough.engine.fleet import Fleet, Worker

_STATES = {
    ContenderState.CHECKING: RunState.CHECKING,
    ContenderState.LOADING: RunState.LOADING,
    ContenderState.READING: RunState.WARMING_UP,
}

ENDED_BY_ITSELF = frozenset(
    {
        FailureKind.KILLED,
        FailureKind.CRASHED,
        FailureKind.ENGINE_ASSERTION,
        FailureKind.EXITED,
        FailureKind.STOPPED_RESPONDING,
        FailureKind.PROTOCOL_BROKEN,
    }
)
"""Ends of a worker that may be a mishap: it is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTools:
    """What a run works with."""

    fleet: Fleet
    instruments: Instruments
    clock: Clock
    is_pause_wanted: Callable[[], bool] = lambda: False
    """Whether the run is to pause once the answers that are being written have ended."""
    learn_speeds: Callable[[RoundRecord], None] = lambda _record: None
    """Told of measured answers, for what is expected next time."""

    def run_round(
        self,
        plan: RoundPlan,
        on_event: Callable[[RoundEvent], None],
        shape: Shape = as_it_is,
    ) -> RoundRecord:
        """Run a round that is recorded nowhere but in the run."""
        return run_round(
            plan,
            _Hearing(on_event),
            fleet=self.fleet,
            instruments=self.instruments,
            journal=Journal(None, self.instruments.machine, self.clock),
            clock=self.clock,
            shape=shape,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A contender whose model is loaded and has answered once."""

    contender: Contender
    """As it is loaded, with the hash of its file."""
    worker: Worker
    placement: Placement
    setup_id: int


class _Hearing:
    """A listener made of a function."""

    def __init__(self, hear: Callable[[RoundEvent], None]) -> None:
        self._hear = hear

    def on_event(self, event: RoundEvent) -> None:
        """Pass the event on."""
        self._hear(event)


class Loader:
    """Loads the contenders of one run, one at a time."""

    def __init__(self, book: RunBook, tools: RunTools) -> None:
        self._book = book
        self._tools = tools
        self._seat: Seat | None = None

    def seat(self, letter: str) -> Seat:
        """Return the contender, loaded; at once if it is already.

        Raises:
            StoppedError: Somebody wants the run to pause.
            GivenUpError: It cannot be loaded, or cannot answer at all.
            StoreError: It cannot be recorded.
        """
        seat = self._seat
        if seat is not None and seat.contender.letter == letter and self.is_alive(seat):
            return seat
        self._seat = self._load(letter)
        return self._seat

    def is_alive(self, seat: Seat) -> bool:
        """Return whether the model is still loaded."""
        return any(worker is seat.worker for worker in self._tools.fleet.workers) and (
            seat.worker.client.is_alive
        )

    def _load(self, letter: str) -> Seat:
        def on_event(event: RoundEvent) -> None:
            if isinstance(event, StateChanged) and event.state in _STATES:
                self._book.tell(letter, _STATES[event.state], event.fraction)

        def on_mishap(error: ErrorInfo) -> None:
            self._book.tell(letter, RunState.LOADING, error=error)

        plan = self._book.plan
        loaded, done = warmed_up(self._tools, plan, letter, on_event, on_mishap)
        known = plan.contender(letter)
        self._check_same(known, loaded)
        self._book.know(msgspec.structs.replace(known, card=loaded.card))
        context = done.context
        setup_id = self._book.add_setup(letter, context.engine, context.loaded, context.placement)
        return seat_of(self._tools, loaded, done, setup_id)

    def _check_same(self, known: Contender, loaded: Contender) -> None:
        """Refuse a file that is another one than the run began with.

        Raises:
            GivenUpError: MODEL_CHANGED.
        """
        before, now = known.card.sha256, loaded.card.sha256
        if not isinstance(before, Unavailable) and before != now:
            raise GivenUpError(ErrorInfo(kind=FailureKind.MODEL_CHANGED, subject=known.card.name))


def warmed_up(
    tools: RunTools,
    plan: PackRunPlan,
    letter: str,
    on_event: Callable[[RoundEvent], None],
    on_mishap: Callable[[ErrorInfo], None],
) -> tuple[Contender, Done]:
    """Load a contender and let it answer once; a worker that ends by itself is tried again.

    Returns:
        The contender as it is loaded, with the hash of its file, and what it answered.

    Raises:
        StoppedError: Somebody wants the run to pause.
        GivenUpError: It cannot be loaded, or cannot answer at all.
    """
    warm_up = warm_up_round(plan, plan.contender(letter))
    record = tools.run_round(warm_up, on_event)
    result = record.results[0]
    if isinstance(result, Failed) and result.error.kind in ENDED_BY_ITSELF:
        on_mishap(result.error)
        record = tools.run_round(warm_up, on_event)
        result = record.results[0]
    if isinstance(result, Done):
        return record.plan.contenders[0], result
    if isinstance(result, Failed):
        raise GivenUpError(result.error)
    raise StoppedError


def seat_of(tools: RunTools, loaded: Contender, done: Done, setup_id: int) -> Seat:
    """Return a contender that has just answered.

    Raises:
        GivenUpError: Its process has ended in this very moment.
    """
    worker = tools.fleet.find(loaded, ())
    if worker is None:
        raise GivenUpError(ErrorInfo(kind=FailureKind.EXITED, subject=loaded.card.name))
    return Seat(
        contender=loaded, worker=worker, placement=done.context.placement, setup_id=setup_id
    )
