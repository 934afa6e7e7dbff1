"""The comparison of a round as a table that Qt can show."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.domain.text import harmless_line
from large_enough.report.comparison_table import Cell, Row
from large_enough.ui.safe_text import tooltip
from large_enough.wording.numbers import NOT_AVAILABLE
from large_enough.wording.translate import _

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ComparisonModel(QAbstractTableModel):
    """One row for each measure, one column for each contender, and one for the small print."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._headings: tuple[str, ...] = ()

    def show(self, rows: Sequence[Row], headings: Sequence[str]) -> None:
        """Show these rows.

        Args:
            rows: The measures.
            headings: A name for each contender, in the order of the cells.
        """
        self.beginResetModel()
        self._rows = tuple(rows)
        names = tuple(harmless_line(heading) for heading in headings)
        self._headings = (*names, _("Small print"))
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of measures."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of contenders, and one more."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a measure with its unit, or a contender's name."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = orientation is Qt.Orientation.Horizontal and not self._is_last(section)
            return _RIGHT if is_number else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._headings[section] if section < len(self._headings) else None
        return _row_heading(self._rows[section]) if section < len(self._rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a number as it is shown, or what there is to say about it."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if self._is_last(index.column()):
            return _small_print_data(row, role)
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(cell.note)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(row, cell, self._headings[index.column()])
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return cell.note
            case _:
                return None

    def _is_last(self, column: int) -> bool:
        return column == len(self._headings) - 1


def _small_print_data(row: Row, role: int) -> object:
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _LEFT
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return small_print(row)
    return tooltip(small_print(row)) if role == Qt.ItemDataRole.ToolTipRole else None


def small_print(row: Row) -> str:
    """Return what there is to say about a row: once if it holds for all of its numbers."""
    notes = {cell.letter: cell.note for cell in row.cells}
    if len(set(notes.values())) == 1:
        return next(iter(notes.values()))
    return "; ".join(f"{letter}: {note}" for letter, note in notes.items() if note)


def _row_heading(row: Row) -> str:
    if not row.unit:
        return row.label
    return _("{label}, {unit}").format(label=row.label, unit=row.unit)


def _spoken(row: Row, cell: Cell, heading: str) -> str:
    number = _("not available") if cell.text == NOT_AVAILABLE else f"{cell.text} {row.unit}"
    return _("{name}, {measure}: {number}").format(
        name=heading, measure=row.label, number=number.strip()
    )
