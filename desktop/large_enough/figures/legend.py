"""Lays out the names of a chart's lines, each beside its mark and a piece of its line."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from large_enough.figures.primitives import (
    ColourRole,
    Marker,
    Point,
    Polyline,
    Primitive,
    Text,
    dashes_of,
    role_of,
)
from large_enough.figures.series import Series
from large_enough.figures.text_width import guessed_width, shortened

LEGEND_ROW = 20.0
_SIZE = 12.0
_MARKER = 15.0
_SAMPLE = 24.0
"""Length of the piece of line."""
_GAP = 6.0
_BETWEEN = 18.0


class _Entry(NamedTuple):
    series: Series
    name: str
    place: Point


def legend(series: Sequence[Series], corner: Point, width: float) -> list[Primitive]:
    """Return the legend of these lines.

    Args:
        series: In their order.
        corner: Top left.
        width: Of the room there is; names too long for it are cut.
    """
    primitives: list[Primitive] = []
    for each, name, place in _entries(series, width):
        x, y = corner.x + place.x, corner.y + place.y + LEGEND_ROW / 2
        if each.letter:
            primitives.append(Marker(middle=Point(x + _MARKER / 2, y), letter=each.letter, size=15))
        start = Point(x + _MARKER + _GAP, y)
        end = Point(start.x + _SAMPLE, y)
        primitives.append(
            Polyline(points=(start, end), role=role_of(each.letter), dashes=dashes_of(each.letter))
        )
        place_of_name = Point(end.x + _GAP, y + _SIZE * 0.36)
        primitives.append(
            Text(place=place_of_name, text=name, role=ColourRole.SOFT_INK, size=_SIZE)
        )
    return primitives


def legend_height(series: Sequence[Series], width: float) -> float:
    """Return how high the legend is."""
    rows = {entry.place.y for entry in _entries(series, width)}
    return LEGEND_ROW * len(rows)


def _entries(series: Sequence[Series], width: float) -> Iterator[_Entry]:
    """Yield the entries from left to right, in as many rows as it takes."""
    before_name = _MARKER + _SAMPLE + 2 * _GAP
    x = y = 0.0
    for each in series:
        name = shortened(each.name, _SIZE, width - before_name)
        entry_width = before_name + guessed_width(name, _SIZE)
        if x > 0 and x + entry_width > width:
            x, y = 0.0, y + LEGEND_ROW
        yield _Entry(each, name, Point(x, y))
        x += entry_width + _BETWEEN
