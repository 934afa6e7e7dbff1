"""Lists contenders below a chart: each one's mark with its name, in as many rows as it takes."""

from collections.abc import Sequence

from large_enough.figures.primitives import ColourRole, Marker, Point, Primitive, Text
from large_enough.figures.text_width import guessed_width, shortened

MARK_ROW = 20.0
_SIZE = 12.0
_MARKER = 15.0
_GAP = 6.0
_BETWEEN = 18.0


def mark_list(
    marks: Sequence[tuple[Marker, str]], top: float, width: float
) -> tuple[list[Primitive], float]:
    """Return the list and how high it is.

    Args:
        marks: Marks with names; where a mark lies does not matter.
        top: Where the list begins.
        width: Of the drawing.
    """
    primitives: list[Primitive] = []
    x, y = 0.0, top
    for mark, name in marks:
        text = shortened(name, _SIZE, width - _MARKER - _GAP)
        own = _MARKER + _GAP + guessed_width(text, _SIZE)
        if x > 0 and x + own > width:
            x, y = 0.0, y + MARK_ROW
        middle = y + MARK_ROW / 2
        primitives += [
            Marker(
                middle=Point(x + _MARKER / 2, middle),
                letter=mark.letter,
                size=_MARKER,
                is_faded=mark.is_faded,
            ),
            Text(
                place=Point(x + _MARKER + _GAP, middle + _SIZE * 0.36),
                text=text,
                role=ColourRole.SOFT_INK if mark.is_faded else ColourRole.INK,
                size=_SIZE,
            ),
        ]
        x += own + _BETWEEN
    return primitives, (y + MARK_ROW - top) if marks else 0.0
