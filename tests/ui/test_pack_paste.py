"""Questions from spreadsheets and files: what is understood, what needs help, what is kept."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from tests.helpers.xlsx_files import saved
from tests.ui.fake_packs import FakePacks, make_pack
from tests.ui.program import Program
from tests.ui.test_pack_editor import choose_type, key_field, write

from large_enough.domain.pack import AnswerType, ChoiceKey, DateKey, NumberKey
from large_enough.packs.importing import read_questions
from large_enough.packs.writing import pack_json
from large_enough.ui.pack_understanding import understanding_of
from large_enough.ui.tables.item_table_model import PROBLEM_TEXT_ROLE, Column

TABLE = (
    "question\tanswer\toptions\n"
    "What is 1 + 1?\t2\t\n"
    "Which account is free?\tGold\tBasic;Comfort\n"
    "When does it end?\t2026-03-31\t\n"
    "What is missing?\t\t\n"
)


@pytest.fixture
def shown(qtbot: QtBot, program: Program) -> Program:
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.packs.click()
    return program


def paste(qtbot: QtBot, program: Program, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    program.packs.paste_button.click()
    qtbot.waitUntil(lambda: program.packs.is_editing)


def test_pasted_rows_are_shown_with_what_was_understood(qtbot: QtBot, shown: Program):
    paste(qtbot, shown, TABLE)
    editor = shown.packs.editor
    table = editor.desk.table
    assert [item.question for item in table.items] == [
        "What is 1 + 1?",
        "Which account is free?",
        "When does it end?",
        "What is missing?",
    ]
    assert table.items[0].key == NumberKey(answer=2)
    assert table.items[2].key == DateKey(answer="2026-03-31")
    assert editor.notes.isVisible()
    assert editor.notes.sentence.text().startswith("2 questions were understood. 2 need your help")
    assert editor.title.hasFocus()
    assert editor.desk.count.text() == "2 to finish"


def test_faults_are_told_row_by_row(qtbot: QtBot, shown: Program):
    paste(qtbot, shown, TABLE)
    model = shown.packs.editor.desk.table.model()
    cell = model.index(1, Column.ANSWER)
    assert "“Gold” is neither" in cell.data()
    assert cell.data(PROBLEM_TEXT_ROLE)
    assert model.index(1, 3).data() == "one option"
    assert "missing" in model.index(3, Column.ANSWER).data()
    shown.packs.editor.notes.list_button.click()
    noticed = shown.packs.editor.notes.list.toPlainText()
    assert "row 3" in noticed
    assert "row 5" in noticed


def test_rows_are_corrected_in_place_named_and_saved(
    qtbot: QtBot, shown: Program, packs: FakePacks
):
    paste(qtbot, shown, TABLE)
    editor = shown.packs.editor
    qtbot.keyClicks(editor.title, "Twenty questions")
    assert editor.desk.table.current == 1
    assert key_field(shown, "choices").text == "Basic\nComfort"
    assert key_field(shown, "answer").text == "Gold"
    write(qtbot, key_field(shown, "answer"), "A")
    editor.save_button.click()
    assert packs.saved == []
    assert editor.desk.table.current == 3
    choose_type(shown, AnswerType.UNANSWERABLE)
    editor.save_button.click()
    qtbot.waitUntil(lambda: bool(packs.saved))
    pack, is_new = packs.saved[0]
    assert is_new
    assert pack.title == "Twenty questions"
    assert pack.items[1].key == ChoiceKey(choices=("Basic", "Comfort"), answer="Basic")
    qtbot.waitUntil(lambda: not shown.packs.is_changed)
    assert not editor.notes.isVisible()
    editor.close_button.click()
    qtbot.waitUntil(lambda: shown.packs.page.title.text() == "Twenty questions")


def test_an_empty_clipboard_leads_to_a_box_that_explains(
    qtbot: QtBot, shown: Program, packs: FakePacks
):
    QGuiApplication.clipboard().clear()
    shown.packs.paste_button.click()
    box = shown.packs.paste.box
    assert box.isVisible()
    assert box.hasFocus()
    assert not shown.packs.paste.read_button.isEnabled()
    box.setPlainText("question,answer\nWhat is 2 + 2?,4\n")
    shown.packs.paste.read_button.click()
    qtbot.waitUntil(lambda: shown.packs.is_editing)
    assert packs.texts == ["question,answer\nWhat is 2 + 2?,4\n"]


def test_text_without_questions_is_shown_with_the_reason(qtbot: QtBot, shown: Program):
    QGuiApplication.clipboard().setText("{}")
    shown.packs.paste_button.click()
    qtbot.waitUntil(shown.packs.paste.problems.isVisible)
    assert "No question was found." in shown.packs.paste.problems.text()
    assert shown.packs.paste.text == "{}"
    shown.packs.paste.close_button.click()
    assert not shown.packs.paste.isVisible()


def test_the_text_can_be_changed_and_read_again(qtbot: QtBot, shown: Program, packs: FakePacks):
    paste(qtbot, shown, TABLE)
    shown.packs.editor.notes.text_button.click()
    assert shown.packs.paste.text == TABLE
    assert not shown.packs.is_changed
    shown.packs.paste.box.setPlainText(TABLE.replace("Gold", "Basic"))
    shown.packs.paste.read_button.click()
    qtbot.waitUntil(lambda: shown.packs.is_editing)
    assert shown.packs.editor.desk.count.text() == "1 to finish"


def test_corrections_are_not_lost_without_a_question(qtbot: QtBot, shown: Program):
    paste(qtbot, shown, TABLE)
    write(qtbot, key_field(shown, "answer"), "A")
    shown.packs.editor.notes.text_button.click()
    (box,) = [one for one in shown.window.findChildren(QMessageBox) if one.isVisible()]
    box.escapeButton().click()
    assert shown.packs.is_editing
    shown.packs.editor.notes.text_button.click()
    (box,) = [one for one in shown.window.findChildren(QMessageBox) if one.isVisible()]
    next(button for button in box.buttons() if button is not box.escapeButton()).click()
    assert shown.packs.paste.isVisible()


def test_a_pasted_pack_is_not_lost_by_accident(qtbot: QtBot, shown: Program):
    paste(qtbot, shown, TABLE)
    assert shown.packs.is_changed
    assert not shown.window.close()
    shown.packs_flow._close_editor()


def test_a_file_is_opened(qtbot: QtBot, shown: Program, packs: FakePacks, tmp_path: Path):
    path = tmp_path / "bank.pack.json"
    path.write_bytes(pack_json(make_pack()))
    shown.packs.file_button.click()
    (dialog,) = [one for one in shown.window.findChildren(QFileDialog) if one.isVisible()]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: shown.packs.is_editing)
    editor = shown.packs.editor
    assert editor.title.text() == "Bank fees"
    assert not editor.notes.text_button.isVisible()
    assert editor.desk.count.text() == ""
    assert packs.paths == [str(path)]


def test_a_file_without_questions_is_told(qtbot: QtBot, shown: Program, tmp_path: Path):
    path = tmp_path / "nothing.json"
    path.write_text("{", encoding="utf-8")
    shown.packs_flow.open_files([str(path)])
    qtbot.waitUntil(lambda: "No question was found." in shown.window.notices.words)
    assert not shown.packs.is_editing


def test_dropping_a_file_does_not_replace_what_is_being_edited(
    qtbot: QtBot, shown: Program, packs: FakePacks
):
    paste(qtbot, shown, TABLE)
    shown.packs_flow.open_files(["/somewhere/else.csv"])
    assert packs.paths == []
    assert "Save the pack" in shown.window.notices.words
    shown.packs_flow._close_editor()


@pytest.mark.parametrize(
    ("row", "kind", "field"),
    [
        ("Which?\tGold\tchoice\ta;b", AnswerType.CHOICE, "answer"),
        ("Which?\tz\tmulti_choice\ta;b", AnswerType.MULTI_CHOICE, "answers"),
        ("How many?\tmany\tnumber\t", AnswerType.NUMBER, "answer"),
        ("When?\tsoon\tdate\t", AnswerType.DATE, "answer"),
        ("What?\t(x\tregex\t", AnswerType.REGEX, "pattern"),
        ("What?\tx\tnonsense\t", AnswerType.TEXT, "answers"),
        ("\tx\ttext\t", AnswerType.TEXT, "question"),
    ],
)
def test_what_was_written_of_a_bad_row_stands_in_the_form(row: str, kind: AnswerType, field: str):
    imported = read_questions(f"question\tanswer\ttype\toptions\n{row}\n")
    understanding = understanding_of(imported)
    assert understanding.pack is not None
    (item,) = understanding.pack.items
    unfinished = understanding.unfinished[item.id]
    assert unfinished.kind is kind
    assert unfinished.mistake.field == field
    assert unfinished.mistake.problem
    written = row.split("\t")
    assert item.question == written[0]
    assert written[1] in unfinished.values.values()
    assert understanding.lost_count == 0


def test_good_and_bad_rows_keep_their_order():
    rows = ["A?\t1", "B?\t", "C?\t3", "D?\t", "E?\t5"]
    understanding = understanding_of(read_questions("question\tanswer\n" + "\n".join(rows)))
    assert understanding.pack is not None
    assert [item.question for item in understanding.pack.items] == ["A?", "B?", "C?", "D?", "E?"]
    assert len(understanding.unfinished) == 2


def test_sheets_that_were_not_read_are_told_in_the_first_sentence(
    qtbot: QtBot, shown: Program, tmp_path: Path
):
    book = openpyxl.Workbook()
    book.worksheets[0].append(("question", "answer"))
    book.worksheets[0].append(("Sum?", 2))
    book.create_sheet("More\u202e").append(("question", "answer"))
    path = tmp_path / "two.xlsx"
    path.write_bytes(saved(book))
    imported = read_questions(path)
    paste(qtbot, shown, TABLE)
    notes = shown.packs.editor.notes
    assert "sheet" not in notes.sentence.text()
    notes.show_understanding(understanding_of(imported))
    assert "Only the sheet “Sheet” was read; there is 1 other one: “More" in notes.sentence.text()
    assert "\u202e" not in notes.sentence.text()
