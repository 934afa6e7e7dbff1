"""Leads from the catalogue to models that are fetched."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.catalogue_rows import catalogue_rows, entry_facts, publisher
from large_enough.ui.catalogue_wish import families_of
from large_enough.ui.fetch_words import offer_state
from large_enough.ui.fetches import Fetches
from large_enough.ui.library import ModelLibrary, ScanOutcome
from large_enough.ui.widgets.catalogue_page import CataloguePage
from large_enough.ui.widgets.offer_card import Offer
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.fetch_items import FetchItem


class CatalogueFlow(QObject):
    """Fills the table of the catalogue, and has fetched what is wished there."""

    def __init__(
        self, library: ModelLibrary, fetches: Fetches, page: CataloguePage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._fetches = fetches
        self._page = page
        self._entries: dict[str, CatalogueEntry] = {}
        self._outcome: ScanOutcome | None = None
        library.scanned.connect(self._on_scanned)
        fetches.changed.connect(self._on_fetches_changed)
        page.entry_chosen.connect(self._on_entry_chosen)
        page.source_chosen.connect(self._show_chosen)
        page.filters.changed.connect(self._show)
        page.offer.wanted.connect(self._on_wanted)

    @Slot(object)
    def _on_scanned(self, outcome: ScanOutcome) -> None:
        self._outcome = outcome
        self._entries = {entry.id: entry for entry in outcome.entries}
        domains = {entry.domain for entry in outcome.entries}
        self._page.filters.offer(domains, families_of(outcome.entries))
        self._show()
        self._show_chosen()

    @Slot()
    def _show(self) -> None:
        if self._outcome is None:
            return
        rows = catalogue_rows(
            list(self._entries.values()),
            self._here(),
            self._outcome.memory[0],
            self._page.filters.wish,
        )
        self._page.show_rows(rows, len(self._entries))

    @Slot()
    def _show_chosen(self) -> None:
        if self._page.is_catalogue:
            self._show_entry(self._page.table.current_key)

    @Slot(str)
    def _on_entry_chosen(self, entry_id: str) -> None:
        if self._page.is_catalogue:
            self._show_entry(entry_id)

    def _show_entry(self, entry_id: str) -> None:
        entry = self._entries.get(entry_id)
        if entry is None:
            self._page.offer.show_nothing()
            return
        is_here = entry_id in self._here()
        self._page.offer.show_offer(
            Offer(
                name=harmless_line(entry.name),
                about=" · ".join((entry_facts(entry), publisher(entry))),
                terms=_(entry.licence_note) if entry.licence_note else "",
                checking=_checking_words(entry),
                state=offer_state(self._fetches.item(entry_id), is_here=is_here),
            )
        )

    def _here(self) -> list[str | None]:
        return [card.catalog_id for card in self._library.cards]

    @Slot()
    def _on_wanted(self) -> None:
        entry = self._entries.get(self._page.table.current_key)
        if self._page.is_catalogue and entry is not None:
            self._fetches.want(entry)

    @Slot(object)
    def _on_fetches_changed(self, _items: "tuple[FetchItem, ...]") -> None:
        self._show_chosen()


def _checking_words(entry: CatalogueEntry) -> str:
    """Return what a model is checked against, and what that is worth."""
    if isinstance(entry.sha256, Unavailable):
        return _(
            "The catalogue has no checksum for it: the one in the publisher's repository is taken "
            "when it is fetched. That shows damage on the way, not a file that was exchanged there."
        )
    return _("It is fetched once and checked against the checksum in the catalogue.")
