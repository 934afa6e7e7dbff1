"""Draws what asking the small model first would give, over the share that is sent to the large one.

Sending at random gives the straight line; only what lies above it is the signal's merit.
"""

from typing import NamedTuple

import msgspec

from large_enough.figures.boxes import Box
from large_enough.figures.interval_marks import dot
from large_enough.figures.label_places import Named, line_boxes, name_places
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
    refuse_non_finite,
    role_of,
)
from large_enough.figures.scatter_frame import TICK_SIZE, WriteTick, share_axis
from large_enough.figures.text_lines import text_lines
from large_enough.figures.text_width import guessed_width, shortened, wrapped

_TITLE = 13.0
_TITLE_LINE = 17.0
_TOP = 34.0
_FOOT = 42.0
_RIGHT = 16.0
_GAP = 8.0
_SENT = (0.0, 0.25, 0.5, 0.75, 1.0)
_RANDOM_DASHES = (3.0, 4.0)
_NOTE = 17.0
_INSET = 12.0
_RING = 6.0


class CurvePoint(NamedTuple):
    """A share that is sent on, and how right the whole is then."""

    sent: float
    accuracy: float


class CascadeFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be drawn.

    Raises:
        ValueError: A number is infinite or not a number, or there are fewer than two points.
    """

    small: str
    """Letter."""
    large: str
    curve: tuple[CurvePoint, ...]
    """From "nothing is sent" to "all is sent"."""
    oracle: CurvePoint
    advised: CurvePoint | None

    def __post_init__(self) -> None:
        """Check the numbers."""
        points = (*self.curve, self.oracle, *((self.advised,) if self.advised else ()))
        refuse_non_finite(number for point in points for number in point)
        if len(self.curve) < 2:
            message = "a curve has two points at least"
            raise ValueError(message)


class CascadeWords(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the chart says, in the reader's language."""

    title: str
    summary: str
    """For those who cannot see it."""
    sent: str
    """What the lower axis is: "sent on to the large one"."""
    curve: str
    """The least sure first."""
    at_random: str
    oracle: str
    advised: str
    write_share: WriteTick


def cascade_curve(
    figure: CascadeFigure, words: CascadeWords, *, width: float = 640.0, height: float = 300.0
) -> Drawing:
    """Return the chart.

    Args:
        figure: What is to be drawn.
        words: What the chart says.
        width: In logical units, at least 200.
        height: In logical units; names without a place in it add to it.
    """
    titles = wrapped(words.title, _TITLE, width)
    frame = _Frame(figure, words, (_TOP + _TITLE_LINE * (len(titles) - 1), width, height))
    names, missing = _names(figure, words, frame)
    notes = [
        Text(
            place=Point(0, height + _NOTE * number + 12),
            text=shortened(note, 12.0, width),
            role=ColourRole.SOFT_INK,
        )
        for number, note in enumerate(missing)
    ]
    return Drawing(
        width=width,
        height=height + _NOTE * len(notes) + (4 if notes else 0),
        primitives=(
            *text_lines(titles, Point(0, 14), _TITLE_LINE, size=_TITLE, is_strong=True),
            *frame.grid(words),
            *_lines(figure, frame),
            *_marks(figure, frame),
            *names,
            *notes,
        ),
        title=words.title,
        summary=words.summary,
    )


class _Frame:
    """The axes of the chart."""

    def __init__(
        self, figure: CascadeFigure, words: CascadeWords, area: tuple[float, float, float]
    ) -> None:
        """Lay the chart out; the area is top, width and lower end, ticks included."""
        self.top, width, height = area
        shares = [point.accuracy for point in _all_points(figure)]
        bottom = height - _FOOT
        self.y = share_axis(min(shares), max(shares), start=bottom, end=self.top)
        labels = [guessed_width(words.write_share(tick), TICK_SIZE) for tick in self.y.ticks]
        self.left, self.right = max(labels) + _GAP, width - _RIGHT
        self.bottom, self.width = bottom, width
        self._start = self.left + _INSET

    def point(self, point: CurvePoint) -> Point:
        """Return where a point lies."""
        sent = min(max(point.sent, 0.0), 1.0)
        return Point(
            self._start + sent * (self.right - _INSET - self._start), self.y.place(point.accuracy)
        )

    def grid(self, words: CascadeWords) -> list[Primitive]:
        """Return lines and labels of both axes."""
        primitives: list[Primitive] = []
        for tick in self.y.ticks:
            y = self.y.place(tick)
            start, end = Point(self.left, y), Point(self.right, y)
            primitives.append(Line(start=start, end=end, role=ColourRole.GRID))
            place = Point(self.left - _GAP, y + TICK_SIZE * 0.36)
            primitives.append(_soft(place, words.write_share(tick), Anchor.END))
        for sent in _SENT:
            x = self.point(CurvePoint(sent, 0.0)).x
            start, end = Point(x, self.bottom), Point(x, self.bottom + 4)
            primitives.append(Line(start=start, end=end, role=ColourRole.SOFT_INK))
            place = Point(x, self.bottom + 17)
            primitives.append(_soft(place, words.write_share(sent), Anchor.MIDDLE))
        sent_text = shortened(words.sent, TICK_SIZE, self.width)
        primitives.append(_soft(Point(self.width, self.bottom + 35), sent_text, Anchor.END))
        return primitives


def _all_points(figure: CascadeFigure) -> tuple[CurvePoint, ...]:
    advised = () if figure.advised is None else (figure.advised,)
    return (*figure.curve, figure.oracle, *advised)


def _lines(figure: CascadeFigure, frame: _Frame) -> list[Primitive]:
    ends = (frame.point(figure.curve[0]), frame.point(figure.curve[-1]))
    curve = tuple(frame.point(point) for point in figure.curve)
    return [
        Polyline(points=ends, role=ColourRole.SOFT_INK, width=1.5, dashes=_RANDOM_DASHES),
        Polyline(points=curve, role=role_of(figure.small), width=2.5),
    ]


def _marks(figure: CascadeFigure, frame: _Frame) -> list[Primitive]:
    """Return the two models at the ends, a ring for the oracle, a ringed dot for the advice."""
    oracle = frame.point(figure.oracle)
    marks: list[Primitive] = [
        dot(oracle, ColourRole.SOFT_INK, _RING),
        dot(oracle, ColourRole.GROUND, _RING - 2),
        Marker(middle=frame.point(figure.curve[0]), letter=figure.small),
        Marker(middle=frame.point(figure.curve[-1]), letter=figure.large),
    ]
    if figure.advised is not None:
        advised = frame.point(figure.advised)
        marks += [
            dot(advised, ColourRole.INK, _RING + 1),
            dot(advised, ColourRole.GROUND, _RING - 1),
            dot(advised, ColourRole.INK, _RING - 3),
        ]
    return marks


def _names(
    figure: CascadeFigure, words: CascadeWords, frame: _Frame
) -> tuple[list[Primitive], list[str]]:
    """Return the names of lines and marks, and those for which there was no place."""
    curve = [frame.point(point) for point in figure.curve]
    start, end = curve[0], curve[-1]
    at_random = Point(start.x + (end.x - start.x) * 0.6, start.y + (end.y - start.y) * 0.6)
    wanted = [Named(frame.point(figure.oracle), words.oracle, ColourRole.SOFT_INK)]
    if figure.advised is not None:
        wanted.insert(0, Named(frame.point(figure.advised), words.advised, is_strong=True))
    highest = min(curve[1:-1] or curve, key=lambda point: (point.y, point.x))
    wanted += [
        Named(highest, words.curve, role_of(figure.small)),
        Named(at_random, words.at_random, ColourRole.SOFT_INK),
    ]
    marks = [*curve[:1], *curve[-1:], *(frame.point(each) for each in _all_points(figure)[-2:])]
    taken = [Box(x - 9, y - 9, x + 9, y + 9) for x, y in marks]
    area = Box(frame.left, frame.top - 10, frame.width, frame.bottom)
    places = name_places(wanted, taken, [*line_boxes(curve), *line_boxes((start, end))], area)
    return places.primitives, [wanted[number].name for number in places.homeless]


def _soft(place: Point, text: str, anchor: Anchor) -> Text:
    return Text(place=place, text=text, role=ColourRole.SOFT_INK, size=TICK_SIZE, anchor=anchor)
