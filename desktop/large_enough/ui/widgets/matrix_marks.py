"""Paints what became of an answer: a mark or a word, told apart without colours."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap

from large_enough.comparison.run_matrix import Square
from large_enough.domain.grade import GradeStatus
from large_enough.ui.matrix_words import cell_word
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Tokens, Type

_MARK_PX = 13
_PEN_SHARE = 0.17
_DOT_PX = 4
_CHECK = ((0.08, 0.55), (0.38, 0.84), (0.94, 0.20))
_CROSS = (((0.16, 0.16), (0.84, 0.84)), ((0.84, 0.16), (0.16, 0.84)))


class _Look(NamedTuple):
    """How a square is shown: as a word, or as a mark."""

    word: str
    colour: QColor
    status: GradeStatus | None


class SquarePainter:
    """Paints squares quickly: how each kind of them looks is worked out once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._looks: dict[Square, _Look] = {}
        self._pixmaps: dict[tuple[str, float], QPixmap] = {}
        self._take_theme()

    def paint(self, painter: QPainter, area: QRectF, square: Square) -> None:
        """Paint what became of the answers in the middle of an area."""
        look = self._looks.get(square)
        if look is None:
            look = self._looks[square] = self._look_of(square)
        if look.status is None:
            self._paint_word(painter, area, look)
        else:
            pixmap = self._pixmap(look, painter.device().devicePixelRatioF())
            corner = area.center() - QPointF(self._edge / 2, self._edge / 2)
            painter.drawPixmap(corner.toPoint(), pixmap)
        if square.is_by_hand:
            self._paint_hand(painter, area)

    def forget(self) -> None:
        """Take the theme's colours and sizes of now."""
        self._looks.clear()
        self._pixmaps.clear()
        self._take_theme()

    def _take_theme(self) -> None:
        self._edge = round(_MARK_PX * self._theme.scale)
        self._font = self._theme.font(Type.SOFT_STRONG)
        self._metrics = QFontMetrics(self._font)

    def _look_of(self, square: Square) -> _Look:
        tokens, status = self._theme.tokens, square.status
        if status is None:
            return _Look("·", QColor(tokens.soft_ink), None)
        word = cell_word(square)
        return _Look(word, QColor(colour_of(status, tokens)), None if word else status)

    def _paint_word(self, painter: QPainter, area: QRectF, look: _Look) -> None:
        painter.setFont(self._font)
        painter.setPen(look.colour)
        width = round(area.width())
        fitting = self._metrics.elidedText(look.word, Qt.TextElideMode.ElideRight, width)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter.value, fitting)

    def _paint_hand(self, painter: QPainter, area: QRectF) -> None:
        """Paint a dot beside what a person judged."""
        edge = _DOT_PX * self._theme.scale
        left = area.center().x() + _MARK_PX * self._theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.accent))
        painter.drawEllipse(QRectF(left, area.center().y() - edge / 2, edge, edge))

    def _pixmap(self, look: _Look, ratio: float) -> QPixmap:
        status = look.status or GradeStatus.WRONG
        key = (status.value, ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = mark_pixmap(status, look.colour, self._edge, ratio)
        return pixmap


def colour_of(status: GradeStatus, tokens: Tokens) -> str:
    """Return the colour in which a status is shown; it never stands alone."""
    if status is GradeStatus.CORRECT:
        return tokens.good
    if status is GradeStatus.WRONG:
        return tokens.contender("B")
    return tokens.accent if status is GradeStatus.NEEDS_HUMAN else tokens.warning


def mark_pixmap(status: GradeStatus, colour: QColor, edge: int, ratio: float) -> QPixmap:
    """Draw the mark for a right or a wrong answer."""
    pixmap = QPixmap(QSize(edge, edge) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, edge * _PEN_SHARE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if status is GradeStatus.CORRECT:
        painter.drawPolyline([QPointF(x * edge, y * edge) for x, y in _CHECK])
    else:
        for (x1, y1), (x2, y2) in _CROSS:
            painter.drawLine(QPointF(x1 * edge, y1 * edge), QPointF(x2 * edge, y2 * edge))
    painter.end()
    return pixmap
