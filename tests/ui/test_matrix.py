"""The matrix: what its cells say, how it is filtered, ordered and gone through."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from tests.helpers.catalogues import write_catalogue
from tests.helpers.matrix_runs import make_cell, make_plan, make_run

from large_enough.comparison.matrix_filter import Finding
from large_enough.comparison.run_matrix import RunMatrix, Square
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.pack_run import PackRunSettings
from large_enough.ui.matrix_words import cell_word
from large_enough.ui.tables.matrix_model import (
    FIRST_LETTER_COLUMN,
    QUESTION_COLUMN,
    MatrixModel,
    SortBy,
)
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.matrix_panel import MatrixPanel
from large_enough.wording.translate import use_language

RIGHT, WRONG, CUT = GradeStatus.CORRECT, GradeStatus.WRONG, GradeStatus.TRUNCATED


def small_matrix() -> RunMatrix:
    """Return four questions to two contenders; the last one is open for B."""
    statuses = {"A": (RIGHT, WRONG, CUT, RIGHT), "B": (RIGHT, RIGHT, WRONG)}
    cells = [
        make_cell(f"fee-00{number}", letter, status)
        for letter, found in statuses.items()
        for number, status in enumerate(found, 1)
    ]
    return RunMatrix(make_plan(4, 2), cells)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> Iterator[MatrixPanel]:
    """The panel with four questions."""
    made = MatrixPanel(theme)
    qtbot.addWidget(made)
    made.show_matrix(small_matrix())
    made.resize(900, 500)
    made.show()
    made.activateWindow()
    yield made
    made.catch_up()
    made.catch_up()  # the second time there is nothing to do, and its timer stops


def spoken(model: MatrixModel, row: int, column: int) -> str:
    return str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


def shown(panel: MatrixPanel) -> list[int]:
    model = panel.view.matrix
    return [row.number for place in range(model.rowCount()) if (row := model.row_at(place))]


def test_every_cell_has_a_name_that_says_what_became_of_the_answer(panel: MatrixPanel) -> None:
    model = panel.view.matrix
    assert spoken(model, 1, FIRST_LETTER_COLUMN) == "fee-002, A: wrong"
    assert spoken(model, 2, FIRST_LETTER_COLUMN) == "fee-003, A: cut off"
    assert spoken(model, 3, FIRST_LETTER_COLUMN + 1) == "fee-004, B: not answered yet"
    heading = model.headerData(
        FIRST_LETTER_COLUMN, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )
    assert heading == "A, SmolLM2 135M Instruct: 50 % right"


def test_screen_readers_get_those_names(panel: MatrixPanel) -> None:
    table = QAccessible.queryAccessibleInterface(panel.view)
    children = [table.child(number) for number in range(table.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in children if child is not None]
    assert "fee-002, A: wrong" in names


def test_right_and_wrong_differ_without_colours(panel: MatrixPanel) -> None:
    model = panel.view.matrix
    texts = [str(model.index(row, FIRST_LETTER_COLUMN).data()) for row in range(3)]
    assert texts == ["✓", "✗", "cut"]
    assert len(set(texts)) == 3


def test_repeats_that_differ_say_how_many_were_right(qtbot: QtBot, theme: Theme) -> None:
    plan = make_plan(1, 2, PackRunSettings(repeats=3))
    cells = [
        make_cell("fee-001", "A", status, repeat=repeat)
        for repeat, status in enumerate((RIGHT, RIGHT, WRONG))
    ]
    panel = MatrixPanel(theme)
    qtbot.addWidget(panel)
    panel.show_matrix(RunMatrix(plan, cells))
    assert panel.view.matrix.index(0, FIRST_LETTER_COLUMN).data() == "2 of 3"
    assert spoken(panel.view.matrix, 0, FIRST_LETTER_COLUMN) == (
        "fee-001, A: 2 of 3 answers are right"
    )


def test_chips_show_only_what_fits_and_say_how_much_that_is(
    qtbot: QtBot, panel: MatrixPanel
) -> None:
    chip = panel.filters.chips[Finding.ONLY_LARGE]
    assert chip.text() == "Only the large one right (1)"
    chip.click()
    assert shown(panel) == [2]
    assert panel.filters.count.text() == "1 of 4 questions"
    panel.filters.chips[Finding.ONLY_SMALL].click()
    assert shown(panel) == []
    assert panel.nothing.isVisible()
    panel.filters.chips[Finding.ANY].click()
    assert shown(panel) == [1, 2, 3, 4]


def test_words_are_searched_after_a_moment(qtbot: QtBot, panel: MatrixPanel) -> None:
    qtbot.keyClicks(panel.filters.search, "fee-003")
    qtbot.waitUntil(lambda: shown(panel) == [3])
    panel.filters.search.clear()
    qtbot.waitUntil(lambda: len(shown(panel)) == 4)


def test_the_menu_of_kinds_has_levels_families_tags_and_failures(panel: MatrixPanel) -> None:
    actions = {action.text(): action for action in panel.filters.kinds.actions()}
    assert {"Level 1", "Rounding", "# abroad", "cut off"} <= actions.keys()
    actions["cut off"].trigger()
    assert shown(panel) == [3]
    assert panel.filters.chips[Finding.FAILED].isChecked()
    actions["All questions"].trigger()
    panel.filters.chips[Finding.ANY].click()
    actions["# abroad"].trigger()
    assert shown(panel) == [4]


def test_a_heading_orders_the_rows_and_turns_the_order_round(panel: MatrixPanel) -> None:
    header = panel.view.horizontalHeader()
    header.sectionClicked.emit(FIRST_LETTER_COLUMN)
    assert shown(panel) == [3, 2, 1, 4]  # failures and wrong ones first
    header.sectionClicked.emit(FIRST_LETTER_COLUMN)
    assert shown(panel) == [4, 1, 2, 3]
    header.sectionClicked.emit(0)
    assert shown(panel) == [1, 2, 3, 4]


def test_the_hardest_questions_can_come_first(panel: MatrixPanel) -> None:
    action = next(one for one in panel.filters.orders.actions() if one.data() is SortBy.RIGHT_COUNT)
    action.trigger()
    assert shown(panel) == [3, 2, 4, 1]


def test_what_is_chosen_stays_chosen_when_rows_move(panel: MatrixPanel) -> None:
    panel.view.go_to("fee-002", "B")
    panel.view.matrix.sort_by(SortBy.RIGHT_COUNT)
    assert panel.view.current_item_id == "fee-002"
    assert panel.view.currentIndex().row() == 1
    panel.filters.chips[Finding.ALL_RIGHT].click()
    assert panel.view.current_item_id != "fee-002"


def test_arrows_go_from_cell_to_cell_and_enter_opens(qtbot: QtBot, panel: MatrixPanel) -> None:
    view = panel.view
    view.setFocus()
    view.go_to("fee-001")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert view.current_item_id == "fee-002"
    with qtbot.waitSignal(panel.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["fee-002", "A"]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    with qtbot.waitSignal(panel.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["fee-002", ""]


def test_a_click_opens_the_question(qtbot: QtBot, panel: MatrixPanel) -> None:
    cell = panel.view.visualRect(panel.view.matrix.index(2, FIRST_LETTER_COLUMN + 1))
    with qtbot.waitSignal(panel.opened) as opened:
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert opened.args == ["fee-003", "B"]


def test_answers_appear_while_the_run_goes_on(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.take(make_cell("fee-004", "B", WRONG))
    model = panel.view.matrix
    qtbot.waitUntil(lambda: spoken(model, 3, FIRST_LETTER_COLUMN + 1) == "fee-004, B: wrong")
    assert panel.filters.chips[Finding.ONLY_SMALL].text() == "Only the small one right (1)"
    totals = panel.totals.totals
    assert totals.index(0, FIRST_LETTER_COLUMN + 1).data() == "50 %"


def test_a_filtered_matrix_takes_in_what_comes_to_fit(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.filters.chips[Finding.ONLY_SMALL].click()
    panel.take(make_cell("fee-004", "B", WRONG))
    qtbot.waitUntil(lambda: shown(panel) == [4])


def test_totals_stand_below_their_contender(panel: MatrixPanel) -> None:
    totals = panel.totals.totals
    column = FIRST_LETTER_COLUMN
    assert [totals.index(row, column).data() for row in range(3)] == ["50 %", "67 %", "25 %"]
    assert panel.totals.columnWidth(column) == panel.view.columnWidth(column)
    said = totals.index(2, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "A, no answer, cut off, refused: 25 %"
    assert totals.index(2, column).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "cut off 1"
    assert totals.index(0, QUESTION_COLUMN).data() == "right, of all answers"


def test_qt_finds_no_fault_with_the_model(qtbot: QtBot) -> None:
    model = MatrixModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(small_matrix())
    model.sort_by(SortBy.CONTENDER, "B", is_descending=True)
    model.take(make_cell("fee-004", "B", WRONG))
    model.catch_up()
    model.want(model.wish._replace(finding=Finding.ONLY_LARGE))
    model.want(model.wish._replace(finding=Finding.ANY))
    assert tester.model() is model


def test_a_judgement_by_hand_is_named(panel: MatrixPanel) -> None:
    hand = HandGrade(status=RIGHT, score=1.0, who="M", why="", utc="2026-11-27T12:00:00Z")
    cell = msgspec.structs.replace(make_cell("fee-002", "A", WRONG), hand_grade=hand)
    panel.take(cell)
    panel.catch_up()
    assert spoken(panel.view.matrix, 1, FIRST_LETTER_COLUMN) == (
        "fee-002, A: right, judged by hand"
    )


@pytest.mark.parametrize("contender_count", [1, 2, 5, 12])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_any_number_of_contenders_is_painted_in_both_directions(
    qtbot: QtBot, theme: Theme, contender_count: int, direction: Qt.LayoutDirection
) -> None:
    run = make_run(60, contender_count)
    panel = MatrixPanel(theme)
    qtbot.addWidget(panel)
    panel.setLayoutDirection(direction)
    panel.show_matrix(RunMatrix(run.plan, run.cells))
    panel.resize(1100, 600)
    panel.show()
    picture = panel.grab().toImage()
    assert len({picture.pixel(x, 300) for x in range(0, 1100, 3)}) > 1
    model = panel.view.matrix
    assert model.columnCount() == contender_count + 3
    assert panel.view.columnWidth(QUESTION_COLUMN) >= 200


def test_large_type_makes_rows_higher(qtbot: QtBot, theme: Theme, panel: MatrixPanel) -> None:
    before = panel.view.rowHeight(0)
    theme.use_projector(is_on=True)
    assert panel.view.rowHeight(0) > before
    panel.grab()


def test_no_answer_is_not_the_same_word_as_no_amount(tmp_path: Path) -> None:
    contexts = {("answer in a cell", "none"): "keine"}
    write_catalogue(tmp_path, "nds", {"none": "keiner"}, contexts)
    use_language(["nds"], tmp_path)
    try:
        assert cell_word(Square(statuses=(GradeStatus.NO_ANSWER,), score=0.0)) == "keine"
    finally:
        use_language(["en"])
