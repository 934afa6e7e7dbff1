"""A recorded round turned back into events."""

import itertools

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_plan,
    make_record,
    make_timing,
)

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
from large_enough.comparison.replay import Replay, make_replay
from large_enough.domain.generation import Answer, Chunk
from large_enough.domain.round import Done, RoundRecord
from large_enough.domain.timeline import LONGEST_S


def timed_answer(
    text: str, *chunks: Chunk, thoughts: str = "", total_s: float = 2.0, tokens: int = 9
) -> Answer:
    timing = make_timing(total_s=total_s, generated_token_count=tokens)
    answer = make_answer(timing, text=text)
    return msgspec.structs.replace(answer, thoughts=thoughts, timeline=chunks)


def done(letter: str, text: str, *chunks: Chunk, thoughts: str = "", total_s: float = 2.0) -> Done:
    return make_done(letter, timed_answer(text, *chunks, thoughts=thoughts, total_s=total_s))


def events_of(replay: Replay, letter: str) -> list[tuple[float, str]]:
    """Times and events of one contender, in short."""
    told = []
    for moment in replay.moments:
        match moment.event:
            case StateChanged(letter=of, state=state) if of == letter:
                told.append((moment.t_s, state.value))
            case TextAdded(letter=of, text=text, is_thought=is_thought) if of == letter:
                told.append((moment.t_s, f"thought {text}" if is_thought else f"text {text}"))
            case AnswerFinished(result=result) if result.letter == letter:
                told.append((moment.t_s, "finished"))
            case EnergyKnown(result=result) if result.letter == letter:
                told.append((moment.t_s, "energy"))
            case _:
                pass
    return told


def test_all_begin_together_though_they_were_asked_one_after_the_other() -> None:
    record = make_record(
        [
            done("B", "xyz", Chunk(0.5, 1, 1), Chunk(1.5, 3, 9), total_s=1.6),
            done("A", "ab", Chunk(0.2, 2, 9), total_s=0.3),
        ]
    )
    replay = make_replay(record, log_path="race.jsonl")
    assert events_of(replay, "A") == [
        (0.0, "reading"),
        (0.2, "answering"),
        (0.2, "text ab"),
        (0.3, "finished"),
        (0.3, "energy"),
    ]
    assert events_of(replay, "B") == [
        (0.0, "reading"),
        (0.5, "answering"),
        (0.5, "text x"),
        (1.5, "text yz"),
        (1.6, "finished"),
        (1.6, "energy"),
    ]
    assert replay.finish_times_s == {"A": 0.3, "B": 1.6}
    assert replay.duration_s == 1.6
    assert replay.is_replay
    assert replay.moments[0].event == RoundStarted(plan=record.plan)
    assert replay.moments[-1].event == RoundFinished(record=record, log_path="race.jsonl")


def test_the_results_come_as_they_were_recorded() -> None:
    record = make_record([done("A", "a"), done("B", "b")])
    told = [each.event for each in make_replay(record).moments]
    finished = {
        each.result.letter: each.result for each in told if isinstance(each, AnswerFinished)
    }
    assert finished == {result.letter: result for result in record.results}
    assert [each.result for each in told if isinstance(each, EnergyKnown)] == list(record.results)


def test_thoughts_come_before_the_answer_and_a_chunk_may_hold_both() -> None:
    record = make_record(
        [done("A", "answer", Chunk(0.1, 2, 1), Chunk(0.4, 6, 4), thoughts="hmm!")],
        make_plan(make_plan().contenders[0].card),
    )
    assert events_of(make_replay(record), "A") == [
        (0.0, "reading"),
        (0.1, "answering"),
        (0.1, "thought hm"),
        (0.4, "thought m!"),
        (0.4, "text an"),
        (2.0, "text swer"),
        (2.0, "finished"),
        (2.0, "energy"),
    ]


def test_failed_stopped_and_missing_turns_are_shown_as_they_ended() -> None:
    failed = msgspec.structs.replace(make_failed("A"), partial_text="half")
    stopped = make_cancelled("B", timed_answer("ab", Chunk(0.5, 2, 2), total_s=0.7))
    cards = [contender.card for contender in make_plan().contenders]
    record = make_record(
        [failed, stopped, make_cancelled("C")], make_plan(*cards, *cards), is_complete=False
    )
    replay = make_replay(record)
    assert events_of(replay, "A") == [(0.0, "answering"), (0.0, "text half"), (0.0, "finished")]
    assert events_of(replay, "B")[-2:] == [(0.5, "text ab"), (0.7, "finished")]
    assert events_of(replay, "C") == [(0.0, "finished")]
    assert events_of(replay, "D") == [(0.0, "waiting")]
    assert replay.duration_s == 0.7


def test_failing_before_the_first_word_shows_no_answering() -> None:
    replay = make_replay(make_record([make_failed("A"), make_failed("B")]))
    assert events_of(replay, "A") == [(0.0, "finished")]
    assert replay.duration_s == 0


@given(
    st.lists(
        st.builds(Chunk, st.floats(), st.integers(-9, 99), st.integers(-9, 1 << 60)), max_size=9
    ),
    st.text(max_size=30),
    st.text(max_size=30),
    st.floats(),
)
def test_hostile_timelines(chunks: list[Chunk], text: str, thoughts: str, total_s: float) -> None:
    hostile = done("A", text, *chunks, thoughts=thoughts, total_s=total_s)
    replay = make_replay(make_record([hostile, done("B", "b")]))
    times_s = [moment.t_s for moment in replay.moments]
    assert times_s == sorted(times_s)
    assert 0 <= replay.duration_s <= LONGEST_S
    assert _text(replay, is_thought=False) == text
    assert _text(replay, is_thought=True) == thoughts
    _check_order([moment.event for moment in replay.moments], replay.record)


def _text(replay: Replay, *, is_thought: bool) -> str:
    return "".join(
        moment.event.text
        for moment in replay.moments
        if isinstance(moment.event, TextAdded)
        and moment.event.letter == "A"
        and moment.event.is_thought is is_thought
    )


def _check_order(events: list[RoundEvent], record: RoundRecord) -> None:
    assert isinstance(events[0], RoundStarted)
    assert isinstance(events[-1], RoundFinished)
    kinds = [type(event) for event in events]
    assert kinds.count(AnswerFinished) == len(record.results)
    texts = [event for event in events if isinstance(event, TextAdded) and event.letter == "A"]
    assert all(event.text for event in texts)
    assert all(one.t_s <= two.t_s for one, two in itertools.pairwise(texts))
    assert all(one.token_count <= two.token_count for one, two in itertools.pairwise(texts))
    thoughts = [event.is_thought for event in texts]
    assert thoughts == sorted(thoughts, reverse=True)
    states = [event.state for event in events if isinstance(event, StateChanged)]
    assert ContenderState.LOADING not in states
