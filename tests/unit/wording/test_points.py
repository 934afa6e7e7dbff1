"""Differences in points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.wording.points import accuracy_share_text, difference_words, margin_text, points


@pytest.mark.parametrize(
    ("share", "beside", "text", "count"),
    [
        (0.105, (0.10,), "10.5", 2),
        (0.10, (0.10,), "10", 10),
        (0.0997, (0.10,), "9.97", 2),
        (0.10003, (0.10,), "10.003", 2),
        (0.0999999999, (0.10,), "9.9999", 2),
        (0.1000000001, (0.10,), "10.0001", 2),
        (0.0004, (), "0.04", 2),
        (1e-12, (), "0.0001", 2),
        (0.01, (), "1", 1),
        (1.0, (0.10,), "100", 100),
        (0.0, (0.10,), "0", 0),
    ],
)
def test_rounding_keeps_the_side(
    share: float, beside: tuple[float, ...], text: str, count: int
) -> None:
    assert points(share, *beside) == (text, count)


@given(st.floats(0, 1), st.floats(0.001, 0.5).map(lambda margin: round(margin, 3)))
def test_a_limit_is_shown_on_the_side_of_the_margin_on_which_it_lies(
    share: float, margin: float
) -> None:
    shown = float(points(share, margin).text)
    assert (shown > float(margin_text(margin))) == (share > margin)
    assert (shown < float(margin_text(margin))) == (share < margin)
    assert (shown > 0) == (share > 0)
    assert abs(shown - share * 100) <= 0.06


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (-0.03, "3 points worse"),
        (-0.01, "1 point worse"),
        (0.045, "4.5 points better"),
        (0.01, "1 point better"),
        (0.0, "no difference"),
        (-1e-17, "no difference"),
        (-0.0003, "0.03 points worse"),
    ],
)
def test_differences_in_words(difference: float, words: str) -> None:
    assert difference_words(difference) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.81, "81 %"),
        (1.0, "100 %"),
        (0.0, "0 %"),
        (0.997, "99.7 %"),
        (0.9996, "99.96 %"),
        (0.003, "0.3 %"),
        (1e-9, "0 %"),
    ],
)
def test_all_and_nothing_are_only_said_where_it_is_so(share: float, words: str) -> None:
    assert accuracy_share_text(share) == words
