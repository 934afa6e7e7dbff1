"""Draws the interval of a difference against the margin: the verdict at a glance."""

import msgspec

from large_enough.domain.interval import Limits
from large_enough.figures.difference_axis import DifferenceAxis
from large_enough.figures.interval_marks import interval_marks, margin_ground, margin_labels
from large_enough.figures.label_rows import ROW, SIZE, Label, Placed, placed, row_count
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Drawing,
    Line,
    Point,
    Primitive,
    role_of,
)

_BAND = 40.0
_EDGE = 10.0
"""Room for caps and dots at both ends."""
_GAP = 13.0


class IntervalWords(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the chart says, in the reader's language."""

    title: str
    summary: str
    """For those who cannot see it."""
    found: str
    """What was found: "3 points worse"."""
    low: str
    """The lower limit: "10.5 points worse"."""
    high: str
    margin: str
    """"your margin: 10 points worse"."""
    equal: str
    within: str
    """What the shaded band is: "within your margin"."""


def interval_chart(
    limits: Limits, margin: float, letter: str, words: IntervalWords, *, width: float = 640.0
) -> Drawing:
    """Return the chart.

    Args:
        limits: Of small minus large.
        margin: How much worse is accepted, above 0.
        letter: Of the smaller model, for the colour.
        words: What the chart says.
        width: In logical units, at least 200.
    """
    values = (limits.low, limits.high, limits.difference, 0.0)
    axis = DifferenceAxis(values, margin, start=_EDGE, end=width - _EDGE)
    above = _above(axis, limits, words, width)
    below = margin_labels(axis, margin, (words.margin, words.equal, words.within), width)
    top = row_count(above) * ROW + _GAP
    bottom = top + _BAND
    y = top + _BAND / 2
    primitives: list[Primitive] = [
        *margin_ground(axis, margin, top, bottom),
        Line(start=Point(axis.start, y), end=Point(axis.end, y), role=ColourRole.GRID),
        *interval_marks(axis, limits, y, role_of(letter)),
        *(each.text(top - _GAP - each.row * ROW) for each in above),
        *(each.text(bottom + _GAP + SIZE + each.row * ROW) for each in below),
    ]
    return Drawing(
        width=width,
        height=bottom + _GAP + row_count(below) * ROW + 4,
        primitives=tuple(primitives),
        title=words.title,
        summary=words.summary,
    )


def _above(
    axis: DifferenceAxis, limits: Limits, words: IntervalWords, width: float
) -> list[Placed]:
    """Return what was found nearest to the band, the limits beside it or above."""
    found = Label(
        words.found, axis.place(limits.difference), Anchor.MIDDLE, ColourRole.INK, is_strong=True
    )
    low = Label(words.low, axis.place(limits.low), Anchor.MIDDLE, push=-1)
    high = Label(words.high, axis.place(limits.high), Anchor.MIDDLE, push=1)
    return placed([found, low, high], width)
