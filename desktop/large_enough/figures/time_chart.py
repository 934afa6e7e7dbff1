"""Draws numbers over time: one line for each contender, with its letter, shape and dashes."""

from collections.abc import Sequence

import msgspec

from large_enough.figures.axis import Axis, WriteNumber, axis_from_zero, axis_of_time
from large_enough.figures.legend import LEGEND_ROW, legend, legend_height
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Drawing,
    Line,
    Marker,
    Point,
    Polyline,
    Primitive,
    Text,
    dashes_of,
    role_of,
)
from large_enough.figures.series import Series, length_s
from large_enough.figures.text_width import guessed_width, shortened

TICK_SIZE = 11.5
TITLE_SIZE = 13.0
_MARKER = 15.0
_TITLE_HEIGHT = 22.0
_FOOT = 38.0
"""For the ticks of the time axis and its unit."""
_RIGHT = 14.0
_GAP = 8.0
_TICK_SPACE_X = 70.0
"""Room that a tick of the time axis needs."""
_TICK_SPACE_Y = 32.0
_LEAST_STEP = 1.5
"""Between two points of a line: more of them cost time and show nothing."""


class ChartWords(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a chart says, in the reader's language."""

    title: str
    summary: str
    """For those who cannot see the chart."""
    unit: str
    """Of the numbers, for example "tokens/s"."""
    time_unit: str
    """Of the time axis: seconds, in short or in full."""
    nothing: str
    """Stands in place of the lines where there is nothing to draw."""
    number: WriteNumber
    """Writes a number with so many decimals."""


def time_chart(
    series: Sequence[Series],
    words: ChartWords,
    *,
    width: float = 640.0,
    height: float = 260.0,
    with_legend: bool = True,
) -> Drawing:
    """Return the chart.

    Args:
        series: Lines in the order of the legend; without numbers they are in the legend only.
        words: What the chart says.
        width: In logical units, at least 200.
        height: In logical units; the legend is part of it.
        with_legend: Whether it says whose each letter is; letters stand at the lines anyway.
    """
    keys = series if with_legend else ()
    top = _TITLE_HEIGHT + (legend_height(keys, width) if keys else 0.0) + _GAP
    frame = _Frame(series, words, top=top, width=width, height=height)
    head = Text(
        place=Point(0, 14),
        text=shortened(f"{words.title}, {words.unit}", TITLE_SIZE, width),
        size=TITLE_SIZE,
        is_strong=True,
    )
    body = (
        [*frame.grid(words), *_lines(series, frame)]
        if any(each.values for each in series)
        else [_nothing(words, width, top, height)]
    )
    return Drawing(
        width=width,
        height=height,
        primitives=(head, *legend(keys, Point(0, _TITLE_HEIGHT), width), *body),
        title=words.title,
        summary=words.summary,
    )


class _Frame:
    """The axes of a chart."""

    def __init__(
        self,
        series: Sequence[Series],
        words: ChartWords,
        *,
        top: float,
        width: float,
        height: float,
    ) -> None:
        most = max((value for each in series for value in each.values), default=0.0)
        bottom = max(height - _FOOT, top + 1)
        tick_count = max(2, int((bottom - top) / _TICK_SPACE_Y) + 1)
        self.y: Axis = axis_from_zero(most, start=bottom, end=top, most_ticks=tick_count)
        labels_width = max(guessed_width(label, TICK_SIZE) for label in self.y.labels(words.number))
        left = labels_width + _GAP
        self.x: Axis = axis_of_time(
            length_s(series),
            start=left,
            end=max(width - _RIGHT, left + 1),
            most_ticks=max(2, int((width - left) / _TICK_SPACE_X) + 1),
        )

    def point(self, t_s: float, value: float) -> Point:
        """Return where a number lies."""
        return Point(self.x.place(t_s), self.y.place(value))

    def grid(self, words: ChartWords) -> list[Primitive]:
        """Return lines and labels of both axes."""
        return [*self._levels(words), *self._times(words)]

    def _levels(self, words: ChartWords) -> list[Primitive]:
        primitives: list[Primitive] = []
        for tick, label in zip(self.y.ticks, self.y.labels(words.number), strict=True):
            y = self.y.place(tick)
            start, end = Point(self.x.start, y), Point(self.x.end, y)
            primitives.append(Line(start=start, end=end, role=ColourRole.GRID))
            place = Point(self.x.start - _GAP, y + TICK_SIZE * 0.36)
            primitives.append(_tick(place, label, Anchor.END))
        return primitives

    def _times(self, words: ChartWords) -> list[Primitive]:
        foot = self.y.start
        primitives: list[Primitive] = []
        for tick, label in zip(self.x.ticks, self.x.labels(words.number), strict=True):
            x = self.x.place(tick)
            start, end = Point(x, foot), Point(x, foot + 4)
            primitives.append(Line(start=start, end=end, role=ColourRole.SOFT_INK))
            primitives.append(_tick(Point(x, foot + 17), label, Anchor.MIDDLE))
        primitives.append(_tick(Point(self.x.end, foot + 33), words.time_unit, Anchor.END))
        return primitives


def _tick(place: Point, text: str, anchor: Anchor) -> Text:
    return Text(place=place, text=text, role=ColourRole.SOFT_INK, size=TICK_SIZE, anchor=anchor)


def _lines(series: Sequence[Series], frame: _Frame) -> list[Primitive]:
    """Return all lines, then the marks at their ends, so that no line hides a mark."""
    lines: list[Primitive] = []
    marks: list[Primitive] = []
    for each in series:
        runs = each.runs()
        for run in runs:
            lines += _line(each.letter, _apart([frame.point(*moment) for moment in run]))
        if runs and each.letter:
            marks.append(
                Marker(middle=frame.point(*runs[-1][-1]), letter=each.letter, size=_MARKER)
            )
    return lines + marks


def _apart(points: Sequence[Point]) -> tuple[Point, ...]:
    """Leave out points that nobody could tell from their neighbours; first and last stay."""
    kept = [points[0]]
    for point in points[1:-1]:
        if point.x - kept[-1].x >= _LEAST_STEP:
            kept.append(point)
    return (*kept, points[-1]) if len(points) > 1 else tuple(kept)


def _line(letter: str, points: tuple[Point, ...]) -> list[Primitive]:
    """Return a stretch of a line; a single reading is a dot that everybody can see."""
    if len(points) > 1:
        return [Polyline(points=points, role=role_of(letter), dashes=dashes_of(letter))]
    (x, y) = points[0]
    dot = Point(x - 3, y), Point(x + 3, y)
    return [Polyline(points=dot, role=role_of(letter), width=4.0)]


def _nothing(words: ChartWords, width: float, top: float, height: float) -> Text:
    return Text(
        place=Point(width / 2, (top + height - LEGEND_ROW) / 2),
        text=shortened(words.nothing, TITLE_SIZE, width),
        role=ColourRole.SOFT_INK,
        size=TITLE_SIZE,
        anchor=Anchor.MIDDLE,
    )
