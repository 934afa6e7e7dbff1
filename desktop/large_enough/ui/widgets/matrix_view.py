"""The grid of a run: questions by contenders, thousands of cells painted as they come into view."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
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
_MOST_FITTINGS = 20_000


class _CellPainter(QStyledItemDelegate):
    """Paints a cell; remembers how texts were shortened, since that is what takes time."""

    def __init__(self, theme: Theme, model: MatrixModel, parent: "MatrixView") -> None:
        super().__init__(parent)
        self._theme = theme
        self._matrix = model
        self._squares = SquarePainter(theme)
        self._fittings: dict[tuple[str, int, int], str] = {}
        self._renew()

    @Slot()
    def renew(self) -> None:
        """Take the theme's colours and sizes of now."""
        self._fittings.clear()
        self._squares.forget()
        self._renew()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        area: QRect = option.rect
        row, column = self._matrix.row_at(index.row()), index.column()
        if row is None:
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._ground)
        painter.fillRect(QRect(area.x(), area.bottom(), area.width(), 1), self._line)
        letter = self._matrix.letter_at(column)
        if letter:
            self._squares.paint(painter, QRectF(area.adjusted(2, 0, -2, -1)), row.square(letter))
        else:
            is_soft = column != QUESTION_COLUMN
            self._paint_text(painter, area, str(index.data()), column, is_soft=is_soft)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._ring, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))

    def _paint_text(
        self, painter: QPainter, area: QRect, text: str, column: int, *, is_soft: bool
    ) -> None:
        place = area.adjusted(_INSET_PX, 0, -_INSET_PX, -1)
        painter.setFont(self._soft_font if is_soft else self._font)
        painter.setPen(self._soft_ink if is_soft else self._ink)
        key = (text, column, place.width())
        fitting = self._fittings.get(key)
        if fitting is None:
            if len(self._fittings) > _MOST_FITTINGS:
                self._fittings.clear()
            metrics = self._soft_metrics if is_soft else self._metrics
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            self._fittings[key] = fitting
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(place, side.value, fitting)

    def _renew(self) -> None:
        tokens = self._theme.tokens
        self._font: QFont = self._theme.font(Type.BASE)
        self._soft_font: QFont = self._theme.font(Type.SOFT)
        self._metrics, self._soft_metrics = QFontMetrics(self._font), QFontMetrics(self._soft_font)
        self._ink, self._soft_ink = QColor(tokens.ink), QColor(tokens.soft_ink)
        self._ground, self._line = QColor(tokens.chip), QColor(tokens.line)
        self._ring = QColor(tokens.accent)


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
        self._painter = _CellPainter(theme, self.matrix, self)
        self.setItemDelegate(self._painter)
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
