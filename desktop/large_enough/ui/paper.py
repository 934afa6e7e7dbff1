"""Prints a document: pages of A4 with headings, tables, figures and page numbers, as PDF."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter

from large_enough.ui.paper_blocks import CONTENT_WIDTH, Block
from large_enough.ui.paper_pieces import DOTS, Piece, Style, font_of, is_right_to_left, pieces_of
from large_enough.ui.tokens import LIGHT
from large_enough.wording.translate import _

_UNITS_PER_INCH = 96
_TOP = 58.0
_BOTTOM = 66.0
_FOOT_FROM_END = 36.0
_FOOT = Style(9.5, is_soft=True)

Page = list[tuple[float, Piece]]
"""Pieces with the height at which they stand, in dots from the page's top."""


def pdf_bytes(title: str, blocks: Sequence[Block]) -> bytes:
    """Return the content of a PDF file; must be called on the main thread.

    Args:
        title: Of the document, for its foot and for readers of the file.
        blocks: What is printed, from top to bottom.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Large Enough")
    writer.setResolution(round(_UNITS_PER_INCH * DOTS))
    none = QMarginsF(0, 0, 0, 0)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, none))
    pieces = (piece for block in blocks for piece in pieces_of(block, writer))
    pages = list(paginated(pieces, _TOP * DOTS, writer.height() - _BOTTOM * DOTS))
    _print(writer, title, pages)
    return bytes(buffer.data().data())


def paginated(pieces: Iterator[Piece], top: float, bottom: float) -> Iterator[Page]:
    """Yield the pages that hold these pieces, one at least.

    A piece that must not be the last of its page goes with the one behind it to the next page. What
    belongs together but is higher than a page is divided; a single piece of that height gets a page
    of its own.

    Args:
        pieces: From top to bottom.
        top: Where the first piece of a page stands.
        bottom: What no piece should go beyond.
    """
    page: Page = []
    place = top
    is_overleaf = False
    for group in _divided(_kept_together(pieces), bottom - top):
        if page and place + sum(piece.height for piece in group) > bottom:
            yield page
            page, place, is_overleaf = [], top, True
        for piece in _begun_anew(group) if is_overleaf and not page else group:
            page.append((place, piece))
            place += piece.height
    yield page


def _kept_together(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keeps_next:
            yield group
            group = []
    if group:
        yield group


def _divided(groups: Iterable[list[Piece]], room: float) -> Iterator[list[Piece]]:
    """Yield the pieces of a group one by one where they are higher together than a page."""
    for group in groups:
        if sum(piece.height for piece in group) > room:
            yield from ([piece] for piece in group)
        else:
            yield group


def _begun_anew(group: Sequence[Piece]) -> Iterator[Piece]:
    """Yield what stands at the top of a new page: no space, but the headings of a table."""
    is_first = True
    for piece in group:
        if is_first and piece.is_space:
            continue
        if is_first:
            yield from piece.repeated
        is_first = False
        yield piece


def _print(writer: QPdfWriter, title: str, pages: Sequence[Page]) -> None:
    painter = QPainter(writer)
    left = (writer.width() - CONTENT_WIDTH * DOTS) / 2
    for number, page in enumerate(pages, 1):
        if number > 1:
            writer.newPage()
        painter.save()
        painter.translate(left, 0)
        for top, piece in page:
            piece.draw(painter, top)
        _print_foot(painter, writer.height(), title, number, len(pages))
        painter.restore()
    painter.end()


def _print_foot(painter: QPainter, height: int, title: str, number: int, count: int) -> None:
    where = _("page {number} of {count}").format(number=number, count=count)
    font = font_of(_FOOT)
    metrics = QFontMetricsF(font)
    width, place = CONTENT_WIDTH * DOTS, height - _FOOT_FROM_END * DOTS
    room = width - metrics.horizontalAdvance(where) - 30 * DOTS
    name = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
    first, last = (where, name) if is_right_to_left() else (name, where)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.soft_ink))
    painter.drawText(QPointF(0, place), first)
    painter.drawText(QPointF(width - metrics.horizontalAdvance(last), place), last)
