"""A list whose rows have three lines each."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from large_enough.ui.tables.row_list_model import RowListModel
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.row_painter import RowPainter

_Row = TypeVar("_Row")


def dress_list(view: QListView, theme: Theme, name: str) -> None:
    """Make a list look like all lists of rows.

    Args:
        view: The list.
        theme: Colours and type.
        name: What screen readers call it.
    """
    view.setAccessibleName(name)
    view.setProperty("ringInside", True)
    view.setUniformItemSizes(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.viewport().setAutoFillBackground(False)
    theme.changed.connect(view.viewport().update)


class RowList(QListView, Generic[_Row]):
    """The list.

    Signals:
        chosen: The user went to another row: what stands in it.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, rows: RowListModel[_Row], name: str, parent: QWidget | None = None
    ) -> None:
        """Make an empty list.

        Args:
            theme: Colours and type.
            rows: Makes the words; it belongs to the list from now on.
            name: What screen readers call it.
            parent: Where it stands.
        """
        super().__init__(parent)
        self._rows = rows
        rows.setParent(self)
        self.setModel(rows)
        self.setItemDelegate(RowPainter(theme, self))
        dress_list(self, theme, name)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def count(self) -> int:
        """How many rows are shown."""
        return self._rows.rowCount()

    @property
    def current(self) -> _Row | None:
        """What is chosen."""
        return self._rows.row(self.currentIndex().row())

    def show_rows(self, rows: Sequence[_Row], wanted: str = "") -> None:
        """Show these rows.

        Args:
            rows: What to list.
            wanted: Key of the row to go to; without one, what was chosen stays chosen, else the
                first one is.
        """
        before = self.current
        self._rows.show(rows)
        key = wanted or ("" if before is None else self._rows.key_of(before))
        self.setCurrentIndex(self._rows.index(max(self._rows.number_of(key), 0), 0))

    def go_to(self, key: str) -> bool:
        """Choose this row; return whether it is in the list."""
        number = self._rows.number_of(key)
        if number >= 0:
            self.setCurrentIndex(self._rows.index(number, 0))
        return number >= 0

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self._rows.row(current.row())
        if row is not None:
            self.chosen.emit(row)
