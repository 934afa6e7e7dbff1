"""Builds the screens behind the Arena, and what leads to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.domain.clock import Clock
from large_enough.ui.background import Background
from large_enough.ui.catalogue_flow import CatalogueFlow
from large_enough.ui.checkup import Checkup
from large_enough.ui.doctor_flow import DoctorFlow
from large_enough.ui.fetch_list_flow import FetchListFlow
from large_enough.ui.fetches import Fetches
from large_enough.ui.history_flow import HistoryFlow
from large_enough.ui.hub_flow import HubFlow
from large_enough.ui.library import ModelLibrary
from large_enough.ui.main_window import MainWindow, Rooms
from large_enough.ui.model_flow import ModelFlow
from large_enough.ui.models_flow import ModelsFlow
from large_enough.ui.pack_jobs import PackJobs
from large_enough.ui.packs_flow import PacksFlow
from large_enough.ui.past_rounds import PastRounds
from large_enough.ui.repository_flow import RepositoryFlow
from large_enough.ui.round_samples import RoundSamples
from large_enough.ui.run_flow import RunFlow
from large_enough.ui.run_services import PackRunner, RunArchive
from large_enough.ui.screens.doctor import DoctorScreen
from large_enough.ui.screens.history import HistoryScreen
from large_enough.ui.screens.models import ModelsScreen
from large_enough.ui.screens.pack_run import PackRunScreen
from large_enough.ui.screens.packs import PacksScreen
from large_enough.ui.screens.replay import ReplayScreen
from large_enough.ui.screens.settings import SettingsScreen
from large_enough.ui.screens.verdict import VerdictScreen
from large_enough.ui.services import (
    Estimator,
    Fetcher,
    ModelForecaster,
    ModelMaker,
    PackKeeper,
)
from large_enough.ui.settings_flow import SettingsFlow
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.theme import Theme
from large_enough.ui.verdict_flow import VerdictFlow


@dataclass(frozen=True, kw_only=True, slots=True)
class Backing:
    """What the screens work with."""

    environ: Mapping[str, str]
    theme: Theme
    clock: Clock
    keeper: SettingsKeeper
    library: ModelLibrary
    model_flow: ModelFlow
    forecaster: ModelForecaster
    maker: ModelMaker
    estimator: Estimator
    fetcher: Fetcher
    background: Background
    checkup: Checkup
    rounds: PastRounds
    samples: RoundSamples
    packs: PackKeeper
    runs: RunArchive
    pack_runner: PackRunner


class BackRooms(QObject):
    """Everything but the Arena; built once the window's first picture is on the screen.

    Signals:
        language_changed: The window is to be built again, with other words.
    """

    language_changed = Signal()

    def __init__(self, backing: Backing, window: MainWindow) -> None:
        super().__init__(window)
        theme, clock = backing.theme, backing.clock
        rooms = self.rooms = Rooms(
            packs=PacksScreen(theme, backing.packs.faults_of),
            runs=PackRunScreen(theme, clock),
            verdict=VerdictScreen(theme),
            models=ModelsScreen(theme),
            history=HistoryScreen(theme, clock, backing.samples.of_round),
            replay=ReplayScreen(theme, clock),
            doctor=DoctorScreen(theme),
            settings=SettingsScreen(theme),
        )
        window.furnish(rooms)
        self._lead_to_packs(backing, window)
        self._lead_to_runs(backing, window)
        self._lead_to_verdicts(backing, window)
        self._lead_to_models(backing, window)
        self._lead_to_fetches(backing, window)
        self._lead_to_history(backing, window)
        self.doctor_flow = DoctorFlow(backing.checkup, rooms.doctor, window.arena, window)
        rooms.settings.estimate_toggled.connect(self.doctor_flow.expect_news)
        self.settings_flow = SettingsFlow(
            backing.keeper,
            rooms.settings,
            window.arena,
            backing.checkup,
            backing.estimator,
            window,
        )
        self.settings_flow.language_changed.connect(self._on_language_changed)

    @property
    def is_at_work(self) -> bool:
        """Whether models are being fetched, or will be, or copies are being made."""
        return self._fetches.is_going_on or self.models_flow.making.is_going_on

    def close(self) -> None:
        """Let running jobs end soon."""
        self.models_flow.close()
        self.run_flow.close()
        self._pack_jobs.close()

    @Slot()
    def _on_language_changed(self) -> None:
        if self.rooms.packs.is_changed:
            self.rooms.settings.language.say_unsaved()
        else:
            self.language_changed.emit()

    def _lead_to_packs(self, backing: Backing, window: MainWindow) -> None:
        jobs = self._pack_jobs = PackJobs(backing.packs, backing.background, window)
        flow = self.packs_flow = PacksFlow(jobs, self.rooms.packs, window)
        flow.screen_wanted.connect(window.rail.packs.click)
        flow.prompts_wanted.connect(window.arena.prompt_card.chips.offer)
        flow.prompts_wanted.connect(window.show_arena)
        flow.noticed.connect(window.notices.say)
        flow.failed.connect(window.notices.show_error)
        flow.closing_wanted.connect(window.close)
        window.questions_dropped.connect(flow.open_files)
        window.leaving_wanted.connect(flow.leave_and_close)

    def _lead_to_runs(self, backing: Backing, window: MainWindow) -> None:
        flow = self.run_flow = RunFlow(
            self.rooms.runs,
            backing.pack_runner,
            backing.runs,
            backing.library,
            backing.background,
            window,
        )
        flow.screen_wanted.connect(window.show_runs)
        flow.packs_wanted.connect(window.show_packs)
        flow.running_changed.connect(window.take_running)
        flow.hindrance_changed.connect(window.arena.hinder)
        flow.noticed.connect(window.notices.say)
        flow.failed.connect(window.notices.show_error)
        self.packs_flow.run_wanted.connect(flow.open_pack)
        self.rooms.packs.runs_wanted.connect(flow.open_runs)
        flow.list_runs()

    def _lead_to_verdicts(self, backing: Backing, window: MainWindow) -> None:
        runs = self.run_flow
        flow = self.verdict_flow = VerdictFlow(
            self.rooms.verdict,
            backing.runs,
            runs.live_run,
            backing.keeper,
            backing.background,
            window,
        )
        flow.screen_wanted.connect(window.rail.verdict.click)
        flow.packs_wanted.connect(window.show_packs)
        flow.question_wanted.connect(runs.open_question)
        flow.run_wanted.connect(runs.open_run)
        flow.noticed.connect(window.notices.say)
        flow.failed.connect(window.notices.show_error)
        runs.verdict_wanted.connect(flow.open_run)
        runs.running_changed.connect(flow.take_running)
        self.rooms.history.runs_wanted.connect(flow.open_list)

    def _lead_to_models(self, backing: Backing, window: MainWindow) -> None:
        flow = self.models_flow = ModelsFlow(
            backing.library,
            backing.forecaster,
            backing.maker,
            self.rooms.models,
            window.arena,
            backing.keeper,
            backing.background,
            backing.theme,
            window,
        )
        flow.arena_wanted.connect(window.show_arena)
        flow.screen_wanted.connect(window.rail.models.click)
        flow.failed.connect(window.notices.show_error)
        flow.noticed.connect(window.notices.say)
        flow.look_wanted.connect(backing.model_flow.look_again)
        window.models_dropped.connect(flow.add_files)

    def _lead_to_fetches(self, backing: Backing, window: MainWindow) -> None:
        library, page = backing.library, self.rooms.models.catalogue
        fetches = self._fetches = Fetches(backing.fetcher, backing.background, window)
        CatalogueFlow(library, fetches, page, window)
        RepositoryFlow(library, fetches, page, window)
        FetchListFlow(library, fetches, page.fetch_list, window)
        fetches.arrived.connect(backing.model_flow.look_again)
        HubFlow(backing.keeper, self.rooms.settings.hub, backing.fetcher, backing.environ, window)

    def _lead_to_history(self, backing: Backing, window: MainWindow) -> None:
        flow = self.history_flow = HistoryFlow(
            backing.rounds,
            self.rooms.history,
            window.first_run,
            window.arena,
            backing.keeper,
            window,
        )
        flow.replay_wanted.connect(window.show_replay)
        flow.arena_wanted.connect(window.show_arena)
        flow.noticed.connect(window.notices.say)
        flow.failed.connect(window.notices.show_error)
