"""Draws how right each contender is over what it costs: the cheapest one within the band wins."""

from collections.abc import Sequence

import msgspec

from large_enough.domain.interval import ShareInterval
from large_enough.figures.boxes import Box, marker_box, text_box
from large_enough.figures.label_places import Named, Places, line_boxes, name_places
from large_enough.figures.mark_list import mark_list
from large_enough.figures.primitives import (
    ColourRole,
    Drawing,
    Line,
    Marker,
    Point,
    Primitive,
    Text,
    refuse_non_finite,
    role_of,
)
from large_enough.figures.scatter_frame import ScatterFrame, WriteTick, dashed
from large_enough.figures.text_width import guessed_width, shortened

_TITLE = 13.0
_SIZE = 12.0
_TOP = 34.0
_NOTE = 17.0
_MARKER = 16.0
_CAP = 5.0
_SMALL = 11.5
_BAND_STEPS = 12
_FEW = 3
"""If more than one in so many names finds no place, they are listed below instead."""
_STEP = 3.0
"""By which marks that would hide each other are moved apart."""


class ScatterPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One contender.

    Raises:
        ValueError: The cost is negative, infinite or not a number.
    """

    letter: str
    name: str
    """As it stands beside the mark, with what is said of it."""
    cost: float
    accuracy: ShareInterval
    is_faded: bool = False
    """Whether another one is at least as right for no more."""
    is_strong: bool = False
    """Whether it is the one to look at: the knee."""

    def __post_init__(self) -> None:
        """Check the numbers."""
        refuse_non_finite((self.cost, self.accuracy.low, self.accuracy.high))
        if self.cost < 0:
            message = f"{self.cost} lies below the axis"
            raise ValueError(message)


class ScatterWords(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the chart says, in the reader's language."""

    title: str
    summary: str
    """For those who cannot see it."""
    unit: str
    """What the lower axis is, where it begins at 0."""
    unit_by_ratio: str
    """The same where costs are placed by their ratio."""
    within: str
    """What the band is: "within your margin of the best"."""
    within_below: str
    """The same as a sentence, where there is no room in the band."""
    nothing: str
    """Stands there if there are no points."""
    notes: tuple[str, ...] = ()
    """Below the chart: what grey means, who is missing and why."""
    write_cost: WriteTick
    write_share: WriteTick


def cost_scatter(
    points: Sequence[ScatterPoint],
    margin: float,
    words: ScatterWords,
    *,
    width: float = 640.0,
    height: float = 360.0,
) -> Drawing:
    """Return the chart.

    Args:
        points: Contenders whose accuracy and cost are known.
        margin: How much worse than the best is accepted.
        words: What the chart says.
        width: In logical units, at least 200.
        height: In logical units; notes and names without a place beside their mark add to it.
    """
    title = Text(
        place=Point(0, 14), text=shortened(words.title, _TITLE, width), size=_TITLE, is_strong=True
    )
    body, homeless, more = (
        _body(points, margin, words, width, height) if points else ([], [], words.nothing)
    )
    bottom = height if points else _TOP
    listed, list_height = mark_list(homeless, bottom, width)
    bottom += list_height
    notes = (more, *words.notes) if more else words.notes
    foot = [
        Text(
            place=Point(0, bottom + _NOTE * number + _SIZE),
            text=shortened(note, _SIZE, width),
            role=ColourRole.SOFT_INK,
        )
        for number, note in enumerate(notes)
    ]
    return Drawing(
        width=width,
        height=bottom + _NOTE * len(notes) + (4 if notes else 0),
        primitives=(title, *body, *listed, *foot),
        title=words.title,
        summary=words.summary,
    )


def _body(
    points: Sequence[ScatterPoint], margin: float, words: ScatterWords, width: float, height: float
) -> tuple[list[Primitive], list[tuple[Marker, str]], str]:
    """Return the chart itself, the marks whose names had no place in it, and a note if need be."""
    best = max(point.accuracy.share for point in points)
    floor = max(best - margin, 0.0)
    ends = [end for each in points for end in (each.accuracy.low, each.accuracy.high)]
    frame = ScatterFrame(
        [point.cost for point in points],
        [*ends, floor],
        write_share=words.write_share,
        area=(_TOP, width, height),
    )
    unit = words.unit_by_ratio if frame.is_logarithmic else words.unit
    middles = _apart([frame.point(point.cost, point.accuracy.share) for point in points], frame)
    markers = [
        Marker(middle=middle, letter=point.letter, size=_MARKER, is_faded=point.is_faded)
        for point, middle in zip(points, middles, strict=True)
    ]
    bars = [_bar(point, middle, frame) for point, middle in zip(points, middles, strict=True)]
    way = sorted(
        middle for point, middle in zip(points, middles, strict=True) if not point.is_faded
    )
    boxes, lines = list(map(marker_box, markers)), line_boxes(way)
    solid = [*boxes, *map(_bar_box, bars)]
    label = _band_label(words.within, frame, floor, [*solid, *lines], boxes)
    places = _places(points, middles, [*map(text_box, label), *solid], lines, frame)
    names = [text_box(each) for each in places.primitives if isinstance(each, Text)]
    primitives = [
        frame.band(floor, best),
        *frame.grid(words.write_cost, unit),
        *label,
        *dashed(way, names),
        *(line for bar in bars for line in bar),
        *places.primitives,
        *markers,
    ]
    homeless = [(markers[number], points[number].name) for number in places.homeless]
    return primitives, homeless, "" if label else words.within_below


def _apart(middles: Sequence[Point], frame: ScatterFrame) -> list[Point]:
    """Move marks sideways until none hides another."""
    placed: list[Point] = []
    for middle in middles:
        step = 0
        x = middle.x
        while any(
            abs(x - other.x) < _MARKER and abs(middle.y - other.y) < _MARKER for other in placed
        ):
            step += 1
            side = 1 if step % 2 else -1
            x = middle.x + side * ((step + 1) // 2) * _STEP
            x = min(max(x, frame.left + _MARKER / 2), frame.right - _MARKER / 2)
            if step > 400:
                break
        placed.append(Point(x, middle.y))
    return placed


def _bar(point: ScatterPoint, middle: Point, frame: ScatterFrame) -> list[Line]:
    """Return the interval of an accuracy, with caps."""
    role = ColourRole.SOFT_INK if point.is_faded else role_of(point.letter)
    high, low = frame.y.place(point.accuracy.high), frame.y.place(point.accuracy.low)
    lines = [((middle.x, high), (middle.x, low))]
    lines += [((middle.x - _CAP, y), (middle.x + _CAP, y)) for y in (high, low)]
    return [
        Line(start=Point(*start), end=Point(*end), role=role, width=1.6) for start, end in lines
    ]


def _band_label(
    words: str, frame: ScatterFrame, floor: float, wished: Sequence[Box], marks: Sequence[Box]
) -> list[Text]:
    """Return what the band is, where nothing else lies at its lower edge; none without room.

    Args:
        words: What it is.
        frame: The axes.
        floor: Its lower edge.
        wished: What should be left free.
        marks: What must be left free.
    """
    text = shortened(words, _SMALL, frame.right - frame.left - 12)
    room = frame.right - frame.left - guessed_width(text, _SMALL) - 12
    labels = [
        Text(
            place=Point(frame.left + 6 + room * step / _BAND_STEPS, frame.y.place(floor) - 6),
            text=text,
            role=ColourRole.SOFT_INK,
            size=_SMALL,
        )
        for step in range(_BAND_STEPS + 1)
    ]
    for taken in (wished, marks):
        for label in labels:
            if not any(text_box(label).overlaps(other) for other in taken):
                return [label]
    return []


def _places(
    points: Sequence[ScatterPoint],
    middles: Sequence[Point],
    taken: Sequence[Box],
    lines: Sequence[Box],
    frame: ScatterFrame,
) -> Places:
    """Place the names beside their marks; where that goes for few, only that of the chief one."""
    area = Box(frame.left, frame.top - 8, frame.right, frame.bottom)
    named = _named(points, middles)
    order = sorted(range(len(points)), key=lambda number: not points[number].is_strong)
    places = _places_of(order, named, taken, lines, area)
    if len(places.homeless) * _FEW <= len(points):
        return places
    chief = [number for number in order if points[number].is_strong]
    return _places_of(chief, named, taken, lines, area)


def _places_of(
    chosen: Sequence[int],
    named: Sequence[Named],
    taken: Sequence[Box],
    lines: Sequence[Box],
    area: Box,
) -> Places:
    """Place some of the names, in this order; all others are homeless."""
    places = name_places([named[number] for number in chosen], taken, lines, area)
    found = {number for place, number in enumerate(chosen) if place not in places.homeless}
    return Places(
        places.primitives, [number for number in range(len(named)) if number not in found]
    )


def _bar_box(bar: Sequence[Line]) -> Box:
    line = bar[0]
    return Box(line.start.x - _CAP, line.start.y, line.start.x + _CAP, line.end.y)


def _named(points: Sequence[ScatterPoint], middles: Sequence[Point]) -> list[Named]:
    """Return the names with what they belong to."""
    return [
        Named(
            middle,
            point.name,
            ColourRole.SOFT_INK if point.is_faded else ColourRole.INK,
            is_strong=point.is_strong,
        )
        for point, middle in zip(points, middles, strict=True)
    ]
