"""The packs on the shelf as a list that Qt can show."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.ui.pack_rows import PackRow
from large_enough.ui.safe_text import tooltip
from large_enough.ui.tables.row_roles import PROBLEM_ROLE, SECOND_LINE_ROLE, THIRD_LINE_ROLE

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class PackListModel(QAbstractListModel):
    """One row for each pack."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PackRow, ...] = ()

    def show(self, rows: Sequence[PackRow]) -> None:
        """Show these packs."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> PackRow | None:
        """Return the pack of a row; None if there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, key: str) -> int:
        """Return the row of a pack; -1 if it is not in the list."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of packs."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == SECOND_LINE_ROLE:
            return row.second
        if role == THIRD_LINE_ROLE:
            return row.third
        if role == PROBLEM_ROLE:
            return not row.is_usable
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(_spoken(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return None


def _spoken(row: PackRow) -> str:
    return f"{row.title} ({row.second}; {row.third})"
