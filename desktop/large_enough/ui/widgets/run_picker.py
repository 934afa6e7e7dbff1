"""Chooses the run whose verdict is to be seen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.pack_run import PackRunEnd
from large_enough.ui.run_rows import RunRow
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.run_list import RunList
from large_enough.wording.translate import _


def in_order(rows: Sequence[RunRow]) -> tuple[RunRow, ...]:
    """Return runs that have answers, the complete ones first, each kind in the order it had."""
    answered = [row for row in rows if row.share > 0 and row.end is not None]
    return tuple(sorted(answered, key=lambda row: row.end is not PackRunEnd.COMPLETE))


class RunPicker(QWidget):
    """A card with the runs; those that are complete stand first.

    Signals:
        chosen: The user wants the verdict of this run: its id.
        closed: The user wants back to the verdict that was there.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RunList(theme)
        self.facts = Label(
            theme, Type.SOFT, _("Complete runs first, the newest of them on top."), tone="soft"
        )
        self.back_button = Button(theme, _("Back to the verdict"), picture="chevron-left")
        self.open_button = Button(theme, _("Show the verdict"), kind="primary")
        self._arrange(theme)
        self.list.opened.connect(self._on_opened)
        self.open_button.clicked.connect(self._on_opened)
        self.back_button.clicked.connect(self.closed)

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs, in the order that they have."""
        self.list.show_rows(rows)
        self.open_button.setEnabled(bool(rows))

    def _arrange(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(theme, Type.SENTENCE, _("The verdict of which run?")))
        head.addWidget(self.facts, 1)
        head.addWidget(self.back_button)
        head.addWidget(self.open_button)
        place = QFrame()
        place.setProperty("kind", "card")
        inner = QVBoxLayout(place)
        inner.setContentsMargins(8, 8, 8, 8)
        inner.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(place, 1)

    @Slot()
    def _on_opened(self) -> None:
        row = self.list.current
        if row is not None:
            self.chosen.emit(row.run_id)
