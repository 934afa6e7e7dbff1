"""Choices of which one holds: where Tab leads, and what screen readers are told."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.choice_switch import ChoiceSwitch


@pytest.fixture
def switch(qtbot: QtBot, theme: Theme) -> Iterator[ChoiceSwitch]:
    """A switch behind a field that has the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    field = QLineEdit()
    made = ChoiceSwitch(theme, "Size", ("small", "medium", "large"))
    row.addWidget(field)
    row.addWidget(made)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    field.setFocus()
    yield made
    window.hide()


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_tab_leads_to_the_first_one_while_that_holds(qtbot: QtBot, switch: ChoiceSwitch):
    press(qtbot, Qt.Key.Key_Tab)
    assert switch.parts[0].hasFocus()


def test_tab_leads_to_the_one_that_holds(qtbot: QtBot, switch: ChoiceSwitch):
    switch.choose(2)
    press(qtbot, Qt.Key.Key_Tab)
    assert switch.parts[2].hasFocus()


def test_tab_leads_there_too_when_another_one_had_the_keyboard(qtbot: QtBot, switch: ChoiceSwitch):
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Tab)
    assert switch.index == 1
    switch.choose(0)
    press(qtbot, Qt.Key.Key_Tab)
    assert switch.parts[0].hasFocus()


def test_arrows_choose(qtbot: QtBot, switch: ChoiceSwitch):
    press(qtbot, Qt.Key.Key_Tab)
    with qtbot.waitSignal(switch.chosen) as told:
        press(qtbot, Qt.Key.Key_Right)
    assert told.args == [1]
    assert switch.parts[1].hasFocus()


def test_the_keyboard_can_be_given_to_the_one_that_holds(switch: ChoiceSwitch):
    switch.choose(1)
    switch.focus_chosen()
    assert switch.parts[1].hasFocus()


def test_screen_readers_are_told_that_only_one_can_hold(switch: ChoiceSwitch):
    roles = {QAccessible.queryAccessibleInterface(part).role() for part in switch.parts}
    assert roles == {QAccessible.Role.RadioButton}
