"""The window as a whole: screens, memory, keys, accessibility."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.doctor_reports import make_absent, make_report
from tests.helpers.records import make_done
from tests.ui.builders import round_events
from tests.ui.fakes import LARGE, OTHER, SMALL, FakeExaminer, FakeModels
from tests.ui.program import Program

from large_enough.domain.errors import ErrorInfo, FailureKind, FetchError
from large_enough.domain.round import Mode
from large_enough.resources.settings import FILE_NAME, Settings, load_settings, save_settings
from large_enough.ui.main_window import LEAST_HEIGHT_PX, LEAST_WIDTH_PX


def test_with_models_the_arena_opens(qtbot: QtBot, program: Program):
    program.start(qtbot)
    assert program.arena.isVisible()
    assert program.arena.pane_row.cards == (SMALL, LARGE)
    assert program.arena.prompt_card.prompt == "Question about Banking?"
    assert program.arena.prompt_card.ask_button.isEnabled()


def test_without_models_the_starter_pair_is_offered(
    qtbot: QtBot, program: Program, models: FakeModels
):
    models.cards = ()
    program.start(qtbot)
    card = program.first_run.fetch_card
    assert card.isVisible()
    assert card.get_button.text() == "Get the starter pair"
    assert "Ant and Dino" in card.words
    assert "0.59 GB" in card.words


def test_files_that_cannot_be_used_are_told(qtbot: QtBot, program: Program, models: FakeModels):
    models.cards = ()
    models.set_aside = (ErrorInfo(kind=FailureKind.NOT_GGUF, subject="/m/web-page.gguf"),)
    program.start(qtbot)
    assert "1 file was found that cannot be used." in program.first_run.set_aside.text()
    assert "web-page.gguf" in program.first_run.set_aside.text()


def test_getting_the_starter_pair_leads_to_the_arena(
    qtbot: QtBot, program: Program, models: FakeModels
):
    models.cards, models.fetched_cards = (), (SMALL, LARGE)
    models.may_finish.clear()
    program.start(qtbot)
    card = program.first_run.fetch_card
    qtbot.mouseClick(card.get_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Getting Ant (1 of 2)" in card.words)
    assert "49 MB of 98 MB · 12.0 MB/s · 4 s left" in card.words
    assert card.progress.fraction == pytest.approx(49 / 590)
    models.may_finish.set()
    qtbot.waitUntil(program.arena.isVisible)
    assert program.arena.pane_row.cards == (SMALL, LARGE)


def test_getting_it_can_be_cancelled(qtbot: QtBot, program: Program, models: FakeModels):
    models.cards = ()
    models.may_finish.clear()
    program.start(qtbot)
    card = program.first_run.fetch_card
    card.get_button.click()
    qtbot.waitUntil(card.cancel_button.isVisible)
    assert program.window.focusWidget() is card.cancel_button
    card.cancel_button.click()
    qtbot.waitUntil(card.get_button.isVisible)
    assert "No models on this laptop yet" in card.words


def test_a_failed_download_says_what_to_do(qtbot: QtBot, program: Program, models: FakeModels):
    models.cards = ()
    models.fetch_failure = FetchError(FailureKind.NO_NETWORK, "Ant")
    program.start(qtbot)
    card = program.first_run.fetch_card
    card.get_button.click()
    qtbot.waitUntil(lambda: card.get_button.text() == "Try again")
    assert card.get_button.isVisible()
    assert program.window.focusWidget() is card.get_button
    assert "Ant" in card.words


def test_a_single_model_gets_an_empty_seat_and_the_rest_of_the_pair(
    qtbot: QtBot, program: Program, models: FakeModels
):
    models.cards, models.fetched_cards = (SMALL,), (LARGE,)
    program.start(qtbot)
    seat = program.arena.pane_row.seat
    assert seat.isVisible()
    seat.fetch_card.get_button.click()
    qtbot.waitUntil(lambda: program.arena.pane_row.cards == (SMALL, LARGE))
    assert not seat.isVisible()


def test_models_asked_for_by_name_take_part(qtbot: QtBot, program: Program, models: FakeModels):
    models.elsewhere["other"] = OTHER
    program.start(qtbot, ("other", LARGE.path))
    assert program.arena.pane_row.cards == (OTHER, LARGE)


def test_an_unknown_name_is_told_and_others_take_part(qtbot: QtBot, program: Program):
    program.start(qtbot, ("nobody",))
    assert "nobody" in program.window.notices.words
    assert program.window.notices.isVisible()
    assert program.arena.pane_row.cards == (SMALL, LARGE)


def test_an_opened_file_takes_the_seat_it_was_opened_for(
    qtbot: QtBot, program: Program, models: FakeModels
):
    models.elsewhere["/far/other.gguf"] = OTHER
    program.start(qtbot)
    menu = program.arena.pane_row.panes["B"].head.picker.menu_of_models
    next(action for action in menu.actions() if "Open" in action.text()).trigger()
    with qtbot.waitSignal(program.library.opened):
        program.library.open_file("/far/other.gguf")
    assert program.arena.pane_row.cards == (SMALL, OTHER)


# --- memory


def test_choices_are_remembered(qtbot: QtBot, program: Program, folder: Path):
    program.start(qtbot)
    program.window.rail.theme_button.actions_by_choice["dark"].trigger()
    program.arena.prompt_card.switch.parts[1].click()
    program.arena.put_model("A", OTHER)
    program.window.close()
    settings, problem = load_settings(folder)
    assert problem is None
    assert (settings.theme, settings.mode) == ("dark", Mode.TOGETHER.value)
    assert settings.last_contenders == (OTHER.path, LARGE.path)
    assert settings.window_geometry


def test_remembered_choices_hold(
    qtbot: QtBot, make_program: Callable[[Path], Program], folder: Path
):
    first = make_program(folder)
    first.start(qtbot)
    first.window.resize(LEAST_WIDTH_PX, 707)  # the screen of the tests is a small one
    first.arena.prompt_card.switch.parts[1].click()
    first.window.close()
    second = make_program(folder)
    second.start(qtbot)
    assert second.window.height() == 707
    assert second.arena.prompt_card.mode is Mode.TOGETHER


@pytest.mark.parametrize("geometry", ["not base64!", "QUJD", ""])
def test_nonsense_geometry_is_ignored(
    qtbot: QtBot, make_program: Callable[[Path], Program], folder: Path, geometry: str
):
    save_settings(folder, Settings(window_geometry=geometry, mode="sideways"))
    program = make_program(folder)
    assert program.window.width() >= LEAST_WIDTH_PX
    assert program.arena.prompt_card.mode is Mode.MEASURED


def test_damaged_settings_are_told(
    qtbot: QtBot, make_program: Callable[[Path], Program], folder: Path
):
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_text("{ no json")
    program = make_program(folder)
    program.start(qtbot)
    assert "settings of last time" in program.window.notices.words


def test_a_disk_that_cannot_be_written_harms_nothing(
    qtbot: QtBot, make_program: Callable[[Path], Program], tmp_path: Path
):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    program = make_program(blocked / "config")
    program.start(qtbot)
    assert program.window.close()


# --- closing


def test_closing_while_running_asks_first(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.arena.ask()
    assert not program.window.close()
    (box,) = program.window.findChildren(QMessageBox)
    box.escapeButton().click()
    assert program.window.isVisible()
    assert not program.window.close()
    (box,) = [box for box in program.window.findChildren(QMessageBox) if box.isVisible()]
    accept = next(b for b in box.buttons() if b is not box.escapeButton())
    accept.click()
    assert not program.window.isVisible()


def test_closing_asks_nothing_when_nothing_runs(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.arena.ask()
    for event in round_events(program.runner.plans[0], [make_done("A"), make_done("B")]):
        program.arena.round_view.take(event)
    assert program.window.close()


# --- keys and accessibility


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def finished_round(qtbot: QtBot, program: Program) -> None:
    program.start(qtbot)
    program.arena.ask()
    for event in round_events(program.runner.plans[0], [make_done("A"), make_done("B")]):
        program.arena.round_view.take(event)
    program.arena.comparison.table_button.click()


def test_every_control_has_a_name(qtbot: QtBot, program: Program):
    finished_round(qtbot, program)
    nameless = [
        widget
        for widget in focusable(program.window)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_the_first_screen_has_names_too(qtbot: QtBot, program: Program, models: FakeModels):
    models.cards = ()
    program.start(qtbot)
    for widget in focusable(program.window):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget


def test_tab_reaches_every_control_and_comes_back(qtbot: QtBot, program: Program):
    finished_round(qtbot, program)
    program.window.activateWindow()
    wanted = {id(widget) for widget in focusable(program.window)}
    program.arena.prompt_card.box.setFocus()
    reached = set()
    for _step in range(3 * len(wanted)):
        now = QApplication.focusWidget()
        reached.add(id(now))
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    exclusive = {  # of buttons that exclude each other, Tab reaches the chosen one
        id(button)
        for group in (
            program.arena.prompt_card.chips.chips,
            program.arena.prompt_card.switch.parts,
            program.arena.prompt_card.turn_switch.parts,
            program.arena.prompt_card.turn_switch.parts,
            program.window.rail.buttons,
        )
        for button in group
    }
    assert wanted - reached <= exclusive
    assert reached & exclusive


def test_tab_goes_from_the_question_through_the_panes_to_the_comparison(
    qtbot: QtBot, program: Program
):
    finished_round(qtbot, program)
    program.window.activateWindow()
    arena, panes = program.arena, program.arena.pane_row.panes
    arena.prompt_card.ask_button.setFocus()
    seen: list[QWidget] = []
    while QApplication.focusWidget() is not arena.comparison.table:
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
    wanted: list[QWidget] = [arena.prompt_card.ask_button]
    for pane in panes.values():
        wanted += [pane.head.picker, pane.answer, pane.foot.plain, pane.foot.copy]
    comparison = arena.comparison
    wanted += [comparison.replay_button, comparison.copy_button]
    wanted += [comparison.table_button, comparison.charts_button]
    assert seen == wanted


def test_a_ring_is_around_what_has_the_focus(qtbot: QtBot, program: Program):
    program.start(qtbot)
    ring = program.window.focus_ring
    button = program.arena.prompt_card.ask_button
    button.setFocus()
    qtbot.waitUntil(lambda: ring.isVisible() and ring.target is button)
    corner = button.mapTo(program.window, button.rect().topLeft())
    assert ring.geometry().contains(corner)
    assert ring.width() > button.width()
    program.window.resize(1250, 780)
    qtbot.waitUntil(
        lambda: ring.geometry().contains(button.mapTo(program.window, button.rect().bottomRight()))
    )


def test_escape_stops_and_f6_goes_through_the_panes(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.window.activateWindow()
    panes = program.arena.pane_row.panes
    for letter in ("A", "B", "A"):
        qtbot.keyClick(program.window, Qt.Key.Key_F6)
        assert panes[letter].answer.hasFocus()
    program.arena.ask()
    qtbot.keyClick(program.window, Qt.Key.Key_Escape)
    assert program.runner.stops == [None]


def test_controls_that_paint_themselves_have_role_and_value(qtbot: QtBot, program: Program):
    finished_round(qtbot, program)
    bar = program.arena.comparison.measures["total_s"].bars["A"]
    interface = QAccessible.queryAccessibleInterface(bar)
    assert interface.role() == QAccessible.Role.ProgressBar
    assert interface.valueInterface() is not None
    figure = program.arena.pane_row.panes["A"].strip.figures[0]
    assert QAccessible.queryAccessibleInterface(figure).role() == QAccessible.Role.StaticText


# --- going from screen to screen


def test_the_rail_leads_to_every_screen_and_back(qtbot: QtBot, program: Program):
    program.start(qtbot)
    rail = program.window.rail
    for button, screen in (
        (rail.packs, program.packs),
        (rail.verdict, program.verdict),
        (rail.models, program.models),
        (rail.doctor, program.doctor),
        (rail.settings, program.settings),
        (rail.arena, program.arena),
    ):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert screen.isVisible()
        assert [known.isChecked() for known in rail.buttons].count(True) == 1
        assert button.isChecked()


def test_shortcuts_lead_there_too(qtbot: QtBot, program: Program):
    program.start(qtbot)
    window = program.window
    window.activateWindow()
    for key, screen in (
        (Qt.Key.Key_7, program.settings),
        (Qt.Key.Key_6, program.doctor),
        (Qt.Key.Key_5, program.history),
        (Qt.Key.Key_4, program.models),
        (Qt.Key.Key_3, program.verdict),
        (Qt.Key.Key_2, program.packs),
        (Qt.Key.Key_1, program.arena),
    ):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert screen.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert program.settings.price.amount_field.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.arena.isVisible()
    assert program.arena.prompt_card.box.hasFocus()


def test_a_round_goes_on_behind_other_screens(qtbot: QtBot, program: Program):
    program.start(qtbot)
    program.window.activateWindow()
    program.arena.ask()
    program.window.rail.settings.click()
    qtbot.keyClick(program.window, Qt.Key.Key_Escape)
    assert program.runner.stops == []
    for event in round_events(program.runner.plans[0], [make_done("A"), make_done("B")]):
        program.arena.round_view.take(event)
    program.window.rail.arena.click()
    assert "Small One" in program.arena.comparison.sentence.text()


def test_without_models_the_way_back_leads_to_the_first_screen(
    qtbot: QtBot, program: Program, models: FakeModels
):
    models.cards = ()
    program.start(qtbot)
    program.window.rail.settings.click()
    program.window.rail.arena.click()
    assert program.first_run.isVisible()


def test_models_that_arrive_do_not_pull_the_user_away(
    qtbot: QtBot, program: Program, models: FakeModels
):
    models.cards, models.fetched_cards = (), (SMALL, LARGE)
    models.may_finish.clear()
    program.start(qtbot)
    program.first_run.fetch_card.get_button.click()
    program.window.rail.settings.click()
    with qtbot.waitSignal(program.flow.screen_wanted):
        models.may_finish.set()
    assert program.settings.isVisible()
    program.window.rail.arena.click()
    assert program.arena.isVisible()


def test_before_anything_is_known_the_way_back_is_empty(qtbot: QtBot, program: Program):
    program.window.show()
    program.window.rail.settings.click()
    program.window.rail.arena.click()
    assert not program.arena.isVisible()
    assert not program.settings.isVisible()


def test_every_control_of_the_other_screens_has_a_name(
    qtbot: QtBot, program: Program, examiner: FakeExaminer
):
    command = make_absent("only administrators may read it", unlock="sudo something")
    examiner.report = make_report(command)
    program.start(qtbot)
    for button, first in (
        (program.window.rail.doctor, program.doctor.check_button),
        (program.window.rail.settings, program.settings.price.amount_field),
    ):
        button.click()
        qtbot.waitUntil(lambda: bool(program.doctor.instruments.rows))
        controls = focusable(program.window)
        assert first in controls
        for widget in controls:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("name", ["doctor", "settings"])
def test_tab_reaches_every_control_of_the_other_screens(
    qtbot: QtBot, program: Program, examiner: FakeExaminer, name: str
):
    command = make_absent("only administrators may read it", unlock="sudo something")
    examiner.report = make_report(command)
    program.start(qtbot)
    program.window.activateWindow()
    getattr(program.window.rail, name).click()
    screen: QWidget = getattr(program.window.rooms, name)
    if screen is program.doctor:
        qtbot.waitUntil(lambda: bool(program.doctor.instruments.rows))
    screen.focus_first()
    wanted = {widget for widget in focusable(program.window) if screen.isAncestorOf(widget)}
    reached = []
    for _step in range(3 * len(wanted) + 10):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    assert wanted <= set(reached)


def test_the_least_size_is_small_enough_for_projectors():
    assert LEAST_WIDTH_PX <= 1000
    assert LEAST_HEIGHT_PX <= 650
