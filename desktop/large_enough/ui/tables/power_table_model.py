"""What how many questions can settle, as a table that Qt can show."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.stats.power_table import MARGINS, PowerRow, power_rows
from large_enough.ui.pack_rows import questions_text
from large_enough.wording.numbers import count_text, decimal_text, share_text
from large_enough.wording.power_words import points_text
from large_enough.wording.translate import _

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class PowerTableModel(QAbstractTableModel):
    """One line for each number of questions, one column for each margin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = power_rows()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 1 + len(MARGINS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section == 0:
                return _("questions")
            return decimal_text(MARGINS[section - 1] * 100, 0)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column == 0:
                return count_text(row.question_count)
            return share_text(row.chances[column - 1])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        return None

    def _spoken(self, row: PowerRow, column: int) -> str:
        if column == 0:
            return questions_text(row.question_count)
        return _("{share} with a margin of {points}").format(
            share=share_text(row.chances[column - 1]), points=points_text(MARGINS[column - 1])
        )
