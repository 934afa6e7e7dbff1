"""A table of the questions of a pack; a line is chosen as a whole."""

from collections.abc import Mapping, Sequence

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

from large_enough.domain.pack import AnswerType, PackItem
from large_enough.ui import icons
from large_enough.ui.directions import turned
from large_enough.ui.tables.item_table_model import (
    PROBLEM_TEXT_ROLE,
    WARNING_ROLE,
    Column,
    ItemTableModel,
)
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type

_ROW_HEIGHT_PX = 33
_INSET_PX = 8
_MARK_PX = 13
_WIDTHS_PX = {
    Column.NUMBER: 46,
    Column.TYPE: 118,
    Column.LEVEL: 56,
    Column.GROUP: 128,
}
"""Columns that need no more; the question gets what is left, the answer a part of it."""
_ANSWER_SHARE = 0.3
_LEAST_WORDS_PX = 330
"""Question and answer get at least this much: other columns give way, the last ones first."""
_GIVING_WAY = (Column.GROUP, Column.LEVEL, Column.TYPE)
_RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _CellPainter(QStyledItemDelegate):
    """Paints one line of words, with a mark where something is wrong."""

    def __init__(self, theme: Theme, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = tuple(columns)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        painter.save()
        tokens, area = self._theme.tokens, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.chip))
        painter.fillRect(QRect(area.x(), area.bottom(), area.width(), 1), QColor(tokens.line))
        words = area.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        column = self._columns[index.column()]
        if column is Column.QUESTION and index.data(WARNING_ROLE):
            words = self._paint_mark(painter, words)
        painter.setFont(self._theme.font(Type.SOFT))
        painter.setPen(QColor(self._colour(column, is_wrong=bool(index.data(PROBLEM_TEXT_ROLE)))))
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter.value, text)
        painter.restore()

    def _colour(self, column: Column, *, is_wrong: bool) -> str:
        tokens = self._theme.tokens
        if is_wrong:
            return tokens.warning
        return tokens.ink if column in {Column.QUESTION, Column.ANSWER} else tokens.soft_ink

    def _paint_mark(self, painter: QPainter, words: QRect) -> QRect:
        edge = _MARK_PX * self._theme.scale
        place = QRectF(words.x(), words.y() + (words.height() - edge) / 2, edge, edge)
        mark = turned(place, words)
        icons.paint_picture(painter, "warning", mark, self._theme.tokens.warning)
        gap = edge + 6
        rest = QRectF(words.x() + gap, words.y(), words.width() - gap, words.height())
        return turned(rest, words).toRect()


class ItemTable(QTableView):
    """The table.

    Signals:
        chosen: The user went to the question at that place, from 0; -1 where there is none.
        wanted: The user wants to work on the question at that place: Enter, double click.
        deletion_wanted: The user wants to be rid of the chosen question: Delete.
    """

    chosen = Signal(int)
    wanted = Signal(int)
    deletion_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column] = tuple(Column),
        *,
        tells_problems: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty table.

        Args:
            theme: Colours and type.
            name: Tells screen readers what is in it.
            columns: Which ones there are, in their order.
            tells_problems: Whether what is wrong with a question stands in place of its answer.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._theme = theme
        self._model = ItemTableModel(columns, tells_problems=tells_problems, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(_CellPainter(theme, columns, self))
        self.setAccessibleName(name)
        self._set_up()
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self._renew)
        self._renew()

    def _set_up(self) -> None:
        self.setProperty("ringInside", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)

    @property
    def items(self) -> tuple[PackItem, ...]:
        """All questions, shown or not."""
        return self._model.items

    @property
    def shown_count(self) -> int:
        """How many questions are shown."""
        return self._model.rowCount()

    @property
    def current(self) -> int:
        """Place of the chosen question; -1 if none is."""
        return self._model.place(self.currentIndex().row())

    def show_items(self, items: Sequence[PackItem], wanted: int | None = None) -> None:
        """Show these questions, and go to the wanted place, else stay at the same one."""
        place = self.current if wanted is None else wanted
        self._model.show(items)
        self._go_near(place)

    def change_item(self, place: int, item: PackItem) -> None:
        """Show another question at a place."""
        self._model.change(place, item)

    def warn(
        self, problems: Mapping[int, str], kinds: Mapping[int, AnswerType] | None = None
    ) -> None:
        """Mark questions, by place, about which there is something to say.

        Args:
            problems: What is wrong with them.
            kinds: The type that is meant to be theirs, where it is another than the present one.
        """
        self._model.warn(problems, kinds or {})

    def search(self, wish: str) -> None:
        """Show only questions in which all these words occur."""
        place = self.current
        self._model.search(wish)
        self._go_near(place)

    def go_to(self, place: int) -> None:
        """Choose this question, if it is shown."""
        row = self._model.row_of(place)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Delete for wishes."""
        if event.key() in _RETURN_KEYS and self.current >= 0:
            self.wanted.emit(self.current)
            return
        if event.key() == Qt.Key.Key_Delete and self.current >= 0:
            self.deletion_wanted.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def showEvent(self, event: QShowEvent) -> None:
        """Set the fonts again: Qt restores older ones when it applies the style sheet."""
        super().showEvent(event)
        self._renew()

    def _go_near(self, place: int) -> None:
        row = max(self._model.row_of(place), 0)
        self.setCurrentIndex(self._model.index(row, 0))
        if self._model.rowCount() == 0:
            self.chosen.emit(-1)

    def _share_width(self) -> None:
        scale, columns = self._theme.scale, self._model.columns
        fixed = {column: round(_WIDTHS_PX.get(column, 0) * scale) for column in columns}
        whole, least = self.viewport().width(), round(_LEAST_WORDS_PX * scale)
        gone = set()
        for column in _GIVING_WAY:
            if column in fixed and whole - sum(fixed.values()) < least:
                fixed[column] = 0
                gone.add(column)
        rest = max(0, whole - sum(fixed.values()))
        answer = round(rest * _ANSWER_SHARE) if Column.ANSWER in columns else 0
        widths = {**fixed, Column.QUESTION: rest - answer, Column.ANSWER: answer}
        for number, column in enumerate(columns):
            self.setColumnHidden(number, column in gone)
            self.setColumnWidth(number, widths[column])

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.current)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        if self.current >= 0:
            self.wanted.emit(self.current)

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SOFT))
        self.horizontalHeader().setFont(self._theme.font(Type.SMALL_STRONG))
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT_PX * self._theme.scale))
        self._share_width()
        self.viewport().update()
