"""Rows of three lines as a list that Qt can show."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.ui.safe_text import tooltip
from large_enough.ui.tables.row_roles import PROBLEM_ROLE, SECOND_LINE_ROLE, THIRD_LINE_ROLE

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_Row = TypeVar("_Row")


class RowLines(NamedTuple):
    """What a row says."""

    title: str
    second: str
    third: str
    has_problem: bool

    @property
    def spoken(self) -> str:
        """All of it, for screen readers and tips."""
        return f"{self.title} ({self.second}; {self.third})"


class RowListModel(QAbstractListModel, Generic[_Row]):
    """One row for each thing; words are made when a row comes into view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[_Row, ...] = ()

    def key_of(self, row: _Row) -> str:
        """Return what tells a row from all others; subclasses say it."""
        raise NotImplementedError

    def lines_of(self, row: _Row) -> RowLines:
        """Return what a row says; subclasses say it."""
        raise NotImplementedError

    def show(self, rows: Sequence[_Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> _Row | None:
        """Return what stands in a row; None if there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, key: str) -> int:
        """Return the row with that key; -1 if it is not in the list."""
        return next((n for n, row in enumerate(self._rows) if self.key_of(row) == key), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        lines = self.lines_of(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return lines.title
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(lines.spoken)
            case Qt.ItemDataRole.AccessibleTextRole:
                return lines.spoken
            case _:
                return {
                    SECOND_LINE_ROLE: lines.second,
                    THIRD_LINE_ROLE: lines.third,
                    PROBLEM_ROLE: lines.has_problem,
                }.get(role)
