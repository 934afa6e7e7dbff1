"""The window with fakes behind it."""

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.ui.fakes import FakeExaminer, FakeForecaster, FakeRunner

from large_enough.domain.prompt import Prompt
from large_enough.ui.background import Background
from large_enough.ui.catalogue_flow import CatalogueFlow
from large_enough.ui.checkup import Checkup
from large_enough.ui.doctor_flow import DoctorFlow
from large_enough.ui.fetch_list_flow import FetchListFlow
from large_enough.ui.fetches import Fetches
from large_enough.ui.history_flow import HistoryFlow
from large_enough.ui.hub_flow import HubFlow
from large_enough.ui.library import ModelLibrary
from large_enough.ui.main_window import MainWindow
from large_enough.ui.model_flow import ModelFlow
from large_enough.ui.models_flow import ModelsFlow
from large_enough.ui.past_rounds import PastRounds
from large_enough.ui.repository_flow import RepositoryFlow
from large_enough.ui.round_samples import RoundSamples
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.doctor import DoctorScreen
from large_enough.ui.screens.first_run import FirstRunScreen
from large_enough.ui.screens.history import HistoryScreen
from large_enough.ui.screens.models import ModelsScreen
from large_enough.ui.screens.replay import ReplayScreen
from large_enough.ui.screens.settings import SettingsScreen
from large_enough.ui.services import HubUser, ModelFetcher
from large_enough.ui.settings_flow import SettingsFlow
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.theme import Theme


class Fetcher(ModelFetcher, HubUser, Protocol):
    """What fetches, and reaches the hub."""


PROMPTS = tuple(
    Prompt(id=str(number), domain=domain, text=f"Question about {domain}?")
    for number, domain in enumerate(("Banking", "Banking", "Telecom"))
)


class Program:
    """The window with fakes behind it, as `ui.app` builds it with the real ones."""

    def __init__(
        self,
        theme: Theme,
        library: ModelLibrary,
        runner: FakeRunner,
        checkup: Checkup,
        examiner: FakeExaminer,
        rounds: PastRounds,
        forecaster: FakeForecaster,
        background: Background,
        fetcher: Fetcher,
        folder: Path,
    ) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.library = library
        self.runner = runner
        self.keeper = SettingsKeeper(folder)
        self.clock = FakeClock()
        self.samples = RoundSamples(self.clock)
        arena = ArenaScreen(theme, self.clock, library, runner, PROMPTS, self.samples.of_round)
        self.models = ModelsScreen(theme)
        self.history = HistoryScreen(theme, self.clock, self.samples.of_round)
        self.replay = ReplayScreen(theme, self.clock)
        self.doctor, self.settings = DoctorScreen(theme), SettingsScreen(theme)
        self.window = MainWindow(
            application,
            theme,
            self.keeper,
            arena,
            FirstRunScreen(theme),
            self.models,
            self.history,
            self.replay,
            self.doctor,
            self.settings,
        )
        self.arena, self.first_run = arena, self.window.first_run
        self.flow = ModelFlow(library, arena, self.first_run, self.window)
        self.models_flow = ModelsFlow(
            library, forecaster, self.models, arena, self.keeper, background, self.window
        )
        fetches = Fetches(fetcher, background, self.window)
        CatalogueFlow(library, fetches, self.models.catalogue, self.window)
        RepositoryFlow(library, fetches, self.models.catalogue, self.window)
        FetchListFlow(library, fetches, self.models.catalogue.fetch_list, self.window)
        fetches.arrived.connect(self.flow.look_again)
        self.models_flow.arena_wanted.connect(self.window.show_arena)
        self.models_flow.screen_wanted.connect(self.window.rail.models.click)
        self.window.models_dropped.connect(self.models_flow.add_files)
        self.models_flow.failed.connect(self.window.notices.show_error)
        self.doctor_flow = DoctorFlow(checkup, self.doctor, arena, self.window)
        self.settings_flow = SettingsFlow(
            self.keeper, self.settings, arena, checkup, examiner, self.window
        )
        HubFlow(self.keeper, self.settings.hub, fetcher, {}, self.window)
        self.settings.estimate_toggled.connect(self.doctor_flow.expect_news)
        self.flow.screen_wanted.connect(self.window.show_screen)
        self.flow.failed.connect(self.window.notices.show_error)
        self.history_flow = HistoryFlow(
            rounds, self.history, self.first_run, arena, self.keeper, self.window
        )
        self.history_flow.replay_wanted.connect(self.window.show_replay)
        self.history_flow.arena_wanted.connect(self.window.show_arena)
        self.history_flow.noticed.connect(self.window.notices.say)
        self.history_flow.failed.connect(self.window.notices.show_error)
        arena.prompt_card.chips.choose_first()

    def start(self, qtbot: QtBot, wanted: tuple[str, ...] = ()) -> None:
        """Show the window and wait until it knows its models."""
        self.window.show()
        with qtbot.waitSignal(self.flow.screen_wanted):
            self.flow.start(wanted, must_explain=bool(wanted))
