"""Builds the events of rounds for the tests of the window."""

from collections.abc import Sequence

from tests.helpers.records import make_record

from large_enough.comparison.events import (
    AnswerFinished,
    ContenderState,
    MemorySampled,
    RoundEvent,
    RoundFinished,
    RoundStarted,
    StateChanged,
    TextAdded,
)
from large_enough.domain.resource_use import MemorySample
from large_enough.domain.round import AnswerResult, RoundPlan


def text_event(
    letter: str, text: str, *, token_count: int = 1, t_s: float = 0.2, is_thought: bool = False
) -> TextAdded:
    """Return more of an answer."""
    return TextAdded(
        letter=letter, text=text, is_thought=is_thought, token_count=token_count, t_s=t_s
    )


def state_event(letter: str, state: ContenderState, fraction: float | None = None) -> StateChanged:
    """Return a new state of a contender."""
    return StateChanged(letter=letter, state=state, fraction=fraction)


def memory_event(letter: str, weights_bytes: int, working_bytes: int) -> MemorySampled:
    """Return a reading of memory."""
    sample = MemorySample(
        t_ns=0,
        resident_bytes=weights_bytes + working_bytes,
        weights_bytes=weights_bytes,
        working_bytes=working_bytes,
    )
    return MemorySampled(letter=letter, sample=sample)


def round_events(plan: RoundPlan, results: Sequence[AnswerResult]) -> list[RoundEvent]:
    """Return a whole round in a few events."""
    events: list[RoundEvent] = [RoundStarted(plan=plan)]
    for result in results:
        events.append(state_event(result.letter, ContenderState.LOADING, 0.5))
        events.append(state_event(result.letter, ContenderState.ANSWERING))
        answer = getattr(result, "answer", None)
        if answer is not None:
            events.append(text_event(result.letter, answer.text))
        events.append(AnswerFinished(result=result))
    events.append(RoundFinished(record=make_record(results, plan), log_path="/rounds/one.jsonl"))
    return events
