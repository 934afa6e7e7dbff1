"""What a round does when something happens: a worker speaks or ends, memory is read, a stop."""

import functools
from typing import assert_never

from large_enough.comparison.circumstances import Circumstances
from large_enough.comparison.events import (
    ContenderState,
    MemorySampled,
    ModelLoaded,
    TextAdded,
)
from large_enough.comparison.round_state import RoundState
from large_enough.comparison.schedule import Phase
from large_enough.comparison.turn import Turn
from large_enough.domain.energy_use import BEING_READ, EnergyUse
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.quantity import Count
from large_enough.domain.resource_use import NOT_ON_A_CARD, MemorySample, ResourceUse
from large_enough.engine.client import Delivered, Exited
from large_enough.engine.core_budget import whole_machine
from large_enough.engine.fleet import Happening, MemoryRead, StopWanted, Worker, WorkerSpoke
from large_enough.protocol.messages import (
    Cancel,
    Chosen,
    Failed,
    Generated,
    Heartbeat,
    Inspected,
    Load,
    Loaded,
    Loading,
    Quantised,
    Quantising,
    Reading,
    Ready,
    Text,
    TokensCounted,
)

STOP_PATIENCE_S = 5.0
"""A worker that has not stopped after this long is killed."""


def react(state: RoundState, happening: Happening) -> None:
    """Bring the round up to date with one thing that happened."""
    match happening:
        case WorkerSpoke(worker_id, said):
            turn = state.turn_of_worker(worker_id)
            if turn is not None and turn.worker is not None:
                _hear(state, turn, turn.worker, said)
        case MemoryRead(letter, sample):
            if letter in state.turns:
                state.announce(MemorySampled(letter=letter, sample=sample))
        case StopWanted(letter, round_id):
            if round_id in {None, state.plan.round_id}:
                _stop_all(state, letter)
        case _:
            assert_never(happening)


def become_ready(state: RoundState, turn: Turn, worker: Worker) -> None:
    """Take note that the contender's model is loaded."""
    watch(state, turn, worker)
    turn.phase = Phase.READY
    state.become_quiet()
    state.announce(turn.state(ContenderState.READY))


def watch(state: RoundState, turn: Turn, worker: Worker) -> None:
    """Begin to read the worker's memory."""
    state.instruments.memory.watch(
        turn.letter,
        worker.client.process_id,
        turn.contender.card.size_bytes,
        functools.partial(_pass_on_sample, state, turn.letter),
    )


def _pass_on_sample(state: RoundState, letter: str, sample: MemorySample) -> None:
    """Bring a reading from the sampler's thread to the round's."""
    state.fleet.inbox.offer(MemoryRead(letter, sample))


def _hear(state: RoundState, turn: Turn, worker: Worker, said: Delivered) -> None:
    if isinstance(said, Exited):
        _worker_ended(state, turn, worker, said)
    elif turn.phase is Phase.LOADING:
        _hear_while_loading(state, turn, worker, said)
    elif turn.phase is Phase.ANSWERING:
        _hear_while_answering(state, turn, said)


def _worker_ended(state: RoundState, turn: Turn, worker: Worker, exited: Exited) -> None:
    state.fleet.dismiss(worker)
    if turn.phase is not Phase.ENDED:
        unexplained = ErrorInfo(kind=FailureKind.EXITED, facts={"exit_code": exited.exit_code})
        state.decide(turn, turn.failed(exited.error or unexplained))


def _hear_while_loading(state: RoundState, turn: Turn, worker: Worker, said: Delivered) -> None:
    match said:
        case Ready():
            worker.engine = said.engine
            watch(state, turn, worker)
            worker.client.send(
                Load(
                    path=turn.contender.card.path,
                    settings=turn.contender.load,
                    placement=whole_machine(
                        state.instruments.core_ids, state.plan.settings.thread_count
                    ),
                    adapter=turn.contender.card.adapter,
                )
            )
        case Loading():
            state.announce(turn.state(ContenderState.LOADING, said.fraction))
        case Loaded():
            worker.loaded = said.model
            if said.model.is_on_gpu:
                state.instruments.power.wake()
            state.announce(ModelLoaded(letter=turn.letter, model=said.model))
            become_ready(state, turn, worker)
        case Failed():
            state.fleet.dismiss(worker)
            state.decide(turn, turn.failed(said.error))
        case (
            Inspected()
            | Reading()
            | Text()
            | Generated()
            | Chosen()
            | TokensCounted()
            | Quantising()
            | Quantised()
            | Heartbeat()
            | Exited()
        ):
            pass  # nothing was asked yet
        case _:
            assert_never(said)


def _hear_while_answering(state: RoundState, turn: Turn, said: Delivered) -> None:
    match said:
        case Reading(request_id=turn.request_id):
            fraction = said.done_token_count / max(1, said.total_token_count)
            state.announce(turn.state(ContenderState.READING, fraction))
        case Text(request_id=turn.request_id):
            _add_text(state, turn, said)
        case Generated(request_id=turn.request_id):
            _take_answer(state, turn, said)
        case Failed(request_id=turn.request_id):
            state.decide(turn, turn.failed(said.error))
        case _:
            pass  # of an earlier request, or out of place


def _take_answer(state: RoundState, turn: Turn, said: Generated) -> None:
    instruments = state.instruments
    loaded = None if turn.worker is None else turn.worker.loaded
    instruments.power.end(
        turn.letter,
        said.answer.timing,
        is_on_processor=loaded is not None and loaded.is_on_processor,
    )
    after = Circumstances.now(instruments.surroundings)
    resources = ResourceUse(
        memory=instruments.memory.end(turn.letter),
        energy=EnergyUse(missing=BEING_READ),
        gpu_memory_bytes=_gpu_memory_bytes(state, turn),
    )
    state.decide(turn, turn.answered(said.answer, resources, after, is_pinned=said.is_pinned))


def _gpu_memory_bytes(state: RoundState, turn: Turn) -> Count:
    if turn.worker is None or not turn.is_on_gpu:
        return NOT_ON_A_CARD
    return state.instruments.surroundings.gpu_memory_bytes(turn.worker.client.process_id)


def _add_text(state: RoundState, turn: Turn, said: Text) -> None:
    if not turn.partial_text:
        state.announce(turn.state(ContenderState.ANSWERING))
    turn.partial_text.append(said.text)
    state.announce(
        TextAdded(
            letter=turn.letter,
            text=said.text,
            is_thought=said.is_thought,
            token_count=said.token_count,
            t_s=said.t_s,
        )
    )


def _stop_all(state: RoundState, letter: str | None) -> None:
    state.must_end = state.must_end or letter is None
    for turn in state.turns.values():
        if letter in {None, turn.letter}:
            _stop(state, turn)


def _stop(state: RoundState, turn: Turn) -> None:
    """Stop a turn wherever it stands; an answer that has begun gets time to end cleanly."""
    if turn.phase is Phase.ENDED or turn.is_stopping:
        return
    turn.stop_by_s = state.clock.monotonic_s() + STOP_PATIENCE_S
    if turn.phase is Phase.ANSWERING and turn.worker is not None and turn.request_id is not None:
        turn.worker.client.send(Cancel(request_id=turn.request_id))
        return
    if turn.phase is Phase.LOADING and turn.worker is not None:
        state.fleet.dismiss(turn.worker)
    state.decide(turn, turn.stopped())
