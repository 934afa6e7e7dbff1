"""The doctor: the screen, and when the machine is examined."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.helpers.doctor_reports import (
    NO_ENGINE,
    make_absent,
    make_instrument,
    make_report,
    make_resting,
)
from tests.helpers.records import make_done
from tests.ui.builders import round_events
from tests.ui.fakes import FakeExaminer
from tests.ui.program import Program

from large_enough.domain.doctor import InstrumentVerdict
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality
from large_enough.measure.power.rapl_absence import (
    LOAD_DRIVER,
    UNLOCK,
    UNLOCK_COST,
    UNLOCK_UNTIL_REBOOT,
)
from large_enough.ui.screens.doctor import DoctorScreen
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.scrolling import Scrolling

CLOSED = make_absent("only administrators may read it", unlock=UNLOCK, unlock_note=UNLOCK_COST)
CARD = make_instrument(
    key="nvml:0",
    instrument="Fast card (NVML)",
    scope=Scope.GPU_BOARD,
    update_period_s=0.1,
    power_w=14.2,
    is_verified=True,
)


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> DoctorScreen:
    made = DoctorScreen(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def visit(qtbot: QtBot, program: Program) -> None:
    """Go to the doctor and wait until it has looked."""
    with qtbot.waitSignal(program.doctor_flow.ended):
        program.window.rail.doctor.click()


# --- what it shows


def test_an_instrument_in_use_has_all_its_facts(screen: DoctorScreen):
    screen.show_report(make_report(CARD))
    assert screen.sentence.text() == "Energy: graphics card (NVML), measured. Memory: yes."
    (row,) = screen.instruments.rows
    for words in ("Graphics card", "Fast card (NVML)", "in use", "100 ms", "14.2 W", "measured"):
        assert words in row.words.split(" | ")
    assert "verified" not in row.words
    assert row.command is None


def test_what_was_never_verified_and_what_the_maker_computes_is_called_so(screen: DoctorScreen):
    screen.show_report(make_report(make_instrument(is_vendor_model=True)))
    (row,) = screen.instruments.rows
    assert "the maker's model" in row.words
    assert "Never verified on this hardware." in row.words


def test_an_estimate_is_called_one(screen: DoctorScreen):
    screen.show_report(make_report(make_instrument(quality=NumberQuality.ESTIMATED)))
    assert "estimated" in screen.instruments.rows[0].words.split(" | ")


def test_a_command_is_shown_whole_and_copied(qtbot: QtBot, screen: DoctorScreen):
    screen.show_report(make_report(CLOSED))
    (row,) = screen.instruments.rows
    assert "only administrators may read it" in row.words
    assert UNLOCK_COST in row.words
    assert row.command is not None
    assert row.copy_button is not None
    assert row.command.toPlainText() == UNLOCK
    assert row.command.isReadOnly()
    assert row.copy_button.accessibleName() == "Copy the command that unlocks it"
    qtbot.mouseClick(row.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == UNLOCK
    assert row.copy_button.text() == "Copied"
    qtbot.waitUntil(lambda: row.copy_button is not None and row.copy_button.text() == "Copy")


@pytest.mark.parametrize("size", [(916, 650), (1196, 800)])
def test_a_long_command_is_never_cut(qtbot: QtBot, theme: Theme, size: tuple[int, int]):
    screen = DoctorScreen(theme)
    place = Scrolling(screen)
    qtbot.addWidget(place)
    place.resize(*size)
    place.show()
    screen.show_report(make_report(CLOSED, CARD, make_resting()))
    command = screen.instruments.rows[0].command
    assert command is not None
    qtbot.waitUntil(lambda: command.height() > 2 * command.fontMetrics().lineSpacing())
    qtbot.waitUntil(lambda: command.verticalScrollBar().maximum() == 0)
    assert screen.width() <= size[0]
    assert place.horizontalScrollBar().maximum() == 0


def test_a_step_that_is_no_command_is_said(screen: DoctorScreen):
    screen.show_report(make_report(make_resting(unlock="unplug the charger")))
    (row,) = screen.instruments.rows
    assert row.command is None
    assert "What to do: unplug the charger." in row.words


@pytest.mark.parametrize(
    ("unlock", "is_line"),
    [
        (UNLOCK, True),
        (UNLOCK_UNTIL_REBOOT, True),
        (LOAD_DRIVER, True),
        ("pip install nvidia-ml-py", True),
        ("restart the computer", False),
        ("run a model on the graphics card", False),
    ],
)
def test_lines_for_a_terminal_are_told_from_steps(screen: DoctorScreen, unlock: str, is_line: bool):
    screen.show_report(make_report(make_absent("closed", unlock=unlock)))
    assert (screen.instruments.rows[0].command is not None) is is_line


def test_names_from_outside_are_shown_as_they_are(screen: DoctorScreen):
    screen.show_report(make_report(make_instrument(instrument="<b>card</b>\u202e\n!")))
    assert "<b>card</b> !" in screen.instruments.rows[0].words


@pytest.mark.parametrize("verdict", list(InstrumentVerdict))
def test_every_verdict_is_a_word(screen: DoctorScreen, verdict: InstrumentVerdict):
    screen.show_report(make_report(make_instrument(verdict=verdict)))
    assert len(screen.instruments.rows[0].words) > 20


def test_the_machine_the_engine_and_the_disk_are_told(screen: DoctorScreen):
    screen.show_report(make_report(CARD))
    assert ("processor uses", "AVX2, FMA") in screen.engine.facts
    assert screen.machine.facts[0] == ("system", "Linux 6.8 (Ubuntu 24.04), x86_64")
    assert ("found", "1 model: Tiny (2 files set aside)") in screen.models.facts


def test_a_missing_engine_is_put_into_words(screen: DoctorScreen):
    screen.show_report(make_report(engine=NO_ENGINE))
    labels = [label for label, _text in screen.engine.facts]
    assert labels == ["no engine", "what to do"]
    assert all(text for _label, text in screen.engine.facts)


def test_a_new_report_replaces_the_old_one(screen: DoctorScreen):
    screen.show_report(make_report(CARD, CLOSED))
    screen.show_report(make_report(CARD))
    assert len(screen.instruments.rows) == 1


# --- when it looks


def test_it_looks_when_it_is_first_seen_and_then_on_demand(
    qtbot: QtBot, program: Program, examiner: FakeExaminer
):
    program.start(qtbot)
    examiner.may_finish.clear()
    program.window.rail.doctor.click()
    assert program.doctor.isVisible()
    assert program.doctor.check_button.text() == "Checking"
    program.doctor.check_button.click()
    assert examiner.examination_count <= 1
    assert "Looking" in program.doctor.sentence.text()
    examiner.may_finish.set()
    qtbot.waitUntil(lambda: program.doctor.report is not None)
    assert program.doctor.check_button.text() == "Check again"
    program.window.rail.arena.click()
    program.window.rail.doctor.click()
    assert examiner.examination_count == 1
    with qtbot.waitSignal(program.doctor_flow.ended):
        program.doctor.check_button.click()
    assert examiner.examination_count == 2


def test_nothing_is_asked_while_it_looks(qtbot: QtBot, program: Program, examiner: FakeExaminer):
    program.start(qtbot)
    examiner.may_finish.clear()
    program.window.rail.doctor.click()
    card = program.arena.prompt_card
    assert not card.ask_button.isEnabled()
    assert not card.measure_button.isEnabled()
    assert "The doctor is looking" in card.explanation.text()
    program.arena.ask()
    assert program.runner.plans == []
    with qtbot.waitSignal(program.doctor_flow.ended):
        examiner.may_finish.set()
    assert card.ask_button.isEnabled()
    assert "one after the other" in card.explanation.text()


def test_a_failure_is_told_and_it_may_look_again(
    qtbot: QtBot, program: Program, examiner: FakeExaminer
):
    program.start(qtbot)
    examiner.failure = EngineError(FailureKind.BINDINGS_MISSING, "llama.cpp")
    visit(qtbot, program)
    assert "llama-cpp-python" in program.doctor.sentence.text()
    assert program.doctor.remark.text()
    assert program.doctor.check_button.isEnabled()
    examiner.failure = None
    with qtbot.waitSignal(program.doctor_flow.ended):
        program.doctor.check_button.click()
    assert program.doctor.report is not None


def test_it_waits_for_a_round_and_looks_then(
    qtbot: QtBot, program: Program, examiner: FakeExaminer
):
    program.start(qtbot)
    program.arena.ask()
    program.window.rail.doctor.click()
    assert "A round is running" in program.doctor.remark.text()
    assert not program.doctor.check_button.isEnabled()
    assert examiner.examination_count == 0
    with qtbot.waitSignal(program.doctor_flow.ended):
        for event in round_events(program.runner.plans[0], [make_done("A"), make_done("B")]):
            program.arena.round_view.take(event)
    assert program.doctor.report is not None
    assert program.doctor.check_button.isEnabled()


def test_a_report_stays_in_view_while_a_round_runs(qtbot: QtBot, program: Program):
    program.start(qtbot)
    visit(qtbot, program)
    program.arena.ask()
    assert program.doctor.instruments.isVisible()
    assert "A round is running" in program.doctor.remark.text()


def test_it_looks_anew_after_estimates_were_switched_on(
    qtbot: QtBot, program: Program, examiner: FakeExaminer
):
    program.start(qtbot)
    visit(qtbot, program)
    program.window.rail.settings.click()
    program.settings.estimate_switch.click()
    visit(qtbot, program)
    assert examiner.examination_count == 2


def test_the_keyboard_goes_to_the_button_and_stays(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.window.activateWindow()
    visit(qtbot, program)
    assert program.doctor.check_button.hasFocus()
    with qtbot.waitSignal(program.doctor_flow.ended):
        qtbot.keyClick(program.doctor.check_button, Qt.Key.Key_Space)
    assert program.doctor.check_button.hasFocus()
