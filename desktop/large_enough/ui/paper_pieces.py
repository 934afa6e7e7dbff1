"""Breaks blocks of a document into pieces that pages are filled with: lines, rows, figures."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, assert_never

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from large_enough.ui.drawing_painter import paint_drawing
from large_enough.ui.fonts import FAMILY
from large_enough.ui.paper_blocks import (
    CONTENT_WIDTH,
    Block,
    Bullets,
    Figure,
    Heading,
    Paragraph,
    Sentence,
    Subheading,
    Table,
    Title,
)
from large_enough.ui.paper_table import column_widths
from large_enough.ui.tokens import LIGHT

DOTS = 10.0
"""Device dots in a unit: text is placed as finely as that."""
_BULLET = "•"
_BULLET_INDENT = 14.0
_CELL_GAP = 10.0
_ROW_PADDING = 4.0
_LINE_SHARE = 1.34
"""Distance of lines over the height of the type."""


class Style(NamedTuple):
    """A kind of text on paper, in units."""

    size: float
    is_strong: bool = False
    is_soft: bool = False
    before: float = 0.0
    after: float = 6.0


_TITLE = Style(24, is_strong=True, after=10)
_HEADING = Style(15.5, is_strong=True, before=16, after=6)
_SUBHEADING = Style(12.5, is_strong=True, before=6, after=3)
_SENTENCE = Style(17, is_strong=True, after=6)
_TEXT = Style(12.5)
_SOFT = Style(10.5, is_soft=True)
_CELL = Style(11.5, after=0)
_HEAD_CELL = Style(10.5, is_strong=True, is_soft=True, after=0)

Draw = Callable[[QPainter, float], None]
"""Paints at a height, in dots from the page's top; the left edge of the text is 0."""


class Piece(NamedTuple):
    """What is not broken over two pages. Heights are in dots."""

    height: float
    draw: Draw
    keeps_next: bool = False
    """Whether it must not be the last of a page."""
    is_space: bool = False
    """Whether it is left out at the top of a page."""
    repeated: tuple["Piece", ...] = ()
    """Comes again at the top where a page begins with this piece."""


def pieces_of(block: Block, device: QPagedPaintDevice) -> Iterator[Piece]:
    """Yield the pieces of a block from top to bottom.

    Args:
        block: What is to be printed.
        device: Where; its text metrics hold.
    """
    match block:
        case Title():
            yield from _text(block.text, _TITLE, device)
        case Heading():
            yield from _heading(block.text, _HEADING, device)
        case Subheading():
            yield from _heading(block.text, _SUBHEADING, device)
        case Sentence():
            yield from _text(block.text, _SENTENCE, device)
        case Paragraph():
            style = _SOFT if block.is_soft else _TEXT
            yield from _text(block.text, style, device, keeps_next=block.keeps_next)
        case Bullets():
            for text in block.texts:
                yield from _text(text, _TEXT, device, bullet=_BULLET)
            yield _space(_TEXT.after)
        case Table():
            yield from _table(block, device)
        case Figure():
            yield from _figure(block)
        case _:
            assert_never(block)


def font_of(style: Style) -> QFont:
    """Return the font of a kind of text, in dots."""
    result = QFont(FAMILY)
    result.setPixelSize(round(style.size * DOTS))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if style.is_strong:
        result.setWeight(QFont.Weight.DemiBold)
    return result


def is_right_to_left() -> bool:
    """Return whether the program's language is written from right to left."""
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def lay_out(
    text: str,
    style: Style,
    width: float,
    device: QPagedPaintDevice,
    *,
    at_end: bool = False,
) -> QTextLayout:
    """Break a text into lines.

    Args:
        text: Without line breaks.
        style: Its kind.
        width: In dots.
        device: Where it is printed.
        at_end: Whether it stands at the end of its lines, as numbers do.
    """
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if is_right_to_left():
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    is_at_right = at_end is not is_right_to_left()
    option.setAlignment(Qt.AlignmentFlag.AlignRight if is_at_right else Qt.AlignmentFlag.AlignLeft)
    layout = QTextLayout(text, font_of(style), device)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += style.size * _LINE_SHARE * DOTS
    layout.endLayout()
    return layout


def _heading(text: str, style: Style, device: QPagedPaintDevice) -> Iterator[Piece]:
    yield _space(style.before, keeps_next=True)
    yield from _text(text, style, device, keeps_next=True)


def _text(
    text: str,
    style: Style,
    device: QPagedPaintDevice,
    *,
    keeps_next: bool = False,
    bullet: str = "",
) -> Iterator[Piece]:
    indent = _BULLET_INDENT * DOTS if bullet else 0.0
    height = style.size * _LINE_SHARE * DOTS
    width = CONTENT_WIDTH * DOTS - indent
    for part in text.splitlines():
        layout = lay_out(part, style, width, device)
        for number in range(layout.lineCount()):
            mark = bullet if number == 0 else ""
            yield Piece(height, _line(layout, number, style, indent, mark), keeps_next=keeps_next)
    yield _space(style.after if not bullet else 3.0, keeps_next=keeps_next)


def _line(layout: QTextLayout, number: int, style: Style, indent: float, mark: str) -> Draw:
    def draw(painter: QPainter, top: float) -> None:
        line = layout.lineAt(number)
        left = 0.0 if is_right_to_left() else indent
        painter.setPen(QColor(LIGHT.soft_ink if style.is_soft else LIGHT.ink))
        line.draw(painter, QPointF(left, top - line.y()))
        if mark:
            edge = CONTENT_WIDTH * DOTS - indent * 0.6 if is_right_to_left() else 0.0
            painter.setFont(font_of(style))
            painter.drawText(QPointF(edge, top + line.ascent()), mark)

    return draw


def _space(height: float, *, keeps_next: bool = False) -> Piece:
    return Piece(height * DOTS, _nothing, keeps_next=keeps_next, is_space=True)


def _nothing(_painter: QPainter, _top: float) -> None:
    """Leave the place empty."""


def _figure(figure: Figure) -> Iterator[Piece]:
    drawing = figure.drawing
    share = min(1.0, CONTENT_WIDTH / drawing.width)

    def draw(painter: QPainter, top: float) -> None:
        painter.save()
        painter.translate((CONTENT_WIDTH - drawing.width * share) / 2 * DOTS, top)
        painter.scale(DOTS * share, DOTS * share)
        paint_drawing(painter, drawing, LIGHT)
        painter.restore()

    yield Piece(drawing.height * share * DOTS, draw)
    yield _space(8)


def _table(table: Table, device: QPagedPaintDevice) -> Iterator[Piece]:
    rows = (table.headings, *table.rows)
    gap = _CELL_GAP * (len(table.headings) - 1)
    room = (CONTENT_WIDTH - gap) * DOTS
    widths = tuple(share * room for share in table.shares)
    widths = widths or column_widths(rows, font_of(_CELL), room)
    at_end = [column > 0 and column not in table.words for column in range(len(widths))]
    head = _row(table.headings, widths, at_end, _HEAD_CELL, device)._replace(keeps_next=True)
    has_head = any(table.headings)
    if has_head:
        yield head
    for row in table.rows:
        piece = _row(row, widths, at_end, _CELL, device)
        yield piece._replace(repeated=(head,) if has_head else ())
    yield _space(10)


def _row(
    cells: Sequence[str],
    widths: Sequence[float],
    at_end: Sequence[bool],
    style: Style,
    device: QPagedPaintDevice,
) -> Piece:
    layouts = [
        lay_out(text.replace("\n", " "), style, width, device, at_end=is_at_end)
        for text, width, is_at_end in zip(cells, widths, at_end, strict=True)
    ]
    line_count = max(1, *(layout.lineCount() for layout in layouts))
    height = line_count * style.size * _LINE_SHARE * DOTS + 2 * _ROW_PADDING * DOTS

    def draw(painter: QPainter, top: float) -> None:
        painter.setPen(QColor(LIGHT.soft_ink if style.is_soft else LIGHT.ink))
        for left, layout in zip(_lefts(widths), layouts, strict=True):
            layout.draw(painter, QPointF(left, top + _ROW_PADDING * DOTS))
        painter.setPen(QPen(QColor(LIGHT.line), 0.8 * DOTS))
        painter.drawLine(QLineF(0, top + height, CONTENT_WIDTH * DOTS, top + height))

    return Piece(height, draw)


def _lefts(widths: Sequence[float]) -> list[float]:
    """Return where columns begin; from the right where one reads from there."""
    lefts, left = [], 0.0
    for width in widths:
        lefts.append(CONTENT_WIDTH * DOTS - left - width if is_right_to_left() else left)
        left += width + _CELL_GAP * DOTS
    return lefts
