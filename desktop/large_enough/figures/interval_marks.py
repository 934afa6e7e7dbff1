"""Draws the interval of a difference: a line with caps at its ends and a dot at what was found."""

from large_enough.domain.interval import Limits
from large_enough.figures.difference_axis import DifferenceAxis
from large_enough.figures.label_rows import Label, Placed, placed
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Line,
    Point,
    Polyline,
    Primitive,
    Rectangle,
)

MARGIN_DASHES = (5.0, 4.0)
_WIDTH = 3.0
_CAP = 8.0
"""Half the height of a cap."""
_DOT = 6.5


def interval_marks(
    axis: DifferenceAxis, limits: Limits, y: float, role: ColourRole
) -> list[Primitive]:
    """Return the interval at a height."""
    low, high = axis.place(limits.low), axis.place(limits.high)
    ends = [
        Line(start=Point(x, y - _CAP), end=Point(x, y + _CAP), role=role, width=_WIDTH)
        for x in (low, high)
    ]
    line = Line(start=Point(low, y), end=Point(high, y), role=role, width=_WIDTH)
    return [line, *ends, dot(Point(axis.place(limits.difference), y), role)]


def dot(middle: Point, role: ColourRole, radius: float = _DOT) -> Rectangle:
    """Return a filled circle."""
    corner = Point(middle.x - radius, middle.y - radius)
    return Rectangle(corner=corner, width=2 * radius, height=2 * radius, role=role, radius=radius)


def margin_ground(
    axis: DifferenceAxis, margin: float, top: float, bottom: float
) -> list[Primitive]:
    """Return the band within the margin, the margin's dashed line and the line of "equal"."""
    edge, equal = axis.place(-margin), axis.place(0.0)
    band = Rectangle(
        corner=Point(edge, top), width=axis.end - edge, height=bottom - top, role=ColourRole.BAND
    )
    dashed = Polyline(
        points=(Point(edge, top - 6), Point(edge, bottom + 6)),
        role=ColourRole.MARGIN,
        dashes=MARGIN_DASHES,
    )
    line = Line(start=Point(equal, top - 6), end=Point(equal, bottom + 6), role=ColourRole.SOFT_INK)
    return [band, dashed, line]


def margin_labels(
    axis: DifferenceAxis, margin: float, words: tuple[str, str, str], width: float
) -> list[Placed]:
    """Return what stands below that ground.

    Args:
        axis: Where differences lie.
        margin: How much worse is accepted.
        words: At the margin's line, at the line of "equal", and of the band.
        width: Of the drawing.
    """
    at_margin, equal, within = words
    return placed(
        [
            Label(equal, axis.place(0.0), Anchor.MIDDLE),
            Label(at_margin, axis.place(-margin), Anchor.MIDDLE, ColourRole.MARGIN, push=-1),
            Label(within, axis.end, Anchor.END),
        ],
        width,
    )
