"""Draws how well each signal tells right answers from wrong ones: bars from the line of chance."""

from collections.abc import Sequence

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Drawing,
    Line,
    Point,
    Primitive,
    Rectangle,
    Text,
    refuse_non_finite,
    role_of,
)
from large_enough.figures.text_lines import text_lines
from large_enough.figures.text_width import guessed_width, shortened, wrapped

_TITLE = 13.0
_SIZE = 12.0
_SMALL = 11.5
_LINE = 15.0
_TOP = 32.0
_ROW = 44.0
_BAR_AT = 23.0
_PLAIN_ROW = 22.0
_FOOT = 26.0
_EDGE = 6.0
_BAR = 9.0
_GAP = 10.0
_CAP = 4.0
_CHANCE = 0.5
_MOST_NAMES = 0.55


class SignalBar(msgspec.Struct, frozen=True, kw_only=True):
    """One signal.

    Raises:
        ValueError: A number is not 0 to 1.
    """

    name: str
    text: str
    """The number with its interval, or in words why there is none."""
    auroc: Quantity
    low: Quantity
    high: Quantity
    is_used: bool = False
    """Whether it is the one behind the cascade."""

    def __post_init__(self) -> None:
        """Check the numbers."""
        known = [
            number
            for number in (self.auroc, self.low, self.high)
            if not isinstance(number, Unavailable)
        ]
        refuse_non_finite(known)
        if any(not 0 <= number <= 1 for number in known):
            message = f"{known} are no shares"
            raise ValueError(message)


class SignalWords(msgspec.Struct, frozen=True, kw_only=True):
    """Everything else that the chart says, in the reader's language."""

    title: str
    summary: str
    """For those who cannot see it."""
    chance: str
    """At the line of chance: "0.5 tells nothing"."""
    all: str
    """At the right end: "1 tells all"."""


def signal_bars(
    signals: Sequence[SignalBar], letter: str, words: SignalWords, *, width: float = 640.0
) -> Drawing:
    """Return the chart.

    Args:
        signals: The best first.
        letter: Of the small model, for the colour of the signal that is used.
        words: What else the chart says.
        width: In logical units, at least 300.
    """
    known = [each for each in signals if not isinstance(each.auroc, Unavailable)]
    unknown = [each for each in signals if isinstance(each.auroc, Unavailable)]
    scale = _Scale(_EDGE, width - _EDGE)
    primitives: list[Primitive] = [
        Text(
            place=Point(0, 14),
            text=shortened(words.title, _TITLE, width),
            size=_TITLE,
            is_strong=True,
        ),
    ]
    top = _TOP
    for each in known:
        primitives += [*_head(each, top, width), *_bar(each, letter, scale, top + _BAR_AT)]
        top += _ROW
    if known:
        primitives += _foot(words, scale, top + 12, width)
        top += _FOOT
    is_beside = all(_fits_beside(each, width) for each in unknown)
    for each in unknown:
        row, height = (
            (_head(each, top, width), _PLAIN_ROW) if is_beside else _below(each, top, width)
        )
        primitives += row
        top += height
    return Drawing(
        width=width,
        height=top,
        primitives=tuple(primitives),
        title=words.title,
        summary=words.summary,
    )


class _Scale:
    """Places shares: 0 at the left, 1 at the right."""

    def __init__(self, start: float, end: float) -> None:
        self.start, self.end = start, end

    def place(self, share: float) -> float:
        """Return where a share lies."""
        return self.start + share * (self.end - self.start)


def _head(each: SignalBar, top: float, width: float) -> list[Primitive]:
    """Return a signal's name, and at the right its number or why there is none."""
    is_known = not isinstance(each.auroc, Unavailable)
    name = shortened(each.name, _SIZE, width * _MOST_NAMES)
    text = shortened(each.text, _SIZE, width - guessed_width(name, _SIZE) - _GAP)
    return [
        Text(place=Point(0, top + _SIZE), text=name, is_strong=each.is_used),
        Text(
            place=Point(width, top + _SIZE),
            text=text,
            anchor=Anchor.END,
            role=ColourRole.INK if is_known else ColourRole.SOFT_INK,
        ),
    ]


def _fits_beside(each: SignalBar, width: float) -> bool:
    return guessed_width(each.name, _SIZE) + _GAP + guessed_width(each.text, _SIZE) <= width


def _below(each: SignalBar, top: float, width: float) -> tuple[list[Primitive], float]:
    """Return a signal's name with the reason why it has no number below, and their height."""
    reasons = wrapped(each.text, _SMALL, width)
    name = Text(place=Point(0, top + _SIZE), text=shortened(each.name, _SIZE, width))
    below = Point(0, top + _SIZE + _LINE)
    lines = text_lines(reasons, below, _LINE, size=_SMALL, role=ColourRole.SOFT_INK)
    return [name, *lines], _PLAIN_ROW + _LINE * len(reasons) + 2


def _bar(each: SignalBar, letter: str, scale: _Scale, y: float) -> list[Primitive]:
    if isinstance(each.auroc, Unavailable):
        return []
    left, right = sorted((scale.place(_CHANCE), scale.place(each.auroc)))
    chance = scale.place(_CHANCE)
    primitives: list[Primitive] = [
        Line(start=Point(scale.start, y), end=Point(scale.end, y), role=ColourRole.GRID),
        Line(start=Point(chance, y - _BAR), end=Point(chance, y + _BAR), role=ColourRole.SOFT_INK),
        Rectangle(
            corner=Point(left, y - _BAR / 2),
            width=max(right - left, 1.0),
            height=_BAR,
            role=role_of(letter) if each.is_used else ColourRole.SOFT_INK,
            radius=2.0,
        ),
    ]
    if isinstance(each.low, Unavailable) or isinstance(each.high, Unavailable):
        return primitives
    low, high = scale.place(each.low), scale.place(each.high)
    below = y + _BAR / 2 + _CAP + 1  # on the bar itself it could not be seen in all colours
    lines = [((low, below), (high, below))]
    lines += [((x, below - _CAP), (x, below + _CAP)) for x in (low, high)]
    primitives += [
        Line(start=Point(*one), end=Point(*other), role=ColourRole.INK, width=1.4)
        for one, other in lines
    ]
    return primitives


def _foot(words: SignalWords, scale: _Scale, base: float, width: float) -> list[Primitive]:
    """Return what the ends of the scale mean; the right one only where it has room."""
    chance = shortened(words.chance, _SMALL, width)
    half = guessed_width(chance, _SMALL) / 2
    middle = min(max(scale.place(_CHANCE), half), width - half)
    texts: list[Primitive] = [
        Text(
            place=Point(middle, base),
            text=chance,
            role=ColourRole.SOFT_INK,
            size=_SMALL,
            anchor=Anchor.MIDDLE,
        )
    ]
    if width - guessed_width(words.all, _SMALL) > middle + half + _GAP:
        texts.append(
            Text(
                place=Point(width, base),
                text=words.all,
                role=ColourRole.SOFT_INK,
                size=_SMALL,
                anchor=Anchor.END,
            )
        )
    return texts
