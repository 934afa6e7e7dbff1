"""The editor: writing questions, trying answers, keeping changes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.fake_packs import FakePacks, make_large_pack, make_pack
from tests.ui.program import Program
from tests.ui.test_main_window import focusable

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack import AnswerType, ChoiceKey, NumberKey, TextKey
from large_enough.ui.widgets.form_field import FormField
from large_enough.ui.widgets.lines_box import LinesBox
from large_enough.ui.widgets.save_question import SaveQuestion
from large_enough.ui.widgets.text_field import TextField


@pytest.fixture
def own_pack(packs: FakePacks) -> FakePacks:
    packs.put(make_pack())
    return packs


@pytest.fixture
def editing(qtbot: QtBot, program: Program, own_pack: FakePacks) -> Program:
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.packs.click()
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    program.packs.page.edit_button.click()
    return program


def write(qtbot: QtBot, field: FormField, text: str) -> None:
    control = field.control
    assert isinstance(control, TextField | LinesBox)
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text)


def key_field(program: Program, name: str) -> FormField:
    return program.packs.editor.desk.form.key_form.fields[name]


def choose_type(program: Program, kind: AnswerType) -> None:
    form = program.packs.editor.desk.form.key_form
    next(action for action in form.types.actions() if action.data() == kind.value).trigger()


def try_answer(qtbot: QtBot, program: Program, text: str, status: str) -> str:
    trial = program.packs.editor.desk.trial
    trial.answer.setPlainText(text)
    qtbot.waitUntil(lambda: trial.status.text() == status)
    return trial.words


def question_box(program: Program) -> SaveQuestion:
    (box,) = [one for one in program.window.findChildren(SaveQuestion) if one.isVisible()]
    return box


# --- writing


def test_the_editor_begins_where_the_user_was(qtbot: QtBot, program: Program, own_pack: FakePacks):
    program.start(qtbot)
    program.window.rail.packs.click()
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    program.packs.page.table.go_to(2)
    program.packs.page.table.wanted.emit(2)
    assert program.packs.is_editing
    assert program.packs.editor.desk.table.current == 2
    assert program.packs.editor.desk.form.question.text.startswith("What do two transfers")
    assert not program.packs.is_changed


def test_another_key_is_saved_as_another_version(
    qtbot: QtBot, editing: Program, own_pack: FakePacks
):
    write(qtbot, key_field(editing, "answer"), "2.5")
    assert editing.packs.is_changed
    assert editing.packs.editor.state.text() == "not saved yet"
    editing.packs.editor.save_button.click()
    qtbot.waitUntil(lambda: editing.packs.editor.state.text() == "everything is saved")
    ((pack, is_new),) = own_pack.saved
    assert not is_new
    assert pack.version == "1.1.0"
    assert isinstance(pack.items[0].key, NumberKey)
    assert pack.items[0].key.answer == 2.5
    assert not editing.packs.is_changed


def test_a_question_is_added_with_its_options(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    desk = editing.packs.editor.desk
    desk.add_button.click()
    assert desk.table.current == 1
    assert desk.count.text() == "1 to finish"
    write(qtbot, desk.form.question, "Which is the largest?")
    choose_type(editing, AnswerType.CHOICE)
    control = key_field(editing, "choices").control
    assert isinstance(control, LinesBox)
    control.setPlainText("Ant\nDinosaur")
    assert key_field(editing, "answer").problem.text() == "Say which option is right."
    write(qtbot, key_field(editing, "answer"), "B")
    assert desk.count.text() == ""
    editing.packs.editor.save_button.click()
    qtbot.waitUntil(lambda: bool(own_pack.saved))
    item = own_pack.saved[0][0].items[1]
    assert item.question == "Which is the largest?"
    assert item.key == ChoiceKey(choices=("Ant", "Dinosaur"), answer="Dinosaur")


def test_what_is_not_finished_is_not_saved(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    desk = editing.packs.editor.desk
    write(qtbot, key_field(editing, "answer"), "many")
    problem = "“many” is no number; write it like 1234.5, without thousands."
    assert key_field(editing, "answer").problem.text() == problem
    assert key_field(editing, "answer").control.accessibleDescription() == problem
    desk.table.go_to(4)
    assert desk.form.question.text == "Who is the branch manager?"
    editing.packs.editor.save_button.click()
    assert own_pack.saved == []
    assert desk.table.current == 0
    assert key_field(editing, "answer").text == "many"
    assert "Question 1 is not finished" in editing.packs.editor.state.text()
    write(qtbot, key_field(editing, "answer"), "1")
    editing.packs.editor.save_button.click()
    qtbot.waitUntil(lambda: not editing.packs.is_changed)


def test_a_bad_pattern_is_told_at_once(qtbot: QtBot, editing: Program):
    choose_type(editing, AnswerType.REGEX)
    control = key_field(editing, "pattern").control
    assert isinstance(control, LinesBox)
    control.setPlainText("(unclosed")
    qtbot.waitUntil(key_field(editing, "pattern").problem.isVisible)
    control.setPlainText("(closed)")
    assert not key_field(editing, "pattern").problem.isVisible()


def test_changing_the_type_there_and_back_loses_nothing(qtbot: QtBot, editing: Program):
    editing.packs.editor.desk.table.go_to(1)
    choose_type(editing, AnswerType.TEXT)
    choose_type(editing, AnswerType.CHOICE)
    assert key_field(editing, "choices").text == "Basic\nComfort\nPremium"
    assert key_field(editing, "answer").text == "Basic"
    assert key_field(editing, "shuffle").value is True


def test_questions_are_copied_and_deleted(qtbot: QtBot, editing: Program):
    desk = editing.packs.editor.desk
    desk.copy_button.click()
    assert [item.question for item in desk.table.items[:2]] == [desk.table.items[0].question] * 2
    assert desk.table.current == 1
    desk.table.setFocus()
    qtbot.keyClick(desk.table, Qt.Key.Key_Delete)
    assert len(desk.table.items) == 8
    assert desk.table.hasFocus()


def test_deleting_can_be_undone(qtbot: QtBot, editing: Program):
    desk = editing.packs.editor.desk
    before = desk.table.items
    assert not desk.undo_button.isVisible()
    desk.table.go_to(7)
    desk.delete_button.click()
    desk.table.go_to(2)
    desk.delete_button.click()
    desk.undo_button.click()
    assert desk.table.current == 2
    desk.undo_button.click()
    assert desk.table.current == 7
    assert desk.table.items == before
    assert not desk.undo_button.isVisible()
    assert not editing.packs.is_changed


def test_what_is_written_while_it_is_saved_is_not_lost(
    qtbot: QtBot, editing: Program, own_pack: FakePacks
):
    write(qtbot, key_field(editing, "answer"), "2.5")
    with qtbot.waitSignal(editing.packs_flow._jobs.kept):
        editing.packs.editor.save_button.click()
        control = key_field(editing, "answer").control
        assert isinstance(control, TextField)
        control.setText("7")
        control.textEdited.emit("7")
    assert own_pack.saved[0][0].items[0].key.answer == 2.5
    assert key_field(editing, "answer").text == "7"
    assert editing.packs.is_changed
    editing.packs.editor.save_button.click()
    qtbot.waitUntil(lambda: len(own_pack.saved) == 2)
    assert own_pack.saved[1][0].version == "1.2.0"
    qtbot.waitUntil(lambda: not editing.packs.is_changed)


def test_ctrl_s_saves(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    write(qtbot, key_field(editing, "answer"), "2.5")
    control = key_field(editing, "answer").control
    qtbot.keyClick(control, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(own_pack.saved))


def test_a_pack_can_be_emptied_and_begun_again(qtbot: QtBot, editing: Program):
    desk = editing.packs.editor.desk
    for _each in range(8):
        desk.delete_button.click()
    assert desk.table.items == ()
    assert not desk.form.isEnabled()
    desk.add_button.click()
    assert desk.form.isEnabled()
    assert desk.form.question.control.hasFocus()


def test_a_pack_needs_a_name(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    editing.packs.editor.title.clear()
    editing.packs.editor.title.textEdited.emit("")
    editing.packs.editor.save_button.click()
    assert own_pack.saved == []
    assert editing.packs.editor.state.text() == "Give the pack a name first."
    assert editing.packs.editor.title.hasFocus()


def test_a_new_pack_is_written_from_nothing(qtbot: QtBot, program: Program, packs: FakePacks):
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.packs.click()
    program.packs.new_button.click()
    assert program.packs.editor.title.hasFocus()
    qtbot.keyClicks(program.packs.editor.title, "My questions")
    write(qtbot, program.packs.editor.desk.form.question, "What is the capital of Bern?")
    control = key_field(program, "answers").control
    assert isinstance(control, LinesBox)
    control.setPlainText("Bern")
    program.packs.editor.save_button.click()
    qtbot.waitUntil(lambda: bool(packs.saved))
    pack, is_new = packs.saved[0]
    assert is_new
    assert (pack.title, pack.version, pack.language) == ("My questions", "1.0.0", "en")
    assert pack.items[0].key == TextKey(answers=("Bern",))
    qtbot.waitUntil(lambda: program.packs.list.count == 1)


def test_shipped_packs_are_copied_first(qtbot: QtBot, program: Program, packs: FakePacks):
    packs.put(make_pack(), is_shipped=True)
    program.start(qtbot)
    program.window.rail.packs.click()
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    program.packs.page.edit_button.click()
    assert program.packs.editor.title.text() == "Bank fees (copy)"
    assert "a copy of your own" in program.window.notices.words
    program.packs.editor.save_button.click()
    qtbot.waitUntil(lambda: bool(packs.saved))
    pack, is_new = packs.saved[0]
    assert is_new
    assert pack.id == "bank-fees-copy-1"
    qtbot.waitUntil(lambda: program.packs.list.count == 2)


def test_a_failing_disk_loses_nothing(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    write(qtbot, key_field(editing, "answer"), "2.5")
    own_pack.failure = RequestError(FailureKind.PACK_NOT_KEPT, "/packs", problem="disk full")
    with qtbot.waitSignal(editing.packs_flow.failed):
        editing.packs.editor.save_button.click()
    assert "disk full" in editing.window.notices.words
    assert editing.packs.is_changed


def test_typing_in_a_large_pack_does_not_lag(qtbot: QtBot, program: Program, packs: FakePacks):
    packs.put(make_large_pack())
    program.start(qtbot)
    program.window.rail.packs.click()
    qtbot.waitUntil(lambda: program.packs.list.count == 1)
    program.packs.page.edit_button.click()
    program.packs.editor.desk.table.go_to(4_999)
    write(qtbot, key_field(program, "answer"), "12345")
    assert program.packs.editor.desk.table.items[4_999].key == NumberKey(answer=12345)


def test_what_belongs_to_the_pack_can_be_changed(
    qtbot: QtBot, editing: Program, own_pack: FakePacks
):
    editor = editing.packs.editor
    editor.facts_button.click()
    write(qtbot, editor.facts.language, "de")
    write(qtbot, editor.facts.authors, "Ada, Grace")
    editor.facts.reasons.control.click()
    assert editing.packs.is_changed
    editor.save_button.click()
    qtbot.waitUntil(lambda: bool(own_pack.saved))
    pack = own_pack.saved[0][0]
    assert (pack.language, pack.authors) == ("de", ("Ada", "Grace"))
    assert pack.reasons_first
    assert pack.version == "1.1.0"  # the models are asked in another language


# --- trying answers


def test_a_pretend_answer_is_graded_at_once(qtbot: QtBot, editing: Program):
    words = try_answer(qtbot, editing, "I think it costs 1.00 EUR.", "right")
    assert "score 100 %" in words
    assert "1.00" in words
    words = try_answer(qtbot, editing, "It costs 2 EUR.", "wrong")
    assert "score 0 %" in words
    description = editing.packs.editor.desk.trial.answer.accessibleDescription()
    assert description == words


def test_letters_count_as_the_options_stand_there(qtbot: QtBot, editing: Program):
    editing.packs.editor.desk.table.go_to(1)
    try_answer(qtbot, editing, "ANSWER: A", "right")
    try_answer(qtbot, editing, "ANSWER: B", "wrong")


def test_another_key_grades_the_same_answer_again(qtbot: QtBot, editing: Program):
    try_answer(qtbot, editing, "2.5 EUR", "wrong")
    write(qtbot, key_field(editing, "answer"), "2.5")
    trial = editing.packs.editor.desk.trial
    qtbot.waitUntil(lambda: trial.status.text() == "right")
    write(qtbot, key_field(editing, "answer"), "x")
    qtbot.waitUntil(lambda: trial.status.text() == "not yet")


def test_another_question_begins_with_no_answer(qtbot: QtBot, editing: Program):
    try_answer(qtbot, editing, "1.00 EUR", "right")
    editing.packs.editor.desk.table.go_to(3)
    assert editing.packs.editor.desk.trial.text == ""
    assert editing.packs.editor.desk.trial.status.text() == ""


# --- leaving


def test_nothing_is_asked_where_nothing_is_changed(qtbot: QtBot, editing: Program):
    editing.packs.editor.close_button.click()
    assert not editing.packs.is_editing
    assert editing.packs.page.isVisible()


def test_changes_are_asked_about(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    write(qtbot, key_field(editing, "answer"), "2.5")
    editing.packs.editor.close_button.click()
    box = question_box(editing)
    assert "Bank fees" in box.text()
    box.keep_button.click()
    assert editing.packs.is_editing
    editing.packs.editor.close_button.click()
    question_box(editing).drop_button.click()
    assert not editing.packs.is_editing
    assert own_pack.saved == []


def test_changes_can_be_saved_on_leaving(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    write(qtbot, key_field(editing, "answer"), "2.5")
    editing.packs.editor.close_button.click()
    question_box(editing).save_button.click()
    qtbot.waitUntil(lambda: not editing.packs.is_editing)
    assert own_pack.saved[0][0].version == "1.1.0"
    qtbot.waitUntil(lambda: editing.packs.page.facts.text().find("version 1.1.0") >= 0)


def test_closing_the_window_asks_too(qtbot: QtBot, editing: Program, own_pack: FakePacks):
    write(qtbot, key_field(editing, "answer"), "2.5")
    editing.window.rail.settings.click()
    assert not editing.window.close()
    assert editing.packs.isVisible()
    question_box(editing).keep_button.click()
    editing.packs.editor.save_button.click()
    qtbot.waitUntil(lambda: not editing.packs.is_changed)
    assert editing.window.isVisible()
    write(qtbot, key_field(editing, "answer"), "3")
    assert not editing.window.close()
    question_box(editing).drop_button.click()
    qtbot.waitUntil(lambda: not editing.window.isVisible())
    assert len(own_pack.saved) == 1


def test_another_language_waits_for_changes_to_be_saved(qtbot: QtBot, editing: Program):
    write(qtbot, key_field(editing, "answer"), "2.5")
    editing.window.rail.settings.click()
    with qtbot.assertNotEmitted(editing.back_rooms.language_changed):
        editing.settings.language.switch.parts[2].click()
    assert "not saved" in editing.settings.language.note.text()


def test_the_editor_stays_open_behind_other_screens(qtbot: QtBot, editing: Program):
    write(qtbot, key_field(editing, "answer"), "2.5")
    editing.window.rail.arena.click()
    editing.window.rail.packs.click()
    assert editing.packs.is_editing
    assert key_field(editing, "answer").text == "2.5"


# --- keys and accessibility


@pytest.mark.parametrize("kind", AnswerType)
def test_everything_has_a_name_and_tab_goes_from_top_to_bottom(
    qtbot: QtBot, editing: Program, kind: AnswerType
):
    desk = editing.packs.editor.desk
    choose_type(editing, kind)
    desk.form.key_form.more_button.setChecked(True)
    wanted = [one for one in focusable(editing.window) if editing.packs.isAncestorOf(one)]
    for widget in wanted:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget
    desk.form.question.control.setFocus()
    reached = []
    while QApplication.focusWidget() is not desk.trial.answer and len(reached) < 40:
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    assert {one for one in wanted if desk.form.isAncestorOf(one)} <= set(reached)
    tops = [one.mapTo(desk, one.rect().topLeft()).y() for one in reached]
    assert tops == sorted(tops)
