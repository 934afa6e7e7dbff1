"""The models: found, forecast, chosen, marked, and led to the Arena."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.records import make_card
from tests.ui.fakes import LARGE, SMALL, FakeForecaster, FakeModels
from tests.ui.program import Program

from large_enough.domain.errors import ErrorInfo, FailureKind, RequestError
from large_enough.domain.found_model import ModelApp, SetAside, WhyAside
from large_enough.domain.pairing import (
    Candidate,
    Ladder,
    LadderKind,
    Pair,
    PairKind,
    Proposal,
)
from large_enough.resources.settings import AskingChoices, load_settings
from large_enough.ui.model_rows import ModelRow, Room
from large_enough.ui.tables.model_table_model import Column

HEADING_PADDING_PX = 8
"""As the style sheet has it."""


def open_models(qtbot: QtBot, program: Program) -> None:
    """Show the screen, and wait for all forecasts."""
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.models.click()
    qtbot.waitUntil(lambda: all(row.room is not Room.NOT_KNOWN for row in rows(program)))


def rows(program: Program) -> tuple[ModelRow, ...]:
    return program.models.table.rows


def has_said(panel: QWidget, text: str) -> bool:
    """Return whether a part of a card is to be read."""
    return any(text in label.text() for label in panel.findChildren(QLabel))


def pair_of(small: Candidate, large: Candidate) -> Proposal:
    pair = Pair(kind=PairKind.SAME_FAMILY, small=small, large=large)
    return Proposal(members=(small, large), common=pair)


def candidate(name: str, path: str) -> Candidate:
    return Candidate(
        name=name,
        family="One",
        variant="instruct",
        parameter_count=1_000_000,
        size_label="1M",
        quantisation="Q4_1",
        size_bytes=98_000_000,
        path=path,
    )


def test_every_model_says_what_it_is_whether_it_fits_and_how_fast_it_may_be(
    qtbot: QtBot, program: Program, models: FakeModels, forecaster: FakeForecaster
) -> None:
    models.apps["Large One"] = ModelApp.LM_STUDIO
    forecaster.usable_bytes = 1_000_000_000
    open_models(qtbot, program)
    small, large = rows(program)
    assert (small.name, small.place, small.room) == ("Small One", "models folder", Room.FITS)
    assert small.memory == "0.23 GB: fits"
    assert small.speed == "40.0 to 60.0"
    assert (large.name, large.place, large.room) == ("Large One", "LM Studio", Room.TOO_LARGE)
    assert "does not fit" in large.memory


def test_nothing_is_forecast_before_somebody_looks(
    qtbot: QtBot, program: Program, forecaster: FakeForecaster
) -> None:
    program.start(qtbot)
    assert forecaster.asked == []
    program.window.rail.models.click()
    qtbot.waitUntil(lambda: len(forecaster.asked) == 2)
    program.window.rail.arena.click()
    program.window.rail.models.click()
    assert sorted(forecaster.asked) == ["Large One", "Small One"]


def test_nothing_is_forecast_while_models_answer(
    qtbot: QtBot, program: Program, forecaster: FakeForecaster
) -> None:
    program.start(qtbot)
    program.arena.ask()
    program.window.rail.models.click()
    assert forecaster.asked == []


def test_another_context_length_is_forecast_anew(
    qtbot: QtBot, program: Program, forecaster: FakeForecaster
) -> None:
    open_models(qtbot, program)
    program.keeper.change(asking=AskingChoices(context_tokens=8192))
    program.arena.choices_changed.emit(program.keeper.settings.asking)
    heading = program.models.table.model().headerData(Column.MEMORY, Qt.Orientation.Horizontal)
    assert heading == "memory at 8,192 tokens"
    program.window.rail.models.click()
    qtbot.waitUntil(lambda: len(forecaster.asked) == 4)


def test_a_forecast_that_fails_is_told_and_does_not_stop_the_window(
    qtbot: QtBot, program: Program, forecaster: FakeForecaster
) -> None:
    forecaster.failure = RequestError(FailureKind.UNKNOWN_MODEL, "x")
    program.start(qtbot)
    program.window.rail.models.click()
    qtbot.waitUntil(program.window.notices.isVisible)
    assert len(rows(program)) == 2


def test_the_card_of_the_chosen_model_has_forecast_and_facts(
    qtbot: QtBot, program: Program
) -> None:
    open_models(qtbot, program)
    panel = program.models.panel
    assert panel.name.text() == "Small One"
    assert "needs 0.23 GB" in panel.chief.text()
    assert "Expected: 40.0 to 60.0 tokens per second" in panel.chief.text()
    qtbot.keyClick(program.models.table, Qt.Key.Key_Down)
    assert panel.name.text() == "Large One"
    said = {label.text() for label in panel.findChildren(QLabel)}
    assert LARGE.path in said


def test_a_model_goes_to_the_arena(qtbot: QtBot, program: Program) -> None:
    open_models(qtbot, program)
    program.models.table.go_to(LARGE.path)
    program.models.panel.letters.actions()[0].trigger()
    assert program.arena.isVisible()
    assert program.arena.pane_row.cards[0].path == LARGE.path


def test_enter_and_a_double_click_are_wishes(qtbot: QtBot, program: Program) -> None:
    open_models(qtbot, program)
    table = program.models.table
    table.wanted.disconnect()
    with qtbot.waitSignal(table.wanted) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [SMALL.path]
    place = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.wanted) as told:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [LARGE.path]


def test_a_model_can_be_one_more_contender(qtbot: QtBot, program: Program) -> None:
    open_models(qtbot, program)
    actions = program.models.panel.letters.actions()
    assert [action.text() for action in actions] == [
        "In place of A",
        "In place of B",
        "As one more",
    ]
    actions[2].trigger()
    assert len(program.arena.pane_row.cards) == 3


def test_a_proposed_pair_is_compared_with_one_click(
    qtbot: QtBot, program: Program, forecaster: FakeForecaster
) -> None:
    small, large = candidate("Small One", LARGE.path), candidate("Large One", SMALL.path)
    forecaster.proposed = (pair_of(small, large),)
    open_models(qtbot, program)
    band = program.models.proposals
    qtbot.waitUntil(band.isVisible)
    assert band.title.text() == "Suggestion"
    assert "Same family" in band.words.text()
    assert not band.next_button.isVisible()
    qtbot.mouseClick(band.compare_button, Qt.MouseButton.LeftButton)
    assert program.arena.isVisible()
    assert [card.path for card in program.arena.pane_row.cards] == [LARGE.path, SMALL.path]


def test_without_a_pair_nothing_is_proposed(qtbot: QtBot, program: Program) -> None:
    open_models(qtbot, program)
    assert not program.models.proposals.isVisible()


def test_proposals_can_be_looked_through_and_a_ladder_takes_four_panes(
    qtbot: QtBot, program: Program, models: FakeModels, forecaster: FakeForecaster
) -> None:
    models.cards = tuple(make_card(f"Step {number}") for number in range(4))
    steps = tuple(candidate(card.name, card.path) for card in models.cards)
    ladder = Ladder(kind=LadderKind.QUANTISATIONS, steps=steps)
    forecaster.proposed = (pair_of(*steps[:2]), Proposal(members=steps, common=ladder))
    open_models(qtbot, program)
    band = program.models.proposals
    qtbot.waitUntil(band.isVisible)
    assert band.title.text() == "Suggestion 1 of 2"
    assert band.compare_button.text() == "Compare these two"
    band.next_button.click()
    assert band.title.text() == "Suggestion 2 of 2"
    assert "Same model, 4 quantisations." in band.words.text()
    band.compare_button.click()
    assert [card.path for card in program.arena.pane_row.cards] == [step.path for step in steps]
    program.window.rail.models.click()
    band.next_button.click()
    assert band.title.text() == "Suggestion 1 of 2"
    band.before_button.click()
    assert band.title.text() == "Suggestion 2 of 2"


def test_a_proposal_whose_model_is_gone_is_not_made(
    qtbot: QtBot, program: Program, forecaster: FakeForecaster
) -> None:
    gone, here = candidate("Gone", "/models/gone.gguf"), candidate("Large One", LARGE.path)
    forecaster.proposed = (pair_of(gone, here),)
    open_models(qtbot, program)
    qtbot.waitUntil(lambda: len(forecaster.role_keys) > 0)
    assert not program.models.proposals.is_offered


def test_favourites_stand_first_and_are_kept(qtbot: QtBot, program: Program, folder: Path) -> None:
    open_models(qtbot, program)
    program.models.table.go_to(LARGE.path)
    program.models.panel.favourite_button.click()
    qtbot.waitUntil(lambda: rows(program)[0].name == "Large One")
    assert rows(program)[0].is_favourite
    (mark,) = load_settings(folder)[0].model_marks
    assert mark.is_favourite
    assert program.models.table.current_key == LARGE.path


def test_a_checksum_is_computed_on_demand(qtbot: QtBot, program: Program) -> None:
    open_models(qtbot, program)
    panel = program.models.panel
    panel.check.button.click()
    qtbot.waitUntil(lambda: has_said(panel, "cdcdcdcd"))
    assert not panel.check.is_running


def test_computing_a_checksum_shows_how_far_it_is_and_can_be_given_up(
    qtbot: QtBot, program: Program, forecaster: FakeForecaster
) -> None:
    open_models(qtbot, program)
    forecaster.may_finish.clear()
    check = program.models.panel.check
    check.button.click()
    qtbot.waitUntil(lambda: check.words.text() == "25 %")
    assert check.progress.fraction == pytest.approx(0.25)
    program.models.table.go_to(LARGE.path)
    assert not check.is_running
    program.models.table.go_to(SMALL.path)
    assert check.is_running
    check.button.click()
    qtbot.waitUntil(lambda: not check.is_running)
    assert check.button.text() == "Compute SHA-256"
    assert not has_said(program.models.panel, "cdcdcdcd")


def test_new_files_are_seen_while_somebody_looks(
    qtbot: QtBot, program: Program, models: FakeModels, forecaster: FakeForecaster
) -> None:
    open_models(qtbot, program)
    models.cards += (make_card("New One", size_bytes=50_000_000),)
    forecaster.has_news = True
    program.window.rail.arena.click()
    program.window.rail.models.click()
    qtbot.waitUntil(lambda: len(rows(program)) == 3)
    forecaster.has_news = False


def test_a_folder_that_is_added_is_kept_and_looked_at(
    qtbot: QtBot, program: Program, models: FakeModels, folder: Path, tmp_path: Path
) -> None:
    open_models(qtbot, program)
    before = models.scan_count
    program.models_flow.add_folder(str(tmp_path))
    qtbot.waitUntil(lambda: models.scan_count > before)
    assert load_settings(folder)[0].added_models == (str(tmp_path),)


def drop(window: QWidget, paths: Sequence[Path | str]) -> bool:
    """Drop files as a file manager does; return whether they were taken."""
    data = QMimeData()
    urls = (
        QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(str(path)) for path in paths
    )
    data.setUrls(list(urls))
    place, action = QPoint(5, 5), Qt.DropAction.CopyAction
    button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place, action, data, button, no_key)
    entering.ignore()
    QApplication.sendEvent(window, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(place), action, data, button, no_key))
    return True


def test_a_model_file_that_is_dropped_is_added_and_shown(
    qtbot: QtBot, program: Program, models: FakeModels, folder: Path, tmp_path: Path
) -> None:
    program.start(qtbot)
    path = tmp_path / "new.gguf"
    path.write_bytes(b"GGUF")
    new = msgspec.structs.replace(make_card("New One"), path=str(path))
    models.cards += (new,)
    assert drop(program.window, [path])
    qtbot.waitUntil(lambda: program.models.table.current_key == str(path))
    assert program.models.isVisible()
    assert load_settings(folder)[0].added_models == (str(path),)


@pytest.mark.parametrize("what", ["text", "address", "folder", "gone"])
def test_other_things_that_are_dropped_are_left_alone(
    qtbot: QtBot, program: Program, folder: Path, tmp_path: Path, what: str
) -> None:
    program.start(qtbot)
    (tmp_path / "notes.odt").write_text("x")
    (tmp_path / "folder.gguf").mkdir()
    dropped = {
        "text": tmp_path / "notes.odt",
        "address": "https://example.org/model.gguf",
        "folder": tmp_path / "folder.gguf",
        "gone": tmp_path / "gone.gguf",
    }[what]
    assert not drop(program.window, [dropped])
    assert load_settings(folder)[0].added_models == ()


def test_files_that_are_set_apart_are_told_with_their_reasons(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    error = ErrorInfo(kind=FailureKind.UNFINISHED_DOWNLOAD, subject="/x/y.gguf.part")
    models.apart = tuple(
        SetAside(app=ModelApp.OWN, why=why, error=error, size_bytes=1)
        for why in (WhyAside.UNFINISHED, WhyAside.PROJECTOR, WhyAside.PROJECTOR)
    )
    open_models(qtbot, program)
    assert program.models.apart.summary.text() == (
        "Set apart: 3 files that cannot answer (a part for pictures or sound: 2, an unfinished "
        "download)."
    )


def test_what_is_set_apart_can_be_gone_through_by_keyboard(
    qtbot: QtBot, program: Program, models: FakeModels
) -> None:
    folder = ErrorInfo(
        kind=FailureKind.FOLDER_UNREADABLE, subject="/x/locked", detail="Permission denied"
    )
    broken = ErrorInfo(kind=FailureKind.NOT_GGUF, subject="/x/broken.gguf")
    models.apart = (
        SetAside(app=ModelApp.OWN, why=WhyAside.UNREADABLE, error=folder, size_bytes=0),
        SetAside(app=ModelApp.OWN, why=WhyAside.DAMAGED, error=broken, size_bytes=1),
    )
    open_models(qtbot, program)
    apart = program.models.apart
    assert not apart.list.isVisible()
    qtbot.keyClick(apart.button, Qt.Key.Key_Space)
    assert apart.list.isVisible()
    assert apart.list.hasFocus()
    first = apart.list.currentItem()
    assert first.text().startswith("broken.gguf: damaged\n")
    qtbot.keyClick(apart.list, Qt.Key.Key_Down)
    assert apart.list.currentItem().text().startswith("locked: may not be read\n")
    assert apart.list.count() == 2
    apart.button.click()
    assert not apart.list.isVisible()


def test_without_files_that_are_set_apart_nothing_is_said(qtbot: QtBot, program: Program) -> None:
    open_models(qtbot, program)
    assert not program.models.apart.isVisible()


@pytest.mark.parametrize(("role", "words"), [("small", "the small one"), ("domain", "for a field")])
def test_a_role_is_kept_shown_and_used(
    qtbot: QtBot,
    program: Program,
    forecaster: FakeForecaster,
    folder: Path,
    role: str,
    words: str,
) -> None:
    open_models(qtbot, program)
    choice = program.models.panel.role_choice
    assert choice.text() == "Role: none"
    next(action for action in choice.choices.actions() if action.text() == words).trigger()
    qtbot.waitUntil(lambda: rows(program)[0].role == words)
    assert choice.choice == words
    assert load_settings(folder)[0].model_marks[0].role == role
    qtbot.waitUntil(lambda: forecaster.role_keys[-1] == {SMALL.path: role})
    cell = program.models.table.model().index(0, 0)
    assert words in str(cell.data(Qt.ItemDataRole.AccessibleTextRole))
    choice.choices.actions()[0].trigger()
    qtbot.waitUntil(lambda: rows(program)[0].role == "")
    assert load_settings(folder)[0].model_marks == ()


def test_headings_are_small_and_whole_in_a_usual_window(qtbot: QtBot, program: Program) -> None:
    program.window.resize(1280, 800)
    open_models(qtbot, program)
    table = program.models.table
    header, model = table.horizontalHeader(), table.model()
    assert header.font().pointSizeF() < table.font().pointSizeF()
    for column in Column:
        heading = str(model.headerData(column, Qt.Orientation.Horizontal))
        needed = header.fontMetrics().horizontalAdvance(heading) + 2 * HEADING_PADDING_PX
        assert needed <= header.sectionSize(column), heading


def test_every_control_has_a_name_and_tab_reaches_it(qtbot: QtBot, program: Program) -> None:
    open_models(qtbot, program)
    screen, panel = program.models, program.models.panel
    controls = [
        screen.folder_button,
        screen.table,
        panel.compare_button,
        panel.favourite_button,
        panel.check.button,
        panel.role_choice,
        panel.copies_button,
        panel.remove_button,
    ]
    for widget in controls:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
    screen.focus_first()
    reached = []
    for _step in range(25):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    assert set(controls) <= set(reached)


@pytest.mark.parametrize("count", [1, 1500])
def test_many_models_are_shown_at_once(qtbot: QtBot, program: Program, count: int) -> None:
    program.start(qtbot)
    many = [ModelRow(str(n), f"Model {n}", "facts", "place") for n in range(count)]
    program.models.show_models(many, "")
    assert program.models.table.model().rowCount() == count
