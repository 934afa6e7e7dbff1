"""The models that can be fetched: a table, and at its right how to get the chosen one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.model_rows import ModelRow
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Chip, card
from large_enough.ui.widgets.fetch_card import FetchCard
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.model_panel import WIDTH_PX
from large_enough.ui.widgets.model_table import ModelTable
from large_enough.wording.translate import _


class CataloguePage(QWidget):
    """The catalogue.

    Signals:
        entry_chosen: The user went to the model with that id.
        filter_changed: The user wants other models left out.
    """

    entry_chosen = Signal(str)
    filter_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.only_fitting = Chip(theme, _("Only what fits"))
        headings = (_("model"), _("publisher"), _("file"), _("state"))
        self._headings = headings
        self.table = ModelTable(theme, _("Models that can be fetched"), headings)
        self.name = Label(theme, Type.NAME, wraps=True)
        self.about = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.note = Label(theme, Type.SOFT, wraps=True)
        self.fetch_card = FetchCard(theme)
        self._side = QWidget()
        self._arrange()
        self.table.chosen.connect(self._on_chosen)
        self.table.wanted.connect(self._on_wanted)
        self.only_fitting.clicked.connect(self.filter_changed)
        theme.changed.connect(self._on_theme_changed)

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Show these models."""
        self.table.show_rows(rows, self._headings)

    def show_entry(self, name: str, about: str, note: str) -> None:
        """Show what the chosen model is, and what its licence restricts."""
        self.name.setText(name)
        self.about.setText(about)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _arrange(self) -> None:
        place = card()
        inner = QVBoxLayout(place)
        inner.setContentsMargins(12, 10, 12, 10)
        inner.setSpacing(6)
        chips = QHBoxLayout()
        chips.addWidget(self.only_fitting)
        chips.addStretch(1)
        inner.addLayout(chips)
        inner.addWidget(self.table, 1)
        words = QFrame()
        words.setProperty("kind", "card")
        said = QVBoxLayout(words)
        said.setContentsMargins(16, 14, 16, 14)
        said.setSpacing(6)
        for label in (self.name, self.about, self.note):
            said.addWidget(label)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(words)
        side.addWidget(self.fetch_card)
        side.addStretch(1)
        self._on_theme_changed()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(place, 1)
        row.addWidget(self._side)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._side.setVisible(bool(key))
        if key:
            self.entry_chosen.emit(key)

    @Slot(str)
    def _on_wanted(self, _key: str) -> None:
        if self.fetch_card.get_button.isVisible():
            self.fetch_card.get_button.setFocus()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._side.setFixedWidth(round(WIDTH_PX * self._theme.scale))
