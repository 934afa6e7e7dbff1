"""Writes differences of shares in points of a hundred, so that rounding never contradicts.

A limit of 9.96 beside a margin of 10 is not "10 points", and the end of an interval that lies just
below nothing is not "0 points worse": they get as many decimals as it takes.
"""

from typing import NamedTuple

from large_enough.wording.numbers import decimal_text, plain_text, share_text
from large_enough.wording.translate import _, ngettext

_MOST_DECIMALS = 4
_NOTHING = 1e-9
"""Smaller differences come from adding floating-point numbers up."""
_MANY = 2
"""Stands for every number that is not whole, where a plural form is chosen."""


class Points(NamedTuple):
    """A number of points, ready for a sentence."""

    text: str
    """The number alone: "10.5"."""
    plural: int
    """What chooses the plural form."""


def points(share: float, *beside: float) -> Points:
    """Return a share in points, on the right side of 0 and of every number it stands beside.

    Args:
        share: Not negative, 1 for all questions.
        beside: Other shares in the same sentence, the margin above all.
    """
    shown = _shown(share, (0.0, *beside))
    return Points(plain_text(shown), int(shown) if shown == int(shown) else _MANY)


def margin_text(margin: float) -> str:
    """Return a margin in points as a bare number: 10, 7.5."""
    return plain_text(round(margin * 100, _MOST_DECIMALS))


def accuracy_share_text(share: float) -> str:
    """Return how much is right in per cent; 0 % and 100 % only where none or all of it is."""
    for decimals in range(_MOST_DECIMALS):
        rounded = round(share * 100, decimals)
        if share in {0.0, 1.0} or 0 < rounded < 100:
            return _("{number} %").format(number=decimal_text(rounded, decimals))
    return share_text(share)


def difference_words(difference: float, margin: float = 0.0) -> str:
    """Return a difference in words: "3 points worse", "4.5 points better", "no difference".

    Args:
        difference: Small minus large, -1 to 1.
        margin: Stands beside it.
    """
    if abs(difference) < _NOTHING:
        return _("no difference")
    text, plural = points(abs(difference), margin)
    if difference < 0:
        return ngettext("{points} point worse", "{points} points worse", plural).format(points=text)
    return ngettext("{points} point better", "{points} points better", plural).format(points=text)


def _shown(share: float, beside: tuple[float, ...]) -> float:
    for decimals in range(1, _MOST_DECIMALS + 1):
        rounded = round(share * 100, decimals)
        if all(_order(rounded, _exact(other)) == _order(share, other) for other in beside):
            return rounded
    nearest = min(beside, key=lambda other: abs(share - other))
    step = _order(share, nearest) * 10.0**-_MOST_DECIMALS
    return round(_exact(nearest) + step, _MOST_DECIMALS)


def _exact(share: float) -> float:
    return round(share * 100, _MOST_DECIMALS)


def _order(one: float, other: float) -> int:
    return (one > other) - (one < other)
