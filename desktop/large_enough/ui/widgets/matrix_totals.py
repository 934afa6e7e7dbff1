"""The totals below the matrix, each below its contender."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QColor, QPainter
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

from large_enough.ui.tables.matrix_model import FIRST_LETTER_COLUMN
from large_enough.ui.tables.totals_model import TotalKind, TotalsModel
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.matrix_view import MatrixView
from large_enough.wording.translate import _

_ROW_HEIGHT_PX = 25
_INSET_PX = 8


class _TotalPainter(QStyledItemDelegate):
    """Paints a total: the accuracy as a figure, the others softly."""

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
        area: QRect = option.rect
        tokens = self._theme.tokens
        is_number = index.column() >= FIRST_LETTER_COLUMN
        is_chief = index.row() == TotalKind.ACCURACY
        kind = Type.SOFT_STRONG if is_chief else Type.SOFT
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(area, QColor(tokens.chip))
        painter.setFont(self._theme.font(kind))
        painter.setPen(QColor(tokens.ink if is_chief else tokens.soft_ink))
        place = area if is_number else area.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        side = Qt.AlignmentFlag.AlignHCenter if is_number else Qt.AlignmentFlag.AlignLeading
        words = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, (side | Qt.AlignmentFlag.AlignVCenter).value, words)


class MatrixTotals(QTableView):
    """Three rows that scroll sideways with the matrix."""

    def __init__(self, theme: Theme, view: MatrixView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = view
        self.totals = TotalsModel(self)
        self.setModel(self.totals)
        self.setItemDelegate(_TotalPainter(theme, self))
        self.setAccessibleName(_("Totals by contender"))
        self.setProperty("ringInside", True)
        self._set_up()
        view.columns_changed.connect(self._follow_columns)
        view.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        self.totals.modelReset.connect(self._follow_columns)
        theme.changed.connect(self._renew)
        self._renew()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @Slot()
    def _follow_columns(self) -> None:
        for column in range(self.totals.columnCount()):
            self.setColumnWidth(column, self._view.columnWidth(column))

    @Slot()
    def _renew(self) -> None:
        height = round(_ROW_HEIGHT_PX * self._theme.scale)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(height * len(TotalKind) + 2)
        self.viewport().update()
