import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.text import harmless, harmless_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The fee is 1.00 €.\n\tRight.", "The fee is 1.00 €.\n\tRight."),
        ("\x1b[2Jgone\x07", "[2Jgone"),
        ("abc\u202egpj.exe\u2066", "abcgpj.exe"),
        ("one\rtwo\x85", "onetwo"),
        ("\ud800x", "x"),
    ],
)
def test_controls_are_taken_out(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_one_line() -> None:
    assert harmless_line("  two\n\n lines\t here ") == "two lines here"


@given(st.text())
def test_nothing_harmful_is_left(text: str) -> None:
    for character in harmless(text):
        assert character in "\n\t" or unicodedata.category(character) != "Cc"
