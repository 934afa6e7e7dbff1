"""Finds a free place for the name of each mark in a chart."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from large_enough.figures.boxes import Box, text_box
from large_enough.figures.primitives import Anchor, ColourRole, Line, Point, Primitive, Text
from large_enough.figures.text_width import guessed_width, shortened

_SIZE = 12.0
_BESIDE = 13.0
"""From the middle of a mark to its name."""
_LEVELS = (0.0, -15.0, 15.0, -28.0, 28.0, -42.0, 42.0, -58.0, 58.0, -76.0, 76.0, -96.0, 96.0)
_NEAR = 20.0
"""Names further off are tied to their mark by a line."""
_BASE = _SIZE * 0.36
_PIECES = 24
"""Into which a stretch of a line is cut."""


class Named(NamedTuple):
    """A mark that is to have its name beside it."""

    middle: Point
    name: str
    role: ColourRole = ColourRole.INK
    is_strong: bool = False


class Places(NamedTuple):
    """What came of it."""

    primitives: list[Primitive]
    homeless: list[int]
    """Which of the marks found no place for their name, by their number."""


def name_places(
    marks: Sequence[Named], taken: Sequence[Box], soft: Sequence[Box], frame: Box
) -> Places:
    """Place names so that none lies on a mark, on another name or outside the frame.

    Args:
        marks: In the order in which they choose.
        taken: What may never be covered: marks, intervals and texts.
        soft: What should not be covered if it can be helped: lines that only guide the eye.
        frame: Where names may be.
    """
    boxes, lines, homeless = list(taken), list(soft), []
    primitives: list[Primitive] = []
    for number, mark in enumerate(marks):
        text = _first_free(mark, boxes, [*boxes, *lines], frame)
        if text is None:
            homeless.append(number)
            continue
        boxes.append(text_box(text))
        lines += _tie_boxes(mark.middle, text)
        primitives += [*_tie(mark.middle, text), text]
    return Places(primitives, homeless)


def line_boxes(points: Sequence[Point]) -> list[Box]:
    """Return small boxes along a line, which names should leave free."""
    boxes = []
    for one, other in itertools.pairwise(points):
        for step in range(_PIECES + 1):
            x = one.x + (other.x - one.x) * step / _PIECES
            y = one.y + (other.y - one.y) * step / _PIECES
            boxes.append(Box(x - 2, y - 2, x + 2, y + 2))
    return boxes


def _first_free(mark: Named, hard: Sequence[Box], wished: Sequence[Box], frame: Box) -> Text | None:
    candidates = [text for text in _candidates(mark, frame) if text_box(text).is_within(frame)]
    others = [box for box in hard if not box.holds(mark.middle)]
    for taken in (wished, hard):
        for text in candidates:
            box = text_box(text)
            ties = _tie_boxes(mark.middle, text)
            if not any(box.overlaps(other) for other in taken) and not any(
                tie.overlaps(other) for tie in ties for other in others
            ):
                return text
    return None


def _candidates(mark: Named, frame: Box) -> Iterator[Text]:
    """Yield places from near to far: beside the mark, then above and below it."""
    name = shortened(mark.name, _SIZE, (frame.right - frame.left) * 0.62)
    half = guessed_width(name, _SIZE) / 2
    middle = min(max(mark.middle.x, frame.left + half), frame.right - half)
    for level in _LEVELS:
        y = mark.middle.y + level + _BASE
        for side, anchor in ((1, Anchor.START), (-1, Anchor.END)):
            yield _text(mark, name, Point(mark.middle.x + side * _BESIDE, y), anchor)
        if abs(level) >= _NEAR:
            yield _text(mark, name, Point(middle, y), Anchor.MIDDLE)


def _text(mark: Named, name: str, place: Point, anchor: Anchor) -> Text:
    return Text(
        place=place,
        text=name,
        role=mark.role,
        size=_SIZE,
        anchor=anchor,
        is_strong=mark.is_strong,
    )


def _tie(middle: Point, text: Text) -> list[Line]:
    """Return a thin line to a name that stands far off."""
    level = text.place.y - _BASE - middle.y
    if abs(level) < _NEAR:
        return []
    box = text_box(text)
    end = Point(min(max(middle.x, box.left), box.right), box.top if level > 0 else box.bottom)
    return [Line(start=middle, end=end, role=ColourRole.SOFT_INK, width=0.8)]


def _tie_boxes(middle: Point, text: Text) -> list[Box]:
    return [box for tie in _tie(middle, text) for box in line_boxes((tie.start, tie.end))]
