"""Paints what became of an answer: a mark or a word, told apart without colours."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

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


class SquarePainter:
    """Paints squares quickly: marks are drawn once for each colour and size."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, area: QRectF, square: Square) -> None:
        """Paint what became of the answers in the middle of an area."""
        tokens, status = self._theme.tokens, square.status
        if status is None:
            self._paint_word(painter, area, "·", tokens.soft_ink, Type.STRONG)
            return
        word = cell_word(square)
        if word:
            self._paint_word(painter, area, word, colour_of(status, tokens), Type.SOFT_STRONG)
        else:
            self._paint_mark(painter, area, status)
        if square.is_by_hand:
            self._paint_hand(painter, area)

    def forget(self) -> None:
        """Draw the marks anew: colours or sizes are others now."""
        self._pixmaps.clear()

    def _paint_word(
        self, painter: QPainter, area: QRectF, word: str, colour: str, kind: Type
    ) -> None:
        painter.setFont(self._theme.font(kind))
        painter.setPen(QColor(colour))
        fitting = painter.fontMetrics().elidedText(
            word, Qt.TextElideMode.ElideRight, round(area.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter.value, fitting)

    def _paint_mark(self, painter: QPainter, area: QRectF, status: GradeStatus) -> None:
        edge = round(_MARK_PX * self._theme.scale)
        pixmap = self._pixmap(status, edge, painter.device().devicePixelRatioF())
        corner = area.center() - QPointF(edge / 2, edge / 2)
        painter.drawPixmap(corner.toPoint(), pixmap)

    def _paint_hand(self, painter: QPainter, area: QRectF) -> None:
        """Paint a dot beside what a person judged."""
        edge = _DOT_PX * self._theme.scale
        left = area.center().x() + _MARK_PX * self._theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.accent))
        painter.drawEllipse(QRectF(left, area.center().y() - edge / 2, edge, edge))

    def _pixmap(self, status: GradeStatus, edge: int, ratio: float) -> QPixmap:
        colour = colour_of(status, self._theme.tokens)
        key = (status.value, colour, edge, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = mark_pixmap(status, colour, edge, ratio)
        return self._pixmaps[key]


def colour_of(status: GradeStatus, tokens: Tokens) -> str:
    """Return the colour in which a status is shown; it never stands alone."""
    if status is GradeStatus.CORRECT:
        return tokens.good
    if status is GradeStatus.WRONG:
        return tokens.contender("B")
    return tokens.accent if status is GradeStatus.NEEDS_HUMAN else tokens.warning


def mark_pixmap(status: GradeStatus, colour: str, edge: int, ratio: float) -> QPixmap:
    """Draw the mark for a right or a wrong answer."""
    pixmap = QPixmap(QSize(edge, edge) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), edge * _PEN_SHARE)
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
