"""Bars side by side."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.figures.bar_chart import Bar, BarGroup, bar_chart, ratio_of
from large_enough.figures.primitives import Drawing, Marker, Rectangle, Text

GAP = Unavailable(reason="not read")


def bars(*values: Quantity) -> tuple[Bar, ...]:
    return tuple(
        Bar(letter=letter, value=value, text="not read" if value is GAP else f"{value} s")
        for letter, value in zip("ABCD", values, strict=False)
    )


def chart(*groups: BarGroup, width: float = 640.0) -> Drawing:
    return bar_chart(groups, title="Figures", summary="In words.", nothing="nothing", width=width)


def rectangles(drawing: Drawing) -> list[Rectangle]:
    return [each for each in drawing.primitives if isinstance(each, Rectangle)]


def texts(drawing: Drawing) -> list[str]:
    return [each.text for each in drawing.primitives if isinstance(each, Text)]


def test_lengths_are_as_the_numbers() -> None:
    drawing = chart(BarGroup(label="Time", bars=bars(2.0, 8.0), ratio="4.0 times"))
    one, other = rectangles(drawing)
    assert other.width == pytest.approx(4 * one.width)
    assert texts(drawing) == ["Figures", "Time", "4.0 times", "2.0 s", "8.0 s"]
    assert [each.letter for each in drawing.primitives if isinstance(each, Marker)] == ["A", "B"]


def test_a_missing_number_has_no_bar_but_its_reason() -> None:
    drawing = chart(BarGroup(label="Time", bars=bars(2.0, GAP)))
    assert len(rectangles(drawing)) == 1
    assert "not read" in texts(drawing)


def test_four_contenders_nothing_and_zero() -> None:
    assert len(rectangles(chart(BarGroup(label="x", bars=bars(1.0, 2.0, 3.0, 4.0))))) == 4
    assert texts(chart()) == ["Figures", "nothing"]
    assert len(rectangles(chart(BarGroup(label="x", bars=bars(0.0, 0.0))))) == 2


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0])
def test_impossible_numbers_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"drawn|cannot be"):
        Bar(letter="A", value=value, text="")


@pytest.mark.parametrize(
    ("values", "ratio"), [((2.0, 8.0), 4.0), ((8.0, 2.0), 4.0), ((3.0, 3.0), 1.0)]
)
def test_the_ratio_is_the_larger_to_the_smaller(values: tuple[float, ...], ratio: float) -> None:
    assert ratio_of(bars(*values)) == ratio


@pytest.mark.parametrize(
    "values", [(), (1.0,), (1.0, GAP), (0.0, 1.0), (1.0, 2.0, 3.0), (1e-300, 1.0)]
)
def test_no_ratio_is_made_up(values: tuple[Quantity, ...]) -> None:
    assert isinstance(ratio_of(bars(*values)), Unavailable)


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "long " * 300])
def test_texts_are_harmless(text: str) -> None:
    bar = Bar(letter="A", value=1.0, text=text)
    drawing = chart(BarGroup(label=text, bars=(bar,)), width=300)
    assert not any(has_dangerous_characters(each) for each in texts(drawing))
    assert max(len(each) for each in texts(drawing)) < 100


@given(st.lists(st.one_of(st.floats(0, 1e300), st.just(GAP)), min_size=1, max_size=4))
def test_bars_stay_within_the_drawing(values: list[Quantity]) -> None:
    drawing = chart(BarGroup(label="Time", bars=bars(*values)))
    for rectangle in rectangles(drawing):
        assert rectangle.width > 0
        assert rectangle.corner.x + rectangle.width <= drawing.width
        assert rectangle.corner.y + rectangle.height <= drawing.height
