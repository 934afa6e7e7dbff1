"""The window with the real program behind it, against a hub on this machine."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.helpers.hub_server import Hub, running_hub
from tests.ui.fake_packs import FakePacks
from tests.ui.fake_runs import FakeRuns
from tests.ui.fakes import FakeExaminer, FakeForecaster, FakeRunner
from tests.ui.program import Program

from large_enough.catalog.unfinished import FILE_NAME
from large_enough.ui.background import Background
from large_enough.ui.backstage import Backstage
from large_enough.ui.bridge import Bridge
from large_enough.ui.checkup import Checkup
from large_enough.ui.library import ModelLibrary
from large_enough.ui.past_rounds import PastRounds
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.fetch_row import FetchRow

CONTENT = bytes(range(256)) * 4000
HALF = len(CONTENT) // 2
REPOSITORY = "someone/tiny"
NETWORK_MS = 60_000


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub with two models."""
    with running_hub(CONTENT) as hub:
        files = {"x-Q4_0.gguf": CONTENT, "y-Q8_0.gguf": CONTENT}
        hub.publish(REPOSITORY, files, cardData={"license": "mit"})
        yield hub


@pytest.fixture
def models_folder(tmp_path: Path) -> Path:
    """Where models go."""
    return tmp_path / "models"


@pytest.fixture
def environ(hub: Hub, models_folder: Path) -> dict[str, str]:
    """An environment that names both."""
    return {
        **os.environ,
        "HF_ENDPOINT": hub.address,
        "LARGE_ENOUGH_MODELS": str(models_folder),
    }


class Started:
    """One start of the program."""

    def __init__(self, environ: dict[str, str], bridge: Bridge, theme: Theme, folder: Path) -> None:
        self.backstage = Backstage(environ, bridge)
        self.background = Background(bridge)
        self.library = ModelLibrary(self.backstage, bridge, self.background)
        self.program = Program(
            theme,
            self.library,
            FakeRunner(),
            Checkup(FakeExaminer(), bridge, self.background),
            FakeExaminer(),
            _no_rounds(self.background),
            FakeForecaster(),
            self.background,
            FakePacks(),
            FakeRuns(),
            self.backstage,
            self.backstage.workshop,
            folder,
        )
        self.page = self.program.models.catalogue

    def close(self) -> None:
        """End it as the program does."""
        self.program.window.hide()
        self.background.close()
        self.backstage.close()


def _no_rounds(background: Background) -> PastRounds:
    from tests.ui.fake_archive import FakeArchive

    return PastRounds(FakeArchive(), background, lambda: False)


@contextlib.contextmanager
def started(
    qtbot: QtBot, environ: dict[str, str], bridge: Bridge, theme: Theme, folder: Path
) -> Iterator[Started]:
    """Start the program and go to the models that can be fetched."""
    made = Started(environ, bridge, theme, folder)
    qtbot.addWidget(made.program.window)
    with qtbot.waitSignal(made.library.scanned, timeout=NETWORK_MS):
        made.program.start(qtbot)
    made.program.window.rail.models.click()
    qtbot.mouseClick(made.program.models.switch.parts[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(made.page.source.parts[1], Qt.MouseButton.LeftButton)
    try:
        yield made
    finally:
        made.close()


def list_files(qtbot: QtBot, run: Started) -> None:
    run.page.finder.field.setText(REPOSITORY)
    qtbot.mouseClick(run.page.finder.ask_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(run.page.finder.table.rows), timeout=NETWORK_MS)


def get(qtbot: QtBot, run: Started, name: str) -> FetchRow:
    run.page.finder.table.go_to(name)
    qtbot.mouseClick(run.page.offer.get_button, Qt.MouseButton.LeftButton)
    return run.page.fetch_list.rows[-1]


def see(qtbot: QtBot, row: FetchRow, words: str) -> None:
    qtbot.waitUntil(lambda: words in row.words, timeout=NETWORK_MS)


def is_asked_for(hub: Hub, name: str) -> bool:
    return any(line.startswith("GET") and name in line for line in hub.asked)


def press(qtbot: QtBot, row: FetchRow) -> None:
    qtbot.mouseClick(row.go_button, Qt.MouseButton.LeftButton)


def test_two_models_one_paused_the_program_quit_and_started_again(
    qtbot: QtBot,
    environ: dict[str, str],
    bridge: Bridge,
    theme: Theme,
    folder: Path,
    hub: Hub,
    models_folder: Path,
) -> None:
    hub.pause_bytes = HALF
    with started(qtbot, environ, bridge, theme, folder) as run:
        list_files(qtbot, run)
        first = get(qtbot, run, "x-Q4_0.gguf")
        see(qtbot, first, " % · ")
        second = get(qtbot, run, "y-Q8_0.gguf")
        see(qtbot, second, "waits for its turn")
        part = models_folder / "someone" / "tiny" / "x-Q4_0.gguf.part"
        qtbot.waitUntil(lambda: part.exists() and part.stat().st_size > 0, timeout=NETWORK_MS)
        press(qtbot, first)
        see(qtbot, first, "paused")
        qtbot.waitUntil(lambda: is_asked_for(hub, "y-Q8_0.gguf"), timeout=NETWORK_MS)
        hub.go_on.set()
        see(qtbot, second, "on this disk")
    assert (models_folder / "someone" / "tiny" / "y-Q8_0.gguf").read_bytes() == CONTENT
    assert (models_folder / FILE_NAME).exists()
    had_bytes = part.stat().st_size
    hub.asked.clear()
    with started(qtbot, environ, bridge, theme, folder) as run:
        qtbot.waitUntil(lambda: bool(run.page.fetch_list.rows))
        (row,) = run.page.fetch_list.rows
        assert "are here" in row.words
        assert hub.asked == []  # nobody has said so yet
        press(qtbot, row)
        see(qtbot, row, "on this disk")
    assert (models_folder / "someone" / "tiny" / "x-Q4_0.gguf").read_bytes() == CONTENT
    assert any(f"bytes={had_bytes}-" in line for line in hub.asked)
    assert not (models_folder / FILE_NAME).exists()


def test_a_hub_that_refuses_and_comes_back(
    qtbot: QtBot, environ: dict[str, str], bridge: Bridge, theme: Theme, folder: Path, hub: Hub
) -> None:
    with started(qtbot, environ, bridge, theme, folder) as run:
        list_files(qtbot, run)
        hub.status = 500
        row = get(qtbot, run, "x-Q4_0.gguf")
        see(qtbot, row, "HTTP status 500")
        hub.status = 404
        run.page.finder.field.setText("someone/else")
        qtbot.mouseClick(run.page.finder.ask_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "answers 404" in run.page.finder.answer.text(), timeout=NETWORK_MS)
        hub.status = 200
        press(qtbot, row)
        see(qtbot, row, "on this disk")


def test_a_file_that_was_exchanged_is_not_used(
    qtbot: QtBot,
    environ: dict[str, str],
    bridge: Bridge,
    theme: Theme,
    folder: Path,
    hub: Hub,
    models_folder: Path,
) -> None:
    with started(qtbot, environ, bridge, theme, folder) as run:
        list_files(qtbot, run)
        hub.files["x-Q4_0.gguf"] = CONTENT[::-1]
        row = get(qtbot, run, "x-Q4_0.gguf")
        see(qtbot, row, "removed")
    assert not list(models_folder.rglob("x-Q4_0.gguf*.gguf"))


def test_a_mirror_of_the_settings_is_asked(
    qtbot: QtBot, environ: dict[str, str], bridge: Bridge, theme: Theme, folder: Path, hub: Hub
) -> None:
    offline = {**environ, "HF_ENDPOINT": "http://127.0.0.1:9"}
    with started(qtbot, offline, bridge, theme, folder) as run:
        run.page.finder.field.setText(REPOSITORY)
        qtbot.mouseClick(run.page.finder.ask_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(
            lambda: "no network connection" in run.page.finder.answer.text(), timeout=NETWORK_MS
        )
        run.program.settings.hub.field.setText(hub.address)
        run.program.settings.hub.field.textEdited.emit(hub.address)
        list_files(qtbot, run)
        see(qtbot, get(qtbot, run, "x-Q4_0.gguf"), "on this disk")
