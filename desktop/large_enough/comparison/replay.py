"""Turns the record of a round back into the events that a live round gives.

In a replay all contenders get the question at the same moment, whatever their order was, and each
one's text appears when it did, measured from its own question. Nothing else is made up: where a
record does not say when something happened, as with failures, it happens at the start.
"""

import heapq
from collections.abc import Iterator

import msgspec

from large_enough.comparison.events import (
    AnswerFinished,
    ContenderState,
    EnergyKnown,
    RoundEvent,
    RoundFinished,
    RoundStarted,
    StateChanged,
    TextAdded,
)
from large_enough.domain.generation import Answer, Chunk
from large_enough.domain.round import AnswerResult, Cancelled, Done, Failed, RoundRecord
from large_enough.domain.timeline import end_s, tidy_timeline


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a replay."""

    t_s: float
    """When it happens, on the race's clock: 0 is the question to all contenders."""
    event: RoundEvent


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded round, ready to be played."""

    record: RoundRecord
    moments: tuple[Moment, ...]
    """In the order of their times; the first one is `RoundStarted`, the last `RoundFinished`."""
    duration_s: float
    """Until the last contender has ended."""
    finish_times_s: dict[str, float]
    """By letter: when a contender ends, for the marks on the time bar."""

    @property
    def is_replay(self) -> bool:
        """Always true: whoever shows the events shows this word with them."""
        return True


def make_replay(record: RoundRecord, *, log_path: str | None = None) -> Replay:
    """Return the round as a race.

    Args:
        record: Any record, complete or not; its numbers are not trusted.
        log_path: Where the record came from, for `RoundFinished`.
    """
    turns = {
        letter: list(_turn(letter, record.result_of(letter)))
        for letter in record.plan.letters_in_turn
    }
    finish_times_s = {letter: moments[-1].t_s for letter, moments in turns.items()}
    duration_s = max(finish_times_s.values(), default=0.0)
    finished = RoundFinished(record=record, log_path=log_path)
    moments = (
        Moment(t_s=0.0, event=RoundStarted(plan=record.plan)),
        *heapq.merge(*turns.values(), key=lambda moment: moment.t_s),
        Moment(t_s=duration_s, event=finished),
    )
    return Replay(
        record=record, moments=moments, duration_s=duration_s, finish_times_s=finish_times_s
    )


def _turn(letter: str, result: AnswerResult | None) -> Iterator[Moment]:
    """Yield what happens in one contender's turn; at least one moment."""
    match result:
        case Done(answer=answer):
            yield from _answering(letter, answer)
            finish_s = end_s(answer)
            yield Moment(t_s=finish_s, event=AnswerFinished(result=result))
            yield Moment(t_s=finish_s, event=EnergyKnown(result=result))
        case Cancelled(answer=Answer() as answer):
            yield from _answering(letter, answer)
            yield Moment(t_s=end_s(answer), event=AnswerFinished(result=result))
        case Failed(partial_text=partial_text) if partial_text:
            yield _state(letter, ContenderState.ANSWERING, 0.0)
            yield Moment(t_s=0.0, event=_added(letter, partial_text, Chunk(0.0, 0, 0)))
            yield Moment(t_s=0.0, event=AnswerFinished(result=result))
        case Failed() | Cancelled():
            yield Moment(t_s=0.0, event=AnswerFinished(result=result))
        case None:  # the record ends before it
            yield _state(letter, ContenderState.WAITING, 0.0)


def _answering(letter: str, answer: Answer) -> Iterator[Moment]:
    yield _state(letter, ContenderState.READING, 0.0)
    whole = answer.thoughts + answer.text
    border = len(answer.thoughts)
    shown = 0
    for chunk in tidy_timeline(answer):
        if shown == 0:
            yield _state(letter, ContenderState.ANSWERING, chunk.t_s)
        if shown < border:
            thought = whole[shown : min(border, chunk.character_count)]
            yield Moment(t_s=chunk.t_s, event=_added(letter, thought, chunk, is_thought=True))
        if chunk.character_count > border:
            said = whole[max(shown, border) : chunk.character_count]
            yield Moment(t_s=chunk.t_s, event=_added(letter, said, chunk))
        shown = chunk.character_count


def _added(letter: str, text: str, chunk: Chunk, *, is_thought: bool = False) -> TextAdded:
    return TextAdded(
        letter=letter,
        text=text,
        is_thought=is_thought,
        token_count=chunk.token_count,
        t_s=chunk.t_s,
    )


def _state(letter: str, state: ContenderState, t_s: float) -> Moment:
    return Moment(t_s=t_s, event=StateChanged(letter=letter, state=state))
