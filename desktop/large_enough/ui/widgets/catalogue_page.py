"""The models that can be fetched: the catalogue or a repository, and what is being fetched."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.model_rows import ModelRow
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import card
from large_enough.ui.widgets.catalogue_filters import CatalogueFilters
from large_enough.ui.widgets.fetch_list_card import FetchListCard
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.model_panel import WIDTH_PX
from large_enough.ui.widgets.model_table import ModelTable
from large_enough.ui.widgets.offer_card import OfferCard
from large_enough.ui.widgets.pages import Pages
from large_enough.ui.widgets.repository_finder import RepositoryFinder
from large_enough.ui.widgets.two_part_switch import TwoPartSwitch
from large_enough.wording.translate import _


class CataloguePage(QWidget):
    """Tables at the left; at the right the chosen model, and the downloads.

    Signals:
        entry_chosen: The user went to the model with that id; "" where there is none.
        file_chosen: The user went to the file with that path, of the repository.
        source_chosen: The user wants models of the catalogue (0) or of a repository (1).
    """

    entry_chosen = Signal(str)
    file_chosen = Signal(str)
    source_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        names = (_("Catalogue"), _("Any from Hugging Face"))
        self.source = TwoPartSwitch(theme, _("Where models come from"), names)
        self.filters = CatalogueFilters(theme)
        self._headings = (_("model"), _("publisher"), _("file"), _("state"))
        self.table = ModelTable(theme, _("Models that can be fetched"), self._headings)
        self.nothing = Label(
            theme, Type.BASE, _("No model of the catalogue is like that."), wraps=True
        )
        self.finder = RepositoryFinder(theme)
        self.offer = OfferCard(theme)
        self.fetch_list = FetchListCard(theme)
        self._pages = Pages()
        self._side = QWidget()
        self._arrange()
        self.table.chosen.connect(self.entry_chosen)
        self.finder.table.chosen.connect(self.file_chosen)
        for table in (self.table, self.finder.table):
            table.wanted.connect(self._on_wanted)
        self.offer.wanted.connect(self._on_offer_taken)
        self.source.chosen.connect(self._on_source_chosen)
        theme.changed.connect(self._on_theme_changed)

    @property
    def is_catalogue(self) -> bool:
        """Whether the catalogue is in view, and not a repository."""
        return self.source.index == 0

    def show_rows(self, rows: Sequence[ModelRow], known_count: int) -> None:
        """Show these models of the catalogue, of so many that it has."""
        self.table.show_rows(rows, self._headings)
        self.nothing.setVisible(not rows and known_count > 0)
        self.filters.show_count(len(rows), known_count)

    def _arrange(self) -> None:
        place = card()
        inner = QVBoxLayout(place)
        inner.setContentsMargins(12, 12, 12, 10)
        inner.setSpacing(10)
        switch = QHBoxLayout()
        switch.addWidget(self.source)
        switch.addStretch(1)
        inner.addLayout(switch)
        self._pages.addWidget(self._catalogue())
        self._pages.addWidget(self.finder)
        inner.addWidget(self._pages, 1)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self.offer)
        side.addWidget(self.fetch_list, 1)
        side.addStretch(0)
        self._on_theme_changed()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(place, 1)
        row.addWidget(self._side)

    def _catalogue(self) -> QWidget:
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        self.nothing.hide()
        return result

    @Slot(int)
    def _on_source_chosen(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self.source_chosen.emit(index)
        if index == 1:
            self.finder.field.setFocus()

    @Slot()
    def _on_offer_taken(self) -> None:
        """Give the keyboard back to the table: the button goes."""
        (self.table if self.is_catalogue else self.finder.table).setFocus()

    @Slot(str)
    def _on_wanted(self, _key: str) -> None:
        if self.offer.get_button.isVisible():
            self.offer.get_button.setFocus()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._side.setFixedWidth(round(WIDTH_PX * self._theme.scale))
