"""A question with all answers: read, judged by hand, its key fixed, the run exported."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.helpers.matrix_runs import make_cell, make_plan, make_run
from tests.helpers.records import make_timing
from tests.ui.fake_runs import FakeRuns
from tests.ui.program import Program

from large_enough.domain.grade import GradeStatus, ReplyEnd
from large_enough.domain.pack import NumberKey
from large_enough.domain.pack_run import NO_TIMES, Cell, CellKey, PackRunEnd, PackRunRecord
from large_enough.ui.screens.pack_run import RunView
from large_enough.ui.widgets.hand_grade_box import HandGradeBox
from large_enough.ui.widgets.key_fix_box import KeyFixBox
from large_enough.ui.widgets.run_export_button import RunFormat

RIGHT, WRONG = GradeStatus.CORRECT, GradeStatus.WRONG
HOSTILE = "<img src='file:///etc/passwd'>\u202eevil\n\n[link](file:///etc/passwd)"


def make_record(*changed: Cell) -> PackRunRecord:
    """Return a complete run of three questions by two contenders, some of its cells changed."""
    plan = make_plan(3, 2)
    cells = {
        CellKey(letter=letter, item_id=item_id): make_cell(item_id, letter, RIGHT)
        for letter in "AB"
        for item_id in plan.item_ids
    }
    cells |= {cell.key: cell for cell in changed}
    base = make_run(1, 2)
    return msgspec.structs.replace(
        base, plan=plan, cells=tuple(cells.values()), end=PackRunEnd.COMPLETE
    )


@pytest.fixture
def open_item(qtbot: QtBot, program: Program, runs: FakeRuns) -> Callable[..., RunView]:
    """Opens a recorded run at one of its questions."""

    def opened(*changed: Cell, item_id: str = "fee-001", letter: str = "") -> RunView:
        runs.keep(make_record(*changed))
        program.start(qtbot)
        program.window.activateWindow()
        program.run_flow.open_runs()
        qtbot.waitUntil(program.runs.runs.open_button.isEnabled)
        program.runs.runs.open_button.click()
        view = program.runs.view
        qtbot.waitUntil(view.isVisible)
        view.show_detail(item_id, letter)
        return view

    return opened


def dialog_of(program: Program, kind: type[HandGradeBox] | type[KeyFixBox]) -> object:
    return next(box for box in program.window.findChildren(kind) if box.isVisible())


def test_question_answers_grades_and_costs_stand_side_by_side(
    open_item: Callable[..., RunView],
) -> None:
    view = open_item(make_cell("fee-001", "B", WRONG, total_s=2.5))
    detail = view.detail
    assert detail.title.text() == "Question 1 of 3: fee-001"
    assert "transfer cost" in detail.question.question.text()
    assert "Schedule of fees" in detail.question.context.text.text()
    assert detail.question.key.text.text()
    assert "2.5 %" in detail.question.explain.text.text()
    small, large = detail.columns["A"], detail.columns["B"]
    assert (small.judgement.text(), large.judgement.text()) == ("right", "wrong")
    assert small.taken.text() == "Taken as the answer: 1.00 EUR"
    assert "ANSWER: 1.00 EUR" in small.answer.raw
    assert "2.50 s in all, first token after 0.15 s" in large.cost.text()
    assert "41 tokens, prompt 50" in large.cost.text()
    assert "no energy" in large.cost.text()


def test_nothing_in_an_answer_acts(qtbot: QtBot, open_item: Callable[..., RunView]) -> None:
    cell = make_cell("fee-001", "A", text=HOSTILE)
    grade = msgspec.structs.replace(cell.grade, taken=HOSTILE)
    view = open_item(msgspec.structs.replace(cell, grade=grade))
    column = view.detail.columns["A"]
    qtbot.waitUntil(lambda: column.answer.is_caught_up)
    assert "<img" in column.answer.toPlainText()
    assert "\u202e" not in column.taken.text()
    for label in view.detail.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text().startswith("<")


def test_thoughts_are_folded_away(qtbot: QtBot, open_item: Callable[..., RunView]) -> None:
    cell = msgspec.structs.replace(make_cell("fee-001", "A"), thoughts="Well, 2.5 % of 40.")
    column = open_item(cell).detail.columns["A"]
    assert column.thoughts.isVisible()
    assert column.thoughts.pane.isHidden()
    column.thoughts.toggle.click()
    assert column.thoughts.pane.isVisible()


def test_failures_say_what_happened(open_item: Callable[..., RunView]) -> None:
    view = open_item(
        make_cell("fee-001", "A", GradeStatus.ERROR),
        msgspec.structs.replace(
            make_cell("fee-001", "B", GradeStatus.TRUNCATED), end=ReplyEnd.LENGTH
        ),
    )
    assert view.detail.columns["A"].why.text()
    assert "cut at the limit" in view.detail.columns["B"].why.text()
    assert view.detail.columns["B"].judgement.text() == "cut off"


def test_an_answer_without_times_says_why(open_item: Callable[..., RunView]) -> None:
    cell = msgspec.structs.replace(
        make_cell("fee-001", "A"), timing=NO_TIMES, resources=NO_TIMES, context=NO_TIMES
    )
    cost = open_item(cell).detail.columns["A"].cost.text()
    assert cost == "No times: several answers were computed at once"


def test_doubtful_questions_are_flagged(open_item: Callable[..., RunView]) -> None:
    view = open_item(make_cell("fee-001", "B", WRONG))
    assert "often a sign of a wrong key" in view.detail.question.flags.text()
    view.show_detail("fee-002", "")
    assert "tells nobody from anybody else" in view.detail.question.flags.text()


def test_keys_lead_to_the_next_question_and_back(
    qtbot: QtBot, program: Program, open_item: Callable[..., RunView]
) -> None:
    view = open_item()
    assert not view.detail.before_button.isEnabled()
    view.detail.after_button.click()
    assert view.detail.item_id == "fee-002"
    qtbot.keyClick(program.window, Qt.Key.Key_Escape)
    assert not view.is_in_detail
    assert view.panel.view.current_item_id == "fee-002"
    assert view.panel.view.hasFocus()
    qtbot.keyClick(view.panel.view, Qt.Key.Key_Return)
    assert view.is_in_detail


def test_a_contenders_cell_gives_its_answer_the_keyboard(
    open_item: Callable[..., RunView],
) -> None:
    view = open_item(letter="B")
    assert QApplication.focusWidget() is view.detail.columns["B"].answer


def test_repeats_are_chosen_by_number(
    qtbot: QtBot, program: Program, runs: FakeRuns, open_item: Callable[..., RunView]
) -> None:
    view = open_item()
    column = view.detail.columns["A"]
    column.show_cells(
        [make_cell("fee-001", "A", RIGHT), make_cell("fee-001", "A", WRONG, repeat=1)],
        [None, None],
    )
    switch = column.repeat_switch
    assert switch is not None
    switch.parts[1].click()
    assert column.judgement.text() == "wrong"
    assert column.cell is not None
    assert column.cell.key.repeat == 1


# --- judging by hand


def test_a_person_can_judge_an_answer(
    qtbot: QtBot, program: Program, runs: FakeRuns, open_item: Callable[..., RunView]
) -> None:
    view = open_item(make_cell("fee-001", "B", WRONG))
    view.detail.columns["B"].judge_button.click()
    box = dialog_of(program, HandGradeBox)
    assert isinstance(box, HandGradeBox)
    box.switch.parts[1].click()
    assert box.share.isVisible()
    box.share.field.setText("75")
    box.share.field.textEdited.emit("75")
    box.who.setText("M.")
    box.why.setText("The amount is right, the unit is missing.")
    box.save_button.click()
    column = view.detail.columns["B"]
    qtbot.waitUntil(lambda: column.judgement.text() == "partly right, 75 % of the points")
    assert "Judged by M." in column.why.text()
    assert "the unit is missing" in column.why.text()
    assert "By the rule it is: wrong." in column.why.text()
    cell = runs.records["run-1"].cell(CellKey(letter="B", item_id="fee-001"))
    assert cell is not None
    assert cell.hand_grade is not None
    assert cell.hand_grade.score == 0.75
    assert cell.grade.status is WRONG


def test_a_judgement_can_be_taken_back(
    qtbot: QtBot, program: Program, open_item: Callable[..., RunView]
) -> None:
    view = open_item(make_cell("fee-001", "B", WRONG))
    column = view.detail.columns["B"]
    column.judge_button.click()
    box = dialog_of(program, HandGradeBox)
    assert isinstance(box, HandGradeBox)
    assert box.remove_button.isHidden()
    box.switch.parts[0].click()
    box.save_button.click()
    qtbot.waitUntil(lambda: column.judgement.text() == "right")
    qtbot.waitUntil(
        lambda: not any(b.isVisible() for b in program.window.findChildren(HandGradeBox))
    )
    column.judge_button.click()
    again = dialog_of(program, HandGradeBox)
    assert isinstance(again, HandGradeBox)
    again.remove_button.click()
    qtbot.waitUntil(lambda: column.judgement.text() == "wrong")


# --- fixing a key


def test_a_wrong_key_is_fixed_without_asking_anybody(
    qtbot: QtBot, program: Program, runs: FakeRuns, open_item: Callable[..., RunView]
) -> None:
    view = open_item(item_id="fee-003")
    assert isinstance(make_plan(3).pack.item("fee-003").key, NumberKey)
    view.detail.question.fix_button.click()
    box = dialog_of(program, KeyFixBox)
    assert isinstance(box, KeyFixBox)
    assert not box.fix_button.isEnabled()
    box.form.show_key(NumberKey(answer=9.0, unit="EUR"))
    box.form.changed.emit()
    box.why.setText("misread table")
    box.fix_button.click()
    qtbot.waitUntil(lambda: "9 EUR" in view.detail.question.key.text.text())
    assert program.window.notices.words.startswith("All recorded answers were graded again")
    record = runs.records["run-1"]
    assert record.regradings[0].why == "misread table"
    assert program.pack_runner.plans == []


# --- export


@pytest.mark.parametrize("form", list(RunFormat))
def test_a_run_is_exported(
    qtbot: QtBot,
    program: Program,
    runs: FakeRuns,
    open_item: Callable[..., RunView],
    form: RunFormat,
    tmp_path: Path,
) -> None:
    view = open_item()
    action = next(one for one in view.export_button.formats.actions() if one.data() is form)
    action.trigger()
    dialog = next(one for one in program.window.findChildren(QFileDialog) if one.isVisible())
    path = str(tmp_path / f"run.{form.value}")
    dialog.fileSelected.emit(path)
    dialog.reject()
    qtbot.waitUntil(lambda: path in runs.saved)
    assert runs.saved[path] == f"{form.value} of run-1".encode()
    qtbot.waitUntil(program.window.notices.isVisible)
    assert program.window.notices.words == f"Written: run.{form.value}"


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, program: Program, runs: FakeRuns, open_item: Callable[..., RunView]
) -> None:
    view = open_item()
    runs.save_failure = OSError(28, "No space left on device")
    view.export_button.format_chosen.emit(RunFormat.CSV)
    dialog = next(one for one in program.window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit("/full/run.csv")
    dialog.reject()
    qtbot.waitUntil(program.window.notices.isVisible)
    assert "No space left" in program.window.notices.words


def test_a_timing_without_a_first_token_is_no_fault(open_item: Callable[..., RunView]) -> None:
    timing = msgspec.structs.replace(make_timing(), first_token_s=NO_TIMES)
    cell = msgspec.structs.replace(make_cell("fee-001", "A"), timing=timing)
    assert "1.00 s in all · " in open_item(cell).detail.columns["A"].cost.text()
