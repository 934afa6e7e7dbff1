"""Leads from models that were found, opened or fetched to contenders in the Arena."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import LETTERS
from large_enough.ui.library import FetchStatus, ModelLibrary, ScanOutcome
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.first_run import FirstRunScreen
from large_enough.ui.widgets.fetch_card import FetchCard
from large_enough.wording.translate import _

_WANTED_COUNT = 2


class ModelFlow(QObject):
    """Decides which screen is shown and who takes part when models come.

    Signals:
        screen_wanted: This screen, a widget, should be in view.
        failed: Something the user asked for did not work: `ErrorInfo`.
    """

    screen_wanted = Signal(QWidget)
    failed = Signal(object)

    def __init__(
        self,
        library: ModelLibrary,
        arena: ArenaScreen,
        first_run: FirstRunScreen,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._arena = arena
        self._first_run = first_run
        self._window = parent
        self._letter_for_file = LETTERS[0]
        self._must_explain = False
        self._connect()

    def start(self, wanted: Sequence[str], *, must_explain: bool) -> None:
        """Look for models.

        Args:
            wanted: Names or paths of those that should take part.
            must_explain: Whether the user asked for them just now, and so is told of those that
                cannot be used.
        """
        self._must_explain = must_explain
        self._library.scan(wanted)

    def _connect(self) -> None:
        library = self._library
        library.scanned.connect(self._on_scanned)
        library.opened.connect(self._on_opened)
        library.failed.connect(self.failed)
        library.fetch_progressed.connect(self._on_fetch_progressed)
        library.fetch_ended.connect(self._on_fetch_ended)
        library.fetch_failed.connect(self._on_fetch_failed)
        self._arena.file_wanted.connect(self._on_file_wanted)
        self._first_run.file_wanted.connect(self._on_first_file_wanted)
        for card in self._fetch_cards():
            card.wanted.connect(library.fetch_starters)
            card.cancelled.connect(library.cancel_fetch)

    # --- found

    @Slot(object)
    def _on_scanned(self, outcome: ScanOutcome) -> None:
        if self._must_explain:
            for problem in outcome.problems:
                self.failed.emit(problem)
        chosen = _completed(outcome.wanted, (*outcome.suggested, *outcome.cards))
        if chosen:
            self._arena.show_contenders(chosen)
            self.screen_wanted.emit(self._arena)
        else:
            self._first_run.show_outcome(outcome)
            self._offer_starters()
            self.screen_wanted.emit(self._first_run)

    @Slot()
    def look_again(self) -> None:
        """Look for models that have come; those that take part stay."""
        if not self._arena.round_view.is_running:
            self._must_explain = False
            self._library.scan([card.reference for card in self._arena.pane_row.cards])

    # --- opened

    @Slot(str)
    def _on_file_wanted(self, letter: str) -> None:
        self._letter_for_file = letter
        dialog = QFileDialog(self._window, _("Open a model file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Models (*.gguf *.echo.json)"), _("All files (*)")])
        dialog.fileSelected.connect(self._library.open_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_first_file_wanted(self) -> None:
        self._on_file_wanted(LETTERS[0])

    @Slot(object)
    def _on_opened(self, card: ModelCard) -> None:
        self._arena.put_model(self._letter_for_file, card)
        self.screen_wanted.emit(self._arena)

    # --- fetched

    @Slot(object)
    def _on_fetch_progressed(self, status: FetchStatus) -> None:
        for card in self._fetch_cards():
            card.show_status(status)

    @Slot(bool)
    def _on_fetch_ended(self, is_complete: bool) -> None:
        if is_complete:
            self._must_explain = False
            self._library.scan([card.reference for card in self._arena.pane_row.cards])
        else:
            self._offer_starters()

    @Slot(object)
    def _on_fetch_failed(self, error: ErrorInfo) -> None:
        for card in self._fetch_cards():
            card.show_failure(error)

    def _offer_starters(self) -> None:
        entries = self._library.missing_starters()
        self._first_run.fetch_card.setVisible(bool(entries))
        if entries:
            self._first_run.fetch_card.offer(entries, title=_("No models on this laptop yet"))
        self._arena.renew_offers()

    def _fetch_cards(self) -> tuple[FetchCard, ...]:
        return self._first_run.fetch_card, self._arena.pane_row.seat.fetch_card


def _completed(wanted: Sequence[ModelCard], others: Sequence[ModelCard]) -> tuple[ModelCard, ...]:
    """Return the wanted models, with others added until there are two."""
    chosen = list(wanted)
    for card in others:
        if len(chosen) < _WANTED_COUNT and card.reference not in {
            known.reference for known in chosen
        }:
            chosen.append(card)
    return tuple(chosen)
