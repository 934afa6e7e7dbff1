"""Sets several lines of text below each other."""

from collections.abc import Sequence

from large_enough.figures.primitives import ColourRole, Point, Text


def text_lines(
    lines: Sequence[str],
    start: Point,
    step: float,
    *,
    size: float,
    role: ColourRole = ColourRole.INK,
    is_strong: bool = False,
) -> list[Text]:
    """Return the lines.

    Args:
        lines: From above to below, none too wide.
        start: Where the first one begins, on its base line.
        step: From one base line to the next.
        size: Of the type.
        role: Their colour.
        is_strong: Whether they are bold.
    """
    return [
        Text(
            place=Point(start.x, start.y + step * number),
            text=line,
            role=role,
            size=size,
            is_strong=is_strong,
        )
        for number, line in enumerate(lines)
    ]
