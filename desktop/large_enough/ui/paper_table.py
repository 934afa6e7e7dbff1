"""Shares the width of a page among the columns of a table."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QFont, QFontMetricsF

_LEAST_SHARE = 0.06


def column_widths(
    rows: Sequence[Sequence[str]], font: QFont, whole_width: float
) -> tuple[float, ...]:
    """Return the width of each column, all of them together as wide as the page.

    Each column gets room for its longest word, and what is left goes to those whose texts are
    longer than that.

    Args:
        rows: The cells, headings included.
        font: In which they are printed.
        whole_width: What there is, in the font's units.
    """
    metrics = QFontMetricsF(font)
    columns = tuple(zip(*rows, strict=True))
    least = [
        _longest(metrics, (word for text in column for word in text.split())) for column in columns
    ]
    wanted = [_longest(metrics, column) for column in columns]
    least = [max(width, whole_width * _LEAST_SHARE) for width in least]
    room = whole_width - sum(least)
    if room <= 0:
        return tuple(width * whole_width / sum(least) for width in least)
    wishes = [max(0.0, most - width) for most, width in zip(wanted, least, strict=True)]
    asked = sum(wishes)
    if asked <= room:
        spare = (room - asked) / len(columns)
        return tuple(width + wish + spare for width, wish in zip(least, wishes, strict=True))
    return tuple(width + wish / asked * room for width, wish in zip(least, wishes, strict=True))


def _longest(metrics: QFontMetricsF, texts: Iterable[str]) -> float:
    widths = [metrics.horizontalAdvance(text) for text in texts]
    return max(widths, default=0.0) * 1.02
