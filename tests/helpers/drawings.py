"""Looks at drawings: what they say, and whether everything lies where it can be seen."""

import itertools
import math

from tests.helpers.hostile_texts import has_dangerous_characters

from large_enough.figures.boxes import Box, marker_box, text_box
from large_enough.figures.primitives import (
    Drawing,
    Line,
    Marker,
    Point,
    Polyline,
    Primitive,
    Rectangle,
    Text,
)

_TOLERANCE = 0.6


def texts_of(drawing: Drawing) -> list[str]:
    """Return all texts."""
    return [each.text for each in drawing.primitives if isinstance(each, Text)]


def text_primitives(drawing: Drawing) -> list[Text]:
    """Return all texts with their places."""
    return [each for each in drawing.primitives if isinstance(each, Text)]


def markers_of(drawing: Drawing) -> list[Marker]:
    """Return all marks."""
    return [each for each in drawing.primitives if isinstance(each, Marker)]


def points_of(primitive: Primitive) -> list[Point]:
    """Return the corners of a shape."""
    match primitive:
        case Line(start=start, end=end):
            return [start, end]
        case Polyline(points=points):
            return list(points)
        case Rectangle(corner=corner, width=width, height=height):
            return [corner, Point(corner.x + width, corner.y + height)]
        case Text():
            left, top, right, bottom = text_box(primitive)
            return [Point(left, top), Point(right, bottom)]
        case Marker():
            left, top, right, bottom = marker_box(primitive)
            return [Point(left, top), Point(right, bottom)]


def check_drawing(drawing: Drawing) -> None:
    """Check that nothing leaves a drawing, that no text lies on another and all are harmless."""
    for primitive in drawing.primitives:
        for x, y in points_of(primitive):
            assert math.isfinite(x)
            assert math.isfinite(y)
            assert -_TOLERANCE <= x <= drawing.width + _TOLERANCE, primitive
            assert -_TOLERANCE <= y <= drawing.height + _TOLERANCE, primitive
    texts = text_primitives(drawing)
    for one, other in itertools.combinations(texts, 2):
        assert not _smaller(text_box(one)).overlaps(_smaller(text_box(other))), (one, other)
    for text in texts:
        assert not has_dangerous_characters(text.text)
        for marker in markers_of(drawing):
            assert not _smaller(text_box(text)).overlaps(_smaller(marker_box(marker))), text
    assert drawing.title.strip()
    assert drawing.summary.strip()


def _smaller(box: Box) -> Box:
    return Box(
        box.left + _TOLERANCE,
        box.top + _TOLERANCE,
        box.right - _TOLERANCE,
        box.bottom - _TOLERANCE,
    )
