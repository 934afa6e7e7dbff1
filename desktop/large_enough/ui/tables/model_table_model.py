"""Models as a table that Qt can show."""

import enum
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.ui.model_rows import ModelRow
from large_enough.ui.safe_text import tooltip
from large_enough.wording.translate import _

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `ModelRow`."""

_NO_PARENT = QModelIndex()


class Column(enum.IntEnum):
    """What stands in each column."""

    MODEL = 0
    PLACE = 1
    MEMORY = 2
    SPEED = 3


class ModelTableModel(QAbstractTableModel):
    """One line for each model."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        """Show nothing yet.

        Args:
            headings: Of the columns.
            parent: What it belongs to.
        """
        super().__init__(parent)
        self._headings = tuple(headings)
        self._rows: tuple[ModelRow, ...] = ()

    @property
    def rows(self) -> tuple[ModelRow, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[ModelRow], headings: Sequence[str]) -> None:
        """Show these models; lines that stay where they are keep being chosen."""
        keys = [row.key for row in self._rows]
        if keys == [row.key for row in rows] and tuple(headings) == self._headings:
            self._rows = tuple(rows)
            if rows:
                last = self.index(len(rows) - 1, len(Column) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows, self._headings = tuple(rows), tuple(headings)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the line of a model; -1 if it is not in the table."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of models."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        is_heading = orientation is Qt.Orientation.Horizontal
        if is_heading and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if is_heading and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(row.note or _text(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def _spoken(self, row: ModelRow, column: Column) -> str:
        if column is Column.MODEL:
            return ", ".join(part for part in (row.name, row.role, row.facts) if part)
        return _("{heading} of {name}: {text}").format(
            heading=self._headings[column], name=row.name, text=_text(row, column)
        )


def _text(row: ModelRow, column: Column) -> str:
    return {
        Column.MODEL: row.name,
        Column.PLACE: row.place,
        Column.MEMORY: row.memory,
        Column.SPEED: row.speed,
    }[column]
