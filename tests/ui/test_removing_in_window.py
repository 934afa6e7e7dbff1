"""Models are removed from the window only after a question, and only where they are ours."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.ui.fake_maker import FakeMaker
from tests.ui.fakes import LARGE, SMALL, FakeModels
from tests.ui.program import Program

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.resources.settings import load_settings


def want(qtbot: QtBot, program: Program) -> None:
    """Go to the second model and want it removed."""
    program.start(qtbot)
    program.window.rail.models.click()
    program.models.table.go_to(LARGE.path)
    program.models.panel.remove_button.click()


def asked(qtbot: QtBot, program: Program) -> QMessageBox:
    """Wait for the question."""
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QMessageBox)))
    (box,) = program.window.findChildren(QMessageBox)
    return box


def answer(box: QMessageBox, role: QMessageBox.ButtonRole) -> None:
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()


YES, NO = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.RejectRole


def test_it_is_asked_first_and_the_model_goes(
    qtbot: QtBot, program: Program, models: FakeModels, maker: FakeMaker
) -> None:
    def go(_removal: object) -> None:
        models.cards = (SMALL,)

    maker.on_removed = go
    want(qtbot, program)
    box = asked(qtbot, program)
    assert box.text() == "Remove Large One from this disk?"
    assert "1.12 GB" in box.informativeText()
    assert LARGE.path in box.informativeText()
    answer(box, YES)
    qtbot.waitUntil(lambda: len(program.models.table.rows) == 1)
    assert maker.removed == [LARGE.path]
    assert program.window.notices.words == "Large One is removed; that frees 1.12 GB."


def test_a_no_keeps_it(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    want(qtbot, program)
    box = asked(qtbot, program)
    assert box.defaultButton() is not None
    assert box.buttonRole(box.defaultButton()) is NO
    answer(box, NO)
    assert maker.removed == []


def test_what_is_not_ours_says_why(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    reason = "it was neither fetched nor made by Large Enough"
    maker.refusal = ModelFileError(FailureKind.NOT_OURS, LARGE.path, reason=reason)
    want(qtbot, program)
    qtbot.waitUntil(program.window.notices.isVisible)
    assert reason in program.window.notices.words
    assert program.window.findChildren(QMessageBox) == []


def test_an_added_file_is_only_taken_off_the_list(
    qtbot: QtBot, program: Program, maker: FakeMaker, folder: Path
) -> None:
    program.keeper.add_models(LARGE.path)
    want(qtbot, program)
    box = asked(qtbot, program)
    assert "stays where it is" in box.informativeText()
    answer(box, YES)
    assert load_settings(folder)[0].added_models == ()
    assert maker.removed == []


@pytest.mark.parametrize("is_before_the_question", [True, False])
def test_nothing_is_removed_while_models_answer(
    qtbot: QtBot, program: Program, maker: FakeMaker, is_before_the_question: bool
) -> None:
    if is_before_the_question:
        program.start(qtbot)
        program.arena.ask()
        program.window.rail.models.click()
        program.models.panel.remove_button.click()
    else:
        want(qtbot, program)
        box = asked(qtbot, program)
        program.arena.ask()
        answer(box, YES)
    assert program.window.notices.words.startswith("A round is running.")
    assert maker.removed == []


def test_nothing_is_removed_while_something_else_uses_the_models(
    qtbot: QtBot, program: Program, maker: FakeMaker
) -> None:
    want(qtbot, program)
    box = asked(qtbot, program)
    program.arena.hinder("A pack is being run.")
    answer(box, YES)
    assert program.window.notices.words.startswith("The models are in use.")
    assert maker.removed == []
