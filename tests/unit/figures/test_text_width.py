"""Texts that must fit."""

from hypothesis import given
from hypothesis import strategies as st

from large_enough.figures.text_width import guessed_width, wrapped


def test_lines_break_between_words() -> None:
    assert wrapped("one two three four", 10, 60) == ["one two", "three four"]
    assert wrapped("one two", 10, 60) == ["one two"]
    assert wrapped("one two three four", 10, 60, 1) == ["one two t…"]
    assert wrapped("one two three four five six", 10, 60) == ["one two", "three fou…"]


def test_a_word_that_fits_nowhere_is_cut() -> None:
    assert wrapped("incomprehensibilities of old", 10, 60) == ["incompreh…"]
    assert wrapped("", 10, 60) == [""]


@given(st.text(max_size=200), st.sampled_from([30.0, 90.0, 300.0]), st.integers(1, 4))
def test_no_line_is_too_wide(text: str, width: float, most_lines: int) -> None:
    lines = wrapped(text, 12, width, most_lines)
    assert 1 <= len(lines) <= most_lines
    assert all(guessed_width(line, 12) <= width + 1e-6 for line in lines)
