"""The interval of a difference against the margin."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.drawings import check_drawing, text_primitives, texts_of
from tests.helpers.hostile_texts import HOSTILE_TEXTS

from large_enough.domain.interval import Limits
from large_enough.figures.interval_chart import IntervalWords, interval_chart
from large_enough.figures.primitives import (
    ColourRole,
    Drawing,
    Line,
    Polyline,
    Rectangle,
    Text,
)


def words(text: str = "") -> IntervalWords:
    return IntervalWords(
        title="Ant beside dinosaur",
        summary="In words.",
        found=text or "3.25 points worse",
        low=text or "10.5 points worse",
        high=text or "4.5 points better",
        margin=text or "your margin: 10 points worse",
        equal=text or "equal",
        within=text or "within your margin",
    )


def chart(
    low: float, high: float, margin: float = 0.1, width: float = 640.0, text: str = ""
) -> Drawing:
    limits = Limits(difference=(low + high) / 2, low=low, high=high, confidence=0.95)
    return interval_chart(limits, margin, "A", words(text), width=width)


def margin_x(drawing: Drawing) -> float:
    (line,) = [each for each in drawing.primitives if isinstance(each, Polyline)]
    assert line.dashes
    assert line.role is ColourRole.MARGIN
    return line.points[0].x


def caps(drawing: Drawing) -> list[float]:
    lines = [each for each in drawing.primitives if isinstance(each, Line)]
    return sorted(
        line.start.x
        for line in lines
        if line.role is ColourRole.CONTENDER_A and line.start.y != line.end.y
    )


def band(drawing: Drawing) -> Rectangle:
    return next(
        each
        for each in drawing.primitives
        if isinstance(each, Rectangle) and each.role is ColourRole.BAND
    )


@settings(deadline=None)
@given(
    st.floats(-1, 1), st.floats(-1, 1), st.floats(0.005, 0.5), st.sampled_from([240.0, 400.0, 900])
)
def test_everything_is_seen_wherever_the_interval_lies(
    one: float, other: float, margin: float, width: float
) -> None:
    low, high = min(one, other), max(one, other)
    drawing = chart(low, high, margin, width)
    check_drawing(drawing)
    assert len(texts_of(drawing)) == 6
    left, right = caps(drawing)
    assert left <= right
    assert (left > margin_x(drawing)) == (low > -margin) or abs(left - margin_x(drawing)) < 1e-3


@pytest.mark.parametrize(("low", "high"), [(-1, -1), (1, 1), (-1, 1), (0, 0), (-0.1, 0.0)])
def test_the_ends_of_the_scale(low: float, high: float) -> None:
    check_drawing(chart(low, high))


def test_the_band_begins_at_the_margin_and_holds_what_is_better() -> None:
    drawing = chart(-0.105, 0.045)
    assert band(drawing).corner.x == margin_x(drawing)
    assert band(drawing).corner.x + band(drawing).width == pytest.approx(630)
    equal = next(each for each in text_primitives(drawing) if each.text == "equal")
    assert margin_x(drawing) < equal.place.x < 630


def test_what_was_found_is_the_strong_text() -> None:
    strong = [each.text for each in text_primitives(chart(-0.1, 0.1)) if each.is_strong]
    assert strong == ["3.25 points worse"]


@pytest.mark.parametrize("margin", [0.0, -0.1, math.nan])
def test_no_margin_cannot_be_drawn(margin: float) -> None:
    with pytest.raises(ValueError, match="drawn"):
        chart(-0.1, 0.1, margin)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_impossible_limits_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="drawn"):
        chart(-0.1, number)


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS[:-2], "long " * 300])
def test_texts_are_harmless_and_cut(text: str) -> None:
    drawing = chart(-0.1, 0.1, width=300, text=text)
    check_drawing(drawing)
    assert all(isinstance(each, Text) for each in text_primitives(drawing))
