"""The rounds of the past as a list that Qt can show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.ui.round_words import row_facts, row_models, row_title
from large_enough.ui.safe_text import tooltip
from large_enough.ui.tables.row_roles import PROBLEM_ROLE, SECOND_LINE_ROLE, THIRD_LINE_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from large_enough.comparison.history import RoundSummary

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT = QModelIndex()


class RoundListModel(QAbstractListModel):
    """One row for each round; words are made when a row comes into view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds: tuple[RoundSummary, ...] = ()

    def show(self, rounds: "Sequence[RoundSummary]") -> None:
        """Show these rounds."""
        self.beginResetModel()
        self._rounds = tuple(rounds)
        self.endResetModel()

    def summary(self, row: int) -> "RoundSummary | None":
        """Return the round of a row; None if there is no such row."""
        return self._rounds[row] if 0 <= row < len(self._rounds) else None

    def row_of(self, path: str) -> int:
        """Return the row of a record; -1 if it is not in the list."""
        return next((row for row, known in enumerate(self._rounds) if known.path == path), -1)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rounds."""
        return 0 if parent.isValid() else len(self._rounds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row."""
        summary = self.summary(index.row())
        if summary is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row_title(summary)
        if role == SECOND_LINE_ROLE:
            return row_models(summary)
        if role == THIRD_LINE_ROLE:
            return row_facts(summary)
        if role == PROBLEM_ROLE:
            return summary.problem is not None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(_spoken(summary))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(summary)
        return None


def _spoken(summary: "RoundSummary") -> str:
    return f"{row_title(summary)} ({row_models(summary)}; {row_facts(summary)})"
