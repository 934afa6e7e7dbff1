"""The window on a projector: large, of high contrast, and nothing cut."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.records import make_done
from tests.ui.builders import round_events
from tests.ui.fakes import FakeModels
from tests.ui.program import Program

from large_enough.resources.settings import load_settings
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import LIGHT, LIGHT_PROJECTOR
from large_enough.ui.widgets.scrolling import Scrolling


def press(qtbot: QtBot, program: Program) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(program.window, Qt.Key.Key_P, keys)


def play(program: Program) -> None:
    program.arena.ask()
    for event in round_events(program.runner.plans[-1], [make_done("A"), make_done("B")]):
        program.arena.round_view.take(event)


def test_keys_switch_it_on_and_off(qtbot: QtBot, theme: Theme, program: Program):
    program.start(qtbot)
    usual_height = program.arena.pane_row.panes["A"].head.height()
    press(qtbot, program)
    assert theme.tokens is LIGHT_PROJECTOR
    assert not program.window.rail.isVisible()
    assert program.arena.pane_row.panes["A"].head.height() > usual_height
    press(qtbot, program)
    assert theme.tokens is LIGHT
    assert program.window.rail.isVisible()
    assert program.arena.pane_row.panes["A"].head.height() == usual_height
    assert program.arena.prompt_card.chips.isVisible()


def test_the_menu_of_colours_offers_it_and_a_button_leaves_it(qtbot: QtBot, program: Program):
    program.start(qtbot)
    offered = program.window.rail.theme_button.menu().actions()[-1]
    assert "For a projector" in offered.text()
    leave = program.arena.prompt_card.leave_button
    assert not leave.isVisible()
    offered.trigger()
    assert leave.isVisible()
    leave.setFocus()
    leave.click()
    assert program.window.rail.isVisible()
    assert not leave.isVisible()
    assert program.window.focusWidget() is program.arena.prompt_card.box


def test_it_is_remembered(
    qtbot: QtBot, theme: Theme, make_program: Callable[[Path], Program], folder: Path
):
    first = make_program(folder)
    first.start(qtbot)
    press(qtbot, first)
    assert load_settings(folder)[0].projector
    theme.use_projector(is_on=False)
    second = make_program(folder)
    second.start(qtbot)
    assert theme.is_projector
    assert not second.window.rail.isVisible()
    press(qtbot, second)
    assert not load_settings(folder)[0].projector


def test_other_screens_keep_their_rail(qtbot: QtBot, program: Program):
    program.start(qtbot)
    press(qtbot, program)
    qtbot.keyClick(program.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    rail = program.window.rail
    assert rail.isVisible()
    for button in rail.buttons:
        assert button.width() >= QFontMetrics(button.font()).horizontalAdvance(button.text())
    rail.arena.click()
    assert not rail.isVisible()


def test_without_models_the_rail_stays(qtbot: QtBot, program: Program, models: FakeModels):
    models.cards = ()
    program.start(qtbot)
    press(qtbot, program)
    assert program.window.rail.isVisible()


def test_from_another_screen_it_leads_to_the_arena(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.window.rail.doctor.click()
    press(qtbot, program)
    assert program.arena.isVisible()


@pytest.mark.parametrize("is_follow_up", [False, True])
def test_nothing_is_cut_at_the_usual_size(qtbot: QtBot, program: Program, is_follow_up: bool):
    program.start(qtbot)
    program.window.resize(1280, 800)
    press(qtbot, program)
    arena = program.arena
    play(program)
    if is_follow_up:
        arena.prompt_card.turn_switch.parts[1].click()
        arena.prompt_card.box.insertPlainText("Why?")
        play(program)
    place = arena.parentWidget().parentWidget()
    assert isinstance(place, Scrolling)

    def is_settled() -> bool:
        QApplication.sendPostedEvents()
        return arena.width() == 1280 and place.verticalScrollBar().maximum() == 0

    qtbot.waitUntil(is_settled)
    for pane in arena.pane_row.panes.values():
        assert pane.answer.height() >= 2 * QFontMetrics(pane.answer.font()).lineSpacing()
        for figure in pane.strip.figures:
            assert figure.height() == pane.strip.height()
    for button in arena.findChildren(QAbstractButton):
        if button.isVisible() and button is not arena.pane_row.panes["A"].head.picker:
            hint = button.minimumSizeHint()
            assert button.width() >= hint.width(), button.text()
            assert button.height() >= hint.height(), button.text()
