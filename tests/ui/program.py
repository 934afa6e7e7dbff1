"""The window with fakes behind it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.ui.fake_packs import FakePacks
from tests.ui.fake_runs import FakePackRunner, FakeRuns
from tests.ui.fakes import FakeExaminer, FakeForecaster, FakeRunner

from large_enough.domain.prompt import Prompt
from large_enough.ui.arena_settings import ArenaSettings
from large_enough.ui.back_rooms import Backing, BackRooms
from large_enough.ui.background import Background
from large_enough.ui.checkup import Checkup
from large_enough.ui.library import ModelLibrary
from large_enough.ui.main_window import MainWindow
from large_enough.ui.model_flow import ModelFlow
from large_enough.ui.past_rounds import PastRounds
from large_enough.ui.round_samples import RoundSamples
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.first_run import FirstRunScreen
from large_enough.ui.services import Fetcher, ModelMaker
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.theme import Theme

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
        packs: FakePacks,
        runs: FakeRuns,
        fetcher: Fetcher,
        maker: ModelMaker,
        folder: Path,
    ) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.library = library
        self.runner = runner
        self.pack_runner = FakePackRunner()
        self.keeper = SettingsKeeper(folder)
        self.clock = FakeClock()
        self.samples = RoundSamples(self.clock)
        arena = ArenaScreen(theme, self.clock, library, runner, PROMPTS, self.samples.of_round)
        self.window = MainWindow(application, theme, self.keeper, arena, FirstRunScreen(theme))
        self.arena, self.first_run = arena, self.window.first_run
        self.flow = ModelFlow(library, arena, self.first_run, self.window)
        self.flow.screen_wanted.connect(self.window.show_screen)
        self.flow.failed.connect(self.window.notices.show_error)
        ArenaSettings(self.keeper, arena, self.window)
        backing = Backing(
            environ={},
            theme=theme,
            clock=self.clock,
            keeper=self.keeper,
            library=library,
            model_flow=self.flow,
            forecaster=forecaster,
            maker=maker,
            estimator=examiner,
            fetcher=fetcher,
            background=background,
            checkup=checkup,
            rounds=rounds,
            samples=self.samples,
            packs=packs,
            runs=runs,
            pack_runner=self.pack_runner,
        )
        self.back_rooms = BackRooms(backing, self.window)
        rooms = self.window.rooms
        self.packs, self.models, self.history = rooms.packs, rooms.models, rooms.history
        self.replay, self.doctor, self.settings = rooms.replay, rooms.doctor, rooms.settings
        self.runs, self.verdict = rooms.runs, rooms.verdict
        self.packs_flow = self.back_rooms.packs_flow
        self.run_flow = self.back_rooms.run_flow
        self.verdict_flow = self.back_rooms.verdict_flow
        self.models_flow = self.back_rooms.models_flow
        self.history_flow = self.back_rooms.history_flow
        self.doctor_flow = self.back_rooms.doctor_flow
        self.settings_flow = self.back_rooms.settings_flow
        arena.prompt_card.chips.choose_first()

    def start(self, qtbot: QtBot, wanted: tuple[str, ...] = ()) -> None:
        """Show the window and wait until it knows its models."""
        self.window.show()
        with qtbot.waitSignal(self.flow.screen_wanted):
            self.flow.start(wanted, must_explain=bool(wanted))
