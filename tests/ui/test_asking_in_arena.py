"""Settings of the answers, from the drawer to the round and to the next start."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.records import make_done
from tests.ui.builders import round_events
from tests.ui.program import Program

from large_enough.domain.generation import PromptStyle
from large_enough.resources.settings import FILE_NAME, AskingChoices
from large_enough.ui.main_window import LEAST_HEIGHT_PX, LEAST_WIDTH_PX

CHOICES = AskingChoices(system="Be brief.", max_tokens=64, context_tokens=1024)


def press_comma(qtbot: QtBot, program: Program) -> None:
    qtbot.keyClick(program.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)


def play(program: Program) -> None:
    program.arena.ask()
    for event in round_events(program.runner.plans[-1], [make_done("A"), make_done("B")]):
        program.arena.round_view.take(event)


def test_keys_open_and_shut_the_drawer(qtbot: QtBot, program: Program):
    program.start(qtbot)
    drawer, button = program.arena.drawer, program.arena.prompt_card.settings_button
    assert not drawer.isVisible()
    press_comma(qtbot, program)
    assert drawer.isVisible()
    assert button.isChecked()
    assert drawer.system_box.hasFocus()
    press_comma(qtbot, program)
    assert not drawer.isVisible()
    button.click()
    assert drawer.isVisible()
    qtbot.keyClick(program.window, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert button.hasFocus()


def test_keys_bring_the_arena_with_it(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.window.rail.doctor.click()
    press_comma(qtbot, program)
    assert program.arena.drawer.isVisible()


def test_without_models_there_is_nothing_to_set(qtbot: QtBot, program: Program):
    press_comma(qtbot, program)
    assert program.arena.drawer.isHidden()


def test_settings_go_into_the_round(qtbot: QtBot, program: Program):
    program.start(qtbot)
    drawer = program.arena.drawer
    qtbot.keyClicks(drawer.numbers["max_tokens"].field, "64")
    qtbot.keyClicks(drawer.numbers["context_tokens"].field, "1024")
    qtbot.keyClicks(drawer.system_box, "Be brief.")
    program.arena.ask()
    (plan,) = program.runner.plans
    assert plan.system == "Be brief."
    assert plan.settings.max_tokens == 64
    assert {contender.load.context_tokens for contender in plan.contenders} == {1024}


def test_changed_settings_mark_the_button(qtbot: QtBot, program: Program):
    program.start(qtbot)
    button, drawer = program.arena.prompt_card.settings_button, program.arena.drawer
    assert not button.is_marked
    qtbot.keyClicks(drawer.numbers["seed"].field, "2")
    assert button.is_marked
    assert "not the usual settings" in button.accessibleName()
    drawer.reset_button.click()
    assert not button.is_marked
    assert "not the usual" not in button.accessibleName()


def test_settings_are_remembered(
    qtbot: QtBot, make_program: Callable[[Path], Program], folder: Path
):
    first = make_program(folder)
    first.start(qtbot)
    qtbot.keyClicks(first.arena.drawer.numbers["temperature"].field, "0.5")
    first.arena.drawer.completion.click()
    second = make_program(folder)
    second.start(qtbot)
    assert second.arena.drawer.choices == AskingChoices(temperature=0.5, is_completion=True)
    assert second.arena.prompt_card.settings_button.is_marked
    second.arena.ask()
    assert second.runner.plans[-1].settings.style is PromptStyle.COMPLETION


@pytest.mark.parametrize(
    "asking",
    [
        '{"temperature": 1e300, "seed": -5, "cache_type": "zip", "top_k": 99999999999999999999}',
        '{"temperature": "hot"}',
        "[]",
        '{"system": 5}',
    ],
)
def test_a_hostile_file_does_not_break_the_start(
    qtbot: QtBot, make_program: Callable[[Path], Program], folder: Path, asking: str
):
    folder.mkdir()
    (folder / FILE_NAME).write_text(f'{{"schema_version": 1, "asking": {asking}}}')
    program = make_program(folder)
    program.start(qtbot)
    assert program.arena.drawer.choices == AskingChoices()
    program.arena.ask()
    assert len(program.runner.plans) == 1


def test_another_system_message_ends_the_conversation_until_it_is_taken_back(
    qtbot: QtBot, program: Program
):
    program.start(qtbot)
    play(program)
    card, drawer = program.arena.prompt_card, program.arena.drawer
    card.turn_switch.parts[1].click()
    qtbot.keyClicks(drawer.system_box, "Rhyme.")
    assert not card.turn_switch.isVisible()
    assert card.explanation.text() == "models are asked otherwise: a new conversation"
    drawer.reset_button.click()
    assert card.turn_switch.isVisible()
    qtbot.keyClicks(drawer.numbers["temperature"].field, "1")
    assert card.turn_switch.isVisible()
    card.turn_switch.parts[1].click()
    card.box.insertPlainText("Why?")
    program.arena.ask()
    plan = program.runner.plans[-1]
    assert set(plan.history) == {"A", "B"}
    assert plan.settings.sampling.temperature == 1.0


def test_the_drawer_stands_beside_the_answers_or_in_their_place(qtbot: QtBot, program: Program):
    program.start(qtbot)
    arena = program.arena
    program.window.resize(1280, 800)
    press_comma(qtbot, program)
    qtbot.waitUntil(lambda: arena.drawer.geometry().left() > arena.pane_row.geometry().right())
    assert arena.pane_row.isVisible()
    program.window.resize(LEAST_WIDTH_PX, LEAST_HEIGHT_PX)
    qtbot.waitUntil(lambda: not arena.pane_row.isVisible())
    QApplication.sendPostedEvents()
    assert arena.drawer.width() > arena.width() / 2
    assert arena.drawer.geometry().bottom() < arena.height()
    arena.ask()
    assert arena.pane_row.isVisible()
    assert not arena.drawer.isVisible()
    for event in round_events(program.runner.plans[-1], [make_done("A"), make_done("B")]):
        arena.round_view.take(event)
