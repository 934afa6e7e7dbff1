"""Draws how strong the evidence of a run is: two gauges, and the way there.

The scale of the gauges goes by ratio from 1 (nothing is known) to 20 (the claim may be made).
"""

import math
from collections.abc import Sequence

import msgspec

from large_enough.figures.evidence_way import WAY_HEIGHT, WayLine, evidence_way
from large_enough.figures.log_axis import LogAxis
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Drawing,
    Line,
    Point,
    Polyline,
    Primitive,
    Rectangle,
    Text,
    refuse_non_finite,
    role_of,
)
from large_enough.figures.text_width import guessed_width, shortened

_TITLE = 13.0
_SIZE = 12.0
_SMALL = 11.5
_TOP = 26.0
_GAUGE_ROW = 50.0
_GAUGE = 14.0
_TICKS = (1.0, 2.0, 5.0, 10.0, 20.0)
_LEAST, _WANTED = 1.0, 20.0
_EDGE = 8.0
_SAMPLE = 22.0
"""Length of the piece of line beside a claim."""
_DASHES = (6.0, 4.0)
_WANTED_DASHES = (5.0, 4.0)


class Gauge(msgspec.Struct, frozen=True, kw_only=True):
    """One claim.

    Raises:
        ValueError: Evidence is negative or not a number.
    """

    claim: str
    """What is claimed."""
    state: str
    """How far it is, in words."""
    letter: str
    """For the colour; empty for nobody's."""
    values: tuple[float, ...]
    """After each question."""
    is_dashed: bool = False

    def __post_init__(self) -> None:
        """Check the numbers."""
        refuse_non_finite(math.inf if math.isnan(v) else min(v, 1e300) for v in self.values)
        if any(value < 0 for value in self.values):
            message = "evidence is not negative"
            raise ValueError(message)


class EvidenceWords(msgspec.Struct, frozen=True, kw_only=True):
    """Everything else that the chart says, in the reader's language."""

    title: str
    summary: str
    """For those who cannot see it."""
    wanted: str
    """At the line of 20: "20 allows the claim"."""
    numbers: tuple[str, ...]
    """1, 2, 5, 10, 20 as the language writes them."""
    last: str
    """At the end of the way: "question 44"."""


def evidence_dial(
    gauges: Sequence[Gauge], words: EvidenceWords, *, width: float = 640.0
) -> Drawing:
    """Return the chart.

    Args:
        gauges: The claims, from top to bottom.
        words: What else the chart says.
        width: In logical units, at least 200.
    """
    axis = LogAxis(_LEAST, _WANTED, _EDGE, width - _EDGE, _TICKS)
    title = shortened(words.title, _TITLE, width)
    primitives: list[Primitive] = [
        Text(place=Point(0, 14), text=title, size=_TITLE, is_strong=True)
    ]
    for number, gauge in enumerate(gauges):
        primitives += _gauge(gauge, axis, _TOP + _GAUGE_ROW * number, width)
    bottom = _TOP + _GAUGE_ROW * len(gauges)
    primitives += _scale(axis, words, bottom, width)
    bottom += 36
    if any(len(gauge.values) > 1 for gauge in gauges):
        lines = [WayLine(_role(gauge), gauge.values, gauge.is_dashed) for gauge in gauges]
        primitives += evidence_way(
            lines, (words.numbers[0], words.numbers[-1], words.last), bottom, width
        )
        bottom += WAY_HEIGHT
    return Drawing(
        width=width,
        height=bottom,
        primitives=tuple(primitives),
        title=words.title,
        summary=words.summary,
    )


def _gauge(gauge: Gauge, axis: LogAxis, top: float, width: float) -> list[Primitive]:
    role, left = _role(gauge), _SAMPLE + 8
    state_width = guessed_width(gauge.state, _SIZE)
    claim = shortened(gauge.claim, _SIZE, max(width - left - state_width - 12, width * 0.4))
    room = width - left - guessed_width(claim, _SIZE) - 12
    state = shortened(gauge.state, _SIZE, room)
    y = top + 20
    value = gauge.values[-1] if gauge.values else 0.0
    length = axis.place(min(value, _WANTED)) - axis.start
    primitives: list[Primitive] = [
        Polyline(
            points=(Point(0, top + 8), Point(_SAMPLE, top + 8)),
            role=role,
            dashes=_DASHES if gauge.is_dashed else (),
        ),
        Text(place=Point(left, top + _SIZE), text=claim),
        Text(place=Point(width, top + _SIZE), text=state, anchor=Anchor.END, is_strong=True),
        Rectangle(
            corner=Point(axis.start, y),
            width=axis.end - axis.start,
            height=_GAUGE,
            role=ColourRole.GRID,
            radius=3,
        ),
    ]
    if length > 0:
        primitives.append(
            Rectangle(corner=Point(axis.start, y), width=length, height=_GAUGE, role=role, radius=3)
        )
    primitives.append(
        Polyline(
            points=(Point(axis.end, y - 4), Point(axis.end, y + _GAUGE + 4)),
            role=ColourRole.MARGIN,
            dashes=_WANTED_DASHES,
        )
    )
    highest = axis.place(min(max(gauge.values, default=0.0), _WANTED))
    if highest > axis.start + length + 1:
        start, end = Point(highest, y - 3), Point(highest, y + _GAUGE + 3)
        primitives.append(Line(start=start, end=end, role=role, width=2))
    return primitives


def _scale(axis: LogAxis, words: EvidenceWords, bottom: float, width: float) -> list[Primitive]:
    primitives: list[Primitive] = []
    for tick, number in zip(_TICKS, words.numbers, strict=True):
        if tick != _WANTED:
            place = Point(axis.place(tick), bottom + 4)
            primitives.append(_soft(place, number, Anchor.MIDDLE))
    words_wanted = shortened(words.wanted, _SMALL, width)
    place = Point(width, bottom + 20)
    primitives.append(_soft(place, words_wanted, Anchor.END, ColourRole.MARGIN))
    return primitives


def _role(gauge: Gauge) -> ColourRole:
    return role_of(gauge.letter) if gauge.letter else ColourRole.SOFT_INK


def _soft(place: Point, text: str, anchor: Anchor, role: ColourRole = ColourRole.SOFT_INK) -> Text:
    return Text(place=place, text=text, role=role, size=_SMALL, anchor=anchor)
