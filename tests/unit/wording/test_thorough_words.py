import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from large_enough.domain.thorough import ThoroughEnd, ThoroughProgress, ThoroughStep
from large_enough.wording.thorough_words import (
    end_text,
    faster_text,
    interval_text,
    progress_text,
    rough_text,
    thriftier_text,
)


def progress(step: ThoroughStep) -> ThoroughProgress:
    return ThoroughProgress(step=step, pass_number=3, fewest_passes=6, most_left_s=250.0)


def test_progress_says_how_far_and_how_long() -> None:
    assert progress_text(progress(ThoroughStep.PASS)).startswith("Pass 3 of at least 6. At most ")
    assert "4 min" in progress_text(progress(ThoroughStep.PASS))


def test_every_step_has_words_of_its_own() -> None:
    words = {progress_text(progress(step)) for step in ThoroughStep}
    assert len(words) == len(ThoroughStep)


def test_every_end_has_words_of_its_own() -> None:
    words = {end_text(end, 6) for end in ThoroughEnd}
    assert len(words) == len(ThoroughEnd)
    assert all("6 passes" in text for text in words)


def test_the_faster_one_is_named_whichever_it_is() -> None:
    assert (
        faster_text("A", "B", 2.0, 1.8, 2.2) == "A answered 2.0 times faster than B (1.80 to 2.20)"
    )
    assert (
        faster_text("A", "B", 0.5, 0.4, 0.8) == "B answered 2.0 times faster than A (1.25 to 2.50)"
    )


def test_the_thriftier_one_is_named_whichever_it_is() -> None:
    assert thriftier_text("A", "B", 2.0, 1.8, 2.2).startswith("A used 2.0 times less energy than B")
    assert thriftier_text("A", "B", 0.5, 0.4, 0.8).startswith("B used 2.0 times less energy than A")


@pytest.mark.parametrize("words", [faster_text, thriftier_text])
@pytest.mark.parametrize("ends", [(0.9, 1.1), (1.0, 1.3), (0.7, 1.0)])
def test_nobody_is_named_where_the_interval_holds_1(words, ends: tuple[float, float]) -> None:
    assert "times" not in words("A", "B", sum(ends) / 2, *ends)


def test_a_rough_ratio_names_nobody_where_both_are_about_equal() -> None:
    assert rough_text("A", "B", 3.0) == "A answered about 3.0 times faster than B"
    assert rough_text("A", "B", 1 / 3) == "B answered about 3.0 times faster than A"
    for ratio in (0.97, 1.0, 1.03):
        assert rough_text("A", "B", ratio) == "A and B answered about equally fast"


def test_an_interval_is_shown_with_both_ends() -> None:
    assert interval_text(0.624, 0.601, 0.652) == "0.62 (0.60 to 0.65)"
    assert interval_text(1.0, 2.0, 3.0, lambda value: f"<{value}>") == "<1.0> (<2.0> to <3.0>)"


@given(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0.01, 100))
def test_turned_round_the_words_say_the_same(low: float, ratio: float, high: float) -> None:
    low, ratio, high = sorted((low, ratio, high))
    assume(not low <= 1 <= high)
    for value in (low, ratio, high):  # the two roundings of 1/x meet at their edges
        assume(abs(value * 100 % 1 - 0.5) > 1e-6)
    one, other = (
        faster_text("A", "B", ratio, low, high),
        faster_text("B", "A", 1 / ratio, 1 / high, 1 / low),
    )
    assert one.split(" answered")[0] == other.split(" answered")[0]
