"""Draws the evidence after each question, by ratio: a claim stands even if it falls again."""

from collections.abc import Sequence
from typing import NamedTuple

from large_enough.figures.log_axis import LogAxis
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Line,
    Point,
    Polyline,
    Primitive,
    Text,
)
from large_enough.figures.text_width import guessed_width, shortened

WAY_HEIGHT = 146.0
_SMALL = 11.5
_HEIGHT = 120.0
_EDGE = 8.0
_LEAST, _MOST = 0.05, 100.0
_WANTED = 20.0
_DASHES = (6.0, 4.0)
_WANTED_DASHES = (5.0, 4.0)
_MOST_POINTS = 400


class WayLine(NamedTuple):
    """One claim's evidence."""

    role: ColourRole
    values: Sequence[float]
    """After each question."""
    is_dashed: bool


def evidence_way(
    lines: Sequence[WayLine], words: tuple[str, str, str], top: float, width: float
) -> list[Primitive]:
    """Return the lines with their axes.

    Args:
        lines: At least one.
        words: 1 and 20 as the language writes them, and what stands at the end: "question 44".
        top: Where it begins.
        width: Of the drawing.
    """
    one, wanted, last = words
    left = max(guessed_width(one, _SMALL), guessed_width(wanted, _SMALL)) + 8
    right, bottom = width - _EDGE, top + _HEIGHT
    axis = LogAxis(_LEAST, _MOST, bottom, top, ())
    step = (right - left) / max(max(len(line.values) for line in lines) - 1, 1)
    end = shortened(last, _SMALL, width - left - 3 * _SMALL)
    return [
        *_levels(axis, one, wanted, left, right),
        *(each for line in lines for each in _line(line, axis, left, step)),
        _soft(Point(left, bottom + 16), one, Anchor.START),
        _soft(Point(right, bottom + 16), end, Anchor.END),
    ]


def _levels(axis: LogAxis, one: str, wanted: str, left: float, right: float) -> list[Primitive]:
    """Return the line from which evidence starts, and that of 20."""
    start, goal = axis.place(1.0), axis.place(_WANTED)
    return [
        Line(start=Point(left, start), end=Point(right, start), role=ColourRole.GRID),
        Polyline(
            points=(Point(left, goal), Point(right, goal)),
            role=ColourRole.MARGIN,
            width=1.5,
            dashes=_WANTED_DASHES,
        ),
        _soft(Point(left - 8, start + 4), one, Anchor.END),
        _soft(Point(left - 8, goal + 4), wanted, Anchor.END),
    ]


def _line(line: WayLine, axis: LogAxis, left: float, step: float) -> list[Primitive]:
    values = line.values
    points = tuple(
        Point(left + index * step, axis.place(min(max(values[index], _LEAST), _MOST)))
        for index in _chosen(len(values))
    )
    if len(points) < 2:
        return []
    return [Polyline(points=points, role=line.role, dashes=_DASHES if line.is_dashed else ())]


def _chosen(count: int) -> list[int]:
    """Return which questions are drawn: not more than can be seen, the last one always."""
    every = max(1, -(-count // _MOST_POINTS))
    chosen = list(range(0, count, every))
    if chosen and chosen[-1] != count - 1:
        chosen.append(count - 1)
    return chosen


def _soft(place: Point, text: str, anchor: Anchor) -> Text:
    return Text(place=place, text=text, role=ColourRole.SOFT_INK, size=_SMALL, anchor=anchor)
