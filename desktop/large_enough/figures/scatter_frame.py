"""Lays out a chart of accuracy over a cost: axes, grid and the band within the margin."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence

from large_enough.figures.axis import Axis
from large_enough.figures.boxes import Box
from large_enough.figures.log_axis import LogAxis, cost_axis
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Line,
    Point,
    Polyline,
    Primitive,
    Rectangle,
    Text,
)
from large_enough.figures.text_width import guessed_width, shortened

TICK_SIZE = 11.5
_DASHES = (3.0, 4.0)
_PIECES = 100
"""Into which a line is cut to see where a name lies on it."""
_GAP = 8.0
_FOOT = 40.0
"""For the ticks of the lower axis and what it is."""
_RIGHT = 14.0
_TICK_SPACE = 70.0
_LEVEL_SPACE = 26.0
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)
_ROUGH, _FINE = 0.1, 0.05
_WIDE = 0.3
"""From this range of shares on, the axis ends at tenths."""

WriteTick = Callable[[float], str]


def share_axis(low: float, high: float, *, start: float, end: float) -> Axis:
    """Return an axis of shares with round ticks around two of them.

    Args:
        low: The smallest to be shown, 0 to 1.
        high: The largest.
        start: Place of the lowest tick.
        end: Place of the highest tick.
    """
    rough = _ROUGH if high - low > _WIDE else _FINE
    bottom = max(0.0, math.floor(low / rough + 1e-9) * rough)
    top = min(1.0, math.ceil(high / rough - 1e-9) * rough)
    if top - bottom < rough:
        bottom, top = max(0.0, bottom - rough), min(1.0, top + rough)
    most = max(2, int(abs(end - start) / _LEVEL_SPACE) + 1)
    step = next((s for s in _STEPS if (top - bottom) / s + 1 <= most), _STEPS[-1])
    first = math.ceil(bottom / step - 1e-9)
    last = math.floor(top / step + 1e-9)
    ticks = tuple(number * step for number in range(first, last + 1))
    return Axis(bottom, top, start, end, ticks)


class ScatterFrame:
    """The axes of a chart: a cost below, shares at the left."""

    def __init__(
        self,
        costs: Sequence[float],
        shares: Sequence[float],
        *,
        write_share: WriteTick,
        area: tuple[float, float, float],
    ) -> None:
        """Lay the chart out.

        Args:
            costs: All that are to be shown.
            shares: All that are to be shown, 0 to 1.
            write_share: Writes a share in the reader's language.
            area: Top, right and lower end of the chart, ticks included.
        """
        top, width, height = area
        self._write_share = write_share
        self.y = share_axis(min(shares), max(shares), start=height - _FOOT, end=top)
        labels = [guessed_width(write_share(tick), TICK_SIZE) for tick in self.y.ticks]
        left = max(labels) + _GAP
        ticks = max(2, int((width - left) / _TICK_SPACE))
        self.x: Axis | LogAxis = cost_axis(
            costs, start=left + _GAP, end=width - _RIGHT, most_ticks=ticks
        )
        self.left, self.right = left, width
        self.top, self.bottom = top, height - _FOOT

    @property
    def is_logarithmic(self) -> bool:
        """Whether costs are placed by their ratio."""
        return isinstance(self.x, LogAxis)

    def point(self, cost: float, share: float) -> Point:
        """Return where a contender lies."""
        return Point(self.x.place(cost), self.y.place(share))

    def band(self, low: float, high: float) -> Rectangle:
        """Return the band between two shares."""
        top, bottom = self.y.place(high), self.y.place(low)
        return Rectangle(
            corner=Point(self.left, top),
            width=self.right - self.left,
            height=bottom - top,
            role=ColourRole.BAND,
        )

    def grid(self, write_cost: WriteTick, unit: str) -> list[Primitive]:
        """Return lines and labels of both axes.

        Args:
            write_cost: Writes a cost in the reader's language.
            unit: What the lower axis is.
        """
        return [*self._levels(), *self._costs(write_cost), self._unit(unit)]

    def _levels(self) -> list[Primitive]:
        primitives: list[Primitive] = []
        for tick in self.y.ticks:
            y = self.y.place(tick)
            start, end = Point(self.left, y), Point(self.right, y)
            primitives.append(Line(start=start, end=end, role=ColourRole.GRID))
            place = Point(self.left - _GAP, y + TICK_SIZE * 0.36)
            primitives.append(_tick(place, self._write_share(tick), Anchor.END))
        return primitives

    def _costs(self, write_cost: WriteTick) -> list[Primitive]:
        primitives: list[Primitive] = []
        taken = -math.inf
        for tick in self.x.ticks:
            x, text = self.x.place(tick), write_cost(tick)
            half = guessed_width(text, TICK_SIZE) / 2
            start, end = Point(x, self.bottom), Point(x, self.bottom + 4)
            primitives.append(Line(start=start, end=end, role=ColourRole.SOFT_INK))
            if x - half > taken and x + half <= self.right:
                primitives.append(_tick(Point(x, self.bottom + 17), text, Anchor.MIDDLE))
                taken = x + half + _GAP
        return primitives

    def _unit(self, unit: str) -> Text:
        text = shortened(unit, TICK_SIZE, self.right)
        return _tick(Point(self.right, self.bottom + 34), text, Anchor.END)


def dashed(points: Sequence[Point], names: Sequence[Box] = ()) -> list[Primitive]:
    """Return thin dashed lines from point to point, broken where they would cross a name."""
    return [
        Polyline(points=ends, role=ColourRole.SOFT_INK, width=1.2, dashes=_DASHES)
        for one, other in itertools.pairwise(points)
        for ends in _free_stretches(one, other, names)
    ]


def _free_stretches(
    one: Point, other: Point, names: Sequence[Box]
) -> Iterator[tuple[Point, Point]]:
    """Yield the ends of those stretches of a line on which no name lies."""
    places = [
        Point(
            one.x + (other.x - one.x) * step / _PIECES, one.y + (other.y - one.y) * step / _PIECES
        )
        for step in range(_PIECES + 1)
    ]
    for is_free, stretch in itertools.groupby(
        places, lambda place: not any(name.holds(place) for name in names)
    ):
        first, *rest = stretch
        if is_free and rest:
            yield first, rest[-1]


def _tick(place: Point, text: str, anchor: Anchor) -> Text:
    return Text(place=place, text=text, role=ColourRole.SOFT_INK, size=TICK_SIZE, anchor=anchor)
