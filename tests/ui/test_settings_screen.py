"""The settings: what is typed, kept, refused, and what it changes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.helpers.energy_uses import done_with, make_part
from tests.helpers.records import make_done
from tests.ui.builders import round_events
from tests.ui.fakes import FakeExaminer
from tests.ui.program import Program

from large_enough.comparison.calibrating import CalibrationProgress
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.quantity import Unavailable
from large_enough.resources.settings import Settings, load_settings, save_settings
from large_enough.ui.amounts import amount_text, read_amount
from large_enough.ui.calibration_words import progress_words
from large_enough.ui.widgets.text_field import TextField


def kept(folder: Path) -> Settings:
    settings, problem = load_settings(folder)
    assert problem is None
    return settings


def write(qtbot: QtBot, field: TextField, text: str) -> None:
    """Replace what stands in a field, and be done with it."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def open_settings(qtbot: QtBot, program: Program) -> Program:
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.settings.click()
    return program


def finish_round(program: Program) -> None:
    results = [done_with(letter, make_part(), done=make_done(letter)) for letter in "AB"]
    for event in round_events(program.runner.plans[-1], results):
        program.arena.round_view.take(event)


def figures(program: Program) -> list[str]:
    """Return the names of all figures of the comparison."""
    model = program.arena.comparison.table.model()
    return [str(model.headerData(row, Qt.Orientation.Vertical)) for row in range(model.rowCount())]


# --- amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0.32", 0.32), ("0,32", 0.32), (" 380 ", 380.0), ("0", 0.0), (",5", 0.5), ("3.", 3.0)],
)
def test_amounts_are_read_with_point_or_comma(text: str, amount: float):
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_written_is_no_amount(text: str):
    assert read_amount(text) is None


@pytest.mark.parametrize(
    "text", ["abc", "1,234.5", "1e3", "nan", "inf", "1_000", "0x10", "3 4", ".", "-", "--"]
)
def test_nonsense_is_no_number(text: str):
    assert read_amount(text) == Unavailable(reason="not a number")


@pytest.mark.parametrize("text", ["-1", "- 0,5", "\N{MINUS SIGN}3"])
def test_less_than_nothing_is_refused(text: str):
    assert read_amount(text) == Unavailable(reason="less than 0")


def test_a_comma_that_may_mean_thousands_is_asked_about():
    assert read_amount("1,000") == Unavailable(reason="thousands or decimals")
    assert read_amount("1.000") == Unavailable(reason="thousands or decimals")
    assert read_amount("0,125") == 0.125
    assert read_amount("1000") == 1000.0


@pytest.mark.parametrize("amount", [None, 0.0, 0.32, 380.0, 1234.5, 0.000001])
def test_amounts_come_back_as_they_were_written(amount: float | None):
    assert read_amount(amount_text(amount)) == amount


# --- energy


def test_everything_is_off_at_first(open_settings: Program):
    screen = open_settings.settings
    assert screen.price.amount_field.text() == screen.grid.amount_field.text() == ""
    assert screen.price.remark.text() == "Off: no cost is shown."
    assert screen.grid.remark.text() == "Off: no CO2 is shown."
    assert screen.currency_field.text() == "EUR"
    assert not screen.estimate_switch.isChecked()
    assert screen.estimate_switch.words == "off"


def test_a_price_is_kept_at_once(qtbot: QtBot, open_settings: Program, folder: Path):
    screen = open_settings.settings
    qtbot.keyClicks(screen.price.amount_field, "0,32")
    qtbot.keyClicks(screen.price.source_field, "my contract")
    settings = kept(folder)
    assert (settings.price_per_kwh, settings.currency) == (0.32, "EUR")
    assert settings.price_source == "my contract"
    assert screen.price.remark.text() == "1,000 answers of 100 J each would cost 0.0089 EUR."


def test_the_currency_is_kept_and_shown(qtbot: QtBot, open_settings: Program, folder: Path):
    screen = open_settings.settings
    write(qtbot, screen.price.amount_field, "1")
    write(qtbot, screen.currency_field, "CHF")
    assert kept(folder).currency == "CHF"
    assert screen.price.remark.text().endswith("0.028 CHF.")


def test_an_intensity_is_kept_at_once(qtbot: QtBot, open_settings: Program, folder: Path):
    screen = open_settings.settings
    write(qtbot, screen.grid.amount_field, "380")
    write(qtbot, screen.grid.source_field, "the grid's operator")
    settings = kept(folder)
    assert (settings.grid_g_per_kwh, settings.grid_source) == (380.0, "the grid's operator")
    assert "11 g of CO2" in screen.grid.remark.text()


def test_emptying_a_field_switches_it_off(qtbot: QtBot, open_settings: Program, folder: Path):
    screen = open_settings.settings
    write(qtbot, screen.price.amount_field, "0.3")
    write(qtbot, screen.price.amount_field, "")
    assert kept(folder).price_per_kwh is None
    assert screen.price.remark.text() == "Off: no cost is shown."


def test_nonsense_is_refused_in_words_and_nothing_is_lost(
    qtbot: QtBot, open_settings: Program, folder: Path
):
    price = open_settings.settings.price
    write(qtbot, price.amount_field, "0.32")
    price.amount_field.selectAll()
    qtbot.keyClicks(price.amount_field, "cheap")
    qtbot.keyClick(price.amount_field, Qt.Key.Key_Tab)
    assert price.remark.text().startswith("“cheap” is not a number.")
    assert "What holds is 0.32." in price.remark.text()
    assert price.amount_field.accessibleDescription() == price.remark.text()
    assert price.remark.property("tone") == "warning"
    assert price.amount_field.text() == "cheap"
    assert kept(folder).price_per_kwh == 0.32
    write(qtbot, price.amount_field, "0.4")
    assert price.remark.property("tone") == "soft"
    assert kept(folder).price_per_kwh == 0.4


def test_less_than_zero_is_refused(qtbot: QtBot, open_settings: Program, folder: Path):
    grid = open_settings.settings.grid
    write(qtbot, grid.amount_field, "-5")
    assert grid.remark.text() == "“-5” is less than 0. It stays off."
    assert kept(folder).grid_g_per_kwh is None


def test_what_was_kept_is_shown_and_holds_from_the_start(
    qtbot: QtBot, make_program: Callable[[Path], Program], folder: Path
):
    save_settings(
        folder, Settings(price_per_kwh=0.25, currency="GBP", grid_source="x", estimate_energy=True)
    )
    program = make_program(folder)
    program.start(qtbot)
    screen = program.settings
    assert (screen.price.amount_field.text(), screen.currency_field.text()) == ("0.25", "GBP")
    assert screen.estimate_switch.isChecked()
    program.arena.ask()
    finish_round(program)
    assert "Cost of 1,000 answers, GBP" in figures(program)


def test_a_new_price_shows_in_the_comparison_at_once(qtbot: QtBot, open_settings: Program):
    program = open_settings
    program.arena.ask()
    finish_round(program)
    assert not any("Cost" in name for name in figures(program))
    write(qtbot, program.settings.price.amount_field, "0.3")
    assert "Cost of 1,000 answers, EUR" in figures(program)
    write(qtbot, program.settings.price.amount_field, "")
    assert not any("Cost" in name for name in figures(program))


# --- estimates


def test_estimates_are_switched_on_and_off(
    qtbot: QtBot, open_settings: Program, examiner: FakeExaminer, folder: Path
):
    switch = open_settings.settings.estimate_switch
    assert examiner.is_estimate_wanted is None
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert (examiner.is_estimate_wanted, kept(folder).estimate_energy) == (True, True)
    assert switch.words == "on"
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert (examiner.is_estimate_wanted, kept(folder).estimate_energy) == (False, False)


# --- calibration


def test_progress_is_told_in_words():
    busy = CalibrationProgress(busy_cores=2, left_s=65.0)
    assert progress_words(busy) == "2 cores are kept busy. About 1 min 5 s left."
    assert "idle" in progress_words(CalibrationProgress(busy_cores=0, left_s=160.0))


def test_a_calibration_from_start_to_result(
    qtbot: QtBot, open_settings: Program, examiner: FakeExaminer
):
    panel = open_settings.settings.calibration
    examiner.may_finish.clear()
    qtbot.mouseClick(panel.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "2 cores" in panel.remark.text())
    assert panel.cancel_button.isVisible()
    assert panel.cancel_button.hasFocus()
    assert panel.progress.fraction == pytest.approx(0.75)
    assert not open_settings.arena.prompt_card.ask_button.isEnabled()
    examiner.may_finish.set()
    qtbot.waitUntil(panel.start_button.isVisible)
    assert panel.remark.text().startswith("Calibrated: 5.2 W when idle, 3.9 W more")
    assert "5 %" in panel.remark.text()
    assert panel.start_button.hasFocus()
    assert open_settings.arena.prompt_card.ask_button.isEnabled()


def test_a_calibration_is_cancelled(qtbot: QtBot, open_settings: Program, examiner: FakeExaminer):
    panel = open_settings.settings.calibration
    examiner.may_finish.clear()
    panel.start_button.click()
    panel.cancel_button.click()
    assert panel.remark.text() == "Stopping."
    qtbot.waitUntil(panel.start_button.isVisible)
    assert panel.remark.text() == "Cancelled. Nothing has changed."


def test_a_refusal_is_put_into_words(qtbot: QtBot, open_settings: Program, examiner: FakeExaminer):
    panel = open_settings.settings.calibration
    examiner.failure = RequestError(
        FailureKind.BAD_SETTING, "calibrate", problem="the battery does not tell its power"
    )
    panel.start_button.click()
    qtbot.waitUntil(panel.start_button.isVisible)
    assert "the battery does not tell its power" in panel.remark.text()
    assert panel.remark.property("tone") == "warning"


def test_nothing_is_calibrated_while_a_round_runs(qtbot: QtBot, open_settings: Program):
    panel = open_settings.settings.calibration
    open_settings.arena.ask()
    assert not panel.start_button.isEnabled()
    assert panel.remark.text() == "A round is running. Calibrate once it has ended."
    finish_round(open_settings)
    assert panel.start_button.isEnabled()
    assert not panel.remark.isVisible()


def test_nothing_is_calibrated_while_the_doctor_looks(
    qtbot: QtBot, open_settings: Program, examiner: FakeExaminer
):
    examiner.may_finish.clear()
    open_settings.window.rail.doctor.click()
    open_settings.window.rail.settings.click()
    panel = open_settings.settings.calibration
    assert not panel.start_button.isEnabled()
    assert "doctor" in panel.remark.text()
    examiner.may_finish.set()
    qtbot.waitUntil(panel.start_button.isEnabled)


def test_the_doctor_waits_for_a_calibration(
    qtbot: QtBot, open_settings: Program, examiner: FakeExaminer
):
    examiner.may_finish.clear()
    open_settings.settings.calibration.start_button.click()
    open_settings.window.rail.doctor.click()
    assert "being calibrated" in open_settings.doctor.remark.text()
    assert examiner.examination_count == 0
    examiner.may_finish.set()
    qtbot.waitUntil(lambda: open_settings.doctor.report is not None)
