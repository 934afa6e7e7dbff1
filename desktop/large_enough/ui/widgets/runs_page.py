"""All runs there are, with what can be done with each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.run_rows import RunRow
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.run_list import RunList
from large_enough.wording.translate import _


class RunsPage(QWidget):
    """A card with the list; buttons for the run that is chosen.

    Signals:
        open_wanted: The user wants to see a run: its id.
        resume_wanted: The user wants a run to go on: its id.
        addition_wanted: The user wants contenders added to a run: its id.
        deletion_wanted: The user wants a run deleted: its `RunRow`.
        verdict_wanted: The user wants to know what a run comes to: its id.
        closed: The user wants to go back to the packs.
    """

    open_wanted = Signal(str)
    resume_wanted = Signal(str)
    addition_wanted = Signal(str)
    deletion_wanted = Signal(object)
    verdict_wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RunList(theme)
        self.facts = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.back_button = Button(theme, _("Back to the packs"), picture="chevron-left")
        self.open_button = Button(theme, _("Open"), kind="primary")
        self.resume_button = Button(theme, _("Resume"), picture="play")
        self.add_button = Button(theme, _("Add a contender…"), picture="plus")
        self.delete_button = Button(theme, _("Delete…"))
        self.verdict_button = Button(theme, _("Verdict"), picture="verdict")
        self.nothing = Label(theme, Type.BASE, tone="soft", wraps=True)
        self.nothing.setText(
            _(
                "No pack has been run yet. Choose a pack, press Run, and come back to a matrix of "
                "questions by contenders, with every answer, cost and failure on record."
            )
        )
        self._arrange(theme)
        self._connect()
        self.show_rows(())

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        open_count = sum(row.can_resume for row in rows)
        self.facts.setText(
            _("Runs that are paused or were interrupted can go on where they were.")
            if open_count
            else ""
        )
        self._on_chosen()

    def _arrange(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(theme, Type.SENTENCE, _("Runs")))
        head.addWidget(self.facts, 1)
        for button in (
            self.back_button,
            self.delete_button,
            self.add_button,
            self.resume_button,
            self.verdict_button,
            self.open_button,
        ):
            head.addWidget(button)
        place = QFrame()
        place.setProperty("kind", "card")
        inner = QVBoxLayout(place)
        inner.setContentsMargins(8, 8, 8, 8)
        inner.addWidget(self.nothing)
        inner.addWidget(self.list, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(place, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_open_wanted)
        self.open_button.clicked.connect(self._on_open_wanted)
        self.resume_button.clicked.connect(self._on_resume_wanted)
        self.add_button.clicked.connect(self._on_addition_wanted)
        self.delete_button.clicked.connect(self._on_deletion_wanted)
        self.back_button.clicked.connect(self.closed)
        self.verdict_button.clicked.connect(self._on_verdict_wanted)

    @Slot()
    def _on_chosen(self) -> None:
        row = self.list.current
        is_readable = row is not None and row.end is not None
        self.open_button.setEnabled(is_readable)
        self.resume_button.setEnabled(row is not None and row.can_resume)
        self.verdict_button.setEnabled(is_readable and row is not None and row.share > 0)
        self.add_button.setEnabled(is_readable and row is not None and not row.is_running)
        self.delete_button.setEnabled(row is not None and not row.is_running)

    @Slot()
    def _on_open_wanted(self) -> None:
        row = self.list.current
        if row is not None and row.end is not None:
            self.open_wanted.emit(row.run_id)

    @Slot()
    def _on_resume_wanted(self) -> None:
        row = self.list.current
        if row is not None and row.can_resume:
            self.resume_wanted.emit(row.run_id)

    @Slot()
    def _on_addition_wanted(self) -> None:
        if self.list.current is not None:
            self.addition_wanted.emit(self.list.current.run_id)

    @Slot()
    def _on_deletion_wanted(self) -> None:
        if self.list.current is not None:
            self.deletion_wanted.emit(self.list.current)

    @Slot()
    def _on_verdict_wanted(self) -> None:
        if self.list.current is not None:
            self.verdict_wanted.emit(self.list.current.run_id)
