"""The headings of a matrix: each contender's mark, its size, and how much it got right."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from large_enough.ui import icons
from large_enough.ui.tables.matrix_model import (
    NUMBER_COLUMN,
    QUESTION_COLUMN,
    MatrixModel,
    SortBy,
)
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.marks import BADGE_PX, paint_mark

_HEIGHT_PX = 56
_INSET_PX = 8
_ARROW_PX = 11


class MatrixHeader(QHeaderView):
    """Painted by hand; a click orders the rows."""

    def __init__(self, theme: Theme, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._matrix = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._renew)

    def sizeHint(self) -> QSize:
        """Return room for a mark and a line of words."""
        return QSize(super().sizeHint().width(), round(_HEIGHT_PX * self._theme.scale))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one heading."""
        painter.save()
        tokens = self._theme.tokens
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), QColor(tokens.line))
        letter = self._matrix.letter_at(section)
        words = str(self._matrix.headerData(section, Qt.Orientation.Horizontal) or "")
        if letter:
            self._paint_contender(painter, rect, letter, words)
        else:
            painter.setFont(self._theme.font(Type.SMALL))
            painter.setPen(QColor(tokens.soft_ink))
            place = rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(place, side.value, words)
        if self._is_sorted_by(section, letter):
            self._paint_arrow(painter, rect)
        painter.restore()

    def _paint_contender(self, painter: QPainter, rect: QRect, letter: str, words: str) -> None:
        scale = self._theme.scale
        edge = BADGE_PX * scale
        mark = QRectF(rect.center().x() - edge / 2 + 0.5, rect.y() + 4 * scale, edge, edge)
        painter.setFont(self._theme.font(Type.SOFT_STRONG))
        paint_mark(painter, letter, mark, self._theme.tokens)
        below = QRect(rect.x() + 2, round(mark.bottom() + 3), rect.width() - 4, round(18 * scale))
        painter.setFont(self._theme.font(Type.SMALL))
        painter.setPen(QColor(self._theme.tokens.soft_ink))
        fitting = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter.value, fitting)

    def _is_sorted_by(self, section: int, letter: str) -> bool:
        sort, sorted_letter, _is_descending = self._matrix.sorting
        if letter:
            return sort is SortBy.CONTENDER and letter == sorted_letter
        columns = {NUMBER_COLUMN: SortBy.ASKED, QUESTION_COLUMN: SortBy.QUESTION}
        return columns.get(section) is sort and not (
            sort is SortBy.ASKED and not self._matrix.sorting[2]
        )

    def _paint_arrow(self, painter: QPainter, rect: QRect) -> None:
        edge = round(_ARROW_PX * self._theme.scale)
        is_turned = self._matrix.sorting[2]
        place = QRectF(rect.right() - edge - 2, rect.y() + 6, edge, edge)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveLeft(rect.left() + 2)
        if is_turned:  # the picture points down: turn it round
            painter.translate(place.center())
            painter.rotate(180)
            painter.translate(-place.center())
        icons.paint_picture(painter, "chevron-down", place, self._theme.tokens.ink)

    @Slot()
    def _renew(self) -> None:
        self.updateGeometry()
        self.viewport().update()
