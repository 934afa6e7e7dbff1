"""Turning the bytes of tokens into text events."""

from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.generation import FinishReason
from large_enough.worker.loop_guard import LoopGuard
from large_enough.worker.text_stream import MAX_CHUNKS, MAX_ENCODED_BYTES, TextStream
from large_enough.worker.thoughts import THINK, ThoughtSplitter

MS = 1_000_000
START_NS = 5_000 * MS


class Sent:
    """Keeps what was sent."""

    def __init__(self) -> None:
        self.events: list[tuple[str, bool, int, float]] = []

    def __call__(self, text: str, is_thought: bool, token_count: int, t_s: float) -> None:
        self.events.append((text, is_thought, token_count, t_s))

    @property
    def texts(self) -> list[str]:
        return [event[0] for event in self.events]


def thinking(sent: Sent, **options: object) -> TextStream:
    return TextStream(sent, START_NS, splitter=partial(ThoughtSplitter, THINK), **options)  # type: ignore[arg-type]


def test_the_first_text_goes_out_at_once_and_later_text_in_gulps() -> None:
    sent = Sent()
    stream = TextStream(sent, START_NS)
    for number in range(20):
        stream.feed(b"x", START_NS + number * 10 * MS)
    stream.end(FinishReason.LENGTH, START_NS + 200 * MS)
    assert sent.texts == ["x", "xxxx", "xxxx", "xxxx", "xxxx", "xxx"]
    assert [event[2] for event in sent.events] == [1, 5, 9, 13, 17, 20]
    assert [event[3] for event in sent.events] == [0.0, 0.04, 0.08, 0.12, 0.16, 0.2]
    assert stream.text == "x" * 20


def test_slow_tokens_are_sent_one_by_one() -> None:
    sent = Sent()
    stream = TextStream(sent, START_NS)
    for number in range(3):
        stream.feed(b"x", START_NS + number * 400 * MS)
    assert sent.texts == ["x", "x", "x"]


def test_the_timeline_tells_when_text_appeared() -> None:
    stream = TextStream(Sent(), START_NS)
    stream.feed("né".encode(), START_NS + 500 * MS)
    stream.feed(b"b", START_NS + 600 * MS)
    assert [
        tuple(map(float, (c.t_s, c.character_count, c.token_count))) for c in stream.timeline
    ] == [
        (0.5, 2, 1),
        (0.6, 3, 2),
    ]


@given(st.text(max_size=50), st.lists(st.integers(min_value=1, max_value=3), max_size=200))
def test_characters_may_be_cut_anywhere(text: str, lengths: list[int]) -> None:
    data = text.encode("utf-8", "replace")
    stream = TextStream(Sent(), START_NS)
    at = 0
    for length in [*lengths, len(data)]:
        stream.feed(data[at : at + length], START_NS)
        at += length
    stream.end(FinishReason.END_OF_TEXT, START_NS)
    assert stream.text == data.decode()


@pytest.mark.parametrize(
    "finish", [FinishReason.LENGTH, FinishReason.CONTEXT_FULL, FinishReason.CANCELLED]
)
def test_half_a_character_is_dropped_where_the_answer_was_cut(finish: FinishReason) -> None:
    stream = TextStream(Sent(), START_NS)
    stream.feed("a€".encode()[:-1], START_NS)
    stream.end(finish, START_NS)
    assert stream.text == "a"


def test_half_a_character_at_the_models_own_end_is_shown_as_broken() -> None:
    stream = TextStream(Sent(), START_NS)
    stream.feed("a€".encode()[:-1], START_NS)
    stream.end(FinishReason.END_OF_TEXT, START_NS)
    assert stream.text == "a\ufffd"


def test_a_stop_text_ends_the_answer() -> None:
    stream = TextStream(Sent(), START_NS, stop=("\nQ:",))
    assert stream.feed(b"Yes.\n", START_NS)
    assert stream.feed(b"Q", START_NS)
    assert not stream.feed(b": and more", START_NS)
    stream.end(FinishReason.STOP_TEXT, START_NS)
    assert stream.text == "Yes."


def test_the_beginning_of_a_stop_text_is_shown_if_nothing_comes_of_it() -> None:
    stream = TextStream(Sent(), START_NS, stop=("\nQ:",))
    stream.feed(b"Yes.\nQ", START_NS)
    stream.end(FinishReason.LENGTH, START_NS)
    assert stream.text == "Yes.\nQ"


def test_thoughts_are_sent_apart() -> None:
    sent = Sent()
    stream = thinking(sent, stop=("Hm",))
    stream.feed(b"<think>Hm.", START_NS)
    stream.feed(b"</think>\n\n", START_NS + 10 * MS)
    assert stream.first_answer_ns is None
    stream.feed(b"Yes.", START_NS + 20 * MS)
    stream.end(FinishReason.END_OF_TEXT, START_NS + 30 * MS)
    assert [event[:2] for event in sent.events] == [("Hm.", True), ("Yes.", False)]
    assert (stream.thoughts, stream.text) == ("Hm.", "Yes.")
    assert stream.has_thoughts
    assert stream.first_answer_ns == START_NS + 20 * MS
    assert stream.character_count == 7


def test_thoughts_still_open_at_the_end_are_kept() -> None:
    stream = thinking(Sent())
    stream.feed(b"<think>Hm. </th", START_NS)
    stream.end(FinishReason.LENGTH, START_NS)
    assert (stream.thoughts, stream.text) == ("Hm. </th", "")
    assert stream.first_answer_ns is None


def test_hidden_tags_count_only_until_the_answer_has_begun() -> None:
    stream = thinking(Sent())
    stream.feed_tag("<think>", START_NS)
    stream.feed(b"Hm.", START_NS)
    stream.feed_tag("</think>", START_NS)
    stream.feed(b"Yes.", START_NS)
    stream.feed_tag("</think>", START_NS)
    stream.end(FinishReason.END_OF_TEXT, START_NS)
    assert (stream.thoughts, stream.text) == ("Hm.", "Yes.")
    assert stream.token_count == 5


def test_a_long_timeline_is_thinned_but_keeps_its_ends() -> None:
    stream = TextStream(Sent(), START_NS)
    count = 3 * MAX_CHUNKS
    for number in range(count):
        stream.feed(b"x", START_NS + number * 40 * MS)
    timeline = stream.timeline
    assert MAX_CHUNKS // 3 < len(timeline) <= MAX_CHUNKS
    assert timeline[0].token_count == 1
    assert timeline[-1].token_count == count
    assert [chunk.t_s for chunk in timeline] == sorted(chunk.t_s for chunk in timeline)


def test_an_endless_answer_is_full_before_it_outgrows_a_frame() -> None:
    stream = TextStream(Sent(), START_NS)
    piece = b"\x01" * 1000  # six bytes each in JSON
    now_ns = START_NS
    while stream.cut is None:
        now_ns += 40 * MS
        stream.feed(piece, now_ns)
    assert MAX_ENCODED_BYTES <= len(msgspec.json.encode(stream.text)) < MAX_ENCODED_BYTES + 10_000


def test_text_beyond_the_longest_is_dropped() -> None:
    stream = thinking(Sent(), longest_characters=8)
    stream.feed(b"<think>Hm.", START_NS)
    assert stream.cut is None
    stream.feed(b"</think>Certainly", START_NS)
    assert stream.cut is FinishReason.LENGTH
    stream.end(FinishReason.LENGTH, START_NS)
    assert (stream.thoughts, stream.text, stream.character_count) == ("Hm.", "Certa", 8)


def test_what_was_held_back_is_not_shown_beyond_the_longest() -> None:
    stream = TextStream(Sent(), START_NS, stop=("\n\nQ",), longest_characters=3)
    stream.feed(b"Yes\n\n", START_NS)
    stream.end(FinishReason.LENGTH, START_NS)
    assert stream.text == "Yes"


def test_a_text_that_repeats_itself_must_end() -> None:
    stream = TextStream(Sent(), START_NS, guard=LoopGuard())
    for _ in range(1000):
        assert stream.cut is None
        stream.feed(b" again and again", START_NS)
        if stream.cut is not None:
            break
    assert stream.cut is FinishReason.LOOPING
