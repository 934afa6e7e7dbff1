"""Charts over time."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters

from large_enough.domain.pack_run import RUN_LETTERS
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.figures.primitives import (
    ColourRole,
    Drawing,
    Line,
    Marker,
    MarkerFilling,
    MarkerShape,
    Point,
    Polyline,
    Primitive,
    Rectangle,
    Text,
    dashes_of,
    filling_of,
    role_of,
    shape_of,
    tint_of,
)
from large_enough.figures.series import Sample, Series
from large_enough.figures.time_chart import ChartWords, time_chart

GAP = Unavailable(reason="not read")
WORDS = ChartWords(
    title="Speed",
    summary="All about speed.",
    unit="tok/s",
    time_unit="seconds",
    nothing="nothing",
    number=lambda value, decimals: f"{value:.{decimals}f}",
)


def series(letter: str, *values: Quantity, name: str = "model") -> Series:
    samples = tuple(Sample(float(t), value) for t, value in enumerate(values))
    return Series(letter=letter, name=name, samples=samples)


def of_kind(drawing: Drawing, kind: type[Primitive]) -> list[Primitive]:
    return [primitive for primitive in drawing.primitives if isinstance(primitive, kind)]


def texts(drawing: Drawing) -> list[str]:
    return [each.text for each in drawing.primitives if isinstance(each, Text)]


def points_of(primitive: Primitive) -> list[Point]:
    match primitive:
        case Line(start=start, end=end):
            return [start, end]
        case Polyline(points=points):
            return list(points)
        case Rectangle(corner=corner, width=width, height=height):
            return [corner, Point(corner.x + width, corner.y + height)]
        case Text(place=place):
            return [place]
        case Marker(middle=middle):
            return [middle]


def test_contenders_differ_in_more_than_colour() -> None:
    letters = "ABCD"
    assert len({shape_of(letter) for letter in letters}) == len(MarkerShape) == 4
    assert len({dashes_of(letter) for letter in letters}) == 4
    assert len({role_of(letter) for letter in letters}) == 4
    drawing = time_chart([series(letter, 1.0, 2.0) for letter in letters], WORDS)
    lines = [line for line in of_kind(drawing, Polyline) if isinstance(line, Polyline)]
    assert {line.dashes for line in lines} == {dashes_of(letter) for letter in letters}
    markers = [each.letter for each in drawing.primitives if isinstance(each, Marker)]
    assert sorted(markers) == sorted(letters * 2)  # in the legend and at the line's end


def test_all_letters_of_a_run_can_be_told_apart() -> None:
    marks = {(shape_of(letter), filling_of(letter)) for letter in RUN_LETTERS}
    lines = {(role_of(letter), dashes_of(letter)) for letter in RUN_LETTERS}
    assert len(marks) == len(lines) == len(RUN_LETTERS) == 12
    assert tint_of("A") == tint_of("E") != tint_of("B")
    faded = Marker(middle=Point(0, 0), letter="A", is_faded=True)
    assert (faded.role, faded.filling) == (ColourRole.SOFT_INK, MarkerFilling.OPEN)


def test_axes_have_units_and_round_ticks() -> None:
    drawing = time_chart([series("A", 0.0, 10.0, 42.0)], WORDS)
    assert texts(drawing)[0] == "Speed, tok/s"
    assert {"0", "10", "20", "30", "40", "50", "seconds"} <= set(texts(drawing))
    assert drawing.title == "Speed"
    assert drawing.summary == "All about speed."


def test_the_line_lies_where_its_numbers_are() -> None:
    drawing = time_chart([series("A", 0.0, 60.0)], WORDS, width=400, height=200)
    line = [each for each in drawing.primitives if isinstance(each, Polyline)][-1]
    grid = [each for each in drawing.primitives if isinstance(each, Line)]
    levels = [each for each in grid if each.role is ColourRole.GRID]
    assert line.points[0] == levels[0].start
    assert line.points[-1] == levels[-1].end


def test_a_gap_parts_the_line_and_a_lone_reading_is_a_dot() -> None:
    drawing = time_chart([series("A", 1.0, 2.0, GAP, 3.0)], WORDS)
    lines = [each for each in drawing.primitives if isinstance(each, Polyline)]
    assert len(lines) == 3  # legend, stretch, dot
    assert lines[-1].width > lines[-2].width


@pytest.mark.parametrize("lines", [[], [series("A")], [series("A", GAP), series("B")]])
def test_nothing_to_draw_is_said(lines: list[Series]) -> None:
    drawing = time_chart(lines, WORDS)
    assert "nothing" in texts(drawing)
    assert of_kind(drawing, Line) == []


def test_a_line_that_is_nobodys_has_no_letter() -> None:
    drawing = time_chart([series("", 1.0, 2.0)], WORDS)
    assert of_kind(drawing, Marker) == []
    assert any(
        each.role is ColourRole.INK for each in drawing.primitives if isinstance(each, Polyline)
    )


@pytest.mark.parametrize("name", [*HOSTILE_TEXTS, "long " * 500, "漢字" * 300])
def test_names_are_harmless_and_fit(name: str) -> None:
    drawing = time_chart([series("A", 1.0, 2.0, name=name)], WORDS, width=300)
    for text in texts(drawing):
        assert not has_dangerous_characters(text)
        assert len(text) < 100


@given(
    st.lists(
        st.lists(st.one_of(st.floats(0, 1e300), st.just(GAP)), max_size=8), min_size=1, max_size=4
    ),
    st.floats(200, 2000),
    st.floats(120, 900),
)
def test_everything_lies_within_the_drawing(
    values: list[list[Quantity]], width: float, height: float
) -> None:
    lines = [series(letter, *each) for letter, each in zip("ABCD", values, strict=False)]
    drawing = time_chart(lines, WORDS, width=width, height=height)
    points = itertools.chain.from_iterable(points_of(each) for each in drawing.primitives)
    for x, y in points:
        assert -4 <= x <= width + 4
        assert -4 <= y <= height + 4
