"""The likeness of texts, against values worked out by hand from its definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.clock import SystemClock
from large_enough.scoring.chrf import chrf


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("abc", "abc", 1.0),
        ("abc", "xyz", 0.0),
        ("", "abc", 0.0),
        ("", "", 0.0),
        # one character: precision 1/2, recall 1, F2 = 5 * .5 / (4 * .5 + 1) = 5/6
        ("ab", "a", 5 / 6),
        # runs of 1: 2 of 3 each, F = 2/3; of 2: 1 of 2, F = 1/2; of 3: 0
        ("abc", "abd", (2 / 3 + 1 / 2 + 0) / 3),
        # white space does not count
        ("a b c", "abc", 1.0),
    ],
)
def test_values_by_hand(text: str, reference: str, expected: float) -> None:
    assert chrf(text, reference) == pytest.approx(expected)


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_stays_between_nothing_and_one(one: str, other: str) -> None:
    assert 0.0 <= chrf(one, other) <= 1.0
    if one.split():
        assert chrf(one, one) == pytest.approx(1.0)


def test_more_alike_is_more() -> None:
    reference = "The fee is waived for students."
    near, far = "The fee is waived for pupils.", "Opening hours are nine to five."
    assert chrf(near, reference) > 0.6 > 0.3 > chrf(far, reference)


def test_long_texts_take_no_longer_than_their_beginnings() -> None:
    clock = SystemClock()
    began_s = clock.monotonic_s()
    assert chrf("ab" * 500_000, "ab" * 500_000) == pytest.approx(1.0)
    assert clock.monotonic_s() - began_s < 2.0
