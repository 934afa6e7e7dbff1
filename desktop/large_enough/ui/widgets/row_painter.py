"""Paints rows of lists: a title, and two lines below it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from large_enough.ui import icons
from large_enough.ui.directions import turned
from large_enough.ui.tables.row_roles import PROBLEM_ROLE, SECOND_LINE_ROLE, THIRD_LINE_ROLE
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import CONTROL_RADIUS, Type

_ROW_HEIGHT_PX = 66
_INSET_PX = 12
_MARK_PX = 14


class RowPainter(QStyledItemDelegate):
    """Paints a row in three lines, with a bar beside the one that is chosen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        """Return the same height for all rows."""
        return QSize(100, round(_ROW_HEIGHT_PX * self._theme.scale))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state, area = option.state, option.rect
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            self._paint_ground(painter, area)
        words = area.adjusted(_INSET_PX, 6, -_INSET_PX, -6)
        if index.data(PROBLEM_ROLE):
            words = self._paint_warning(painter, words)
        kind = Type.SOFT_STRONG if is_chosen else Type.SOFT
        self._paint_words(painter, words, index, kind)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect) -> None:
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.chip))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), CONTROL_RADIUS, CONTROL_RADIUS)
        painter.setBrush(QColor(tokens.accent))  # beside the ground, a bar: seen without colours
        bar = QRectF(area.x() + 3, area.y() + 11, 3, area.height() - 22)
        painter.drawRoundedRect(turned(bar, area), 1, 1)

    def _paint_warning(self, painter: QPainter, words: QRect) -> QRect:
        edge = round(_MARK_PX * self._theme.scale)
        place = QRectF(words.x(), words.y() + 3, edge, edge)
        icons.paint_picture(painter, "warning", turned(place, words), self._theme.tokens.warning)
        rest = QRectF(words.x() + edge + 7, words.y(), words.width() - edge - 7, words.height())
        return turned(rest, words).toRect()

    def _paint_words(
        self,
        painter: QPainter,
        area: QRect,
        index: QModelIndex | QPersistentModelIndex,
        kind_of_title: Type,
    ) -> None:
        tokens, height = self._theme.tokens, area.height() // 3
        lines = (
            (kind_of_title, tokens.ink, index.data()),
            (Type.SMALL, tokens.soft_ink, index.data(SECOND_LINE_ROLE)),
            (Type.SMALL, tokens.soft_ink, index.data(THIRD_LINE_ROLE)),
        )
        for number, (kind, colour, words) in enumerate(lines):
            text = str(words)
            painter.setFont(self._theme.font(kind))
            painter.setPen(QColor(colour))
            line = QRect(area.x(), area.y() + number * height, area.width(), height)
            fitting = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter.value, fitting)
