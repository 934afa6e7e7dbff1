"""Leads from models that were found to the table, to forecasts, and to contenders."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from large_enough.comparison.asking_settings import checked, load_settings
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import LETTERS
from large_enough.ui.background import Background
from large_enough.ui.fit_rows import fit_lines, with_fit
from large_enough.ui.library import ModelLibrary, ScanOutcome
from large_enough.ui.model_words import about_line, apart_text, facts_of, overview, row_of
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.models import ModelsScreen
from large_enough.ui.services import ModelForecaster
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.widgets.model_panel import ModelWords
from large_enough.wording.pair_words import candidate_text, pair_sentence
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.domain.fit import ModelFit, Unjudged
    from large_enough.domain.found_model import FoundModel
    from large_enough.domain.pairing import Pair
    from large_enough.resources.settings import ModelMark

LOOK_PERIOD_MS = 5_000
"""How often it is looked whether files came or went, while the screen is in view."""


class ModelsFlow(QObject):
    """Fills the screen, beside the window, and does what is wished there.

    Signals:
        arena_wanted: Other models take part: show the Arena.
        screen_wanted: There is something new among the models: show them.
        failed: Something the user asked for did not work: `ErrorInfo`.
    """

    arena_wanted = Signal()
    screen_wanted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        library: ModelLibrary,
        forecaster: ModelForecaster,
        screen: ModelsScreen,
        arena: ArenaScreen,
        keeper: SettingsKeeper,
        background: Background,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._forecaster = forecaster
        self._screen = screen
        self._arena = arena
        self._keeper = keeper
        self._background = background
        self._window = window
        self._found: dict[str, FoundModel] = {}
        self._fits: dict[str, ModelFit | Unjudged] = {}
        self._hashes: dict[str, str] = {}
        self._marks: dict[str, ModelMark] = {}
        self._pair: Pair | None = None
        self._outcome: ScanOutcome | None = None
        self._newcomer = ""
        self._is_looking = self._is_forecasting = False
        self._is_closed = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_PERIOD_MS)
        self._connect()

    def close(self) -> None:
        """Let running jobs end soon."""
        self._timer.stop()
        self._is_closed.set()

    def _connect(self) -> None:
        self._library.scanned.connect(self._on_scanned)
        self._screen.shown.connect(self._on_shown)
        self._screen.model_chosen.connect(self._show_model)
        self._screen.compare_wanted.connect(self._on_compare_wanted)
        self._screen.pair_wanted.connect(self._on_pair_wanted)
        self._screen.folder_wanted.connect(self._on_folder_wanted)
        self._screen.panel.favourite_toggled.connect(self._on_favourite_toggled)
        self._screen.panel.checking_wanted.connect(self._on_checking_wanted)
        self._arena.contenders_changed.connect(self._on_contenders_changed)
        self._arena.choices_changed.connect(self._on_choices_changed)
        self._timer.timeout.connect(self._on_timeout)

    # --- found

    @Slot(object)
    def _on_scanned(self, outcome: ScanOutcome) -> None:
        self._outcome = outcome
        self._found = {each.card.path: each for each in outcome.found if not each.is_repeat}
        self._fits = {path: fit for path, fit in self._fits.items() if path in self._found}
        self._show()
        if self._newcomer in self._found:
            self._screen.table.go_to(self._newcomer)
            self._newcomer = ""
        self._propose()
        if self._screen.isVisible():
            self._forecast_next()

    @Slot()
    def _on_shown(self) -> None:
        self._timer.start()
        self._on_timeout()
        self._forecast_next()

    @Slot()
    def _on_timeout(self) -> None:
        """Look whether there is news, but only for somebody who looks."""
        if not self._screen.isVisible():
            self._timer.stop()
            return
        if self._is_looking:
            return
        self._is_looking = True
        self._background.run(
            "news", self._forecaster.has_new_models, self._on_news, self._on_no_news
        )

    def _on_news(self, has_news: bool) -> None:
        self._is_looking = False
        if has_news and not self._arena.round_view.is_running:
            self._library.scan([card.path for card in self._arena.pane_row.cards])

    def _on_no_news(self, _error: ErrorInfo) -> None:
        self._is_looking = False

    # --- shown

    def _show(self) -> None:
        if self._outcome is None:
            return
        rows = [
            with_fit(row_of(found, is_favourite=self._is_favourite(path)), self._fits.get(path))
            for path, found in self._found.items()
        ]
        rows.sort(key=lambda row: not row.is_favourite)
        memory = self._outcome.memory
        self._screen.show_models(
            rows, overview(list(self._found.values()), *memory), apart_text(self._outcome.apart)
        )

    @Slot(str)
    def _show_model(self, path: str) -> None:
        found = self._found.get(path)
        if found is None:
            return
        sha256 = self._hashes.get(path)
        if sha256 is not None:
            card = msgspec.structs.replace(found.card, sha256=sha256)
            found = msgspec.structs.replace(found, card=card)
        fit = self._fits.get(path)
        self._screen.show_model(
            ModelWords(
                key=path,
                name=found.shown_name or found.card.name,
                about=about_line(found.card),
                sentences=fit_lines(fit) if fit is not None else (_("looking…"),),
                facts=facts_of(found),
                is_favourite=self._is_favourite(path),
            )
        )

    def _is_favourite(self, path: str) -> bool:
        mark = self._marks.get(path)
        return mark is not None and mark.is_favourite

    # --- forecast

    def _forecast_next(self) -> None:
        """Forecast the next model that nothing is known about yet; one after the other."""
        waiting = next(
            (found for path, found in self._found.items() if path not in self._fits), None
        )
        is_busy = self._arena.round_view.is_running
        if waiting is None or self._is_forecasting or self._is_closed.is_set() or is_busy:
            return
        self._is_forecasting = True
        card = waiting.card
        settings = load_settings(checked(self._keeper.settings.asking))

        def work() -> "tuple[ModelFit | Unjudged, ...]":
            wishes = ((card, settings),)
            return self._forecaster.forecast(wishes, together=False, may_measure=True).fits

        self._background.run("forecast", work, self._on_forecast, self._on_forecast_failed)

    def _on_forecast(self, fits: "Sequence[ModelFit | Unjudged]") -> None:
        self._is_forecasting = False
        for fit in fits:
            self._fits[fit.card.path] = fit
        self._show()
        self._show_model(self._screen.table.current_key)
        if self._screen.isVisible():
            self._forecast_next()

    def _on_forecast_failed(self, error: ErrorInfo) -> None:
        self._is_forecasting = False
        self.failed.emit(error)

    @Slot(object)
    def _on_choices_changed(self, _choices: object) -> None:
        """Forecast anew: models are loaded otherwise now."""
        self._fits.clear()
        tokens = load_settings(checked(self._keeper.settings.asking)).context_tokens
        self._screen.use_context(tokens)
        self._show()

    # --- proposed

    def _propose(self) -> None:
        cards = [found.card for found in self._found.values()]
        settings = self._keeper.settings

        def work() -> "tuple[tuple[Pair, ...], dict[str, ModelMark]]":
            return self._forecaster.proposals(cards), self._forecaster.marks(settings, cards)

        self._background.run("proposals", work, self._on_proposed, self.failed.emit)

    def _on_proposed(self, proposed: "tuple[tuple[Pair, ...], dict[str, ModelMark]]") -> None:
        pairs, self._marks = proposed
        self._pair = next(
            (pair for pair in pairs if pair.small.is_here and pair.large.is_here), None
        )
        if self._pair is None:
            self._screen.show_pair("")
        else:
            names = _("{first} and {second}").format(
                first=candidate_text(self._pair.small), second=candidate_text(self._pair.large)
            )
            self._screen.show_pair(f"{names}. {pair_sentence(self._pair)}")
        self._show()

    # --- wished

    @Slot()
    def _on_pair_wanted(self) -> None:
        pair = self._pair
        if pair is not None and not self._arena.round_view.is_running:
            paths = (pair.small.path, pair.large.path)
            self._arena.show_contenders([self._found[path].card for path in paths])
            self.arena_wanted.emit()

    @Slot(str, str)
    def _on_compare_wanted(self, path: str, letter: str) -> None:
        if path in self._found and not self._arena.round_view.is_running:
            self._arena.put_model(letter, self._found[path].card)
            self.arena_wanted.emit()

    @Slot(object)
    def _on_contenders_changed(self, cards: tuple[ModelCard, ...]) -> None:
        self._screen.panel.offer_letters(min(len(cards), len(LETTERS)))

    @Slot()
    def _on_folder_wanted(self) -> None:
        dialog = QFileDialog(self._window, _("Add a folder of models"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.add_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def add_folder(self, path: str) -> None:
        """Look for models in one more folder from now on."""
        self._add([path])

    @Slot(object)
    def add_files(self, paths: Sequence[str]) -> None:
        """Offer these model files from now on, and show the first of them."""
        self._newcomer = str(Path(paths[0]).absolute())
        self._add(paths)
        self.screen_wanted.emit()

    def _add(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._keeper.add_models(path)
        self._library.scan([card.path for card in self._arena.pane_row.cards])

    @Slot(str, bool)
    def _on_favourite_toggled(self, path: str, is_on: bool) -> None:
        if path not in self._found:
            return
        card = self._found[path].card
        settings = self._keeper.settings

        def work() -> "tuple[ModelMark, ...]":
            return self._forecaster.with_favourite(settings, card, is_favourite=is_on)

        self._background.run("favourite", work, self._on_marked, self.failed.emit)

    def _on_marked(self, marks: "tuple[ModelMark, ...]") -> None:
        self._keeper.change(model_marks=marks)
        self._propose()

    @Slot(str)
    def _on_checking_wanted(self, path: str) -> None:
        def work() -> tuple[str, str | None]:
            return path, self._forecaster.sha256_of(path, self._is_closed.is_set)

        self._background.run("sha256", work, self._on_checked, self._on_checking_failed)

    def _on_checked(self, checked_file: tuple[str, str | None]) -> None:
        path, sha256 = checked_file
        if sha256 is not None:
            self._hashes[path] = sha256
        if self._screen.panel.key == path:
            self._screen.panel.show_checking(is_running=False)
            self._show_model(path)

    def _on_checking_failed(self, error: ErrorInfo) -> None:
        self._screen.panel.show_checking(is_running=False)
        self.failed.emit(error)
