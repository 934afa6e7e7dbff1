"""Leads from models on the disk to the table, to their cards, and to contenders."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import LETTERS
from large_enough.ui.background import Background
from large_enough.ui.library import ModelLibrary
from large_enough.ui.model_words import apart_lines, apart_text, overview, role_words
from large_enough.ui.on_disk.adding import Adding
from large_enough.ui.on_disk.checks import Checks
from large_enough.ui.on_disk.copies import Copies
from large_enough.ui.on_disk.forecasts import Forecasts
from large_enough.ui.on_disk.making import Making
from large_enough.ui.on_disk.marks import Marks
from large_enough.ui.on_disk.proposing import Proposing
from large_enough.ui.on_disk.removal import Removals
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.on_disk.watch import Watch
from large_enough.ui.on_disk.words import Teller
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.models import ModelsScreen
from large_enough.ui.services import ModelForecaster, ModelMaker
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.theme import Theme


class ModelsFlow(QObject):
    """Brings the concerns of `on_disk` together on the screen.

    Signals:
        arena_wanted: Other models take part: show the Arena.
        screen_wanted: There is something new among the models: show them.
        look_wanted: Models have come or gone: look at the disk.
        noticed: Something the user asked for was done, in words.
        failed: Something the user asked for did not work: `ErrorInfo`.
    """

    arena_wanted = Signal()
    screen_wanted = Signal()
    look_wanted = Signal()
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        library: ModelLibrary,
        forecaster: ModelForecaster,
        maker: ModelMaker,
        screen: ModelsScreen,
        arena: ArenaScreen,
        keeper: SettingsKeeper,
        background: Background,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._screen = screen
        self._arena = arena
        self._shelf = shelf = Shelf(library, self)
        self.making = Making(maker, background, arena, self)
        self._forecasts = Forecasts(shelf, forecaster, keeper, background, self._may_forecast, self)
        self._marks = Marks(shelf, forecaster, maker, keeper, background, self)
        self._checks = Checks(shelf, forecaster, background, self)
        self._watch = Watch(forecaster, background, screen.isVisible, self)
        self._proposing = Proposing(shelf, self._marks, screen, self)
        self._copies = Copies(shelf, maker, self.making, background, theme, window)
        self._removals = Removals(shelf, maker, keeper, background, arena, window)
        self._adding = Adding(keeper, window)
        self._teller = Teller(shelf, self._forecasts, self._marks, self._checks)
        self._connect_concerns()
        self._connect_screen()

    def close(self) -> None:
        """Let running jobs end soon."""
        self._watch.close()
        self._forecasts.close()
        self._checks.close()
        self.making.close()

    def _connect_concerns(self) -> None:
        self._shelf.changed.connect(self._on_shelf_changed)
        self._forecasts.changed.connect(self._show)
        self._marks.changed.connect(self._show)
        self._checks.changed.connect(self._on_check_changed)
        self._watch.news.connect(self.look_wanted)
        self._adding.added.connect(self.look_wanted)
        self._removals.removed.connect(self.look_wanted)
        self._copies.arrived.connect(self.look_wanted)
        self._proposing.chosen.connect(self._compare)
        self.making.changed.connect(self._on_making_changed)
        for concern in (self._removals, self._copies):
            concern.noticed.connect(self.noticed)
        for source in (self._forecasts, self._marks, self._checks, self._removals, self._copies):
            source.failed.connect(self.failed)

    def _connect_screen(self) -> None:
        screen, panel, arena = self._screen, self._screen.panel, self._arena
        screen.shown.connect(self._watch.start)
        screen.shown.connect(self._forecasts.go_on)
        screen.model_chosen.connect(self._show_model)
        screen.compare_wanted.connect(self._on_compare_wanted)
        screen.folder_wanted.connect(self._adding.ask)
        screen.making.cancel_wanted.connect(self.making.cancel)
        panel.favourite_toggled.connect(self._marks.set_favourite)
        panel.role_chosen.connect(self._on_role_chosen)
        panel.checking_wanted.connect(self._checks.start)
        panel.checking_cancelled.connect(self._checks.cancel)
        panel.copies_wanted.connect(self._copies.ask)
        panel.removal_wanted.connect(self._removals.ask)
        arena.contenders_changed.connect(self._on_contenders_changed)
        arena.choices_changed.connect(self._on_choices_changed)
        arena.running_changed.connect(self._forecasts.go_on)

    def _may_forecast(self) -> bool:
        """Return whether somebody looks, and nothing else needs the machine."""
        is_busy = self._arena.round_view.is_running or self._arena.is_making
        return self._screen.isVisible() and not is_busy

    # --- shown

    @Slot()
    def _on_shelf_changed(self) -> None:
        outcome = self._shelf.outcome
        if outcome is not None:
            self._screen.apart.show_files(apart_text(outcome.apart), apart_lines(outcome.apart))
        self._show()
        if self._adding.newcomer in self._shelf.models:
            self._screen.table.go_to(self._adding.newcomer)
            self._adding.newcomer = ""
        if self._copies.newcomer in self._shelf.models:
            self._screen.table.go_to(self._copies.newcomer)
            self._copies.newcomer = ""
        self._forecasts.go_on()

    @Slot()
    def _show(self) -> None:
        if self._shelf.outcome is None:
            return
        models, memory = list(self._shelf.models.values()), self._shelf.outcome.memory
        plain = [found for found in models if found.card.adapter is None]
        self._screen.show_models(self._teller.rows(), overview(plain, *memory))
        self._show_model(self._screen.table.current_key)

    @Slot(str)
    def _show_model(self, key: str) -> None:
        found = self._shelf.models.get(key)
        if found is not None:
            self._screen.show_model(self._teller.words(key, found))
            self._screen.panel.check.show_share(self._checks.share(key))

    @Slot(str)
    def _on_check_changed(self, key: str) -> None:
        if self._screen.panel.key == key:
            self._show_model(key)

    @Slot()
    def _on_making_changed(self) -> None:
        self._screen.making.show_status(self.making.status)
        self._forecasts.go_on()

    @Slot(object)
    def _on_choices_changed(self, _choices: object) -> None:
        """Forecast anew: models are loaded otherwise now."""
        self._forecasts.forget()
        self._screen.use_context(self._forecasts.context_tokens)

    # --- wished

    @Slot(str, str)
    def _on_compare_wanted(self, key: str, letter: str) -> None:
        found = self._shelf.models.get(key)
        if found is not None and not self._arena.round_view.is_running:
            self._arena.put_model(letter, found.card)
            self.arena_wanted.emit()

    @Slot(object)
    def _compare(self, cards: tuple[ModelCard, ...]) -> None:
        if not self._arena.round_view.is_running:
            self._arena.show_contenders(cards)
            self.arena_wanted.emit()

    @Slot(object)
    def _on_contenders_changed(self, cards: tuple[ModelCard, ...]) -> None:
        self._screen.panel.offer_letters(min(len(cards), len(LETTERS)))

    @Slot(str, str)
    def _on_role_chosen(self, key: str, words: str) -> None:
        roles = {text: role for role, text in role_words().items()}
        self._marks.set_role(key, roles.get(words, ""))

    @Slot(str)
    def add_folder(self, path: str) -> None:
        """Look for models in one more folder from now on."""
        self._adding.add_folder(path)

    @Slot(object)
    def add_files(self, paths: Sequence[str]) -> None:
        """Offer these model files from now on, and show the first of them."""
        self._adding.add_files(paths)
        self.screen_wanted.emit()
