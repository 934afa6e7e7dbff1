"""Leads from the catalogue to models that are fetched."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless_line
from large_enough.ui.catalogue_rows import catalogue_rows, entry_facts, publisher
from large_enough.ui.library import FetchStatus, ModelLibrary, ScanOutcome
from large_enough.ui.widgets.catalogue_page import CataloguePage
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.catalog.catalogue import CatalogueEntry


class CatalogueFlow(QObject):
    """Fills the page and fetches what is wished there, one model at a time."""

    def __init__(self, library: ModelLibrary, page: CataloguePage, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._page = page
        self._entries: dict[str, CatalogueEntry] = {}
        self._outcome: ScanOutcome | None = None
        self._fetched = ""
        library.scanned.connect(self._on_scanned)
        library.fetch_progressed.connect(self._on_progressed)
        library.fetch_ended.connect(self._on_ended)
        library.fetch_failed.connect(self._on_failed)
        page.entry_chosen.connect(self._show_entry)
        page.filter_changed.connect(self._show)
        page.fetch_card.wanted.connect(self._on_wanted)
        page.fetch_card.cancelled.connect(library.cancel_fetch)

    @Slot(object)
    def _on_scanned(self, outcome: ScanOutcome) -> None:
        self._outcome = outcome
        self._entries = {entry.id: entry for entry in outcome.entries}
        self._show()
        self._show_entry(self._page.table.current_key)

    @Slot()
    def _show(self) -> None:
        if self._outcome is None:
            return
        self._page.show_rows(
            catalogue_rows(
                list(self._entries.values()),
                self._here(),
                self._outcome.memory[0],
                only_fitting=self._page.only_fitting.isChecked(),
            )
        )

    @Slot(str)
    def _show_entry(self, entry_id: str) -> None:
        entry = self._entries.get(entry_id)
        if entry is None:
            return
        about = " · ".join((entry_facts(entry), publisher(entry)))
        self._page.show_entry(harmless_line(entry.name), about, _(entry.licence_note))
        if self._library.is_fetching:
            return  # what is under way stays in sight until it ends
        is_here = entry_id in self._here()
        self._page.fetch_card.setVisible(not is_here)
        self._page.fetch_card.offer((entry,), title=_("Not on this disk yet"))

    def _here(self) -> list[str | None]:
        return [card.catalog_id for card in self._library.cards]

    @Slot()
    def _on_wanted(self) -> None:
        entry = self._entries.get(self._page.table.current_key)
        if entry is not None and not self._library.is_fetching:
            self._fetched = entry.id
            self._library.fetch((entry,))

    @Slot(object)
    def _on_progressed(self, status: FetchStatus) -> None:
        if self._fetched:
            self._page.fetch_card.setVisible(True)
            self._page.fetch_card.show_status(status)

    @Slot(bool)
    def _on_ended(self, _is_complete: bool) -> None:
        self._fetched = ""
        self._show_entry(self._page.table.current_key)

    @Slot(object)
    def _on_failed(self, error: ErrorInfo) -> None:
        if self._fetched:
            self._fetched = ""
            self._page.fetch_card.show_failure(error)
