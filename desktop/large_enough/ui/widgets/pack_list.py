"""A list of packs, each in three lines."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from large_enough.ui.pack_rows import PackRow
from large_enough.ui.tables.pack_list_model import PackListModel
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.row_painter import RowPainter
from large_enough.wording.translate import _


class PackList(QListView):
    """The list.

    Signals:
        chosen: The user went to this pack: `PackRow`.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._packs = PackListModel(self)
        self.setModel(self._packs)
        self.setItemDelegate(RowPainter(theme, self))
        self.setAccessibleName(_("Packs of questions"))
        self.setProperty("ringInside", True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self.viewport().update)

    @property
    def count(self) -> int:
        """How many packs are shown."""
        return self._packs.rowCount()

    @property
    def current(self) -> PackRow | None:
        """The pack that is chosen."""
        return self._packs.row(self.currentIndex().row())

    def show_rows(self, rows: Sequence[PackRow], wanted: str = "") -> None:
        """Show these packs.

        Args:
            rows: What to list.
            wanted: Key of the pack to go to; without one, the chosen pack stays chosen, else the
                first one is.
        """
        before = self.current
        self._packs.show(rows)
        number = self._packs.number_of(wanted or (before.key if before is not None else ""))
        self.setCurrentIndex(self._packs.index(max(number, 0), 0))

    def go_to(self, key: str) -> bool:
        """Choose this pack; return whether it is in the list."""
        number = self._packs.number_of(key)
        if number >= 0:
            self.setCurrentIndex(self._packs.index(number, 0))
        return number >= 0

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self._packs.row(current.row())
        if row is not None:
            self.chosen.emit(row)
