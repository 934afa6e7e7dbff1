"""A pack is run: set up, checked, begun, paused, resumed, found again, deleted."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from tests.helpers.matrix_runs import make_cards, make_cell, make_pack, make_plan, make_run
from tests.ui.fake_runs import (
    FakeRuns,
    ended,
    finished,
    progressed,
    started,
    state,
)
from tests.ui.fakes import FakeModels
from tests.ui.program import Program

from large_enough.comparison.pack_run_events import RunState
from large_enough.domain.errors import ErrorInfo, FailureKind, RequestError
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import (
    PackRunEnd,
    PackRunPlan,
    PackRunRecord,
    RunMode,
    Variant,
)
from large_enough.ui.tables.matrix_model import FIRST_LETTER_COLUMN
from large_enough.ui.widgets.run_band import BandState
from large_enough.ui.widgets.run_checks import CheckLine, CheckVerdict

BAD = CheckLine(CheckVerdict.BAD, "Memory", "B does not fit. Choose a smaller model.")


@pytest.fixture(autouse=True)
def _three_models(models: FakeModels) -> None:
    """Have models of three sizes on the disk."""
    models.cards = make_cards(3)


def set_up(qtbot: QtBot, program: Program, item_count: int = 4) -> None:
    """Come to the set-up with a pack, and wait until it is checked."""
    program.start(qtbot)
    program.window.activateWindow()
    program.packs_flow.run_wanted.emit(make_pack(item_count))
    qtbot.waitUntil(lambda: bool(program.runs.setup.checks.lines))


def run(qtbot: QtBot, program: Program, item_count: int = 4) -> PackRunPlan:
    """Begin a run; return its plan."""
    set_up(qtbot, program, item_count)
    program.runs.setup.run_button.click()
    plan = program.pack_runner.plans[-1]
    program.run_flow.take(started(plan))
    return plan


def record_of(plan: PackRunPlan, statuses: dict[str, str], end: PackRunEnd) -> PackRunRecord:
    """Return a record out of marks for each contender, in the order of the items."""
    marks = {
        "+": GradeStatus.CORRECT,
        "-": GradeStatus.WRONG,
        "c": GradeStatus.TRUNCATED,
        "e": GradeStatus.EMPTY,
    }
    cells = tuple(
        make_cell(item_id, letter, marks[mark])
        for letter, found in statuses.items()
        for item_id, mark in zip(plan.item_ids, found, strict=False)
    )
    base = make_run(1, 2)
    return msgspec.structs.replace(base, plan=plan, cells=cells, end=end)


def box_of(program: Program) -> QMessageBox:
    return next(box for box in program.window.findChildren(QMessageBox) if box.isVisible())


def button_of(box: QDialog, words: str) -> QPushButton:
    return next(one for one in box.findChildren(QPushButton) if one.text() == words)


# --- set-up


def test_a_pack_leads_to_its_set_up_with_two_contenders(qtbot: QtBot, program: Program) -> None:
    set_up(qtbot, program)
    setup = program.runs.setup
    assert setup.isVisible()
    assert setup.title.text() == "Retail banking"
    assert [card.name for card in setup.contenders.cards] == [
        "SmolLM2 135M Instruct",
        "Qwen2.5 0.5B Instruct",
    ]
    roles = [setup.contenders.rows[letter].role.text() for letter in "AB"]
    assert roles == ["the small one", "the large one"]
    assert setup.run_button.isEnabled()
    assert program.window.rail.packs.isChecked()


def test_contenders_can_be_added_and_taken_out(qtbot: QtBot, program: Program) -> None:
    set_up(qtbot, program)
    contenders = program.runs.setup.contenders
    contenders.add_button.click()
    assert [row.role.text() for row in contenders.rows.values()] == [
        "the small one",
        "in between",
        "the large one",
    ]
    contenders.rows["B"].remove_button.click()
    contenders.rows["B"].remove_button.click()
    assert len(contenders.cards) == 1
    assert not program.runs.setup.run_button.isEnabled()
    assert "at least two" in contenders.remark.text()


def test_at_most_twelve_take_part(qtbot: QtBot, program: Program) -> None:
    set_up(qtbot, program)
    contenders = program.runs.setup.contenders
    for _time in range(10):
        contenders.add_button.click()
    assert list(contenders.rows) == list("ABCDEFGHIJKL")
    assert not contenders.add_button.isEnabled()


def test_a_model_with_an_adapter_is_a_contender_of_its_own(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    set_up(qtbot, program)
    small = models.cards[0]
    models.elsewhere[f"{small.path}+/adapters/bank.gguf"] = msgspec.structs.replace(
        small, path="/adapters/with.gguf", name="SmolLM2 + bank"
    )
    contenders = program.runs.setup.contenders
    contenders.put("B", small)
    contenders.rows["B"].adapter_button.click()
    for dialog in program.window.findChildren(QFileDialog):
        dialog.fileSelected.emit("/adapters/bank.gguf")
        dialog.reject()
    qtbot.waitUntil(lambda: program.runs.setup.contenders.cards[1].name == "SmolLM2 + bank")


def test_what_is_chosen_goes_into_the_plan(qtbot: QtBot, program: Program, runs: FakeRuns) -> None:
    set_up(qtbot, program)
    options = program.runs.setup.options
    for switch, part in ((options.mode, 1), (options.margin, 0), (options.repeats, 2)):
        switch.parts[part].click()
    options.no_context.setChecked(True)
    options.sample.field.setText("3")
    options.sample.field.textEdited.emit("3")
    qtbot.waitUntil(
        lambda: (
            bool(program.pack_runner.checked)
            and program.pack_runner.checked[-1].settings.sample_count == 3
        )
    )
    qtbot.waitUntil(program.runs.setup.run_button.isEnabled)
    program.runs.setup.run_button.click()
    settings = program.pack_runner.plans[0].settings
    assert settings.mode is RunMode.FAST
    assert (settings.margin, settings.repeats) == (0.05, 3)
    assert settings.variant is Variant.NO_CONTEXT
    assert len(program.pack_runner.plans[0].item_ids) == 3


def test_modes_and_margin_are_explained(qtbot: QtBot, program: Program) -> None:
    set_up(qtbot, program)
    options = program.runs.setup.options
    assert [part.text() for part in options.mode.parts] == ["Measure everything", "Grade fast"]
    said = {label.text() for label in options.findChildren(QLabel)}
    assert any("One answer at a time" in words for words in said)
    assert any("fixed before the run" in words for words in said)
    options.mode.parts[1].click()
    assert options.order.isHidden() or not options.order.isVisible()


def test_what_stands_in_the_way_is_said_and_stops_the_run(
    qtbot: QtBot, program: Program, runs: FakeRuns
) -> None:
    program.pack_runner.lines = (BAD,)
    set_up(qtbot, program)
    assert program.runs.setup.checks.lines == (BAD,)
    assert not program.runs.setup.run_button.isEnabled()


def test_a_plan_that_cannot_be_made_says_why(
    qtbot: QtBot, program: Program, runs: FakeRuns
) -> None:
    program.pack_runner.check_failure = RequestError(FailureKind.UNKNOWN_MODEL, "x")
    set_up(qtbot, program)
    (line,) = program.runs.setup.checks.lines
    assert line.verdict is CheckVerdict.BAD
    assert not program.runs.setup.run_button.isEnabled()


# --- running


def test_answers_progress_and_states_are_shown_while_it_runs(
    qtbot: QtBot, program: Program
) -> None:
    plan = run(qtbot, program)
    flow, view = program.run_flow, program.runs.view
    flow.take(state("A", RunState.ANSWERING))
    flow.take(state("B", RunState.LOADING, 0.4))
    flow.take(finished(make_cell(plan.item_ids[0], "A", GradeStatus.WRONG)))
    flow.take(progressed(plan, {"A": 1}))
    qtbot.waitUntil(lambda: "1 of 8 answers" in view.band.words.text())
    assert view.band.title.text() == "Running: measure everything"
    assert "6 answers a minute" in view.band.words.text()
    assert "10 min 0 s left" in view.band.words.text()
    assert view.band.contenders["A"].words.text() == "1 of 4"
    assert view.band.contenders["B"].words.text() == "loading, 40 %"
    assert view.band.now.text().startswith("A is answering fee-002: ")
    model = view.panel.view.matrix
    place = model.index(0, FIRST_LETTER_COLUMN)
    qtbot.waitUntil(lambda: place.data(Qt.ItemDataRole.AccessibleTextRole) == "fee-001, A: wrong")


def test_it_goes_on_while_the_user_is_elsewhere(qtbot: QtBot, program: Program) -> None:
    plan = run(qtbot, program)
    program.window.rail.models.click()
    program.run_flow.take(finished(make_cell(plan.item_ids[0], "A")))
    program.window.rail.packs.click()
    assert program.runs.view.isVisible()
    matrix = program.runs.view.matrix
    assert matrix is not None
    assert matrix.cell_count == 1
    program.window.rail.packs.click()
    assert program.packs.isVisible()


def test_nothing_is_asked_in_the_arena_meanwhile(qtbot: QtBot, program: Program) -> None:
    plan = run(qtbot, program)
    program.window.rail.arena.click()
    program.arena.ask()
    assert program.runner.plans == []
    program.run_flow.take(ended(record_of(plan, {}, PackRunEnd.STOPPED)))
    program.arena.ask()
    assert len(program.runner.plans) == 1


def test_pause_ends_in_a_run_that_can_go_on(qtbot: QtBot, program: Program, runs: FakeRuns) -> None:
    plan = run(qtbot, program)
    band = program.runs.view.band
    band.pause_button.click()
    assert program.pack_runner.wishes == ["pause"]
    assert band.state is BandState.PAUSING
    program.run_flow.take(ended(record_of(plan, {"A": "+-"}, PackRunEnd.STOPPED)))
    assert band.state is BandState.OPEN
    assert band.title.text() == "Paused: measure everything"
    assert band.pause_button.text() == "Resume"
    band.pause_button.click()
    assert [one.run_id for one in program.pack_runner.plans] == [plan.run_id] * 2
    matrix = program.runs.view.matrix
    assert matrix is not None
    assert matrix.cell_count == 2


def test_stop_is_told_at_once(qtbot: QtBot, program: Program) -> None:
    run(qtbot, program)
    program.runs.view.band.stop_button.click()
    assert program.pack_runner.wishes == ["stop"]


def test_a_complete_run_is_told_where_it_is_not_seen(qtbot: QtBot, program: Program) -> None:
    plan = run(qtbot, program)
    program.window.rail.models.click()
    program.run_flow.take(ended(record_of(plan, {"A": "++++", "B": "++--"}, PackRunEnd.COMPLETE)))
    assert program.window.notices.words == "The run of “Retail banking” is complete."
    program.window.rail.packs.click()
    assert program.runs.view.band.state is BandState.COMPLETE
    assert program.runs.view.band.pause_button.isHidden()


def test_a_contender_that_cannot_go_on_is_told(qtbot: QtBot, program: Program) -> None:
    plan = run(qtbot, program)
    record = record_of(plan, {"A": "++++"}, PackRunEnd.STOPPED)
    problem = ErrorInfo(kind=FailureKind.OUT_OF_MEMORY, subject="Qwen")
    program.run_flow.take(ended(msgspec.structs.replace(record, problems={"B": problem})))
    assert program.window.notices.words.startswith("Contender B could not go on.")


def test_a_run_that_fails_as_a_whole_lets_the_window_go_on(
    qtbot: QtBot, program: Program, runs: FakeRuns
) -> None:
    plan = run(qtbot, program)
    runs.keep(record_of(plan, {"A": "+"}, PackRunEnd.CUT))
    program.run_flow.fail(ErrorInfo(kind=FailureKind.INTERNAL, subject="boom"))
    assert not program.run_flow.is_running
    qtbot.waitUntil(lambda: program.runs.view.band.state is BandState.OPEN)
    assert program.window.notices.isVisible()


def test_answers_that_a_limit_cut_are_told_of_and_asked_again(
    qtbot: QtBot, program: Program
) -> None:
    plan = run(qtbot, program)
    limits = program.runs.view.limits
    assert limits.isHidden()
    program.run_flow.take(ended(record_of(plan, {"A": "++cc", "B": "+++c"}, PackRunEnd.COMPLETE)))
    assert limits.isVisible()
    assert "A 2 of 4, B 1 of 4." in limits.words.text()
    assert "1,024 tokens" in limits.words.text()
    assert limits.again_button.text() == "Ask 3 answers again"
    limits.again_button.click()
    raised = program.pack_runner.plans[-1]
    assert raised.run_id == plan.run_id
    assert len(raised.rises[0].keys) == 3
    assert limits.isHidden()
    matrix = program.runs.view.matrix
    assert matrix is not None
    assert matrix.cell_count == 5


def test_where_higher_limits_would_not_help_there_is_no_button(
    qtbot: QtBot, program: Program
) -> None:
    plan = run(qtbot, program)
    program.run_flow.take(ended(record_of(plan, {"A": "++ee", "B": "++++"}, PackRunEnd.COMPLETE)))
    limits = program.runs.view.limits
    assert "would not help" in limits.words.text()
    assert limits.again_button.isHidden()


# --- closing


def test_closing_asks_while_a_pack_is_run(qtbot: QtBot, program: Program) -> None:
    run(qtbot, program)
    event = QCloseEvent()
    program.window.closeEvent(event)
    assert not event.isAccepted()
    box = box_of(program)
    assert "can go on next time" in box.informativeText()
    button_of(box, "Keep running").click()
    assert program.window.isVisible()


def test_closing_asks_nothing_when_the_run_has_ended(qtbot: QtBot, program: Program) -> None:
    plan = run(qtbot, program)
    program.run_flow.take(ended(record_of(plan, {}, PackRunEnd.STOPPED)))
    event = QCloseEvent()
    program.window.closeEvent(event)
    assert event.isAccepted()


# --- the list


def test_an_interrupted_run_is_offered_when_the_window_opens(
    qtbot: QtBot, program: Program, runs: FakeRuns
) -> None:
    runs.keep(record_of(make_plan(4, 2), {"A": "+-"}, PackRunEnd.CUT))
    program.start(qtbot)
    program.run_flow.list_runs()
    qtbot.waitUntil(program.window.notices.isVisible)
    assert "was interrupted (2 of 8)" in program.window.notices.words


def test_runs_are_listed_opened_and_resumed(qtbot: QtBot, program: Program, runs: FakeRuns) -> None:
    runs.keep(record_of(make_plan(4, 2), {"A": "+-"}, PackRunEnd.STOPPED))
    program.start(qtbot)
    program.packs.runs_wanted.emit()
    page = program.runs.runs
    qtbot.waitUntil(page.resume_button.isEnabled)
    page.open_button.click()
    qtbot.waitUntil(lambda: program.runs.view.run_id == "run-1")
    program.runs.view.back_button.click()
    qtbot.waitUntil(page.isVisible)
    page.resume_button.click()
    qtbot.waitUntil(lambda: len(program.pack_runner.plans) == 1)
    assert program.runs.view.isVisible()
    assert program.run_flow.is_running


def test_contenders_can_be_added_to_a_run(qtbot: QtBot, program: Program, runs: FakeRuns) -> None:
    plan = make_plan(4, 2)
    runs.keep(record_of(plan, {"A": "++++", "B": "+-+-"}, PackRunEnd.COMPLETE))
    program.start(qtbot)
    program.run_flow.open_runs()
    page, setup = program.runs.runs, program.runs.setup
    qtbot.waitUntil(page.add_button.isEnabled)
    page.add_button.click()
    qtbot.waitUntil(setup.isVisible)
    assert not setup.options.isEnabled()
    assert not setup.contenders.rows["A"].picker.isEnabled()
    assert not setup.run_button.isEnabled()
    setup.contenders.add_button.click()
    qtbot.waitUntil(setup.run_button.isEnabled)
    setup.run_button.click()
    (extended,) = program.pack_runner.plans
    assert extended.run_id == plan.run_id
    assert [one.letter for one in extended.contenders] == ["A", "B", "C"]
    matrix = program.runs.view.matrix
    assert matrix is not None
    assert matrix.cell_count == 8


def test_deleting_asks_first(qtbot: QtBot, program: Program, runs: FakeRuns) -> None:
    runs.keep(record_of(make_plan(4, 2), {"A": "+-"}, PackRunEnd.STOPPED))
    program.start(qtbot)
    program.run_flow.open_runs()
    page = program.runs.runs
    qtbot.waitUntil(page.delete_button.isEnabled)
    page.delete_button.click()
    button_of(box_of(program), "Keep it").click()
    assert list(runs.records) == ["run-1"]
    page.delete_button.click()
    button_of(box_of(program), "Delete the run").click()
    qtbot.waitUntil(page.nothing.isVisible)
    assert runs.records == {}


def test_two_runs_do_not_go_on_at_once(qtbot: QtBot, program: Program, runs: FakeRuns) -> None:
    run(qtbot, program)
    runs.keep(record_of(make_plan(4, 2), {"A": "+-"}, PackRunEnd.STOPPED))
    program.run_flow.open_runs()
    page = program.runs.runs
    qtbot.waitUntil(page.resume_button.isEnabled)
    page.resume_button.click()
    qtbot.waitUntil(program.window.notices.isVisible)
    assert program.window.notices.words == "Another run goes on. Pause it first."
    assert len(program.pack_runner.plans) == 1


def test_the_list_of_runs_fits_the_smallest_window(qtbot: QtBot, program: Program, runs: FakeRuns):
    runs.keep(record_of(make_plan(4, 2), {"A": "+-"}, PackRunEnd.STOPPED))
    program.start(qtbot)
    program.window.resize(1000, 650)
    program.run_flow.open_runs()
    page = program.runs.runs
    qtbot.waitUntil(lambda: page.open_button.isVisible() and bool(page.facts.text()))
    right = page.open_button.mapTo(program.window, page.open_button.rect().topRight()).x()
    assert right <= program.window.width()
