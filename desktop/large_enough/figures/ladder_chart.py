"""Draws a ladder of models: each one's interval against the margin, down to where the floor gives.

Rungs that hold have a full line at their left, the first that fails a broken one, those that were
not tested stand back in grey; all say so in words.
"""

from collections.abc import Sequence

import msgspec

from large_enough.domain.interval import Limits
from large_enough.figures.difference_axis import DifferenceAxis
from large_enough.figures.interval_marks import dot, interval_marks, margin_ground, margin_labels
from large_enough.figures.label_rows import ROW, row_count
from large_enough.figures.primitives import (
    ColourRole,
    Drawing,
    Line,
    Marker,
    Point,
    Polyline,
    Primitive,
    Text,
    role_of,
)
from large_enough.figures.text_lines import text_lines
from large_enough.figures.text_width import guessed_width, shortened, wrapped

_TITLE = 13.0
_SIZE = 12.0
_SMALL = 11.5
_LINE = 13.0
"""From one line of a rung to the next."""
_TOP = 36.0
_ROW = 44.0
_MARKER = 18.0
_RAIL = 6.0
"""Place of the ladder's own line."""
_LEFT = 18.0
_GAP = 10.0
_MOST_NAMES = 0.42
"""Of the width, for names and what is said of them."""
_BROKEN = (3.0, 3.0)


class LadderRung(msgspec.Struct, frozen=True, kw_only=True):
    """One model of the ladder."""

    letter: str
    name: str
    state: str
    """How it fared, in a few words."""
    limits: Limits | None
    """Beside the reference; None for the reference, and where there are none."""
    is_tested: bool
    holds: bool
    is_knee: bool = False


class LadderWords(msgspec.Struct, frozen=True, kw_only=True):
    """Everything else that the chart says, in the reader's language."""

    title: str
    summary: str
    """For those who cannot see it."""
    margin: str
    """At the margin's line."""
    equal: str
    within: str
    """What the band is."""


def ladder_chart(
    rungs: Sequence[LadderRung], margin: float, words: LadderWords, *, width: float = 640.0
) -> Drawing:
    """Return the chart.

    Args:
        rungs: The reference first, then downwards; at least one.
        margin: How much worse is accepted, above 0.
        words: What else the chart says.
        width: In logical units, at least 300.
    """
    limits = [rung.limits for rung in rungs if rung.limits is not None]
    values = [end for each in limits for end in (each.low, each.high, each.difference)]
    start = _names_width(rungs, width)
    axis = DifferenceAxis(values, margin, start=start, end=width - 8)
    bottom = _TOP + _ROW * len(rungs)
    labels = margin_labels(axis, margin, (words.margin, words.equal, words.within), width)
    title = shortened(words.title, _TITLE, width)
    primitives: list[Primitive] = [
        Text(place=Point(0, 14), text=title, size=_TITLE, is_strong=True),
        *margin_ground(axis, margin, _TOP - 4, bottom - 4),
        *_rails(rungs),
    ]
    for number, rung in enumerate(rungs):
        primitives += _rung(rung, axis, _middle(number), start)
    primitives += [each.text(bottom + _SIZE + 8 + each.row * ROW) for each in labels]
    return Drawing(
        width=width,
        height=bottom + 12 + ROW * row_count(labels),
        primitives=tuple(primitives),
        title=words.title,
        summary=words.summary,
    )


def _middle(number: int) -> float:
    return _TOP + _ROW * number + _ROW / 2 - 4


def _names_width(rungs: Sequence[LadderRung], width: float) -> float:
    texts = [text for rung in rungs for text in (rung.name, rung.state)]
    widest = max(guessed_width(text, _SIZE) for text in texts)
    return min(_LEFT + _MARKER + _GAP + widest + 2 * _GAP, width * _MOST_NAMES + _LEFT)


def _rails(rungs: Sequence[LadderRung]) -> list[Primitive]:
    """Return the pieces of the ladder's line: from each rung to the one below."""
    primitives: list[Primitive] = []
    for number, rung in enumerate(rungs[1:], 1):
        points = (Point(_RAIL, _middle(number - 1)), Point(_RAIL, _middle(number)))
        if rung.holds:
            primitives.append(Line(start=points[0], end=points[1], role=ColourRole.INK, width=3))
        elif rung.is_tested:
            primitives.append(
                Polyline(points=points, role=ColourRole.SOFT_INK, width=2, dashes=_BROKEN)
            )
    return primitives


def _rung(rung: LadderRung, axis: DifferenceAxis, y: float, start: float) -> list[Primitive]:
    soft = ColourRole.SOFT_INK
    text_x = _LEFT + _MARKER + _GAP
    room = start - text_x - _GAP
    marker = Marker(
        middle=Point(_LEFT + _MARKER / 2, y),
        letter=rung.letter,
        size=_MARKER,
        is_faded=not rung.is_tested,
    )
    states = wrapped(rung.state, _SMALL, room)
    name_y = y - 2 - _LINE / 2 * (len(states) - 1)
    name = Text(
        place=Point(text_x, name_y),
        text=shortened(rung.name, _SIZE, room),
        role=ColourRole.INK if rung.is_tested else soft,
        is_strong=rung.is_knee,
    )
    below = Point(text_x, name_y + 2 + _LINE)
    primitives: list[Primitive] = [_rail_dot(rung, y), marker, name]
    primitives += text_lines(states, below, _LINE, size=_SMALL, role=soft)
    if rung.limits is not None:
        role = role_of(rung.letter) if rung.is_tested else soft
        primitives += interval_marks(axis, rung.limits, y, role)
    elif rung.holds:
        primitives.append(dot(Point(axis.place(0.0), y), role_of(rung.letter), 5.0))
    return primitives


def _rail_dot(rung: LadderRung, y: float) -> Primitive:
    return dot(Point(_RAIL, y), ColourRole.INK if rung.holds else ColourRole.GRID, 4.0)
