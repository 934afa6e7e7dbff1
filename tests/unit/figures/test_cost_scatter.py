"""Accuracy over cost."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.drawings import check_drawing, markers_of, text_primitives, texts_of
from tests.helpers.hostile_texts import HOSTILE_TEXTS

from large_enough.domain.interval import ShareInterval
from large_enough.domain.pack_run import RUN_LETTERS
from large_enough.figures.boxes import Box
from large_enough.figures.cost_scatter import ScatterPoint, ScatterWords, cost_scatter
from large_enough.figures.primitives import ColourRole, Drawing, Point, Polyline, Rectangle
from large_enough.figures.scatter_frame import dashed, share_axis
from large_enough.stats.wilson import wilson_interval

WORDS = ScatterWords(
    title="How right, and how long",
    summary="In words.",
    unit="seconds",
    unit_by_ratio="seconds (logarithmic)",
    within="within your margin of the best",
    within_below="Shaded: within your margin of the best.",
    nothing="There is nothing to draw.",
    notes=("Grey: beaten.",),
    write_cost="{:g}".format,
    write_share="{:.0%}".format,
)


def share(right: int, count: int = 100) -> ShareInterval:
    interval = wilson_interval(right, count)
    assert isinstance(interval, ShareInterval)
    return interval


def point(
    letter: str,
    right: int,
    cost: float,
    name: str = "",
    *,
    is_faded: bool = False,
    is_strong: bool = False,
) -> ScatterPoint:
    return ScatterPoint(
        letter=letter,
        name=name or f"Model {letter} of many",
        cost=cost,
        accuracy=share(right),
        is_faded=is_faded,
        is_strong=is_strong,
    )


def chart(*points: ScatterPoint, margin: float = 0.1, width: float = 640.0) -> Drawing:
    return cost_scatter(points, margin, WORDS, width=width)


CONTENDERS = st.lists(
    st.tuples(st.integers(0, 100), st.floats(0, 1e5), st.booleans()), min_size=1, max_size=12
)


@settings(deadline=None)
@given(CONTENDERS, st.sampled_from([280.0, 560.0, 900.0]))
def test_up_to_twelve_are_all_named_and_nothing_overlaps(
    rows: list[tuple[int, float, bool]], width: float
) -> None:
    points = [
        point(letter, right, cost, is_faded=is_faded)
        for letter, (right, cost, is_faded) in zip(RUN_LETTERS, rows, strict=False)
    ]
    drawing = chart(*points, width=width)
    check_drawing(drawing)
    named = [text for text in texts_of(drawing) if text.startswith("Model")]
    assert len(named) == len(points)
    assert sum("within your margin" in text for text in texts_of(drawing)) == 1
    assert {marker.letter for marker in markers_of(drawing)} == {each.letter for each in points}


def test_twelve_at_the_same_place_are_told_apart() -> None:
    drawing = chart(*(point(letter, 80, 2.0) for letter in RUN_LETTERS))
    check_drawing(drawing)
    inside = [marker for marker in markers_of(drawing) if marker.middle.y < 320]
    assert len({marker.middle for marker in inside}) == len(inside) == 12


def test_the_band_reaches_from_the_best_down_by_the_margin() -> None:
    drawing = chart(point("A", 70, 1.0), point("B", 90, 2.0), margin=0.1)
    band = next(
        each
        for each in drawing.primitives
        if isinstance(each, Rectangle) and each.role is ColourRole.BAND
    )
    a, b = sorted(markers_of(drawing), key=lambda marker: marker.letter)
    assert band.corner.y == pytest.approx(b.middle.y)
    assert band.height == pytest.approx((a.middle.y - b.middle.y) / 2)


def test_far_costs_are_placed_by_ratio_and_it_is_said() -> None:
    near = chart(point("A", 70, 2.0), point("B", 90, 9.0))
    far = chart(point("A", 70, 1.0), point("B", 90, 10.0), point("C", 95, 100.0))
    assert "seconds" in texts_of(near)
    assert "seconds (logarithmic)" in texts_of(far)
    a, b, c = sorted(marker.middle.x for marker in markers_of(far))
    assert b - a == pytest.approx(c - b)


def test_who_is_beaten_stands_back_and_is_off_the_way() -> None:
    drawing = chart(point("A", 70, 1.0), point("B", 60, 2.0, is_faded=True), point("C", 90, 3.0))
    faded = [marker.letter for marker in markers_of(drawing) if marker.is_faded]
    assert faded == ["B"]
    (way,) = [each for each in drawing.primitives if isinstance(each, Polyline)]
    assert len(way.points) == 2
    assert "Grey: beaten." in texts_of(drawing)


def test_the_way_is_broken_where_it_would_cross_a_name() -> None:
    boxes = [Box(40, -5, 60, 5), Box(45, 50, 55, 60)]
    lines = dashed([Point(0, 0), Point(100, 0)], boxes)
    stretches = [each.points for each in lines if isinstance(each, Polyline)]
    assert stretches == [(Point(0, 0), Point(39, 0)), (Point(61, 0), Point(100, 0))]
    assert len(dashed([Point(0, 0), Point(100, 0), Point(200, 50)])) == 2
    assert dashed([Point(0, 0)]) == []
    assert dashed([Point(41, 0), Point(59, 0)], boxes) == []


def test_the_knee_is_strong() -> None:
    drawing = chart(point("A", 70, 1.0, "Ant: the knee", is_strong=True), point("B", 90, 2.0))
    strong = [each.text for each in text_primitives(drawing) if each.is_strong]
    assert strong == [WORDS.title, "Ant: the knee"]


def test_nothing_to_draw() -> None:
    assert texts_of(chart()) == [WORDS.title, WORDS.nothing, "Grey: beaten."]
    check_drawing(chart())


@pytest.mark.parametrize("right", [0, 100])
def test_all_or_nothing_right(right: int) -> None:
    check_drawing(chart(point("A", right, 1.0)))


@pytest.mark.parametrize("cost", [-1.0, math.nan, math.inf])
def test_impossible_costs_are_refused(cost: float) -> None:
    with pytest.raises(ValueError, match=r"drawn|below"):
        point("A", 50, cost)


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS[:-2], "long " * 300])
def test_names_are_harmless_and_cut(text: str) -> None:
    check_drawing(chart(point("A", 70, 1.0, text), point("B", 71, 1.1, text), width=300))


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_axis_of_shares_holds_both_ends(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    axis = share_axis(low, high, start=300, end=20)
    assert 0 <= axis.low <= low + 1e-9
    assert high - 1e-9 <= axis.high <= 1
    assert len(axis.ticks) >= 2
