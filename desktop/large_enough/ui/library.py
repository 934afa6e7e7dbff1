"""Knows which models can be chosen, and gets more when the user wants some."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.catalog.catalogue import CatalogueEntry, known_bytes
from large_enough.catalog.progress import FetchProgress
from large_enough.domain.errors import ErrorInfo, LargeEnoughError
from large_enough.domain.model_card import ModelCard
from large_enough.ui.background import Background
from large_enough.ui.bridge import Bridge
from large_enough.ui.services import ModelSource

if TYPE_CHECKING:
    from large_enough.domain.found_model import AdaptedModel, FoundModel, SetAside


class ScanOutcome(NamedTuple):
    """What a look at the disk brought."""

    cards: tuple[ModelCard, ...]
    """All models that can be chosen."""
    wanted: tuple[ModelCard, ...]
    """Those of them that were asked for by name."""
    suggested: tuple[ModelCard, ...]
    """A small and a large one that are good to compare."""
    set_aside: tuple[ErrorInfo, ...]
    """Files that cannot be used."""
    problems: tuple[ErrorInfo, ...]
    """Why models that were asked for are not among them."""
    found: "tuple[FoundModel, ...]" = ()
    """All models at all places, with who keeps them."""
    adapted: "tuple[AdaptedModel, ...]" = ()
    """Models with an adapter added, contenders of their own."""
    apart: "tuple[SetAside, ...]" = ()
    """Files that are not offered, with who keeps them."""
    entries: tuple[CatalogueEntry, ...] = ()
    """The catalogue."""
    memory: tuple[int | None, int] = (None, 0)
    """Bytes of memory that programs can get now, and bytes of all of it."""


class FetchStatus(NamedTuple):
    """How far the fetching of several models is."""

    progress: FetchProgress
    name: str
    """Of the model that is being fetched."""
    number: int
    """Which of them it is, from 1."""
    model_count: int
    fraction: float
    """Of all bytes together, 0 to 1."""


class ModelLibrary(QObject):
    """The models at hand. Reading and fetching happen beside the window.

    Signals:
        scanned: A look at the disk has ended: `ScanOutcome`.
        opened: A file that the user named is a model: `ModelCard`.
        failed: Something the user asked for did not work: `ErrorInfo`.
        fetch_progressed: `FetchStatus`.
        fetch_ended: Fetching has ended; True when all models are here, False if cancelled.
        fetch_failed: Fetching has ended with an `ErrorInfo`.
    """

    scanned = Signal(object)
    opened = Signal(object)
    failed = Signal(object)
    fetch_progressed = Signal(object)
    fetch_ended = Signal(bool)
    fetch_failed = Signal(object)

    def __init__(
        self,
        source: ModelSource,
        bridge: Bridge,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._bridge = bridge
        self._background = background
        self._found: tuple[ModelCard, ...] = ()
        self._opened: tuple[ModelCard, ...] = ()
        self._cancelled = threading.Event()
        self._fetched: tuple[CatalogueEntry, ...] = ()

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """All models that can be chosen: those found, then those opened from elsewhere."""
        known = {card.reference for card in self._found}
        return (*self._found, *(card for card in self._opened if card.reference not in known))

    @property
    def is_fetching(self) -> bool:
        """Whether models are being fetched."""
        return bool(self._fetched)

    def missing_starters(self) -> tuple[CatalogueEntry, ...]:
        """Return what of the starter pair is not here."""
        here = {card.catalog_id for card in self.cards}
        return tuple(entry for entry in self._source.starter_pair() if entry.id not in here)

    # --- looking

    def scan(self, wanted: Sequence[str] = ()) -> None:
        """Look at the disk; `scanned` tells the outcome.

        Args:
            wanted: Names or paths of models to look out for.
        """

        def work() -> ScanOutcome:
            return _scan(self._source, tuple(wanted))

        self._background.run("scan", work, self._on_scanned, self.failed.emit)

    def open_file(self, path: str) -> None:
        """Read a model file that the user named; `opened` or `failed` tells the outcome."""

        def work() -> ModelCard:
            return self._source.resolve(path, ())

        self._background.run("open", work, self._on_opened, self.failed.emit)

    @Slot(object)
    def _on_scanned(self, outcome: ScanOutcome) -> None:
        self._found = outcome.cards
        self._remember(outcome.wanted)
        self.scanned.emit(outcome)

    @Slot(object)
    def _on_opened(self, card: ModelCard) -> None:
        self._remember((card,))
        self.opened.emit(card)

    def _remember(self, cards: Sequence[ModelCard]) -> None:
        known = {card.reference for card in (*self._found, *self._opened)}
        self._opened += tuple(card for card in cards if card.reference not in known)

    # --- fetching

    def fetch_starters(self) -> None:
        """Fetch what is missing of the starter pair: the user pressed the button for it."""
        self.fetch(self.missing_starters())

    def fetch(self, entries: Sequence[CatalogueEntry]) -> None:
        """Fetch these models: the user pressed a button for it."""
        if self.is_fetching or not entries:
            return
        self._cancelled.clear()
        self._fetched = tuple(entries)

        def on_progress(progress: FetchProgress) -> None:
            self._bridge.deliver(self._on_progress, progress)

        def work() -> bool:
            return self._source.fetch(entries, on_progress, self._cancelled.is_set)

        self._background.run("fetch", work, self._on_fetch_ended, self._on_fetch_failed)

    def cancel_fetch(self) -> None:
        """Stop fetching; what has arrived is kept for the next time."""
        self._cancelled.set()

    def _on_progress(self, progress: FetchProgress) -> None:
        ids = [entry.id for entry in self._fetched]
        if progress.entry_id in ids:
            self.fetch_progressed.emit(
                _status(self._fetched, ids.index(progress.entry_id), progress)
            )

    def _on_fetch_ended(self, is_complete: bool) -> None:
        self._fetched = ()
        self.fetch_ended.emit(is_complete)

    def _on_fetch_failed(self, error: ErrorInfo) -> None:
        self._fetched = ()
        self.fetch_failed.emit(error)


def _scan(source: ModelSource, wanted: tuple[str, ...]) -> ScanOutcome:
    found = source.scan()
    adapted = source.with_adapters(found)
    cards = (*found.cards, *(one.found.card for one in adapted.models))
    by_reference = {card.reference: card for card in cards}
    chosen: list[ModelCard] = []
    problems: list[ErrorInfo] = []
    for name in wanted:
        try:
            chosen.append(by_reference.get(name) or source.resolve(name, found.cards))
        except LargeEnoughError as error:
            problems.append(error.info)
    return ScanOutcome(
        cards=cards,
        wanted=tuple(chosen),
        suggested=source.suggested_pair(found.cards),
        set_aside=found.set_aside,
        problems=tuple(problems),
        found=found.found,
        adapted=adapted.models,
        apart=adapted.apart,
        entries=source.catalogue(),
        memory=source.memory(),
    )


def _status(entries: Sequence[CatalogueEntry], index: int, progress: FetchProgress) -> FetchStatus:
    before_bytes, all_bytes = known_bytes(entries[:index]), known_bytes(entries)
    is_checking = progress.stage == "verifying"
    done_bytes = progress.total_bytes if is_checking else progress.done_bytes
    return FetchStatus(
        progress=progress,
        name=entries[index].name,
        number=index + 1,
        model_count=len(entries),
        fraction=(before_bytes + done_bytes) / max(1, all_bytes),
    )
