"""Leads from the name of a repository of the Hugging Face Hub to one of its models."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Slot

from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.catalogue_rows import hub_rows
from large_enough.ui.fetch_words import offer_state
from large_enough.ui.fetches import Fetches
from large_enough.ui.library import ModelLibrary, ScanOutcome
from large_enough.ui.widgets.catalogue_page import CataloguePage
from large_enough.ui.widgets.offer_card import Offer
from large_enough.wording.failures import explain
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _, ngettext

if TYPE_CHECKING:
    from large_enough.catalog.catalogue import CatalogueEntry
    from large_enough.catalog.order import Order
    from large_enough.catalog.repository import Listing
    from large_enough.catalog.repository_choice import HubModel
    from large_enough.ui.model_rows import ModelRow


class RepositoryFlow(QObject):
    """Has the hub asked when the user says so, shows what there is, and has it fetched.

    What knows about repositories is brought in when it is needed: the window must be there soon.
    """

    def __init__(
        self, library: ModelLibrary, fetches: Fetches, page: CataloguePage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._fetches = fetches
        self._page = page
        self._finder = page.finder
        self._entries: tuple[CatalogueEntry, ...] = ()
        self._available_bytes: int | None = None
        self._listing: Listing | None = None
        self._models: dict[str, HubModel] = {}
        library.scanned.connect(self._on_scanned)
        page.source_chosen.connect(self._on_source_chosen)
        page.file_chosen.connect(self._on_file_chosen)
        page.offer.wanted.connect(self._on_wanted)
        self._finder.asked.connect(self._on_asked)
        self._finder.stopped.connect(fetches.stop_listing)
        fetches.listed.connect(self._on_listed)
        fetches.listing_stopped.connect(self._on_stopped)
        fetches.listing_failed.connect(self._on_failed)
        fetches.changed.connect(self._on_fetches_changed)

    # --- asked

    @Slot(str)
    def _on_asked(self, text: str) -> None:
        from large_enough.catalog.repository_choice import pasted, wish_of

        wish = wish_of(pasted(text))
        self._forget()
        if wish is None:
            words = _("Write it as owner/name, for example Qwen/Qwen3-4B-GGUF.")
            self._finder.show_refusal(words, is_name_wrong=True)
        else:
            self._finder.show_asking()
            self._fetches.list_repository(wish.repository)

    @Slot(object)
    def _on_listed(self, listing: "Listing") -> None:
        from large_enough.catalog.repository_choice import matching, models_of

        models = matching(models_of(listing), "")
        if not models:
            kind = FailureKind.NO_SUCH_WEIGHTS
            self._on_failed(ErrorInfo(kind=kind, subject=listing.repository))
            return
        self._listing, self._models = listing, {model.path: model for model in models}
        self._finder.show_files(self._rows(), _listing_words(listing, len(models)))
        self._show_chosen()

    @Slot(object)
    def _on_failed(self, error: ErrorInfo) -> None:
        self._finder.show_refusal(_words(error))
        self._show_chosen()

    @Slot()
    def _on_stopped(self) -> None:
        self._finder.show_files((), "")

    def _forget(self) -> None:
        self._listing, self._models = None, {}
        self._finder.show_files((), "")

    # --- shown

    @Slot(object)
    def _on_scanned(self, outcome: ScanOutcome) -> None:
        self._entries, self._available_bytes = outcome.entries, outcome.memory[0]
        self._show_again()

    @Slot(object)
    def _on_fetches_changed(self, _items: object) -> None:
        self._show_chosen()

    @Slot(int)
    def _on_source_chosen(self, index: int) -> None:
        if index == 1:
            self._finder.show_note(self._note())
            self._show_chosen()

    @Slot(str)
    def _on_file_chosen(self, _path: str) -> None:
        self._show_chosen()

    def _show_again(self) -> None:
        if self._listing is not None:
            words = _listing_words(self._listing, len(self._models))
            self._finder.show_files(self._rows(), words)
        self._show_chosen()

    def _rows(self) -> "list[ModelRow]":
        here = {path for path in self._models if self._is_here(path)}
        return hub_rows(list(self._models.values()), here, self._available_bytes)

    def _show_chosen(self) -> None:
        if self._page.is_catalogue:
            return
        model = self._models.get(self._finder.table.current_key)
        if model is None or self._listing is None:
            self._page.offer.show_nothing()
        else:
            self._page.offer.show_offer(self._offer(self._listing, model))

    def _offer(self, listing: "Listing", model: "HubModel") -> Offer:
        item, refusal = None, ""
        try:
            item = self._fetches.item(self._wanted(listing, model).id)
        except LargeEnoughError as error:
            refusal = _words(error.info)
        return Offer(
            name=harmless_line(model.name),
            about=" · ".join(filter(None, _about(listing, model))),
            terms=_terms(listing),
            checking=""
            if refusal
            else _(
                "It is checked against the checksum in the publisher's repository. That shows "
                "damage on the way, not a file that was exchanged there."
            ),
            state="" if refusal else offer_state(item, is_here=self._is_here(model.path)),
            refusal=refusal,
        )

    # --- wished

    @Slot()
    def _on_wanted(self) -> None:
        model = self._models.get(self._finder.table.current_key)
        if self._page.is_catalogue or self._listing is None or model is None:
            return
        self._fetches.want(self._wanted(self._listing, model))

    def _wanted(self, listing: "Listing", model: "HubModel") -> "Order | CatalogueEntry":
        """Return what to fetch for a model; raises `FetchError` if it cannot be."""
        from large_enough.catalog.order import order_of_model

        return order_of_model(listing, model, self._entries)

    def _is_here(self, path: str) -> bool:
        """Return whether a file of that name and repository lies on this disk."""
        if self._listing is None:
            return False
        end = f"/{self._listing.repository}/{path}"
        return any(card.path.replace("\\", "/").endswith(end) for card in self._library.cards)

    def _note(self) -> str:
        try:
            host = urlsplit(self._fetches.hub_address).netloc
        except LargeEnoughError as error:
            return _words(error.info)
        return _(
            "The button asks {host} which model files (GGUF) the repository holds: nothing else "
            "is sent, and nothing is fetched yet. Anybody can publish there; take models of "
            "publishers that you trust."
        ).format(host=host)


def _listing_words(listing: "Listing", count: int) -> str:
    words = ngettext(
        "{repository} holds {count} model.", "{repository} holds {count} models.", count
    ).format(repository=harmless_line(listing.repository), count=count)
    if listing.is_cut:
        return f"{words} {_('It has more files than can be listed here.')}"
    return words


def _about(listing: "Listing", model: "HubModel") -> tuple[str, ...]:
    return model.quantisation, bytes_text(model.size_bytes), harmless_line(listing.repository)


def _terms(listing: "Listing") -> str:
    """Return the licence, and whose word that is."""
    if isinstance(listing.licence, Unavailable):
        return _("The repository declares no licence: ask its publisher what you may do with it.")
    return _("Licence, as the repository declares it and nobody has checked: {licence}.").format(
        licence=harmless_line(listing.licence)
    )


def _words(error: ErrorInfo) -> str:
    explanation = explain(error)
    return harmless_line(f"{explanation.happened} {explanation.next_step}")
