"""Runs as a list that Qt can show."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.ui.run_rows import RunRow
from large_enough.ui.safe_text import tooltip
from large_enough.wording.translate import _

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT = QModelIndex()


class RunListModel(QAbstractListModel):
    """One line for each run, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RunRow, ...] = ()

    @property
    def rows(self) -> tuple[RunRow, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[RunRow]) -> None:
        """Show these runs; lines that stay where they are keep being chosen."""
        if [row.run_id for row in rows] == [row.run_id for row in self._rows]:
            self._rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, place: int) -> RunRow | None:
        """Return a run; None if there is none at that place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, run_id: str) -> int:
        """Return where a run stands; -1 if it does not."""
        return next((n for n, row in enumerate(self._rows) if row.run_id == run_id), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of runs."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line says."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return _("{title}, {state}, {facts}").format(
                    title=row.title, state=row.state, facts=row.facts
                )
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(row.facts)
            case _:
                return None
