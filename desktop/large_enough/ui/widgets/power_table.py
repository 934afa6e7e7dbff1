"""A small table of what how many questions can settle; the line that holds here is marked."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from large_enough.stats.power_table import QUESTION_COUNTS, nearest_row
from large_enough.ui.tables.power_table_model import PowerTableModel
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.translate import _

_ROW_HEIGHT_PX = 30
_FIRST_SHARE = 0.28
"""Of the width, for the numbers of questions: their heading is the longest word."""


class PowerTable(QTableView):
    """The table, as high as its lines."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(PowerTableModel(self))
        self.setAccessibleName(_("What how many questions can show"))
        self.setProperty("ringInside", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        theme.changed.connect(self._renew)
        self._renew()

    def show_count(self, question_count: int) -> None:
        """Mark the line that holds for so many questions; none if they are too few for any."""
        if question_count < QUESTION_COUNTS[0]:
            self.clearSelection()
            return
        self.selectRow(QUESTION_COUNTS.index(nearest_row(question_count).question_count))

    def sizeHint(self) -> QSize:
        """Return room for all lines."""
        return QSize(400, self._whole_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        count, width = self.model().columnCount(), self.viewport().width()
        first = round(width * _FIRST_SHARE)
        for column in range(count):
            others = (width - first) // (count - 1)
            self.setColumnWidth(column, first if column == 0 else others)

    def showEvent(self, event: QShowEvent) -> None:
        """Set the fonts again: Qt restores older ones when it applies the style sheet."""
        super().showEvent(event)
        self._renew()

    def _whole_height(self) -> int:
        row_height = self.verticalHeader().defaultSectionSize()
        return (
            row_height * self.model().rowCount() + self.horizontalHeader().sizeHint().height() + 2
        )

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SOFT))
        self.horizontalHeader().setFont(self._theme.font(Type.SMALL_STRONG))
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT_PX * self._theme.scale))
        self.setFixedHeight(self._whole_height())
