"""Shows every figure of a round, with its small print."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from large_enough.report.comparison_table import Row
from large_enough.ui.tables.comparison_model import ComparisonModel
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.translate import _

_ROW_HEIGHT_PX = 27
_LEAST_ROWS = 2
_COLUMN_WIDTHS_PX = (120, 230)  # least, most


class ComparisonTable(QTableView):
    """The whole table, for eyes and for screen readers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = ComparisonModel(self)
        self.setModel(self._model)
        self.setAccessibleName(_("All figures of this round"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(False)
        theme.changed.connect(self._renew)
        self._renew()

    def show_rows(self, rows: Sequence[Row], headings: Sequence[str]) -> None:
        """Show these measures of these contenders."""
        self._model.show(rows, headings)
        least, most = (round(width * self._theme.scale) for width in _COLUMN_WIDTHS_PX)
        for column in range(len(headings)):
            wanted = self.horizontalHeader().sectionSizeHint(column)
            self.setColumnWidth(column, min(most, max(least, wanted)))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height at which nothing needs to scroll."""
        header = self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), header + self.verticalHeader().length() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few rows; the rest scrolls."""
        return QSize(200, round(_LEAST_ROWS * _ROW_HEIGHT_PX * self._theme.scale))

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SOFT))
        self.horizontalHeader().setFont(self._theme.font(Type.SMALL_STRONG))
        self.verticalHeader().setFont(self._theme.font(Type.SOFT))
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT_PX * self._theme.scale))
