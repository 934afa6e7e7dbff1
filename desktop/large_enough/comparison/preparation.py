"""The part of a round before anything is loaded: which files, and whether they fit."""

import functools
from collections.abc import Callable

import msgspec

from large_enough.comparison.events import ContenderState
from large_enough.comparison.instruments import HashOf
from large_enough.comparison.reactions import become_ready, react
from large_enough.comparison.round_state import RoundState
from large_enough.comparison.schedule import Phase
from large_enough.comparison.turn import Turn
from large_enough.domain.errors import LargeEnoughError
from large_enough.domain.model_card import MemoryEstimate, ModelCard
from large_enough.domain.quantity import Count, Unavailable
from large_enough.engine.admission import admit


def prepare(state: RoundState) -> None:
    """Know every file, settle what fits into memory, and open the log."""
    state.instruments.power.wake()
    for turn in state.turns.values():
        _identify(state, turn)
    contenders = tuple(
        state.turns[contender.letter].contender for contender in state.plan.contenders
    )
    state.plan = msgspec.structs.replace(state.plan, contenders=contenders)
    _reuse_workers(state)
    state.journal.open(state.plan, _admit(state))
    for turn in state.turns.values():
        if turn.worker is not None and turn.phase is Phase.WAITING:
            become_ready(state, turn, turn.worker)


def _identify(state: RoundState, turn: Turn) -> None:
    """Know the SHA-256 of the files, so that the record says what exactly answered."""
    if turn.phase is Phase.ENDED:
        return

    def on_progress(fraction: float) -> None:
        state.instruments.power.be_busy()
        state.announce(turn.state(ContenderState.CHECKING, fraction))

    is_stopped = functools.partial(_is_stopped, state, turn)
    try:
        card = with_sha256(
            turn.contender.card, state.instruments.sha256_of, on_progress, is_stopped
        )
    except LargeEnoughError as error:
        state.decide(turn, turn.failed(error.info))
        return
    if card is None:
        state.decide(turn, turn.stopped())
        return
    turn.contender = msgspec.structs.replace(turn.contender, card=card)
    state.announce(turn.state(ContenderState.WAITING))


def with_sha256(
    card: ModelCard,
    sha256_of: HashOf,
    on_progress: Callable[[float], None],
    is_stopped: Callable[[], bool],
) -> ModelCard | None:
    """Return the card with the SHA-256 of the model and of its adapter; None if it was stopped."""
    sha256 = sha256_of(card.path, on_progress, is_stopped)
    if sha256 is None:
        return None
    known = msgspec.structs.replace(card, sha256=sha256)
    if card.adapter is None:
        return known
    sha256 = sha256_of(card.adapter.path, on_progress, is_stopped)
    if sha256 is None:
        return None
    adapter = msgspec.structs.replace(card.adapter, sha256=sha256)
    return msgspec.structs.replace(known, adapter=adapter)


def _is_stopped(state: RoundState, turn: Turn) -> bool:
    """Look into the inbox for a wish to stop while a file is being read."""
    while (happening := state.fleet.inbox.take(0)) is not None:
        react(state, happening)
    return turn.is_stopping


def _reuse_workers(state: RoundState) -> None:
    """Keep the workers that hold a contender's model already; end all others."""
    taken: set[int] = set()
    for turn in state.turns.values():
        if turn.phase is Phase.WAITING:
            turn.worker = state.fleet.find(turn.contender, taken)
            if turn.worker is not None:
                taken.add(turn.worker.worker_id)
    state.fleet.dismiss_others(taken)


def _admit(state: RoundState) -> Count:
    """Refuse what cannot fit and settle whether the rest fits together.

    Returns:
        The machine's free memory before the first model is loaded.
    """
    needs = _needs(state)
    available_bytes = state.instruments.available_memory_bytes()
    names = {letter: turn.contender.card.name for letter, turn in state.turns.items()}
    admission = admit(needs, names, available_bytes)
    reused = [turn for turn in state.turns.values() if turn.worker is not None]
    if reused and (admission.refused or not admission.fit_together):
        return _admit_afresh(state)
    for letter, refusal in admission.refused.items():
        turn = state.turns[letter]
        state.decide(turn, turn.failed(refusal))
    state.fit_together = admission.fit_together
    return Unavailable(reason="a model was already loaded") if reused else available_bytes


def _admit_afresh(state: RoundState) -> Count:
    """Give back what is loaded already, since it may be what stands in the way, and try again."""
    for turn in state.turns.values():
        turn.worker = None
    state.fleet.dismiss_others(())
    return _admit(state)


def _needs(state: RoundState) -> dict[str, MemoryEstimate]:
    """Return, by letter, what the models that are still to be loaded will take."""
    needs: dict[str, MemoryEstimate] = {}
    for turn in state.turns.values():
        if turn.phase is not Phase.WAITING or turn.worker is not None:
            continue
        try:
            need = state.instruments.memory_need(turn.contender)
        except LargeEnoughError as error:
            state.decide(turn, turn.failed(error.info))
            continue
        if need is not None:
            needs[turn.letter] = need
    return needs
