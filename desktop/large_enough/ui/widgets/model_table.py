"""A table of models: what each one is, where it lies, whether it fits, how fast it may be."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from large_enough.ui.directions import turned
from large_enough.ui.model_rows import ModelRow, Room
from large_enough.ui.tables.model_table_model import ROW_ROLE, Column, ModelTableModel
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type

_ROW_HEIGHT_PX = 56
_BAR_HEIGHT_PX = 9
_INSET_PX = 8
_TAG_PADDING_PX = 7
_SHARES = (0.40, 0.16, 0.26, 0.18)
"""Of the width, for each column."""
_RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _CellPainter(QStyledItemDelegate):
    """Paints a cell: two lines of words, or a bar with words below it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, area = self._theme.tokens, option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(area, QColor(tokens.chip))
        painter.fillRect(QRect(area.x(), area.bottom(), area.width(), 1), QColor(tokens.line))
        row: ModelRow = index.data(ROW_ROLE)
        words = area.adjusted(_INSET_PX, 8, -_INSET_PX, -8)
        if index.column() == Column.MODEL:
            name = f"★ {row.name}" if row.is_favourite else row.name
            room = self._paint_role(
                painter, words, row.role, tokens.line if is_chosen else tokens.chip
            )
            self._paint_lines(painter, room, words, name, row.facts)
        elif index.column() == Column.MEMORY:
            self._paint_memory(painter, words, row, tokens.line if is_chosen else tokens.chip)
        else:
            self._paint_line(painter, words, str(index.data()), Type.SOFT, tokens.ink)
        painter.restore()

    def _paint_role(self, painter: QPainter, area: QRect, role: str, ground: str) -> QRect:
        """Paint what a model is meant for at the end of the upper line; return what is left."""
        upper = QRect(area.x(), area.y(), area.width(), area.height() // 2)
        if not role:
            return upper
        painter.setFont(self._theme.font(Type.SMALL))
        width = painter.fontMetrics().horizontalAdvance(role) + 2 * _TAG_PADDING_PX
        left = upper.right() - width
        tag = turned(QRectF(left, upper.y() + 1, width, upper.height() - 3), area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(tag, tag.height() / 2, tag.height() / 2)
        painter.setPen(QColor(self._theme.tokens.ink))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter.value, role)
        rest = QRectF(upper.x(), upper.y(), upper.width() - width - _INSET_PX, upper.height())
        return turned(rest, area).toRect()

    def _paint_lines(
        self, painter: QPainter, upper: QRect, area: QRect, name: str, facts: str
    ) -> None:
        tokens, half = self._theme.tokens, area.height() // 2
        lower = QRect(area.x(), area.y() + half, area.width(), half)
        self._paint_line(painter, upper, name, Type.STRONG, tokens.ink)
        self._paint_line(painter, lower, facts, Type.SMALL, tokens.soft_ink)

    def _paint_memory(self, painter: QPainter, area: QRect, row: ModelRow, ground: str) -> None:
        tokens, height = self._theme.tokens, _BAR_HEIGHT_PX * self._theme.scale
        top = area.y() + (area.height() / 2 - height) / 2 + 2
        track = QRectF(area.x(), top, area.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        if row.room is not Room.NOT_KNOWN:
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(track, height / 2, height / 2)
            width = max(height, track.width() * min(1.0, max(0.0, row.share)))
            painter.setBrush(QColor(self._colour(row.room)))
            filled = turned(QRectF(track.x(), top, width, height), area)
            painter.drawRoundedRect(filled, height / 2, height / 2)
        half = area.height() // 2
        lower = QRect(area.x(), area.y() + half, area.width(), half)
        self._paint_line(painter, lower, row.memory, Type.SMALL, tokens.soft_ink)

    def _colour(self, room: Room) -> str:
        tokens = self._theme.tokens
        return {
            Room.FITS: tokens.contender("A"),
            Room.TIGHT: tokens.warning,
            Room.TOO_LARGE: tokens.contender("B"),
            Room.NOT_KNOWN: tokens.chip,
        }[room]

    def _paint_line(
        self, painter: QPainter, area: QRect, text: str, kind: Type, colour: str
    ) -> None:
        painter.setFont(self._theme.font(kind))
        painter.setPen(QColor(colour))
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter.value, fitting)


class _Heading(QHeaderView):
    """The line above the columns, in small type."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        theme.changed.connect(self._renew)
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        """Set the font again: Qt restores an older one when it applies the style sheet."""
        super().showEvent(event)
        self._renew()

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SMALL_STRONG))


class ModelTable(QTableView):
    """The table; a line is chosen as a whole.

    Signals:
        chosen: The user went to the model with that key; "" where there is none.
        wanted: The user wants to do with it what one does with such a model: Enter, double click.
    """

    chosen = Signal(str)
    wanted = Signal(str)

    def __init__(
        self, theme: Theme, name: str, headings: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = ModelTableModel(headings, self)
        self.setModel(self._model)
        self.setItemDelegate(_CellPainter(theme, self))
        self.setAccessibleName(name)
        self.setProperty("ringInside", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.setHorizontalHeader(_Heading(theme, self))
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self._renew)
        self._renew()

    @property
    def rows(self) -> tuple[ModelRow, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def current_key(self) -> str:
        """The model that is chosen; "" if none is."""
        row = self.currentIndex().row()
        return self._model.rows[row].key if 0 <= row < len(self._model.rows) else ""

    def show_rows(self, rows: Sequence[ModelRow], headings: Sequence[str]) -> None:
        """Show these models; the one that was chosen stays chosen, else the first one is."""
        before = self.current_key
        self._model.show(rows, headings)
        if self.current_key and self.current_key == before:
            return
        row = max(self._model.row_of(before), 0)
        self.setCurrentIndex(self._model.index(row, 0))
        if not rows:
            self.chosen.emit("")

    def go_to(self, key: str) -> None:
        """Choose this model, if it is in the table."""
        row = self._model.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter for a wish."""
        if event.key() in _RETURN_KEYS and self.current_key:
            self.wanted.emit(self.current_key)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, round(width * share))

    def showEvent(self, event: QShowEvent) -> None:
        """Set the fonts again: Qt restores older ones when it applies the style sheet."""
        super().showEvent(event)
        self._renew()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.current_key)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        if self.current_key:
            self.wanted.emit(self.current_key)

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SOFT))
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT_PX * self._theme.scale))
        self.viewport().update()
