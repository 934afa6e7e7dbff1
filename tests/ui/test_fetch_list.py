"""The list of downloads: how far each is, and what can be done about it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.ui.fake_fetcher import FakeFetcher
from tests.ui.fakes import FakeModels
from tests.ui.program import Program
from tests.ui.test_catalogue_page import open_catalogue

from large_enough.comparison.fetch_items import FetchState
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.ui.widgets.buttons import IconButton
from large_enough.ui.widgets.fetch_list_card import FetchListCard

OFFLINE = ErrorInfo(kind=FailureKind.NO_NETWORK, subject="ant")


@pytest.fixture
def card(qtbot: QtBot, program: Program, fetcher: FakeFetcher) -> FetchListCard:
    """The list, with one model in it that was not over the last time."""
    fetcher.put("ant", FetchState.PAUSED, size_bytes=92_000_000, arrived_bytes=46_000_000)
    return open_catalogue(qtbot, program).fetch_list


def press(qtbot: QtBot, button: IconButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_there_is_no_list_while_nothing_is_wanted(qtbot: QtBot, program: Program) -> None:
    assert not open_catalogue(qtbot, program).fetch_list.isVisible()


def test_what_was_not_over_waits_for_the_user(
    qtbot: QtBot, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    (row,) = card.rows
    assert row.words == "paused · 46 MB of 92 MB are here"
    assert row.progress.fraction == pytest.approx(0.5)
    assert row.go_button.accessibleName() == "Go on with ant"
    press(qtbot, row.go_button)
    assert fetcher.acts == ["resume ant"]
    assert row.words.startswith("waits for its turn")


def test_progress_tells_share_bytes_speed_and_time_left(
    qtbot: QtBot, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    (row,) = card.rows
    press(qtbot, row.go_button)
    fetcher.progress("ant", 0.5)
    qtbot.waitUntil(lambda: "50 %" in row.words)
    assert row.words == "50 % · 46 MB of 92 MB · 12.0 MB/s · 4 s left · from somewhere"
    assert row.progress.accessibleName() == "Download of ant"
    fetcher.progress("ant", 0.30, stage="verifying")
    qtbot.waitUntil(lambda: "30 % · checking" in row.words)
    fetcher.put("ant", FetchState.DONE, progress=None)
    qtbot.waitUntil(lambda: "on this disk" in row.words)
    assert not row.go_button.isVisible()


def test_one_is_paused_while_another_goes_on(
    qtbot: QtBot, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    press(qtbot, card.rows[0].go_button)
    fetcher.progress("ant", 0.5)
    fetcher.put("dino", FetchState.ASKING)
    qtbot.waitUntil(lambda: len(card.rows) == 2)
    ant, dino = card.rows
    assert dino.words == "asking its publisher for size and checksum"
    assert ant.go_button.accessibleName() == "Pause ant"
    press(qtbot, ant.go_button)
    assert fetcher.acts[-1] == "pause ant"
    assert ant.go_button.accessibleName() == "Go on with ant"


def test_a_failure_says_why_and_can_be_tried_again(
    qtbot: QtBot, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    (row,) = card.rows
    press(qtbot, row.go_button)
    fetcher.put("ant", FetchState.FAILED, error=OFFLINE)
    qtbot.waitUntil(lambda: "no network connection" in row.words)
    assert "Connect and try again" in row.words
    assert row.go_button.accessibleName() == "Try ant again"
    press(qtbot, row.go_button)
    assert fetcher.acts[-1] == "resume ant"
    assert "network" not in row.words


def answer(qtbot: QtBot, program: Program, words: str) -> None:
    box = program.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "46 MB" in box.informativeText()
    button = next(button for button in box.buttons() if button.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_is_asked_before_what_has_arrived_is_removed(
    qtbot: QtBot, program: Program, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    press(qtbot, card.rows[0].remove_button)
    answer(qtbot, program, "Keep it")
    assert fetcher.acts == []
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is None)
    press(qtbot, card.rows[0].remove_button)
    answer(qtbot, program, "Give up and remove")
    assert fetcher.acts == ["remove ant"]
    assert not card.isVisible()


def test_one_that_has_come_leaves_the_list_at_once(
    qtbot: QtBot, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    press(qtbot, card.rows[0].go_button)
    fetcher.put("ant", FetchState.DONE)
    fetcher.put("dino", FetchState.PAUSED)
    qtbot.waitUntil(lambda: len(card.rows) == 2)
    assert card.rows[0].remove_button.accessibleName() == "Take ant off the list"
    card.rows[0].remove_button.setFocus()
    press(qtbot, card.rows[0].remove_button)
    assert fetcher.acts[-1] == "remove ant"
    assert card.rows[0].remove_button.hasFocus()


def test_names_of_buttons_tell_the_models_apart(
    qtbot: QtBot, program: Program, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    fetcher.put("dino", FetchState.PAUSED)
    with qtbot.waitSignal(program.library.scanned):
        program.library.scan()
    names = [
        button.accessibleName()
        for row in card.rows
        for button in (row.go_button, row.remove_button)
    ]
    assert len(set(names)) == len(names) == 4


def test_a_model_that_comes_is_found_and_those_that_take_part_stay(
    qtbot: QtBot,
    program: Program,
    card: FetchListCard,
    models: FakeModels,
    fetcher: FakeFetcher,
) -> None:
    before = [contender.path for contender in program.arena.pane_row.cards]
    press(qtbot, card.rows[0].go_button)
    count = models.scan_count
    fetcher.put("ant", FetchState.DONE)
    with qtbot.waitSignal(program.library.scanned):
        qtbot.waitUntil(lambda: models.scan_count > count)
    assert [contender.path for contender in program.arena.pane_row.cards] == before


def test_names_from_outside_are_shown_as_they_are(
    qtbot: QtBot, program: Program, card: FetchListCard, fetcher: FakeFetcher
) -> None:
    fetcher.put("<b>x</b>\n\x1b[31m", FetchState.PAUSED)
    with qtbot.waitSignal(program.library.scanned):
        program.library.scan()
    button = card.rows[1].remove_button
    assert "\n" not in button.accessibleName()
    assert "\x1b" not in button.accessibleName()
    assert "<b>" not in button.toolTip()
