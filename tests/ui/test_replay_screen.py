"""The replay of a recorded round."""

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import make_done, make_failed, make_plan, make_record
from tests.ui.builders import round_events
from tests.ui.fake_archive import FakeArchive
from tests.ui.fakes import FakeModels
from tests.ui.program import Program
from tests.ui.test_main_window import focusable

from large_enough.domain.round import Done, RoundRecord
from large_enough.store.example_race import example_race
from large_enough.ui.screens.replay import ReplayScreen
from large_enough.ui.theme import Theme


@pytest.fixture(scope="module")
def race() -> RoundRecord:
    return example_race()


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, clock: FakeClock, race: RoundRecord) -> ReplayScreen:
    made = ReplayScreen(theme, clock)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.play(race)
    return made


def answer_of(race: RoundRecord, letter: str) -> str:
    result = race.result_of(letter)
    assert isinstance(result, Done)
    return result.answer.text


def later(screen: ReplayScreen, clock: FakeClock, seconds: float) -> None:
    clock.advance(seconds)
    screen.view.refresh()


def test_it_says_that_it_is_a_recording(screen: ReplayScreen):
    assert screen.tag.isVisible()
    assert screen.tag.words.text() == "Recorded, replayed"
    assert "nothing runs now" in screen.tag.origin.text()
    assert "at its own true speed" in screen.note.text()


def test_answers_come_at_their_true_speed(
    screen: ReplayScreen, clock: FakeClock, race: RoundRecord
):
    panes = screen.panes.panes
    assert [pane.answer.raw for pane in panes.values()] == ["", ""]
    later(screen, clock, 1.0)
    first = {letter: len(pane.answer.raw) for letter, pane in panes.items()}
    later(screen, clock, 1.0)
    second = {letter: len(pane.answer.raw) for letter, pane in panes.items()}
    assert all(0 < first[letter] < second[letter] for letter in "AB")
    assert first["A"] > first["B"]  # the small one is the faster one
    assert answer_of(race, "A").startswith(panes["A"].answer.raw)
    assert screen.bar.time.text().startswith("2.0 of ")
    assert "A is answering" in screen.sentence.text()


def test_it_ends_with_the_result(
    qtbot: QtBot, screen: ReplayScreen, clock: FakeClock, race: RoundRecord
):
    later(screen, clock, 1000.0)
    for letter, pane in screen.panes.panes.items():
        assert pane.answer.raw == answer_of(race, letter)
        assert pane.strip.figures[2].shown.text != "—"
    assert "SmolLM2 135M Instruct" in screen.sentence.text()
    assert not screen.view.is_playing
    assert screen.bar.play_button.text() == "Again"
    screen.bar.play_button.click()
    assert screen.view.is_playing
    assert screen.view.fraction == 0.0
    assert screen.panes.panes["A"].answer.raw == ""


def test_a_pause_stands_still(screen: ReplayScreen, clock: FakeClock):
    later(screen, clock, 1.0)
    screen.bar.play_button.click()
    assert screen.bar.play_button.text() == "Play"
    text = screen.panes.panes["A"].answer.raw
    later(screen, clock, 5.0)
    assert screen.panes.panes["A"].answer.raw == text
    screen.bar.play_button.click()
    later(screen, clock, 0.5)
    assert len(screen.panes.panes["A"].answer.raw) > len(text)


def test_the_speed_can_be_chosen(screen: ReplayScreen, clock: FakeClock):
    assert [part.text() for part in screen.bar.speeds.parts] == ["0.5x", "1x", "2x", "4x"]
    screen.bar.speeds.parts[3].click()
    later(screen, clock, 1.0)
    assert screen.bar.time.text().startswith("4.0 of ")
    assert screen.bar.speeds.parts[3].accessibleName() == "4 times as fast"


def test_keys_play_and_move(qtbot: QtBot, screen: ReplayScreen, clock: FakeClock):
    screen.activateWindow()
    screen.focus_first()
    button = screen.bar.play_button
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not screen.view.is_playing
    qtbot.keyClick(button, Qt.Key.Key_Right)
    qtbot.keyClick(button, Qt.Key.Key_Right)
    assert screen.view.fraction == pytest.approx(0.1)
    qtbot.keyClick(button, Qt.Key.Key_Left)
    assert screen.view.fraction == pytest.approx(0.05)
    slider = screen.bar.slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert screen.view.fraction == pytest.approx(0.1, abs=0.001)
    qtbot.keyClick(slider, Qt.Key.Key_Space)
    assert screen.view.is_playing
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert screen.view.fraction == 1.0
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert screen.panes.panes["A"].answer.raw == ""


def test_the_time_bar_goes_where_it_is_pressed(
    qtbot: QtBot, screen: ReplayScreen, clock: FakeClock
):
    slider = screen.bar.slider
    middle = QPoint(slider.width() // 2, slider.height() - 10)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert screen.view.fraction == pytest.approx(0.5, abs=0.01)
    qtbot.mouseMove(slider, QPoint(slider.width(), 10))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)
    assert "A ends at" in slider.accessibleDescription()


def test_it_stands_still_while_nobody_looks(screen: ReplayScreen):
    assert screen.view.is_playing
    screen.hide()
    assert not screen.view.is_playing


@pytest.mark.parametrize("count", [1, 3, 4])
def test_any_number_of_contenders(
    qtbot: QtBot, theme: Theme, clock: FakeClock, race: RoundRecord, count: int
):
    card = race.plan.contenders[0].card
    plan = make_plan(*[card] * count)
    record = make_record([make_done(letter) for letter in "ABCD"[:count]], plan)
    screen = ReplayScreen(theme, clock)
    qtbot.addWidget(screen)
    screen.play(race)
    screen.play(record)
    assert list(screen.panes.panes) == list("ABCD"[:count])
    screen.view.move(1.0)
    for pane in screen.panes.panes.values():
        assert pane.answer.raw
        assert pane.facts.text().startswith("done in 1.00 s · ") == (count > 2)
        assert pane.state.isVisibleTo(screen) == (count < 3)


def test_failures_and_missing_answers_are_told(
    qtbot: QtBot, theme: Theme, clock: FakeClock, race: RoundRecord
):
    plan = msgspec.structs.replace(make_plan(*[race.plan.contenders[0].card] * 3))
    record = make_record([make_done("A"), make_failed("B")], plan, is_complete=False)
    screen = ReplayScreen(theme, clock)
    qtbot.addWidget(screen)
    screen.play(record)
    screen.view.move(1.0)
    states = {letter: pane.state.text() for letter, pane in screen.panes.panes.items()}
    assert states == {"A": "done in 1.00 s", "B": "failed", "C": "not recorded"}


def test_before_anything_is_played_nothing_happens(qtbot: QtBot, theme: Theme, clock: FakeClock):
    screen = ReplayScreen(theme, clock)
    qtbot.addWidget(screen)
    screen.view.toggle()
    screen.view.move(0.5)
    screen.view.refresh()
    assert not screen.view.is_playing
    assert screen.view.fraction == 0.0


# --- in the window


def test_a_race_can_be_watched_before_there_are_models(
    qtbot: QtBot, program: Program, models: FakeModels, archive: FakeArchive, race: RoundRecord
):
    models.cards, archive.race = (), race
    program.start(qtbot)
    with qtbot.waitSignal(program.history_flow.replay_wanted):
        qtbot.mouseClick(program.first_run.race_button, Qt.MouseButton.LeftButton)
    assert program.replay.isVisible()
    assert program.replay.view.is_playing
    assert program.replay.bar.play_button.hasFocus()
    program.window.activateWindow()
    qtbot.keyClick(program.window, Qt.Key.Key_Escape)
    assert program.first_run.isVisible()


def test_a_round_of_the_history_is_replayed(
    qtbot: QtBot, program: Program, archive: FakeArchive, race: RoundRecord
):
    archive.add(race, "/rounds/1.jsonl")
    program.start(qtbot)
    program.window.rail.history.click()
    qtbot.waitUntil(lambda: program.history.detail.record == race)
    program.history.detail.replay_button.setFocus()
    program.history.detail.replay_button.click()
    assert program.replay.isVisible()
    assert program.window.rail.history.isChecked()
    program.replay.tag.close_button.click()
    assert program.history.isVisible()
    assert program.window.focusWidget() is program.history.detail.replay_button
    assert not program.replay.view.is_playing


def test_a_round_that_has_just_ended_is_replayed(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.arena.ask()
    for event in round_events(program.runner.plans[0], [make_done("A"), make_done("B")]):
        program.arena.round_view.take(event)
    program.arena.comparison.replay_button.click()
    assert program.replay.isVisible()
    assert list(program.replay.panes.panes) == ["A", "B"]
    program.replay.tag.close_button.click()
    assert program.arena.isVisible()


def test_what_opened_a_replay_may_be_gone_when_it_is_closed(
    qtbot: QtBot, program: Program, race: RoundRecord
):
    program.start(qtbot)
    program.arena.pane_row.panes["B"].head.picker.setFocus()
    program.window.show_replay(race)
    program.arena.show_contenders(program.arena.pane_row.cards[:1])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    program.replay.tag.close_button.click()
    assert program.window.focusWidget() is program.arena.prompt_card.box


def test_every_control_has_a_name_and_tab_reaches_it(
    qtbot: QtBot, program: Program, race: RoundRecord
):
    program.start(qtbot)
    program.window.activateWindow()
    program.window.show_replay(race)
    controls = [
        widget for widget in focusable(program.window) if program.replay.isAncestorOf(widget)
    ]
    for widget in controls:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget
    reached = []
    for _step in range(3 * len(controls) + 10):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    assert set(controls) <= set(reached)
