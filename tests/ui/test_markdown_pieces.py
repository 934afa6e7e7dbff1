"""Where a growing text may be cut, and how hostile text is made harmless to show."""

from hypothesis import given
from hypothesis import strategies as st

from large_enough.ui.widgets.markdown_pieces import (
    LONGEST_RUN,
    for_plain_view,
    for_view,
    safe_cut,
)


def test_cut_lies_after_an_empty_line():
    text = "one\n\ntwo"
    assert safe_cut(text, 0) == text.index("two")


def test_no_cut_before_the_next_piece_has_begun():
    assert safe_cut("one\n\n", 0) == 0
    assert safe_cut("one\n\n\n", 0) == 0
    assert safe_cut("one\n\n  ", 0) == 0


def test_no_cut_before_an_indented_line():
    assert safe_cut("- one\n\n  still one\nmore", 0) == 0


def test_the_last_of_several_cuts_counts():
    text = "one\n\ntwo\n\nthree"
    assert safe_cut(text, 0) == text.index("three")
    assert safe_cut(text, text.index("two")) == text.index("three")


def test_no_cut_inside_a_fence():
    text = "```python\na = 1\n\nb = 2\n"
    assert safe_cut(text, 0) == 0
    closed = text + "```\n\nend"
    assert safe_cut(closed, 0) == closed.index("end")


def test_a_fence_is_closed_by_its_own_kind_only():
    text = "````\n```\n\n~~~\n\nx\n"
    assert safe_cut(text, 0) == 0
    closed = text + "````\n\nend"
    assert safe_cut(closed, 0) == closed.index("end")


def test_tilde_fences_count_and_inline_backticks_do_not():
    assert safe_cut("~~~\n\nx\n", 0) == 0
    text = "```code``` in a line\n\nend"
    assert safe_cut(text, 0) == text.index("end")


@given(st.text(alphabet="a `~-\n", max_size=120))
def test_pieces_always_add_up_to_the_text(text: str):
    start, pieces = 0, []
    for end in range(len(text) + 1):
        cut = safe_cut(text[:end], start)
        assert start <= cut <= end
        pieces.append(text[start:cut])
        start = cut
    assert "".join(pieces) + text[start:] == text


def test_long_runs_get_places_to_break():
    shown = for_view("x" * (2 * LONGEST_RUN + 5))
    assert max(len(run) for run in shown.split("\u200b")) <= LONGEST_RUN
    assert shown.replace("\u200b", "") == "x" * (2 * LONGEST_RUN + 5)


def test_long_runs_go_on_below_in_plain_text():
    shown = for_plain_view("x" * (LONGEST_RUN + 1))
    assert shown == "x" * LONGEST_RUN + "\nx"


def test_text_with_spaces_is_left_alone():
    text = "word " * 2_000
    assert for_view(text) == text
    assert for_plain_view(text) == text


def test_control_characters_become_visible():
    assert for_view("a\x07b\x1bc\x00d\x7f") == "a\u2407b\u241bc\u2400d\u2421"
    assert for_view("line\r\nline\ttab") == "line\nline\ttab"


def test_overrides_of_reading_order_become_visible():
    assert for_view("evil\u202egpj.exe") == "evil\ufffdgpj.exe"
