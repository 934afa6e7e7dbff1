"""Draws a chart of which there is nothing to draw: its title, and why."""

from large_enough.figures.primitives import ColourRole, Drawing, Point, Text
from large_enough.figures.text_width import shortened

_TITLE = 13.0
_SIZE = 12.0
_HEIGHT = 44.0


def nothing_chart(title: str, why: str, *, width: float = 640.0) -> Drawing:
    """Return the drawing.

    Args:
        title: Of the chart that is not there.
        why: In a sentence; it is the summary, too.
        width: In logical units.
    """
    return Drawing(
        width=width,
        height=_HEIGHT,
        primitives=(
            Text(place=Point(0, 14), text=shortened(title, _TITLE, width), size=13, is_strong=True),
            Text(place=Point(0, 34), text=shortened(why, _SIZE, width), role=ColourRole.SOFT_INK),
        ),
        title=title,
        summary=why,
    )
