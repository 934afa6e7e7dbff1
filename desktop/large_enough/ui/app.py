"""Builds the window and everything behind it, runs it, and leaves nothing behind."""

import argparse
import functools
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Slot
from PySide6.QtWidgets import QApplication

from large_enough.domain.clock import SystemClock
from large_enough.domain.generation import LoadSettings
from large_enough.packs.prompt_file import domain_prompts
from large_enough.resources.paths import user_folders
from large_enough.resources.system_language import wanted_languages
from large_enough.ui.archive import Archive
from large_enough.ui.arena_settings import ArenaSettings
from large_enough.ui.background import Background
from large_enough.ui.backstage import Backstage
from large_enough.ui.bridge import Bridge
from large_enough.ui.checkup import Checkup
from large_enough.ui.error_box import FaultReporter
from large_enough.ui.first_picture import FirstPicture
from large_enough.ui.fonts import install_fonts
from large_enough.ui.garbage import MainThreadCollector
from large_enough.ui.icons import logo_icon
from large_enough.ui.library import ModelLibrary
from large_enough.ui.main_window import MainWindow
from large_enough.ui.model_flow import ModelFlow
from large_enough.ui.past_rounds import PastRounds
from large_enough.ui.quit_signals import QuitSignals
from large_enough.ui.round_samples import RoundSamples
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.first_run import FirstRunScreen
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.theme import Theme
from large_enough.wording.translate import language_for, language_in_use, use_language

if TYPE_CHECKING:
    from large_enough.ui.back_rooms import BackRooms


def run(environ: Mapping[str, str], arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed.

    Args:
        environ: Usually `os.environ`.
        arguments: What to start with: `--model NAME` (several times), `--prompt TEXT`, `--ask`,
            `--settings`, which leads to the choice of the language.

    Returns:
        The exit code of the process.
    """
    options = read_options(arguments)
    keeper = SettingsKeeper(user_folders(environ).config)
    application = QApplication([sys.argv[0]])
    try:
        while True:
            session = Session(application, environ, keeper, options)
            try:
                session.start()
                exit_code = application.exec()
            finally:
                session.close()
            if session.next_options is None:
                return exit_code
            options = session.next_options
    finally:
        shiboken6.delete(application)  # last, when no widget is left


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the window is to start with: `model`, `prompt`, `ask`, `settings`."""
    parser = argparse.ArgumentParser(prog="large-enough", add_help=False)
    parser.add_argument("--model", "-m", action="append", default=[])
    parser.add_argument("--prompt", "-p", default="")
    parser.add_argument("--ask", action="store_true")
    parser.add_argument("--settings", action="store_true")
    return parser.parse_args(arguments)


class Session(QObject):
    """One run of the window, from its first object to its last; another language is another run."""

    def __init__(
        self,
        application: QApplication,
        environ: Mapping[str, str],
        keeper: SettingsKeeper,
        options: argparse.Namespace,
    ) -> None:
        super().__init__()
        self._application = application
        self._options = options
        self._keeper = keeper
        self.next_options: argparse.Namespace | None = None
        """What the window is to start with again at once; None if this was its last run."""
        self._is_closed = False
        _introduce(application)
        self._environ = environ
        self._translator = _speak(application, self._wanted_languages())
        install_fonts()
        self._clock = SystemClock()
        self._theme = Theme(application, keeper.settings.theme)
        self._bridge = Bridge(self._clock)
        self._backstage = Backstage(environ, self._bridge)
        self._background = Background(self._bridge)
        self._library = ModelLibrary(self._backstage, self._bridge, self._background)
        self._samples = RoundSamples(self._clock, self)
        self._checkup = Checkup(self._backstage, self._bridge, self._background)
        self._rounds = PastRounds(
            Archive(environ), self._background, functools.partial(_is_busy, self._backstage), self
        )
        self._arena = self._made_arena()
        first_run = FirstRunScreen(self._theme)
        self.window = MainWindow(application, self._theme, keeper, self._arena, first_run)
        self._flow = ModelFlow(self._library, self._arena, first_run, self.window)
        ArenaSettings(keeper, self._arena, self.window)
        self._back_rooms: BackRooms | None = None
        self._faults = FaultReporter(self._bridge, self.window)
        self._collector = MainThreadCollector(application)
        self._signals = QuitSignals(application)
        self._connect(application)

    def _made_arena(self) -> ArenaScreen:
        return ArenaScreen(
            self._theme,
            self._clock,
            self._library,
            self._backstage,
            domain_prompts(),
            self._samples.of_round,
        )

    def _connect(self, application: QApplication) -> None:
        self._bridge.event_arrived.connect(self._arena.round_view.take)
        self._bridge.event_arrived.connect(self._samples.take)
        self._bridge.progress_arrived.connect(self._arena.round_view.take_progress)
        self._bridge.measurement_arrived.connect(self._arena.round_view.take_measurement)
        self._bridge.error_arrived.connect(self._arena.fail_round)
        self._flow.screen_wanted.connect(self.window.show_screen)
        self._flow.failed.connect(self.window.notices.show_error)
        self.window.rooms_wanted.connect(self._furnish)
        application.aboutToQuit.connect(self.close)

    def start(self) -> None:
        """Show the window; everything that takes time begins after that."""
        self._faults.install()
        self._prepare_question()
        FirstPicture(self.window, self).seen.connect(self._on_seen)
        self.window.show()

    @Slot()
    def _on_seen(self) -> None:
        self._collector.start()
        self._furnish()
        named = tuple(self._options.model)
        if self._options.settings:
            self.window.rail.settings.click()
            self.window.rooms.settings.language.switch.focus_chosen()
        if self._options.ask:
            self._arena.contenders_changed.connect(self._on_contenders_ready)
        self._flow.start(named or self._keeper.settings.last_contenders, must_explain=bool(named))

    @Slot()
    def _furnish(self) -> None:
        """Build the screens behind the Arena; importing and making them takes a while."""
        if self._back_rooms is not None or self._is_closed:
            return
        from large_enough.ui.back_rooms import Backing, BackRooms
        from large_enough.ui.pack_works import PackWorks
        from large_enough.ui.run_records import RunRecords

        backing = Backing(
            environ=self._environ,
            theme=self._theme,
            clock=self._clock,
            keeper=self._keeper,
            library=self._library,
            model_flow=self._flow,
            forecaster=self._backstage,
            maker=self._backstage.workshop,
            estimator=self._backstage,
            fetcher=self._backstage,
            background=self._background,
            checkup=self._checkup,
            rounds=self._rounds,
            samples=self._samples,
            packs=PackWorks(self._environ),
            runs=RunRecords(self._environ, self._load_settings),
            pack_runner=self._backstage,
        )
        self._back_rooms = BackRooms(backing, self.window)
        self._bridge.run_event_arrived.connect(self._back_rooms.run_flow.take)
        self._bridge.run_error_arrived.connect(self._back_rooms.run_flow.fail)
        self._back_rooms.language_changed.connect(self._on_language_changed)

    def _load_settings(self) -> LoadSettings:
        from large_enough.comparison.asking_settings import checked, load_settings

        return load_settings(checked(self._keeper.settings.asking))

    @Slot(object)
    def _on_contenders_ready(self) -> None:
        self._arena.contenders_changed.disconnect(self._on_contenders_ready)
        self._arena.ask()

    @Slot()
    def _on_language_changed(self) -> None:
        """Begin again where the user is, unless the words are the same in the other language."""
        if self._back_rooms is not None and self._back_rooms.is_at_work:
            self.window.rooms.settings.language.say_later()
            return
        if language_for(self._wanted_languages()) == language_in_use():
            return
        self.next_options = argparse.Namespace(
            model=[], prompt=self._arena.prompt_card.prompt, ask=False, settings=True
        )
        self.window.close()

    def _wanted_languages(self) -> Sequence[str]:
        chosen = self._keeper.settings.language
        wanted = wanted_languages(self._environ) or QLocale.system().uiLanguages()
        return (chosen,) if chosen else wanted

    @Slot()
    def close(self) -> None:
        """End all threads and worker processes, then the window. Safe to call twice."""
        if self._is_closed:
            return
        self._is_closed = True
        self.window.hide()
        if self._back_rooms is not None:
            self._back_rooms.close()
        self._library.cancel_fetch()
        self._checkup.cancel_calibration()
        self._rounds.close()
        self._bridge.close()  # first: nobody may wait for the main thread while it waits for them
        self._background.close()
        self._backstage.close()
        self._signals.close()
        self._faults.uninstall()
        self._collector.stop()
        shiboken6.delete(self.window)
        shiboken6.delete(self._theme)
        self._application.removeTranslator(self._translator)

    def _prepare_question(self) -> None:
        card = self._arena.prompt_card
        if self._options.prompt:
            card.write(self._options.prompt)
        else:
            card.chips.choose_first()


def _is_busy(backstage: Backstage) -> bool:
    """Return whether models are at work."""
    return backstage.is_busy


def _introduce(application: QApplication) -> None:
    """Tell Qt and the desktop who this is."""
    application.setApplicationName("Large Enough")
    application.setApplicationDisplayName("Large Enough")
    application.setDesktopFileName("large-enough")
    application.setWindowIcon(logo_icon())


def _speak(application: QApplication, wanted: Sequence[str]) -> QTranslator:
    """Choose the language of our own words, and have Qt's dialogs and directions follow it."""
    language = use_language(wanted)
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language), "qtbase", "_", folder):
        application.installTranslator(translator)
    application.setLayoutDirection(QLocale(language).textDirection())
    return translator
