"""What the tests of the window share: one application, one theme, fakes of what lies behind."""

import gc
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.ui.fake_archive import FakeArchive
from tests.ui.fake_fetcher import FakeFetcher
from tests.ui.fake_maker import FakeMaker
from tests.ui.fake_packs import FakePacks
from tests.ui.fake_runs import FakeRuns
from tests.ui.fakes import FakeExaminer, FakeForecaster, FakeModels, FakeRunner
from tests.ui.program import Program

from large_enough.ui.background import Background
from large_enough.ui.bridge import Bridge
from large_enough.ui.checkup import Checkup
from large_enough.ui.fonts import install_fonts
from large_enough.ui.library import ModelLibrary
from large_enough.ui.past_rounds import PastRounds
from large_enough.ui.theme import Theme

HERE = Path(__file__).parent
TESTS_TO_FULL = 20
"""A full collection of garbage takes a moment, and every so many tests is often enough."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform grumble: it knows no size hints for windows."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session")
def test_numbers() -> Iterator[int]:
    """Count the tests."""
    return itertools.count(1)


@pytest.fixture(autouse=True)
def _garbage_on_the_main_thread(test_numbers: Iterator[int]) -> Iterator[None]:
    """Free Qt objects on their own thread only, as the program does (`ui.garbage`)."""
    gc.disable()
    yield
    gc.collect(2 if next(test_numbers) % TESTS_TO_FULL == 0 else 1)
    gc.enable()


@pytest.fixture(scope="session")
def only_theme(qapp: QApplication) -> Theme:
    """The one theme of the one application."""
    install_fonts()
    return Theme(qapp, "light")


@pytest.fixture
def theme(only_theme: Theme) -> Iterator[Theme]:
    """A light theme; light again after the test."""
    only_theme.choose("light")
    yield only_theme
    only_theme.choose("light")
    only_theme.use_projector(is_on=False)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that only moves when it is told to: no update is ever slow."""
    return FakeClock()


@pytest.fixture
def bridge(qapp: QApplication, clock: FakeClock) -> Iterator[Bridge]:
    """The way into the main thread."""
    made = Bridge(clock)
    yield made
    made.close()


@pytest.fixture
def background(bridge: Bridge) -> Iterator[Background]:
    """Runs jobs; waits for them after the test."""
    made = Background(bridge)
    yield made
    made.close()


@pytest.fixture
def models() -> FakeModels:
    """Two models on the disk."""
    return FakeModels()


@pytest.fixture
def runner() -> FakeRunner:
    """Takes plans and does nothing with them."""
    return FakeRunner()


@pytest.fixture
def examiner() -> FakeExaminer:
    """A machine that obeys the test."""
    return FakeExaminer()


@pytest.fixture
def forecaster() -> FakeForecaster:
    """Knows how large the two models are."""
    return FakeForecaster()


@pytest.fixture
def fetcher() -> FakeFetcher:
    """A list of fetches that obeys the test."""
    return FakeFetcher()


@pytest.fixture
def maker() -> FakeMaker:
    """Makes copies that obey the test."""
    return FakeMaker()


@pytest.fixture
def checkup(examiner: FakeExaminer, bridge: Bridge, background: Background) -> Checkup:
    """Has it examined."""
    return Checkup(examiner, bridge, background)


@pytest.fixture
def library(models: FakeModels, bridge: Bridge, background: Background) -> ModelLibrary:
    """The models at hand."""
    return ModelLibrary(models, bridge, background)


@pytest.fixture
def archive() -> FakeArchive:
    """No recorded rounds."""
    return FakeArchive()


@pytest.fixture
def packs() -> FakePacks:
    """An empty shelf."""
    return FakePacks()


@pytest.fixture
def runs() -> FakeRuns:
    """No runs of packs."""
    return FakeRuns()


@pytest.fixture
def rounds(archive: FakeArchive, background: Background) -> PastRounds:
    """The recorded rounds."""
    return PastRounds(archive, background, lambda: False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the settings are kept; it need not exist."""
    return tmp_path / "config"


@pytest.fixture
def make_program(
    qtbot: QtBot,
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
    fetcher: FakeFetcher,
    maker: FakeMaker,
) -> Iterator[Callable[[Path], Program]]:
    """Builds windows that keep their settings in a folder."""

    def make(folder: Path) -> Program:
        made = Program(
            theme,
            library,
            runner,
            checkup,
            examiner,
            rounds,
            forecaster,
            background,
            packs,
            runs,
            fetcher,
            maker,
            folder,
        )
        qtbot.addWidget(made.window)
        return made

    yield make
    forecaster.may_finish.set()
    maker.may_finish.set()
    fetcher.may_answer.set()
    library.cancel_fetch()
    checkup.cancel_calibration()
    examiner.may_finish.set()


@pytest.fixture
def program(make_program: Callable[[Path], Program], folder: Path) -> Program:
    """The window."""
    return make_program(folder)
