"""The timelines of answers, sound and hostile."""

import itertools
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.records import make_answer, make_timing

from large_enough.domain.generation import Answer, Chunk
from large_enough.domain.timeline import LONGEST_S, end_s, thinned, tidy_timeline

CHUNKS = st.lists(
    st.builds(
        Chunk,
        st.floats(),
        st.integers(-(1 << 62), 1 << 62),
        st.integers(-(1 << 62), 1 << 62),
    ),
    max_size=12,
)


def answer_of(text: str, *chunks: Chunk, thoughts: str = "", total_s: float = 1.0) -> Answer:
    timing = make_timing(total_s=total_s, generated_token_count=9)
    answer = make_answer(timing, text=text)
    return msgspec.structs.replace(answer, thoughts=thoughts, timeline=chunks)


def test_a_sound_timeline_stays_as_it_is() -> None:
    chunks = (Chunk(0.1, 2, 1), Chunk(0.1, 3, 2), Chunk(0.7, 5, 9))
    assert tidy_timeline(answer_of("abc", *chunks, thoughts="de")) == chunks


def test_without_a_timeline_all_text_appears_at_the_end() -> None:
    assert tidy_timeline(answer_of("abc", total_s=2.5)) == (Chunk(2.5, 3, 9),)


def test_an_empty_answer_has_no_chunks() -> None:
    assert tidy_timeline(answer_of("", Chunk(0.5, 7, 3))) == ()


def test_what_a_timeline_leaves_out_appears_at_the_end() -> None:
    assert tidy_timeline(answer_of("abcdef", Chunk(0.2, 2, 1)))[-1] == Chunk(1.0, 6, 9)


def test_falling_numbers_are_held() -> None:
    chunks = (Chunk(0.5, 2, 5), Chunk(0.2, 1, 1), Chunk(0.3, 4, 2))
    assert tidy_timeline(answer_of("abcd", *chunks)) == (Chunk(0.5, 2, 5), Chunk(0.5, 4, 5))


@given(CHUNKS, st.text(max_size=9), st.text(max_size=9), st.floats())
def test_whatever_it_claims(chunks: list[Chunk], text: str, thoughts: str, total_s: float) -> None:
    answer = answer_of(text, *chunks, thoughts=thoughts, total_s=total_s)
    tidy = tidy_timeline(answer)
    length = len(text) + len(thoughts)
    assert 0 <= end_s(answer) <= LONGEST_S
    assert (tidy[-1].character_count if tidy else 0) == length
    for chunk in tidy:
        assert math.isfinite(chunk.t_s)
        assert 0 <= chunk.t_s <= end_s(answer)
        assert 0 <= chunk.token_count <= 9
    for before, after in itertools.pairwise(tidy):
        assert before.t_s <= after.t_s
        assert before.character_count < after.character_count
        assert before.token_count <= after.token_count


@pytest.mark.parametrize("count", [1, 2, 10, 499, 500, 501, 1001, 12_345])
def test_a_thinned_timeline_keeps_both_ends_and_all_totals_in_order(count: int) -> None:
    chunks = [Chunk(0.1 * number, 5 * number, number) for number in range(1, count + 1)]
    kept = thinned(chunks, most=500)
    assert (kept[0], kept[-1]) == (chunks[0], chunks[-1])
    assert len(kept) <= 501
    assert list(kept) == sorted(set(kept))
    assert set(kept) <= set(chunks)


def test_nothing_is_thinned_to_nothing() -> None:
    assert list(thinned([])) == []
