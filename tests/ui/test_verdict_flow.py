"""From runs to verdicts: found, opened, followed to the questions, renewed, dropped when stale."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.helpers.verdicts import example_record, patterns
from tests.ui.fake_runs import FakeRuns, ended, finished, started
from tests.ui.program import Program

from large_enough.domain.pack_run import PackRunEnd, PackRunRecord
from large_enough.domain.verdict import EvidenceTrack
from large_enough.ui.run_rows import RunRow
from large_enough.ui.widgets.run_picker import in_order

CLOSE = patterns(both=73, only_small=8, only_large=11, neither=8)
FAR = patterns(both=20, only_large=60, neither=20)


def named(run_id: str, *by_contender: str, title: str = "Retail banking") -> PackRunRecord:
    """Return a run of that id."""
    record = example_record(*(by_contender or CLOSE))
    pack = msgspec.structs.replace(record.plan.pack, title=title)
    plan = msgspec.structs.replace(record.plan, run_id=run_id, pack=pack)
    return msgspec.structs.replace(record, plan=plan)


def cut(record: PackRunRecord, count: int) -> PackRunRecord:
    """Return a run that was interrupted after so many answers."""
    return msgspec.structs.replace(record, cells=record.cells[:count], end=PackRunEnd.CUT)


@pytest.fixture
def open_verdict(qtbot: QtBot, program: Program, runs: FakeRuns) -> Callable[..., Program]:
    """Goes to the verdict while these runs are on record."""

    def opened(*records: PackRunRecord) -> Program:
        for record in records:
            runs.keep(record)
        program.start(qtbot)
        program.window.activateWindow()
        qtbot.mouseClick(program.window.rail.verdict, Qt.MouseButton.LeftButton)
        if records:
            qtbot.waitUntil(lambda: program.verdict.page.verdict is not None)
        return program

    return opened


def shown_id(program: Program) -> str:
    verdict = program.verdict.page.verdict
    return "" if verdict is None else verdict.plan.run_id


def headline(program: Program) -> str:
    return program.verdict.page.sentence.headline.text()


# --- which run


def test_without_runs_it_says_how_to_get_a_verdict_and_leads_to_the_packs(
    qtbot: QtBot, open_verdict: Callable[..., Program]
):
    program = open_verdict()
    qtbot.waitUntil(lambda: program.verdict.message.text() == "No verdict yet.")
    assert "Run a pack" in program.verdict.advice.text()
    assert program.verdict.packs_button.isVisible()
    assert not program.verdict.other_button.isVisible()
    program.verdict.packs_button.click()
    assert program.packs.isVisible()
    assert program.window.rail.packs.isChecked()


def test_the_first_complete_run_is_shown_with_its_sentence(open_verdict: Callable[..., Program]):
    program = open_verdict(cut(named("open"), 150), named("first"), named("second", *FAR))
    assert shown_id(program) == "first"
    assert headline(program).startswith("Not settled yet")
    assert program.verdict.report_button.hasFocus()
    assert "Retail banking" in program.verdict.head.place.text()
    assert "100 questions" in program.verdict.head.place.text()


def test_another_run_is_chosen_from_the_list(qtbot: QtBot, open_verdict: Callable[..., Program]):
    program = open_verdict(named("first"), named("second", *FAR, title="Roaming"))
    screen = program.verdict
    screen.runs_button.click()
    assert screen.picker.isVisible()
    assert screen.picker.list.hasFocus()
    qtbot.keyClick(screen.picker.list, Qt.Key.Key_Down)
    qtbot.keyClick(screen.picker.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown_id(program) == "second")
    assert screen.page.isVisible()
    assert headline(program).startswith("The large one is worth it")
    assert "Roaming" in screen.head.place.text()


def test_escape_leads_from_the_list_back_to_the_verdict(
    qtbot: QtBot, open_verdict: Callable[..., Program]
):
    program = open_verdict(named("first"))
    program.verdict.runs_button.click()
    qtbot.keyClick(program.window, Qt.Key.Key_Escape)
    assert program.verdict.page.isVisible()


def test_complete_runs_stand_first_and_those_without_answers_not_at_all():
    rows = [
        RunRow("a", "", "", "", PackRunEnd.CUT, 0.4),
        RunRow("b", "", "", "", PackRunEnd.COMPLETE, 1.0),
        RunRow("c", "", "", "", None, 0.0),
        RunRow("d", "", "", "", PackRunEnd.STOPPED, 0.0),
        RunRow("e", "", "", "", PackRunEnd.COMPLETE, 1.0),
    ]
    assert [row.run_id for row in in_order(rows)] == ["b", "e", "a"]


def test_a_run_that_cannot_be_read_is_told_where_its_verdict_would_be(
    qtbot: QtBot, open_verdict: Callable[..., Program], runs: FakeRuns
):
    program = open_verdict(named("first"), named("second"))
    program.verdict.runs_button.click()
    del runs.records["second"]
    program.verdict.picker.chosen.emit("second")
    qtbot.waitUntil(program.verdict.message.isVisible)
    qtbot.waitUntil(lambda: "cannot be read" in program.verdict.message.text())
    assert program.verdict.advice.text()


def test_a_verdict_that_comes_late_is_dropped(
    qtbot: QtBot, open_verdict: Callable[..., Program], runs: FakeRuns
):
    program = open_verdict(named("first"), named("slow", *FAR), named("third", *FAR))
    may_read = runs.hold("slow")
    program.verdict.picker.chosen.emit("slow")
    program.verdict.picker.chosen.emit("third")
    qtbot.waitUntil(lambda: shown_id(program) == "third")
    with qtbot.waitSignal(program.back_rooms.verdict_flow.dropped):
        may_read.set()
    assert shown_id(program) == "third"


def test_the_first_run_comes_back_when_it_is_chosen_again_before_another_is_read(
    qtbot: QtBot, open_verdict: Callable[..., Program], runs: FakeRuns
):
    program = open_verdict(named("first"), named("slow", *FAR))
    may_read = runs.hold("slow")
    program.verdict.picker.chosen.emit("slow")
    program.verdict.picker.chosen.emit("first")
    qtbot.waitUntil(lambda: not program.verdict.message.isVisible())
    assert shown_id(program) == "first"
    with qtbot.waitSignal(program.back_rooms.verdict_flow.dropped):
        may_read.set()
    assert shown_id(program) == "first"


# --- ways to it


def test_the_view_of_a_run_leads_to_its_verdict(qtbot: QtBot, program: Program, runs: FakeRuns):
    runs.keep(named("first"))
    runs.keep(named("second", *FAR))
    program.start(qtbot)
    program.run_flow.open_run("second")
    qtbot.waitUntil(lambda: program.runs.view.run_id == "second")
    program.runs.view.verdict_button.click()
    qtbot.waitUntil(lambda: shown_id(program) == "second")
    assert program.verdict.isVisible()
    assert program.window.rail.verdict.isChecked()


def test_a_run_of_one_contender_offers_no_verdict(qtbot: QtBot, program: Program, runs: FakeRuns):
    runs.keep(named("alone", "+-" * 20))
    program.start(qtbot)
    program.run_flow.open_run("alone")
    qtbot.waitUntil(lambda: program.runs.view.run_id == "alone")
    assert not program.runs.view.verdict_button.isVisible()


def test_the_list_of_runs_leads_to_a_verdict(qtbot: QtBot, program: Program, runs: FakeRuns):
    runs.keep(named("first"))
    program.start(qtbot)
    program.run_flow.open_runs()
    qtbot.waitUntil(program.runs.runs.verdict_button.isEnabled)
    program.runs.runs.verdict_button.click()
    qtbot.waitUntil(lambda: shown_id(program) == "first")


def test_the_history_leads_to_the_runs(qtbot: QtBot, program: Program, runs: FakeRuns):
    runs.keep(named("first"))
    program.start(qtbot)
    program.window.rail.history.click()
    program.history.runs_button.click()
    qtbot.waitUntil(lambda: program.verdict.picker.list.current is not None)
    assert program.verdict.picker.isVisible()
    program.verdict.picker.open_button.click()
    qtbot.waitUntil(program.verdict.page.isVisible)
    assert shown_id(program) == "first"


# --- from it to the questions


def test_questions_that_only_one_got_are_listed_and_opened(
    qtbot: QtBot, open_verdict: Callable[..., Program]
):
    program = open_verdict(named("first"))
    card = program.verdict.page.differences
    assert [chip.text() for chip in card.chips[:2]] == [
        "11 only the large one got",
        "8 only the small one got",
    ]
    assert not card.list.isVisible()
    card.chips[0].click()
    assert card.list.count() == 11
    assert card.list.isVisible()
    card.chips[1].click()
    assert card.list.count() == 8
    assert [chip.isChecked() for chip in card.chips] == [False, True, False, False]
    card.list.setFocus()
    qtbot.keyClick(card.list, Qt.Key.Key_Return)
    view = program.runs.view
    assert view.isVisible()
    assert view.is_in_detail
    assert view.detail.item_id == program.verdict.page.pair.only_small[0]
    assert program.window.rail.packs.isChecked()


def test_a_chip_that_is_pressed_again_shuts_its_list(open_verdict: Callable[..., Program]):
    card = open_verdict(named("first")).verdict.page.differences
    card.chips[0].click()
    card.chips[0].click()
    assert not card.list.isVisible()


# --- what changes meanwhile


def test_it_is_worked_out_again_when_one_comes_back(
    qtbot: QtBot, open_verdict: Callable[..., Program], runs: FakeRuns
):
    program = open_verdict(named("first"))
    program.window.rail.settings.click()
    runs.keep(named("first", *FAR))
    program.window.rail.verdict.click()
    qtbot.waitUntil(lambda: headline(program).startswith("The large one is worth it"))


def test_money_is_there_once_a_price_is_set(qtbot: QtBot, open_verdict: Callable[..., Program]):
    program = open_verdict(named("first"))
    switch = program.verdict.page.chart.switch
    assert not switch.parts[3].isVisible()
    program.window.rail.settings.click()
    program.keeper.change(price_per_kwh=0.4, currency="EUR")
    program.window.rail.verdict.click()
    qtbot.waitUntil(switch.parts[3].isVisible)


def test_a_pair_that_was_chosen_stays_chosen(
    qtbot: QtBot, open_verdict: Callable[..., Program], runs: FakeRuns
):
    program = open_verdict(named("first", *FAR, FAR[1]))
    screen = program.verdict
    assert screen.pair_menu.isVisible()
    screen.pair_menu.pairs.actions()[0].trigger()
    chosen = screen.page.pair
    assert (chosen.small, chosen.large) != ("A", "C")
    before = headline(program)
    program.window.rail.settings.click()
    runs.keep(named("first", *FAR, "+" * 100))
    program.window.rail.verdict.click()
    qtbot.waitUntil(lambda: screen.page.verdict.standings["C"].right_points == 100)
    assert (screen.page.pair.small, screen.page.pair.large) == (chosen.small, chosen.large)
    assert headline(program) == before


# --- while a run goes on


@pytest.fixture
def run_on(qtbot: QtBot, program: Program, runs: FakeRuns) -> Callable[[int], PackRunRecord]:
    """Lets a run go on that has so many answers; returns what it will be in the end."""

    def go_on(count: int) -> PackRunRecord:
        record = named("live")
        runs.keep(cut(record, count))
        program.start(qtbot)
        program.window.activateWindow()
        program.run_flow.open_runs()
        qtbot.waitUntil(program.runs.runs.resume_button.isEnabled)
        program.runs.runs.resume_button.click()
        qtbot.waitUntil(lambda: bool(program.pack_runner.plans))
        program.run_flow.take(started(record.plan, count))
        return record

    return go_on


def test_while_a_run_goes_on_the_evidence_can_be_watched_and_the_interval_waits(
    qtbot: QtBot, program: Program, run_on: Callable[[int], PackRunRecord]
):
    record = run_on(120)
    program.runs.view.verdict_button.click()
    screen = program.verdict
    qtbot.waitUntil(lambda: isinstance(screen.evidence.track, EvidenceTrack))
    assert screen.evidence.isVisible()
    assert screen.evidence.view.isVisible()
    assert len(screen.evidence.track.enough) == 20
    assert "Retail banking" in screen.evidence.title.text()
    qtbot.waitUntil(lambda: screen.message.text() == "The verdict comes when this run is over.")
    assert not screen.page.isVisible()
    for cell in record.cells[120:130]:
        program.run_flow.take(finished(cell))
    qtbot.waitUntil(lambda: len(screen.evidence.track.enough) == 30)


def test_when_it_ends_its_verdict_takes_the_place_of_the_evidence(
    qtbot: QtBot, program: Program, runs: FakeRuns, run_on: Callable[[int], PackRunRecord]
):
    record = run_on(120)
    program.runs.view.verdict_button.click()
    qtbot.waitUntil(program.verdict.evidence.isVisible)
    runs.keep(record)
    program.run_flow.take(ended(record))
    qtbot.waitUntil(lambda: shown_id(program) == "live")
    assert not program.verdict.evidence.isVisible()
    assert program.verdict.page.isVisible()


def test_the_evidence_leads_to_the_run(
    qtbot: QtBot, program: Program, run_on: Callable[[int], PackRunRecord]
):
    run_on(120)
    program.window.rail.verdict.click()
    qtbot.waitUntil(program.verdict.evidence.isVisible)
    program.verdict.evidence.run_button.click()
    assert program.runs.view.isVisible()
    assert program.runs.view.run_id == "live"


def test_a_finished_verdict_in_view_stays_and_is_not_worked_out_again_while_a_run_goes_on(
    qtbot: QtBot,
    program: Program,
    runs: FakeRuns,
    run_on: Callable[[int], PackRunRecord],
):
    run_on(120)
    runs.keep(named("first"))
    screen = program.verdict
    program.window.rail.verdict.click()
    qtbot.waitUntil(lambda: shown_id(program) == "first")
    assert not screen.evidence.view.isVisible()
    assert screen.evidence.watch_button.isVisible()
    program.window.rail.settings.click()
    runs.read_ids.clear()
    program.window.rail.verdict.click()
    screen.evidence.watch_button.click()
    qtbot.waitUntil(screen.evidence.view.isVisible)
    assert screen.message.isVisible()
    assert runs.read_ids == []
