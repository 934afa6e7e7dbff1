"""Draws one measure after the other as bars, side by side for comparison, with their ratio."""

from collections.abc import Sequence

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Drawing,
    Marker,
    Point,
    Primitive,
    Rectangle,
    Text,
    refuse_non_finite,
    role_of,
)
from large_enough.figures.text_width import guessed_width, shortened

_SIZE = 12.0
_TITLE_HEIGHT = 26.0
_LABEL_HEIGHT = 20.0
_BAR_HEIGHT = 14.0
_BAR_STEP = 19.0
_BETWEEN_ROWS = 12.0
_MARKER = 15.0
_GAP = 8.0
_MOST_VALUE_SHARE = 0.45
"""Of the width, for the texts at the ends of the bars."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One contender's number.

    Raises:
        ValueError: The number is negative, infinite or not a number.
    """

    letter: str
    value: Quantity
    """What sets the length, or why there is none."""
    text: str
    """The number with its unit as it is shown, or in words why there is none."""

    def __post_init__(self) -> None:
        """Check the number."""
        if isinstance(self.value, Unavailable):
            return
        refuse_non_finite((self.value,))
        if self.value < 0:
            message = f"a bar cannot be {self.value} long"
            raise ValueError(message)


class BarGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of all contenders."""

    label: str
    bars: tuple[Bar, ...]
    ratio: str = ""
    """How many times more the one is than the other, as shown; empty where nothing is claimed."""


def bar_chart(
    groups: Sequence[BarGroup], *, title: str, summary: str, nothing: str, width: float = 640.0
) -> Drawing:
    """Return the chart: every group has a scale of its own that begins at 0.

    Args:
        groups: From top to bottom.
        title: Its name.
        summary: For those who cannot see it.
        nothing: Stands there if there are no groups.
        width: In logical units, at least 200.
    """
    primitives: list[Primitive] = [
        Text(place=Point(0, 14), text=shortened(title, 13, width), size=13, is_strong=True)
    ]
    y = _TITLE_HEIGHT
    for group in groups:
        primitives += _group(group, y, width)
        y += _LABEL_HEIGHT + _BAR_STEP * len(group.bars) + _BETWEEN_ROWS
    if not groups:
        place = Point(0, y + _LABEL_HEIGHT / 2)
        primitives.append(
            Text(place=place, text=shortened(nothing, _SIZE, width), role=ColourRole.SOFT_INK)
        )
        y += _LABEL_HEIGHT
    return Drawing(
        width=width, height=y, primitives=tuple(primitives), title=title, summary=summary
    )


def ratio_of(bars: Sequence[Bar]) -> Quantity:
    """Return the larger of two numbers divided by the smaller one, or why it is not known."""
    known = [bar.value for bar in bars if not isinstance(bar.value, Unavailable)]
    if len(bars) != 2:
        return Unavailable(reason="a ratio needs two contenders")
    if len(known) < 2:
        return Unavailable(reason="a number is missing")
    least, most = sorted(known)
    if least <= 0:
        return Unavailable(reason="a number is zero")
    quotient = most / least
    return quotient if quotient < 1e9 else Unavailable(reason="the numbers are too far apart")


def _group(group: BarGroup, y: float, width: float) -> list[Primitive]:
    ratio_width = guessed_width(group.ratio, _SIZE)
    label = shortened(group.label, _SIZE, width - ratio_width - 2 * _GAP)
    base = y + _SIZE
    primitives: list[Primitive] = [Text(place=Point(0, base), text=label, is_strong=True)]
    if group.ratio:
        place = Point(width, base)
        primitives.append(
            Text(place=place, text=group.ratio, anchor=Anchor.END, role=ColourRole.SOFT_INK)
        )
    known = [bar.value for bar in group.bars if not isinstance(bar.value, Unavailable)]
    texts = [shortened(bar.text, _SIZE, width * _MOST_VALUE_SHARE) for bar in group.bars]
    left = _MARKER + _GAP
    room = width - left - max(guessed_width(text, _SIZE) for text in texts) - _GAP
    for index, (bar, text) in enumerate(zip(group.bars, texts, strict=True)):
        top = y + _LABEL_HEIGHT + index * _BAR_STEP
        primitives += _bar(bar, text, Point(left, top), room, max(known, default=0.0))
    return primitives


def _bar(bar: Bar, text: str, corner: Point, room: float, most: float) -> list[Primitive]:
    middle = corner.y + _BAR_HEIGHT / 2
    marker = Marker(middle=Point(_MARKER / 2, middle), letter=bar.letter, size=_MARKER)
    base = middle + _SIZE * 0.36
    if isinstance(bar.value, Unavailable):
        return [marker, Text(place=Point(corner.x, base), text=text, role=ColourRole.SOFT_INK)]
    length = max(1.0, bar.value / most * room) if most > 0 else 1.0
    rectangle = Rectangle(
        corner=corner, width=length, height=_BAR_HEIGHT, role=role_of(bar.letter), radius=3.0
    )
    return [marker, rectangle, Text(place=Point(corner.x + length + _GAP, base), text=text)]
