"""The models: what is on this disk, whether it fits, and what can be fetched."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.model_rows import ModelRow
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.apart_list import ApartList
from large_enough.ui.widgets.buttons import Button, card
from large_enough.ui.widgets.catalogue_page import CataloguePage
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.making_band import MakingBand
from large_enough.ui.widgets.model_panel import WIDTH_PX, ModelPanel, ModelWords
from large_enough.ui.widgets.model_table import ModelTable
from large_enough.ui.widgets.pages import Pages
from large_enough.ui.widgets.proposal_band import ProposalBand, ProposalWords
from large_enough.ui.widgets.two_part_switch import TwoPartSwitch
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _


class ModelsScreen(QWidget):
    """A proposal above, the table below, at its right the card of the chosen model.

    Signals:
        model_chosen: The user went to the model with that path.
        compare_wanted: The user wants the model with that path as the contender with that letter.
        folder_wanted: The user wants to add a folder of models.
        shown: The screen has come into view.
    """

    model_chosen = Signal(str)
    compare_wanted = Signal(str, str)
    folder_wanted = Signal()
    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._context_tokens = 4096
        self.facts = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.folder_button = Button(theme, _("Add a folder…"), picture="folder")
        self.proposals = ProposalBand(theme)
        self.making = MakingBand(theme)
        self.table = ModelTable(theme, _("Models on this disk"), self._headings())
        self.panel = ModelPanel(theme)
        self.apart = ApartList(theme)
        self.switch = TwoPartSwitch(
            theme, _("Which models are shown"), (_("On disk"), _("Get more"))
        )
        self.catalogue = CataloguePage(theme)
        self._pages = Pages()
        self._arrange(theme)
        self._connect()
        self.show_proposal(None)
        self.panel.show_nothing()

    def show_models(self, rows: Sequence[ModelRow], facts: str) -> None:
        """Show these models, and a few words about all of them."""
        self.table.show_rows(rows, self._headings())
        self.facts.setText(facts)

    def show_model(self, words: ModelWords) -> None:
        """Show the card of a model."""
        self.panel.show_model(words)

    def show_proposal(self, words: ProposalWords | None) -> None:
        """Propose models in these words; None for nothing."""
        self.proposals.show_proposal(words)
        self.proposals.setVisible(words is not None and self.switch.index == 0)

    def use_context(self, tokens: int) -> None:
        """Name the context length that the memory is told for."""
        self._context_tokens = tokens
        self.table.show_rows(self.table.rows, self._headings())

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the table."""
        self.table.setFocus()
        self.shown.emit()

    def _headings(self) -> tuple[str, ...]:
        memory = _("memory at {count} tokens")
        return (
            _("model"),
            _("found in"),
            memory.format(count=count_text(self._context_tokens)),
            _("expected speed"),
        )

    # --- building

    def _arrange(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(theme, Type.SENTENCE, _("Models on this laptop")))
        head.addWidget(self.facts, 1)
        head.addWidget(self.switch)
        head.addWidget(self.folder_button)
        place = card()
        inner = QVBoxLayout(place)
        inner.setContentsMargins(12, 8, 12, 10)
        inner.setSpacing(6)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.apart)
        self.panel.setFixedWidth(round(WIDTH_PX * theme.scale))
        here = QWidget()
        row = QHBoxLayout(here)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(place, 1)
        row.addWidget(self.panel)
        self._pages.addWidget(here)
        self._pages.addWidget(self.catalogue)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.proposals)
        column.addWidget(self.making)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.wanted.connect(self._on_wanted)
        self.panel.compare_wanted.connect(self.compare_wanted)
        self.switch.chosen.connect(self._on_page_chosen)
        self.folder_button.clicked.connect(self.folder_wanted)
        self._theme.changed.connect(self._on_theme_changed)

    @Slot(int)
    def _on_page_chosen(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.proposals.setVisible(page == 0 and self.proposals.is_offered)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        if key:
            self.model_chosen.emit(key)
        else:
            self.panel.show_nothing()

    @Slot(str)
    def _on_wanted(self, _key: str) -> None:
        self.panel.compare_button.showMenu()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.panel.setFixedWidth(round(WIDTH_PX * self._theme.scale))
