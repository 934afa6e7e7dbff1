"""Runs one round: one prompt, all contenders, every result on record.

One thread does it all, driven by the fleet's inbox. The order of things: know each file, admit what
fits into memory, load, ask, record. A contender that fails costs only its own turn.
"""

from large_enough.comparison.circumstances import Circumstances
from large_enough.comparison.events import ContenderState, Listener, RoundFinished, RoundStarted
from large_enough.comparison.instruments import Instruments
from large_enough.comparison.journal import Journal
from large_enough.comparison.preparation import prepare
from large_enough.comparison.reactions import react
from large_enough.comparison.round_state import RoundState, Shape, as_it_is
from large_enough.comparison.round_watch import RoundWatch
from large_enough.comparison.schedule import Phase, letters_to_ask, letters_to_load
from large_enough.comparison.turn import Turn
from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.engine.fleet import Fleet, Worker
from large_enough.protocol.messages import Generate

TICK_S = 0.05
"""How often health and patience are looked at while nothing happens."""
SETTLE_S = 0.25
"""Quiet before an answer: what the machine does in it is other programs' load, and the threads of
the worker before have stopped spinning (libgomp's do so for some milliseconds)."""


def run_round(
    plan: RoundPlan,
    listener: Listener,
    *,
    fleet: Fleet,
    instruments: Instruments,
    journal: Journal,
    clock: Clock,
    shape: Shape = as_it_is,
) -> RoundRecord:
    """Run a round to its end, on the caller's thread.

    Args:
        plan: What to ask of whom.
        listener: Follows it.
        fleet: Where the workers are.
        instruments: What is read around it.
        journal: Keeps the results.
        clock: The program's.
        shape: Adds to each request what a round's settings do not know of: limits, a grammar.

    Returns:
        The record, complete: every contender has a result.
    """
    state = RoundState(
        plan=plan,
        announce=listener.on_event,
        fleet=fleet,
        instruments=instruments,
        journal=journal,
        clock=clock,
        shape=shape,
    )
    state.announce(RoundStarted(plan=plan))
    prepare(state)
    watch = RoundWatch(state)
    while not state.is_over or instruments.power.is_waiting:
        _advance(state)
        happening = fleet.inbox.take(TICK_S)
        if happening is not None:
            react(state, happening)
        for turn in state.turns.values():
            _look_after(state, turn)
        watch.look()
    record = journal.finish(state.plan, watch.machine_use())
    state.announce(RoundFinished(record=record, log_path=journal.path, log_problem=journal.problem))
    return record


def _advance(state: RoundState) -> None:
    """Let the contenders whose time has come load or answer."""
    phases = {letter: turn.phase for letter, turn in state.turns.items()}
    for letter in letters_to_load(phases, fit_together=state.fit_together):
        _load(state, state.turns[letter])
        return
    chosen = letters_to_ask(
        phases,
        mode=state.plan.mode,
        fit_together=state.fit_together,
        seat_count=len(state.seats),
    )
    if not state.answering() and state.clock.monotonic_s() - state.quiet_since_s < SETTLE_S:
        return
    for letter in chosen:
        turn = state.turns[letter]
        if turn.worker is not None:
            _ask(state, turn, turn.worker)


def _load(state: RoundState, turn: Turn) -> None:
    """Start a worker; it is told what to load once it has greeted."""
    if not state.fit_together:
        state.fleet.dismiss_others(())
    try:
        turn.worker = state.fleet.start(turn.contender)
    except LargeEnoughError as error:
        state.decide(turn, turn.failed(error.info))
        return
    turn.phase = Phase.LOADING
    state.instruments.power.be_busy()
    state.announce(turn.state(ContenderState.LOADING))


def _ask(state: RoundState, turn: Turn, worker: Worker) -> None:
    turn.placement = state.placement()
    turn.system_load_before = state.instruments.system_load()
    turn.request_id = next(worker.request_ids)
    turn.phase = Phase.ANSWERING
    answering = state.answering()
    for other in answering:
        other.is_contended = other.is_contended or len(answering) > 1
    state.announce(turn.state(ContenderState.READING))
    state.instruments.memory.begin(turn.letter)
    turn.before = Circumstances.now(state.instruments.surroundings)
    state.instruments.power.be_busy()
    state.instruments.power.begin(turn.letter, worker.client.process_id, is_shared=state.is_shared)
    request = state.shape(turn.request(state.plan))
    try:
        worker.client.send(Generate(request_id=turn.request_id, request=request))
    except LargeEnoughError as error:
        too_long = ErrorInfo(kind=FailureKind.PROMPT_TOO_LONG, detail=str(error))
        state.decide(turn, turn.failed(too_long))


def _look_after(state: RoundState, turn: Turn) -> None:
    """Give up a worker that has stopped responding, or that does not stop when asked to."""
    worker = turn.worker
    if worker is None or turn.phase is Phase.ENDED:
        return
    now_s = state.clock.monotonic_s()
    if turn.stop_by_s is not None and now_s > turn.stop_by_s:
        worker.client.give_up(ErrorInfo(kind=FailureKind.STOPPED_RESPONDING))
        return
    problem = worker.health.problem(
        now_s,
        is_started=worker.engine is not None,
        is_working=turn.phase in {Phase.LOADING, Phase.ANSWERING},
    )
    if problem is not None:
        worker.client.give_up(problem)
