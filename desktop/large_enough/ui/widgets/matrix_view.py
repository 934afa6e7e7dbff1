"""The grid of a run: questions by contenders, thousands of cells painted as they come into view."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QStaticText,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from large_enough.ui.tables.matrix_model import (
    FIRST_LETTER_COLUMN,
    NUMBER_COLUMN,
    QUESTION_COLUMN,
    MatrixModel,
    SortBy,
)
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.matrix_header import MatrixHeader
from large_enough.ui.widgets.matrix_marks import SquarePainter
from large_enough.wording.translate import _

ROW_HEIGHT_PX = 33
_INSET_PX = 8
_NUMBER_PX = 44
_LEAST_QUESTION_PX = 230
_KEY_PX = 150
_CONTENDER_PX = (92, 64)
"""Widest and narrowest column of a contender."""
_RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_MOST_FITTINGS = 2_000


class _Spot(NamedTuple):
    """A column in view."""

    column: int
    left: int
    width: int
    letter: str


class _RowPainter:
    """Paints rows. How texts were shortened is remembered, since that is what takes time."""

    def __init__(self, theme: Theme, model: MatrixModel) -> None:
        self._theme = theme
        self._matrix = model
        self._squares = SquarePainter(theme)
        self._fittings: dict[tuple[str, int, int], QStaticText] = {}
        self.renew()

    def renew(self) -> None:
        """Take the theme's colours and sizes of now."""
        self._fittings.clear()
        self._squares.forget()
        tokens = self._theme.tokens
        self._font, self._soft_font = self._theme.font(Type.BASE), self._theme.font(Type.SOFT)
        self._metrics, self._soft_metrics = QFontMetrics(self._font), QFontMetrics(self._soft_font)
        self._ink, self._soft_ink = QColor(tokens.ink), QColor(tokens.soft_ink)
        self._ground, self._line = QColor(tokens.chip), QColor(tokens.line)
        self._ring = QPen(QColor(tokens.accent), 2)

    def paint(
        self, painter: QPainter, place: int, area: QRect, spots: Sequence[_Spot], *, is_chosen: bool
    ) -> None:
        """Paint the row at that place of the model, as far as its columns are in view."""
        row = self._matrix.row_at(place)
        if row is None:
            return
        if is_chosen:
            painter.fillRect(area, self._ground)
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, self._line)
        for column, left, width, letter in spots:
            if letter:
                square = QRectF(left + 2, area.y(), width - 4, area.height() - 1)
                self._squares.paint(painter, square, row.square(letter))
            else:
                words = self._matrix.text_of(row, column)
                cell = QRect(left, area.y(), width, area.height())
                self._paint_text(painter, cell, words, column)

    def paint_ring(self, painter: QPainter, cell: QRect) -> None:
        """Show which cell has the keyboard."""
        painter.setPen(self._ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(1, 1, -2, -2))

    def _paint_text(self, painter: QPainter, cell: QRect, text: str, column: int) -> None:
        is_soft = column != QUESTION_COLUMN
        painter.setFont(self._soft_font if is_soft else self._font)
        painter.setPen(self._soft_ink if is_soft else self._ink)
        width = cell.width() - 2 * _INSET_PX
        key = (text, column, width)
        fitting = self._fittings.get(key)
        if fitting is None:
            fitting = self._fittings[key] = self._fitted(text, width, is_soft=is_soft)
        size = fitting.size()
        left = cell.x() + _INSET_PX
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = cell.right() - _INSET_PX - round(size.width())
        painter.drawStaticText(left, cell.y() + round((cell.height() - size.height()) / 2), fitting)

    def _fitted(self, text: str, width: int, *, is_soft: bool) -> QStaticText:
        """Lay a text out, shortened to its column."""
        if len(self._fittings) > _MOST_FITTINGS:
            self._fittings.clear()
        metrics = self._soft_metrics if is_soft else self._metrics
        result = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))
        result.setTextFormat(Qt.TextFormat.PlainText)
        result.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        result.prepare(font=self._soft_font if is_soft else self._font)
        return result


class MatrixView(QTableView):
    """The grid; arrows go from cell to cell, Enter opens the question.

    Signals:
        opened: The user wants to see a question and its answers: the item's id and a contender's
            letter, "" for no one in particular.
        sorted_by: The rows are in another order now.
        columns_changed: Columns have other widths now.
    """

    opened = Signal(str, str)
    sorted_by = Signal()
    columns_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.matrix = MatrixModel(self)
        self.setModel(self.matrix)
        self._painter = _RowPainter(theme, self.matrix)
        self.setHorizontalHeader(MatrixHeader(theme, self.matrix, self))
        self.setAccessibleName(_("Questions by contenders"))
        self.setProperty("ringInside", True)
        self._set_up()
        self.horizontalHeader().sectionClicked.connect(self._on_heading_clicked)
        self.clicked.connect(self._on_clicked)
        self.matrix.modelReset.connect(self.share_width)
        theme.changed.connect(self._renew)
        self._renew()

    @property
    def current_item_id(self) -> str:
        """The question that is chosen; "" if none is."""
        row = self.matrix.row_at(self.currentIndex().row())
        return "" if row is None else row.item.id

    def go_to(self, item_id: str, letter: str = "") -> None:
        """Choose a question, if it is in view; the contender's cell if one is named."""
        place = self.matrix.place_of(item_id)
        if place >= 0:
            column = QUESTION_COLUMN
            if letter in self.matrix.letters:
                column = FIRST_LETTER_COLUMN + self.matrix.letters.index(letter)
            self.setCurrentIndex(self.matrix.index(place, column))

    def neighbour(self, item_id: str, step: int) -> str:
        """Return the id of a question before or after another one in view; "" if there is none."""
        row = self.matrix.row_at(self.matrix.place_of(item_id) + step)
        return row.item.id if row is not None and self.matrix.place_of(item_id) >= 0 else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view; through Qt's styles it would take many times as long."""
        region = event.rect()
        spots = self._spots(region)
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        current, height = self.currentIndex(), self.verticalHeader().defaultSectionSize()
        first = max(0, self.rowAt(region.top()))
        for place in range(first, self.matrix.rowCount()):
            top = self.rowViewportPosition(place)
            if top > region.bottom():
                break
            area = QRect(region.x(), top, region.width(), height)
            self._painter.paint(painter, place, area, spots, is_chosen=place == current.row())
        if current.isValid() and self.hasFocus():
            self._painter.paint_ring(painter, self.visualRect(current))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter for the wish to see the question."""
        if event.key() in _RETURN_KEYS and self.current_item_id:
            letter = self.matrix.letter_at(self.currentIndex().column())
            self.opened.emit(self.current_item_id, letter)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self.share_width()

    @Slot()
    def share_width(self) -> None:
        """Give contenders what they need, and the question the rest."""
        scale, count = self._theme.scale, len(self.matrix.letters)
        number, key = round(_NUMBER_PX * scale), round(_KEY_PX * scale)
        least = round(_LEAST_QUESTION_PX * scale)
        widest, narrowest = (round(width * scale) for width in _CONTENDER_PX)
        room = self.viewport().width() - number - key - least
        width = max(narrowest, min(widest, room // count)) if count else 0
        question = max(least, self.viewport().width() - number - key - count * width)
        widths = {NUMBER_COLUMN: number, QUESTION_COLUMN: question, count + 2: key}
        for column in range(self.matrix.columnCount()):
            self.setColumnWidth(column, widths.get(column, width))
        self.columns_changed.emit()

    def _spots(self, region: QRect) -> list[_Spot]:
        spots = []
        for column in range(self.matrix.columnCount()):
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            if left <= region.right() and left + width >= region.left():
                spots.append(_Spot(column, left, width, self.matrix.letter_at(column)))
        return spots

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.matrix.row_at(index.row())
        if row is not None:
            self.opened.emit(row.item.id, self.matrix.letter_at(index.column()))

    @Slot(int)
    def _on_heading_clicked(self, column: int) -> None:
        """Order by a column; a second click turns the order round."""
        letter = self.matrix.letter_at(column)
        plain = {NUMBER_COLUMN: SortBy.ASKED, QUESTION_COLUMN: SortBy.QUESTION}
        sort = SortBy.CONTENDER if letter else plain.get(column)
        if sort is None:
            return
        before, before_letter, was_turned = self.matrix.sorting
        is_same = (before, before_letter) == (sort, letter)
        self.matrix.sort_by(sort, letter, is_descending=is_same and not was_turned)
        self.sorted_by.emit()

    @Slot()
    def _renew(self) -> None:
        self._painter.renew()
        self.verticalHeader().setDefaultSectionSize(round(ROW_HEIGHT_PX * self._theme.scale))
        self.share_width()
        self.viewport().update()
