"""A list of rounds, each in three lines."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from large_enough.ui.tables.round_list_model import RoundListModel
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.row_painter import RowPainter
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from large_enough.comparison.history import RoundSummary


class RoundList(QListView):
    """The list.

    Signals:
        chosen: The user went to this round: `RoundSummary`.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rounds = RoundListModel(self)
        self.setModel(self._rounds)
        self.setItemDelegate(RowPainter(theme, self))
        self.setAccessibleName(_("Recorded rounds"))
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
        """How many rounds are shown."""
        return self._rounds.rowCount()

    @property
    def current(self) -> "RoundSummary | None":
        """The round that is chosen."""
        return self._rounds.summary(self.currentIndex().row())

    def show_rounds(self, rounds: "Sequence[RoundSummary]") -> None:
        """Show these rounds; the one that was chosen stays chosen, else the first one is."""
        before = self.current
        self._rounds.show(rounds)
        row = self._rounds.row_of(before.path) if before is not None else -1
        self.setCurrentIndex(self._rounds.index(max(row, 0), 0))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        summary = self._rounds.summary(current.row())
        if summary is not None:
            self.chosen.emit(summary)
