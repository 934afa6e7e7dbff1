"""The packs: finding one, looking at it, and what can be done with it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from tests.ui.fake_packs import FakePacks, make_large_pack, make_pack
from tests.ui.program import Program
from tests.ui.test_main_window import focusable

from large_enough.domain.errors import ErrorInfo, FailureKind, RequestError
from large_enough.domain.pack import FreeKey, PackItem
from large_enough.domain.pack_fault import Fault
from large_enough.packs.shelf import ShelvedPack
from large_enough.ui.pack_forms import PackForm
from large_enough.ui.pack_works import PackWorks
from large_enough.ui.tables.item_table_model import Column, ItemTableModel
from large_enough.ui.tables.pack_list_model import PackListModel
from large_enough.ui.tables.power_table_model import PowerTableModel
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.pack_page import ABOUT, HEALTH, QUESTIONS
from large_enough.ui.widgets.power_table import PowerTable


def open_packs(qtbot: QtBot, program: Program, count: int) -> None:
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.packs.click()
    qtbot.waitUntil(lambda: program.packs.list.count == count)


def told(program: Program) -> list[str]:
    return [row.told.text for row in program.packs.page.health.rows]


def show_health(qtbot: QtBot, program: Program) -> None:
    program.packs.page.switch.parts[HEALTH].click()
    qtbot.waitUntil(lambda: bool(program.packs.page.health.rows))


def dialog_of(program: Program) -> QFileDialog:
    (dialog,) = [one for one in program.window.findChildren(QFileDialog) if one.isVisible()]
    return dialog


@pytest.fixture
def two_packs(packs: FakePacks) -> FakePacks:
    packs.put(make_pack(), is_shipped=True)
    packs.put(make_pack("Roaming", domain="Telecom", items=make_pack().items[:3]))
    return packs


# --- the library


def test_the_first_pack_is_shown_at_once(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    page = program.packs.page
    assert page.isVisible()
    assert page.title.text() == "Bank fees"
    assert page.facts.text() == "8 questions of 7 kinds · Banking · version 1.0.0 · CC-BY-4.0"
    assert page.table.shown_count == 8
    assert program.packs.count.text() == "2 packs"
    assert not page.delete_button.isVisible()


def test_an_empty_shelf_says_what_a_pack_is(qtbot: QtBot, program: Program, packs: FakePacks):
    open_packs(qtbot, program, 0)
    qtbot.waitUntil(lambda: program.packs.message.text() == "There are no packs yet.")
    assert "two columns" in program.packs.advice.text()
    assert not program.packs.page.isVisible()


def test_typing_finds_packs(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    assert program.packs.search.hasFocus()
    qtbot.keyClicks(program.packs.search, "tele")
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    assert program.packs.page.title.text() == "Roaming"
    assert program.packs.page.delete_button.isVisible()
    program.packs.search.setText("nothing like that")
    qtbot.waitUntil(lambda: program.packs.message.text() == "No pack fits.")
    program.packs.search.clear()
    qtbot.waitUntil(lambda: program.packs.list.count == 2)
    assert program.packs.page.isVisible()


def test_packs_are_found_by_how_they_are_answered(
    qtbot: QtBot, program: Program, two_packs: FakePacks
):
    open_packs(qtbot, program, 2)
    program.packs.search.setText("date")
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    assert program.packs.page.title.text() == "Bank fees"


def test_a_damaged_pack_is_listed_with_its_problem(
    qtbot: QtBot, program: Program, packs: FakePacks
):
    error = ErrorInfo(
        kind=FailureKind.BAD_PACK,
        subject="broken.pack.json",
        facts={"problem": "it is not JSON", "fault_count": 1},
    )
    packs.shelved.append(
        ShelvedPack(path="/packs/broken.pack.json", is_shipped=False, pack=None, error=error)
    )
    open_packs(qtbot, program, 1)
    assert program.packs.message.text() == "This pack cannot be used."
    assert "it is not JSON" in program.packs.advice.text()
    assert not program.packs.page.isVisible()


def test_a_failing_disk_is_told(qtbot: QtBot, program: Program, packs: FakePacks):
    packs.failure = RequestError(FailureKind.PACK_NOT_KEPT, "/packs", problem="no such device")
    program.start(qtbot)
    with qtbot.waitSignal(program.packs_flow.failed):
        program.window.rail.packs.click()
    assert "no such device" in program.window.notices.words


def test_the_chosen_pack_stays_chosen(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    program.packs.list.setFocus()
    qtbot.keyClick(program.packs.list, Qt.Key.Key_Down)
    assert program.packs.page.title.text() == "Roaming"
    program.packs.page.table.go_to(2)
    program.window.rail.settings.click()
    with qtbot.waitSignal(program.packs_flow._jobs.listed):
        program.window.rail.packs.click()
    assert program.packs.page.title.text() == "Roaming"
    assert program.packs.page.table.current == 2


# --- the questions


def test_a_question_is_shown_in_full(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    page = program.packs.page
    assert page.view.title.text() == "Question 1 · lookup"
    assert page.view.question.toPlainText().startswith("What does a transfer abroad cost")
    assert "Comfort" in page.view.context.toPlainText()
    assert ("Right answer", "1 EUR ± 0.005") in page.view.facts.facts
    page.table.go_to(5)
    assert page.view.question.toPlainText() == "When does the offer end?"
    assert not page.view.context.isVisible()


def test_questions_are_found_by_their_words(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    page = program.packs.page
    page.search.setText("basic customer")
    qtbot.waitUntil(lambda: page.table.shown_count == 1)
    assert page.view.title.text().startswith("Question 3")
    assert page.found.text() == "1 found"
    page.search.setText("nobody asks this")
    qtbot.waitUntil(lambda: page.table.shown_count == 0)
    assert not page.view.isVisible()
    page.search.clear()
    qtbot.waitUntil(lambda: page.table.shown_count == 8)
    assert page.found.text() == ""


def test_thousands_of_questions_are_shown_without_lag(
    qtbot: QtBot, program: Program, packs: FakePacks
):
    packs.put(make_large_pack())
    open_packs(qtbot, program, 1)
    page = program.packs.page
    assert page.table.shown_count == 5_000
    page.table.go_to(4_999)
    program.window.grab()
    assert page.view.title.text() == "Question 5000 · " or page.view.title.text() == "Question 5000"
    page.search.setText("4999 times")
    qtbot.waitUntil(lambda: page.table.shown_count == 1)


def test_hostile_packs_are_shown_harmlessly(qtbot: QtBot, program: Program, packs: FakePacks):
    item = make_pack().items[0]
    evil = '<img src="file:///dev/zero">\u202eevil\x1b[31m'
    hostile = make_pack("x", items=(type(item)(id="1", question=evil, key=item.key, group=evil),))
    packs.put(type(hostile)(id="x", version="1", title=evil, items=hostile.items, about=evil))
    open_packs(qtbot, program, 1)
    page = program.packs.page
    shown = (page.title.text(), page.view.question.toPlainText(), page.about.text.toPlainText())
    for text in shown:
        assert "<img" in text
        assert "\u202e" not in text
        assert "\x1b" not in text
    program.window.grab()


def test_too_few_questions_for_any_line_of_the_table_mark_none(qtbot: QtBot, theme: Theme):
    table = PowerTable(theme)
    qtbot.addWidget(table)
    table.show_count(45)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    table.show_count(8)
    assert table.selectionModel().selectedRows() == []


def test_the_tables_are_sound_models(qtbot: QtBot):
    del qtbot
    items = ItemTableModel(tuple(Column))
    lists, power = PackListModel(), PowerTableModel()
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (items, lists, power)
    ]
    items.show(make_pack().items)
    items.search("transfer")
    items.change(0, make_pack().items[1])
    items.warn({0: "something is wrong"}, {})
    assert items.data(QModelIndex()) is None
    assert items.row_of(7) == -1
    spoken = items.data(items.index(0, Column.QUESTION), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Which account has no monthly fee?, something is wrong"
    spoken = items.data(items.index(0, Column.LEVEL), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "level of question 1: 1"
    spoken = power.data(power.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "18 % with a margin of 10 points"
    assert len(testers) == 3


# --- its health


def test_health_says_what_was_found_and_what_it_can_show(
    qtbot: QtBot, program: Program, two_packs: FakePacks
):
    open_packs(qtbot, program, 2)
    show_health(qtbot, program)
    page = program.packs.page
    assert page.health.sentence.text() == "7 questions can show next to nothing."
    assert page.health.explanation.text() == ""
    assert "Every key passes its own grader." in told(program)
    assert "No question is asked twice." in told(program)
    assert "8 questions of 7 kinds count like about 7." in told(program)
    assert "Guessing gives 8 % of the points." in told(program)


def test_health_leads_to_questions_with_faults(
    qtbot: QtBot, program: Program, two_packs: FakePacks
):
    two_packs.faults = (Fault(item="q-6", field="answer", problem="its key fails"),)
    open_packs(qtbot, program, 2)
    show_health(qtbot, program)
    row = next(row for row in program.packs.page.health.rows if "its key fails" in row.told.text)
    assert row.told.text == "Question 6: its key fails"
    assert row.button is not None
    row.button.click()
    page = program.packs.page
    assert page.switch.index == QUESTIONS
    assert page.table.current == 5
    assert page.table.hasFocus()


def test_doubles_and_skewed_keys_are_told(qtbot: QtBot, program: Program, packs: FakePacks):
    base = make_pack()
    label = base.items[3]
    doubles = [type(label)(id=f"d{n}", question="The same?", key=label.key) for n in range(12)]
    packs.put(make_pack(items=tuple(doubles)))
    open_packs(qtbot, program, 1)
    show_health(qtbot, program)
    assert any(
        text.startswith("Questions 1, 2, 3") and "ask the same" in text for text in told(program)
    )
    assert "“Cards” is right in 12 of 12 questions, between 3." in told(program)


def test_an_examination_that_nobody_needs_is_given_up():
    works, steps = PackWorks({}), []

    def is_cancelled() -> bool:
        steps.append(1)
        return len(steps) > 2

    assert works.examine(make_large_pack(), is_cancelled) is None
    assert len(steps) == 3
    examined = works.examine(make_pack(), lambda: False)
    assert examined is not None
    assert examined.faults == ()
    assert examined.health.graded_count == 8


def test_about_tells_who_made_it(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    program.packs.page.switch.parts[ABOUT].click()
    about = program.packs.page.about
    assert "does not exist" in about.text.toPlainText()
    assert ("Licence", "CC-BY-4.0") in about.facts.facts
    assert ("Usual margin", "10 points") in about.facts.facts


# --- what is done with it


def test_the_button_says_which_pack_is_to_run(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    with qtbot.waitSignal(program.packs_flow.run_wanted) as wanted:
        qtbot.mouseClick(program.packs.page.run_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [two_packs.shelved[0].pack]


def test_a_pack_is_deleted_only_after_a_question(
    qtbot: QtBot, program: Program, two_packs: FakePacks
):
    open_packs(qtbot, program, 2)
    program.packs.list.go_to("/packs/roaming.pack.json")
    program.packs.page.delete_button.click()
    (box,) = program.window.findChildren(QMessageBox)
    assert "Roaming" in box.text()
    box.escapeButton().click()
    assert len(two_packs.shelved) == 2
    program.packs.page.delete_button.click()
    (box,) = [one for one in program.window.findChildren(QMessageBox) if one.isVisible()]
    next(button for button in box.buttons() if button is not box.escapeButton()).click()
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    qtbot.waitUntil(lambda: program.packs.page.title.text() == "Bank fees")


@pytest.mark.parametrize("form", PackForm)
def test_a_pack_is_written_where_the_user_says(
    qtbot: QtBot, program: Program, two_packs: FakePacks, tmp_path: Path, form: PackForm
):
    open_packs(qtbot, program, 2)
    action = next(a for a in program.packs.page.export_button.forms.actions() if a.data() is form)
    action.trigger()
    dialog = dialog_of(program)
    assert dialog.selectedFiles()[0].endswith(f"bank-fees.{form.value}")
    dialog.fileSelected.emit(str(tmp_path / f"bank.{form.value}"))
    qtbot.waitUntil(lambda: "Saved as" in program.window.notices.words)
    dialog.close()
    assert str(tmp_path / f"bank.{form.value}") in two_packs.files
    assert all(Path(path).parent == tmp_path for path in two_packs.files)
    assert len(two_packs.files) == (2 if form is PackForm.LM_EVAL else 1)
    assert all(b"Comfort" in data for path, data in two_packs.files.items() if "yaml" not in path)


def test_a_full_disk_is_told(qtbot: QtBot, program: Program, two_packs: FakePacks, tmp_path: Path):
    two_packs.disk_problem = OSError(28, "No space left on device")
    open_packs(qtbot, program, 2)
    program.packs.page.export_wanted.emit(two_packs.shelved[0].pack, PackForm.CSV)
    dialog = dialog_of(program)
    dialog.fileSelected.emit(str(tmp_path / "x.csv"))
    qtbot.waitUntil(lambda: "No space left" in program.window.notices.words)
    dialog.close()


# --- keys and accessibility


@pytest.mark.parametrize("view", [QUESTIONS, HEALTH, ABOUT])
def test_everything_has_a_name_and_tab_leads_there(
    qtbot: QtBot, program: Program, two_packs: FakePacks, view: int
):
    two_packs.faults = (Fault(item="q-6", field="answer", problem="its key fails"),)
    open_packs(qtbot, program, 2)
    show_health(qtbot, program)
    program.packs.page.switch.parts[view].click()
    program.packs.search.setFocus()
    wanted = {one for one in focusable(program.window) if program.packs.isAncestorOf(one)}
    for widget in wanted:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget
    reached = []
    for _step in range(3 * len(wanted) + 10):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    assert wanted <= set(reached)


def test_it_fits_the_smallest_window(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    program.window.resize(1000, 650)
    qtbot.waitUntil(lambda: program.window.width() == 1000)
    corner = program.packs.page.run_button.rect().bottomRight()
    assert program.packs.page.run_button.mapTo(program.window, corner).x() < 1000
    assert program.packs.page.table.isColumnHidden(Column.GROUP)


def test_files_with_questions_can_be_dropped(
    qtbot: QtBot, program: Program, two_packs: FakePacks, tmp_path: Path
):
    path = tmp_path / "questions.csv"
    path.write_text("question,answer\n1+1?,2\n", encoding="utf-8")
    program.start(qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    program.window.dropEvent(event)
    qtbot.waitUntil(lambda: two_packs.paths == [str(path)])
    assert program.packs.isVisible()


# --- into the Arena


def test_open_questions_go_to_the_arena(qtbot: QtBot, program: Program, packs: FakePacks):
    items = make_pack().items
    open_item = PackItem(
        id="letter", question="Write a letter.", context="Fees rise.", key=FreeKey(), demo=True
    )
    packs.put(make_pack(items=(*items, open_item)))
    open_packs(qtbot, program, 1)
    program.packs.page.demos_button.click()
    card = program.window.arena.prompt_card
    assert program.window.rail.arena.isChecked()
    assert "Fees rise." in card.prompt
    assert "Write a letter." in card.prompt
    assert "ANSWER" not in card.prompt


def test_no_way_there_without_open_questions(qtbot: QtBot, program: Program, two_packs: FakePacks):
    open_packs(qtbot, program, 2)
    assert not program.packs.page.demos_button.isVisible()
