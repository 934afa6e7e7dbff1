"""The history: finding rounds, looking at them, and what can be done with one."""

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_plan,
    make_record,
)
from tests.ui.builders import memory_event
from tests.ui.fake_archive import FakeArchive
from tests.ui.fakes import FakeModels
from tests.ui.program import Program
from tests.ui.test_main_window import focusable

from large_enough.comparison.events import MemorySampled, PowerSampled, RoundStarted
from large_enough.comparison.history import RoundSummary
from large_enough.domain.errors import ErrorInfo, FailureKind, StoreError
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import NumberQuality
from large_enough.domain.round import Mode, Purpose, RoundRecord
from large_enough.ui.archive import Format
from large_enough.ui.drawing_files import Picture
from large_enough.ui.round_samples import KEPT_ROUNDS, RoundSamples
from large_enough.ui.round_words import file_stem, row_facts, row_models, row_title, time_text
from large_enough.ui.tables.round_list_model import RoundListModel
from large_enough.ui.widgets.round_detail import CHARTS, DIFFERENCES, FIGURES


def asked(prompt: str, *results: object, **changes: object) -> RoundRecord:
    plan = msgspec.structs.replace(make_plan(), prompt=prompt, round_id=prompt, **changes)
    return make_record(results or (make_done("A"), make_done("B")), plan)


def open_history(qtbot: QtBot, program: Program, count: int) -> None:
    program.start(qtbot)
    program.window.activateWindow()
    program.window.rail.history.click()
    qtbot.waitUntil(lambda: program.history.list.count == count)


def open_round(qtbot: QtBot, program: Program, record: RoundRecord, count: int = 1) -> None:
    open_history(qtbot, program, count)
    qtbot.waitUntil(lambda: program.history.detail.record == record)


@pytest.fixture
def two_rounds(archive: FakeArchive) -> FakeArchive:
    archive.add(asked("What is the fee?"), "/rounds/1.jsonl")
    archive.add(asked("What is the weather?"), "/rounds/2.jsonl")
    return archive


# --- the list


def test_the_newest_round_is_shown_at_once(qtbot: QtBot, program: Program, two_rounds: FakeArchive):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    detail = program.history.detail
    assert detail.isVisible()
    assert detail.question.toPlainText() == "What is the weather?"
    assert "SmolLM2 135M Instruct" in detail.sentence.text()
    pane = detail.panes.panes["A"]
    assert pane.answer.raw == "The fee is 1.00 EUR."
    assert pane.state.text() == "done in 1.00 s"
    assert program.history.count.text() == "2 rounds"


def test_the_keyboard_goes_from_round_to_round(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive
):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    program.history.list.setFocus()
    qtbot.keyClick(program.history.list, Qt.Key.Key_Down)
    older = two_rounds.records["/rounds/1.jsonl"]
    qtbot.waitUntil(lambda: program.history.detail.record == older)


def test_typing_finds_rounds(qtbot: QtBot, program: Program, two_rounds: FakeArchive):
    open_history(qtbot, program, 2)
    assert program.history.search.hasFocus()
    qtbot.keyClicks(program.history.search, "fee")
    qtbot.waitUntil(lambda: program.history.list.count == 1)
    qtbot.waitUntil(lambda: program.history.detail.question.toPlainText() == "What is the fee?")
    assert [wish.text for wish in two_rounds.wishes] == ["", "fee"]
    program.history.search.setText("nobody asked this")
    qtbot.waitUntil(lambda: program.history.list.count == 0)
    assert program.history.message.text() == "No round fits."
    assert not program.history.example_button.isVisible()


def test_the_chosen_round_stays_chosen(qtbot: QtBot, program: Program, two_rounds: FakeArchive):
    older = two_rounds.records["/rounds/1.jsonl"]
    open_history(qtbot, program, 2)
    program.history.list.setCurrentIndex(program.history.list.model().index(1, 0))
    qtbot.waitUntil(lambda: program.history.detail.record == older)
    two_rounds.add(asked("A third one?"), "/rounds/3.jsonl")
    program.window.rail.settings.click()
    program.window.rail.history.click()
    qtbot.waitUntil(lambda: program.history.list.count == 3)
    assert program.history.detail.record == older


def test_warm_ups_are_hidden_until_wanted(qtbot: QtBot, program: Program, archive: FakeArchive):
    archive.add(asked("A question?"), "/rounds/1.jsonl")
    archive.add(asked("A pass?", purpose=Purpose.PROTOCOL), "/rounds/2.jsonl")
    open_history(qtbot, program, 1)
    program.history.everything.click()
    qtbot.waitUntil(lambda: program.history.list.count == 2)


def test_a_damaged_log_is_listed_with_its_problem(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive
):
    two_rounds.add_damaged("/rounds/broken.jsonl")
    open_history(qtbot, program, 3)
    assert program.history.message.text() == "This record cannot be read."
    assert "broken.jsonl cannot be read: it makes no sense" in program.history.advice.text()
    assert "/rounds" not in program.history.advice.text()
    assert "Other rounds are not affected" in program.history.advice.text()
    assert program.history.message.isVisible()


def test_a_partly_damaged_round_says_so(qtbot: QtBot, program: Program, two_rounds: FakeArchive):
    record = two_rounds.records["/rounds/2.jsonl"]
    open_round(qtbot, program, record, 2)
    error = ErrorInfo(
        kind=FailureKind.LOG_UNREADABLE, subject="x.jsonl", facts={"problem": "a cut line"}
    )
    program.history.show_record(record, program.history.detail._costing, error)
    assert "a cut line" in program.history.detail.problem.text()
    assert program.history.detail.problem.isVisible()


def test_an_empty_history_says_what_will_be_here_and_offers_a_race(
    qtbot: QtBot, program: Program, archive: FakeArchive
):
    archive.race = asked("A race?")
    open_history(qtbot, program, 0)
    qtbot.waitUntil(lambda: program.history.message.text() == "No round is recorded yet.")
    with qtbot.waitSignal(program.history_flow.replay_wanted):
        qtbot.mouseClick(program.history.example_button, Qt.MouseButton.LeftButton)
    assert program.replay.isVisible()
    assert program.replay.question.toPlainText() == "A race?"


def test_a_failing_disk_is_told(qtbot: QtBot, program: Program, archive: FakeArchive):
    archive.failure = StoreError(FailureKind.LOG_UNREADABLE, "/rounds", problem="no such device")
    program.start(qtbot)
    with qtbot.waitSignal(program.history_flow.failed):
        program.window.rail.history.click()
    assert "no such device" in program.window.notices.words


def test_a_round_that_ends_appears(qtbot: QtBot, program: Program, two_rounds: FakeArchive):
    open_history(qtbot, program, 2)
    two_rounds.add(asked("Just now?"), "/rounds/3.jsonl")
    program.arena.running_changed.emit(True)
    program.arena.running_changed.emit(False)
    qtbot.waitUntil(lambda: program.history.list.count == 3)


def test_thousands_of_rounds_are_listed_without_lag(
    qtbot: QtBot, program: Program, archive: FakeArchive
):
    archive.summaries = [
        RoundSummary(path=f"/rounds/{n}.jsonl", problem=None, prompt_start=f"Question {n}?")
        for n in range(5000)
    ]
    archive.records["/rounds/0.jsonl"] = asked("Question 0?")
    open_history(qtbot, program, 5000)
    program.window.grab()
    assert program.history.list.indexAt(program.history.list.rect().center()).isValid()


def test_the_list_is_a_sound_model(qtbot: QtBot, two_rounds: FakeArchive):
    model = RoundListModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(two_rounds.summaries)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole).startswith(
        "What is the weather? (A SmolLM2 135M Instruct, B Qwen2.5 Coder 0.5B; 2026-05-04"
    )
    assert model.data(QModelIndex()) is None
    assert model.number_of("/rounds/1.jsonl") == 1


# --- words


def test_rows_say_what_is_unusual():
    summary = RoundSummary(
        path="/r/x.jsonl",
        started_utc="no time",
        mode=Mode.TOGETHER,
        purpose=Purpose.WARM_UP,
        is_scripted=True,
        models=("One", "Two"),
    )
    assert row_title(summary) == "(an empty question)"
    assert row_models(summary) == "A One, B Two"
    assert row_facts(summary) == "no time · warm-up · all at once · scripted"


def test_hostile_times_are_harmless():
    assert time_text("9999-12-31T23:59:59.999999-23:59")
    assert time_text("\x1b[31mred") == "[31mred"
    record = msgspec.structs.replace(make_record(()), started_utc="../../etc/passwd")
    assert "/" not in file_stem(record)


# --- one round


def test_all_figures_can_be_seen_and_copied(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive
):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    detail = program.history.detail
    detail.switch.parts[FIGURES].click()
    assert detail.figures.table.isVisible()
    assert detail.figures.table.model().rowCount() > 5
    detail.copy_button.forms.actions()[1].trigger()
    assert "Generating\ttok/s" in QGuiApplication.clipboard().text()


def test_failed_and_missing_answers_are_told(qtbot: QtBot, program: Program, archive: FakeArchive):
    stopped = make_cancelled("A", make_answer(text="Half an"))
    record = asked("Bad luck?", stopped, make_failed("B"))
    archive.add(record, "/rounds/1.jsonl")
    open_round(qtbot, program, record)
    panes = program.history.detail.panes.panes
    assert panes["A"].answer.raw == "Half an"
    assert panes["A"].state.text() == "stopped"
    assert panes["B"].problem.isVisible()
    assert panes["B"].state.text() == "failed"


def test_an_unfinished_record_says_so(qtbot: QtBot, program: Program, archive: FakeArchive):
    plan = msgspec.structs.replace(make_plan(), prompt="Cut?")
    record = make_record([make_done("A")], plan, is_complete=False)
    archive.add(record, "/rounds/1.jsonl")
    open_round(qtbot, program, record)
    assert program.history.detail.panes.panes["B"].state.text() == "not recorded"
    assert "the record ends before the round did" in program.history.detail.facts.text()


def test_asking_again_puts_question_and_system_into_the_arena(
    qtbot: QtBot, program: Program, archive: FakeArchive
):
    record = asked("Old question?", system="Answer in rhymes.")
    archive.add(record, "/rounds/1.jsonl")
    open_round(qtbot, program, record)
    program.history.detail.repeat_button.click()
    assert program.arena.isVisible()
    assert program.arena.prompt_card.prompt == "Old question?"
    program.arena.ask()
    assert program.runner.plans[0].prompt == "Old question?"
    assert program.runner.plans[0].system == "Answer in rhymes."


def test_nothing_is_asked_again_while_a_round_runs(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive
):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    program.arena.ask()
    program.history.detail.repeat_button.click()
    assert program.history.isVisible()
    assert "A round is running" in program.window.notices.words


# --- files


def choose_file(program: Program, path: str) -> None:
    (dialog,) = program.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(path)
    dialog.reject()


@pytest.mark.parametrize(
    ("form", "start"),
    [
        (Format.HTML, b"<!doctype html>"),
        (Format.MARKDOWN, b"# One question"),
        (Format.CSV, b"\xef\xbb\xbfround_id,"),
        (Format.JSON, b'{\n  "schema_version": 1'),
    ],
)
def test_a_round_is_exported(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive, form: Format, start: bytes
):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    button = program.history.detail.export_button
    next(action for action in button.formats.actions() if action.data() is form).trigger()
    with qtbot.waitSignal(program.history_flow.noticed):
        choose_file(program, f"/somewhere/round.{form.value}")
    data = two_rounds.files[f"/somewhere/round.{form.value}"]
    assert data.lower().startswith(start.lower())
    assert "Saved as /somewhere/round." in program.window.notices.words


def test_a_full_disk_is_told_in_words(qtbot: QtBot, program: Program, two_rounds: FakeArchive):
    two_rounds.disk_problem = OSError(28, "No space left on device")
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    program.history.detail.export_button.formats.actions()[0].trigger()
    with qtbot.waitSignal(program.history_flow.noticed):
        choose_file(program, "/full/round.html")
    assert "could not be saved: No space left on device" in program.window.notices.words


# --- charts and differences


def test_charts_come_with_words_and_an_explanation(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive
):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    detail = program.history.detail
    detail.switch.parts[CHARTS].click()
    qtbot.waitUntil(lambda: "memory sets the pace" in detail.charts.explanation.text())
    view = detail.charts.figures.view
    assert view.isVisible()
    assert view.drawing is not None
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == view.drawing.title
    assert interface.text(QAccessible.Text.Description) == view.drawing.summary
    assert not detail.charts.figures.words.isVisible()
    detail.charts.figures.words_button.click()
    assert detail.charts.figures.words.text() == view.drawing.summary


def test_memory_and_power_are_drawn_for_rounds_of_this_window(
    qtbot: QtBot, program: Program, archive: FakeArchive
):
    record = asked("Watched?")
    archive.add(record, "/rounds/1.jsonl")
    program.samples.take(RoundStarted(plan=record.plan))
    for t_ns in (0, 10**11 + 10**9, 10**11 + 2 * 10**9):
        event = memory_event("A", 98_000_000, 112_000_000)
        sample = msgspec.structs.replace(event.sample, t_ns=t_ns)
        program.samples.take(MemorySampled(letter="A", sample=sample))
        program.clock.advance(1.0)
        watts = PowerNow(power_w=11.4, quality=NumberQuality.MEASURED)
        program.samples.take(PowerSampled(letters=("A",), power=watts))
    open_round(qtbot, program, record)
    charts = program.history.detail.charts
    program.history.detail.switch.parts[CHARTS].click()
    for chart, unit in ((charts.memory, "in GB"), (charts.power, "in W")):
        assert chart.isVisible()
        assert chart.view.drawing is not None
        assert unit in chart.view.drawing.summary
    assert charts.remark.text() == ""


def test_without_instruments_the_missing_chart_is_explained(
    qtbot: QtBot, program: Program, archive: FakeArchive
):
    record = asked("Unmeasured?")
    archive.add(record, "/rounds/1.jsonl")
    program.samples.take(RoundStarted(plan=record.plan))
    program.samples.take(memory_event("A", 1, 2))
    program.samples.take(PowerSampled(letters=("A",), power=no_power("no instrument")))
    open_round(qtbot, program, record)
    charts = program.history.detail.charts
    program.history.detail.switch.parts[CHARTS].click()
    assert charts.memory.isVisible()
    assert not charts.power.isVisible()
    assert "The doctor says" in charts.remark.text()


def test_readings_of_long_ago_are_forgotten():
    samples = RoundSamples(FakeClock())
    plans = [msgspec.structs.replace(make_plan(), round_id=str(n)) for n in range(KEPT_ROUNDS + 1)]
    samples.take(memory_event("A", 1, 2))
    for plan in plans:
        samples.take(RoundStarted(plan=plan))
    assert samples.of_round("0") is None
    assert samples.of_round("1") is not None


@pytest.mark.parametrize(
    ("picture", "start"),
    [(Picture.PNG, b"\x89PNG"), (Picture.SVG, b"<svg"), (Picture.PDF, b"%PDF")],
)
def test_a_chart_is_saved(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive, picture: Picture, start: bytes
):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    detail = program.history.detail
    detail.switch.parts[CHARTS].click()
    menu = detail.charts.figures.save_menu
    next(action for action in menu.actions() if action.data() is picture).trigger()
    with qtbot.waitSignal(program.history_flow.noticed):
        choose_file(program, f"/somewhere/chart.{picture.value}")
    assert two_rounds.files[f"/somewhere/chart.{picture.value}"].startswith(start)


def test_differences_are_marked_by_more_than_colour(
    qtbot: QtBot, program: Program, archive: FakeArchive
):
    first = make_done("A", make_answer(text="The fee is one euro."))
    second = make_done("B", make_answer(text="The fee is two euro."))
    record = asked("Fee?", first, second)
    archive.add(record, "/rounds/1.jsonl")
    open_round(qtbot, program, record)
    detail = program.history.detail
    detail.switch.parts[DIFFERENCES].click()
    panel = detail.differences
    qtbot.waitUntil(lambda: "4 words stand in both answers: 80 % of A's" in panel.summary.text())
    document = panel.sides[1].text.document()
    assert document.toPlainText() == "The fee is two euro."
    cursor = document.find("two")
    assert cursor.charFormat().fontUnderline()
    assert not document.find("fee").charFormat().fontUnderline()


def test_with_three_answers_the_pair_can_be_chosen(
    qtbot: QtBot, program: Program, archive: FakeArchive
):
    cards = [contender.card for contender in make_plan().contenders]
    plan = msgspec.structs.replace(make_plan(*cards, cards[0]), prompt="Three?")
    texts = {"A": "one", "B": "two", "C": "three"}
    results = [make_done(letter, make_answer(text=text)) for letter, text in texts.items()]
    record = make_record(results, plan)
    archive.add(record, "/rounds/1.jsonl")
    open_round(qtbot, program, record)
    program.history.detail.switch.parts[DIFFERENCES].click()
    panel = program.history.detail.differences
    assert [chip.text() for chip in panel.chips] == ["A and B", "A and C", "B and C"]
    panel.chips[2].click()
    qtbot.waitUntil(lambda: [side.text.toPlainText() for side in panel.sides] == ["two", "three"])


def test_one_answer_differs_from_nothing(qtbot: QtBot, program: Program, archive: FakeArchive):
    record = asked("Alone?", make_done("A"), make_failed("B"))
    archive.add(record, "/rounds/1.jsonl")
    open_round(qtbot, program, record)
    program.history.detail.switch.parts[DIFFERENCES].click()
    assert "It takes two answers" in program.history.detail.differences.summary.text()
    assert program.history.detail.differences.sides == []


# --- keys and names


@pytest.mark.parametrize("view", range(4))
def test_every_control_has_a_name_and_tab_reaches_it(
    qtbot: QtBot, program: Program, two_rounds: FakeArchive, models: FakeModels, view: int
):
    open_round(qtbot, program, two_rounds.records["/rounds/2.jsonl"], 2)
    program.history.detail.switch.parts[view].click()
    controls = [
        widget for widget in focusable(program.window) if program.history.isAncestorOf(widget)
    ]
    for widget in controls:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget
    program.history.focus_first()
    reached = []
    for _step in range(3 * len(controls) + 10):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    exclusive = set(program.history.detail.switch.parts)
    assert set(controls) - exclusive <= set(reached)
