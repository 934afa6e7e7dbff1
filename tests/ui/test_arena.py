"""The Arena: whole rounds, played by the test."""

from collections.abc import Sequence

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import make_answer, make_cancelled, make_done, make_failed, make_record
from tests.ui.builders import memory_event, round_events, state_event, text_event
from tests.ui.fakes import LARGE, OTHER, SMALL, FakeRunner

from large_enough.comparison.events import (
    AnswerFinished,
    ContenderState,
    RoundFinished,
    RoundStarted,
)
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import LoadSettings
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import AnswerResult, Mode, RoundRecord
from large_enough.domain.thorough import (
    ThoroughEnd,
    ThoroughProgress,
    ThoroughRecord,
    ThoroughStep,
)
from large_enough.ui.library import ModelLibrary
from large_enough.ui.round_planner import SAFER_LOAD
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.scrolling import Scrolling

PROMPTS = (Prompt(id="1", domain="Banking", text="What is the fee?", system="Be brief."),)


@pytest.fixture
def place(qtbot: QtBot, arena: ArenaScreen) -> Scrolling:
    made = Scrolling(arena)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def arena(
    qtbot: QtBot, theme: Theme, clock: FakeClock, library: ModelLibrary, runner: FakeRunner
) -> ArenaScreen:
    made = ArenaScreen(theme, clock, library, runner, PROMPTS, lambda _round_id: None)
    made.resize(1196, 800)
    with qtbot.waitSignal(library.scanned):
        library.scan()
    made.show_contenders((SMALL, LARGE))
    made.prompt_card.chips.choose_first()
    made.show()
    return made


def play(arena: ArenaScreen, runner: FakeRunner, results: Sequence[AnswerResult]) -> None:
    for event in round_events(runner.plans[-1], results):
        arena.round_view.take(event)


def test_the_plan_is_what_is_on_the_screen(arena: ArenaScreen, runner: FakeRunner):
    arena.prompt_card.choose_mode(Mode.TOGETHER)
    arena.ask()
    (plan,) = runner.plans
    assert (plan.prompt, plan.system, plan.mode) == (
        "What is the fee?",
        "Be brief.",
        Mode.TOGETHER,
    )
    assert [contender.card for contender in plan.contenders] == [SMALL, LARGE]
    assert [contender.letter for contender in plan.contenders] == ["A", "B"]


def test_a_round_from_ask_to_outcome(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    assert arena.round_view.is_running
    assert arena.prompt_card.ask_button.text() == "Stop all"
    assert not arena.pane_row.panes["A"].head.picker.isEnabled()
    play(arena, runner, [make_done("A", make_answer(text="**one**")), make_done("B")])
    assert not arena.round_view.is_running
    assert arena.prompt_card.ask_button.text() == "Ask both"
    assert arena.pane_row.panes["A"].head.picker.isEnabled()
    assert "Small One" in arena.comparison.sentence.text()
    answers = [pane.answer for pane in arena.pane_row.panes.values()]
    qtbot.waitUntil(lambda: all(answer.is_caught_up for answer in answers))
    assert [answer.toPlainText() for answer in answers] == ["one", "The fee is 1.00 EUR."]


def test_figures_are_live(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    arena.round_view.take(RoundStarted(plan=runner.plans[0]))
    arena.round_view.take(state_event("A", ContenderState.ANSWERING))
    arena.round_view.take(text_event("A", "a", token_count=1, t_s=0.5))
    arena.round_view.take(text_event("A", "b", token_count=21, t_s=1.5))
    arena.round_view.take(memory_event("A", 100_000_000, 110_000_000))
    figures = arena.pane_row.panes["A"].strip.figures
    qtbot.waitUntil(lambda: figures[0].shown.text == "20.0")
    assert figures[2].shown.text == "0.21"
    assert arena.comparison.sentence.text() == "A is answering: 21 tokens so far."
    play(arena, runner, [make_done("A"), make_done("B")])


def test_one_failure_leaves_the_other_answer(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    play(arena, runner, [make_failed("A", FailureKind.CRASHED), make_done("B")])
    panes = arena.pane_row.panes
    assert panes["A"].notice.isVisible()
    assert not panes["B"].notice.isVisible()
    qtbot.waitUntil(lambda: panes["B"].answer.toPlainText() == "The fee is 1.00 EUR.")


def test_asking_again_with_safer_settings(arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    play(arena, runner, [make_done("A"), make_failed("B", FailureKind.OUT_OF_MEMORY)])
    arena.prompt_card.write("another question, not asked yet")
    arena.pane_row.panes["B"].notice.retry_buttons[1].click()
    plan = runner.plans[1]
    assert (plan.prompt, plan.system) == ("What is the fee?", "Be brief.")
    assert [contender.load for contender in plan.contenders] == [LoadSettings(), SAFER_LOAD]
    assert not arena.pane_row.panes["B"].notice.isVisible()


def test_stopping(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    arena.stop()
    assert runner.stops == []
    arena.ask()
    arena.prompt_card.ask_button.click()
    assert runner.stops == [None]
    play(arena, runner, [make_cancelled("A"), make_cancelled("B")])
    assert arena.pane_row.panes["A"].head.state.text() == "stopped"
    assert arena.prompt_card.ask_button.text() == "Ask both"


def test_one_contender_is_stopped_and_the_others_go_on(arena: ArenaScreen, runner: FakeRunner):
    panes = arena.pane_row.panes
    assert not panes["A"].head.stop.isVisible()
    arena.ask()
    arena.round_view.take(RoundStarted(plan=runner.plans[0]))
    arena.round_view.take(state_event("A", ContenderState.ANSWERING))
    assert panes["A"].head.stop.accessibleName() == "Stop A only"
    panes["A"].head.stop.click()
    assert runner.stops == ["A"]
    assert panes["A"].head.state.text() == "stopping"
    assert not panes["A"].head.stop.isEnabled()
    arena.round_view.take(state_event("A", ContenderState.ANSWERING, 0.5))
    assert panes["A"].head.state.text() == "stopping"
    arena.round_view.take(AnswerFinished(result=make_cancelled("A")))
    assert panes["A"].head.state.text() == "stopped"
    assert not panes["A"].head.stop.isVisible()
    assert panes["B"].head.stop.isVisible()
    assert arena.prompt_card.ask_button.isEnabled()
    arena.round_view.take(AnswerFinished(result=make_done("B")))
    assert not panes["B"].head.stop.isVisible()
    arena.fail_round(ErrorInfo(kind=FailureKind.INTERNAL, subject="test is over"))


def test_a_stopped_pane_gives_the_keyboard_to_its_answer(
    qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner
):
    arena.activateWindow()
    arena.ask()
    pane = arena.pane_row.panes["A"]
    pane.head.stop.setFocus()
    qtbot.waitUntil(pane.head.stop.hasFocus)
    qtbot.keyClick(pane.head.stop, Qt.Key.Key_Space)
    assert runner.stops == ["A"]
    play(arena, runner, [make_cancelled("A"), make_done("B")])
    assert pane.answer.hasFocus()


def test_passes_of_a_measurement_are_not_stopped_one_by_one(arena: ArenaScreen):
    arena.measure()
    assert not any(pane.head.stop.isVisible() for pane in arena.pane_row.panes.values())
    arena.fail_round(ErrorInfo(kind=FailureKind.INTERNAL, subject="test is over"))


def test_nothing_is_asked_twice_at_once(arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    arena.ask()
    assert len(runner.plans) == 1


def test_a_round_that_cannot_be_run_is_told_in_every_pane(arena: ArenaScreen):
    arena.ask()
    arena.fail_round(ErrorInfo(kind=FailureKind.INTERNAL, subject="bug", detail="trace"))
    assert not arena.round_view.is_running
    assert all(pane.notice.isVisible() for pane in arena.pane_row.panes.values())


def test_a_round_that_is_not_on_disk_is_told(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    record = make_record([make_done("A"), make_done("B")], runner.plans[0])
    with qtbot.waitSignal(arena.round_view.noticed) as told:
        arena.round_view.take(RoundFinished(record=record, log_path=None, log_problem="disk full"))
    assert "disk full" in told.args[0]


def test_models_are_added_and_taken_out(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    told: list[tuple[object, ...]] = []
    arena.contenders_changed.connect(told.append)
    arena.prompt_card.add_menu.actions()[0].trigger()
    assert arena.pane_row.cards == (SMALL, LARGE, SMALL)
    assert arena.prompt_card.ask_button.text() == "Ask all three"
    arena.prompt_card.add_menu.actions()[1].trigger()
    assert arena.pane_row.cards == (SMALL, LARGE, SMALL, LARGE)
    assert not arena.prompt_card.add_button.isVisible()
    remove = arena.pane_row.panes["A"].head.picker.menu_of_models.actions()[-1]
    remove.trigger()
    assert arena.pane_row.cards == (LARGE, SMALL, LARGE)
    assert told == [
        (SMALL, LARGE, SMALL),
        (SMALL, LARGE, SMALL, LARGE),
        (LARGE, SMALL, LARGE),
    ]


def test_when_the_last_pane_goes_the_keyboard_stays_with_the_models(
    qtbot: QtBot, arena: ArenaScreen
):
    arena.show_contenders((SMALL, LARGE, OTHER))
    picker = arena.pane_row.panes["C"].head.picker
    picker.setFocus()
    picker.menu_of_models.actions()[-1].trigger()
    assert arena.window().focusWidget() is arena.pane_row.panes["B"].head.picker


def test_two_contenders_cannot_be_taken_out(arena: ArenaScreen):
    for pane in arena.pane_row.panes.values():
        texts = [action.text() for action in pane.head.picker.menu_of_models.actions()]
        assert "Take this model out" not in texts


def test_another_model_empties_its_pane_only(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    play(arena, runner, [make_done("A"), make_done("B")])
    arena.put_model("B", OTHER)
    assert arena.pane_row.panes["B"].answer.raw == ""
    assert arena.pane_row.panes["A"].answer.raw != ""
    assert not arena.comparison.table_button.isVisible()


def test_the_larger_model_is_the_dinosaur(arena: ArenaScreen):
    panes = arena.pane_row.panes
    assert panes["A"].head.animal.animal_name == "ant"
    assert panes["B"].head.animal.animal_name == "dinosaur"
    arena.put_model("A", LARGE)
    arena.put_model("B", SMALL)
    assert panes["A"].head.animal.animal_name == "dinosaur"


def test_a_seat_is_kept_for_a_second_model(arena: ArenaScreen, runner: FakeRunner):
    arena.show_contenders((SMALL,))
    seat = arena.pane_row.seat
    assert seat.isVisible()
    assert seat.fetch_card.isVisible()
    assert arena.prompt_card.ask_button.text() == "Ask"
    arena.ask()
    play(arena, runner, [make_done("A")])
    seat.menu.actions()[1].trigger()
    assert arena.pane_row.cards == (SMALL, LARGE)
    assert not seat.isVisible()


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("size", [(916, 650), (940, 768), (1196, 800), (1836, 1080)])
def test_all_panes_keep_the_same_grid(
    qtbot: QtBot,
    place: Scrolling,
    arena: ArenaScreen,
    runner: FakeRunner,
    count: int,
    size: tuple[int, int],
):
    place.resize(*size)
    arena.show_contenders((SMALL, LARGE, OTHER, SMALL)[:count])
    arena.ask()
    thought = text_event("A", "thoughts", is_thought=True)
    arena.round_view.take(thought)
    results: list[AnswerResult] = [make_done(letter) for letter in "ABC"[: count - 1]]
    results.append(make_failed("ABCD"[count - 1]))
    play(arena, runner, results)
    arena.comparison.table_button.click()
    panes = list(arena.pane_row.panes.values())

    def is_settled() -> bool:
        QApplication.sendPostedEvents()
        is_even = len({pane.height() for pane in panes}) == 1
        return arena.comparison.table.height() > 0 and is_even and arena.width() == size[0]

    qtbot.waitUntil(is_settled)
    assert len({pane.strip.geometry().top() for pane in panes}) == 1
    assert len({pane.strip.height() for pane in panes}) == 1
    assert len({pane.foot.geometry().top() for pane in panes}) == 1
    assert arena.comparison.geometry().bottom() < arena.height()
    assert all(pane.answer.height() > 0 for pane in panes[:-1])
    if count == 2:
        assert place.verticalScrollBar().maximum() == 0  # all of it is in view


def test_question_boxes_are_written_in_by_key(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    arena.prompt_card.box.setFocus()
    arena.prompt_card.box.selectAll()
    qtbot.keyClicks(arena.prompt_card.box, "Why?")
    qtbot.keyClick(arena.prompt_card.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [plan.prompt for plan in runner.plans] == ["Why?"]


def test_ctrl_enter_asks_from_elsewhere_too(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    qtbot.keyClick(
        arena.prompt_card.settings_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert len(runner.plans) == 1


def test_ctrl_enter_asks_nothing_while_models_answer(
    qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner
):
    arena.ask()
    qtbot.keyClick(
        arena.prompt_card.settings_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert len(runner.plans) == 1


# --- thorough measurements


def thorough_end(runner: FakeRunner, *rounds: RoundRecord, **changes: object) -> ThoroughRecord:
    """Return the record of the measurement that was asked for."""
    record = ThoroughRecord(
        session_id="s",
        started_utc="2026-11-27T12:00:00+00:00",
        plan=runner.thorough_plans[-1],
        rounds=rounds,
        end=ThoroughEnd.TIME_UP,
    )
    return msgspec.structs.replace(record, **changes)


def progress_at(step: ThoroughStep, pass_number: int = 0) -> ThoroughProgress:
    return ThoroughProgress(step=step, pass_number=pass_number, fewest_passes=6, most_left_s=125.0)


def test_a_measurement_from_start_to_end(arena: ArenaScreen, runner: FakeRunner):
    arena.prompt_card.measure_button.click()
    (plan,) = runner.thorough_plans
    assert [prompt.text for prompt in plan.prompts] == ["What is the fee?"]
    assert plan.template.system == "Be brief."
    assert arena.prompt_card.ask_button.text() == "Stop all"
    assert not arena.prompt_card.measure_button.isEnabled()
    sentence = arena.comparison.sentence
    arena.round_view.take_progress(progress_at(ThoroughStep.WARM_UP))
    assert sentence.text() == "Warming up; this does not count. At most 2 min 5 s left."
    records = []
    for number in (1, 2):
        arena.round_view.take_progress(progress_at(ThoroughStep.PASS, number))
        results: list[AnswerResult] = [make_done("A"), make_done("B")]
        for event in round_events(plan.template, results):
            arena.round_view.take(event)
        assert sentence.text() == f"Pass {number} of at least 6. At most 2 min 5 s left."
        records.append(make_record(results, plan.template))
    assert arena.round_view.is_running
    arena.round_view.take_measurement(thorough_end(runner, *records))
    assert not arena.round_view.is_running
    assert arena.prompt_card.ask_button.text() == "Ask both"
    assert "too few passes" in sentence.text()
    remarks = arena.comparison.remarks.text()
    assert remarks.startswith("Ended after 2 passes: the time was up.")
    assert remarks.endswith("Bars and figures are of the last pass.")
    assert arena.comparison.table_button.isVisible()


def test_a_measurement_is_stopped(arena: ArenaScreen, runner: FakeRunner):
    arena.measure()
    arena.prompt_card.ask_button.click()
    assert runner.stops == [None]
    assert arena.prompt_card.ask_button.text() == "Stopping"
    arena.round_view.take_progress(progress_at(ThoroughStep.WARM_UP))
    arena.round_view.take_measurement(thorough_end(runner, end=ThoroughEnd.STOPPED))
    assert arena.comparison.sentence.text() == "Nothing could be compared."
    assert arena.comparison.remarks.text() == "Stopped after 0 passes."
    bars = arena.comparison.measures["total_s"].bars
    assert [bar.number for bar in bars.values()] == ["—", "—"]
    assert arena.prompt_card.ask_button.text() == "Ask both"


def test_a_measurement_that_cannot_be_run_is_told(arena: ArenaScreen, runner: FakeRunner):
    arena.measure()
    arena.fail_round(ErrorInfo(kind=FailureKind.INTERNAL, subject="bug", detail="trace"))
    assert not arena.round_view.is_running
    assert not arena.round_view.is_measuring
    assert arena.comparison.sentence.text() == "A failed. B failed."


def test_nothing_is_asked_or_measured_while_something_hinders_it(
    arena: ArenaScreen, runner: FakeRunner
):
    arena.hinder("Wait.")
    arena.ask()
    arena.measure()
    assert (runner.plans, runner.thorough_plans) == ([], [])
    arena.hinder("")
    arena.ask()
    assert len(runner.plans) == 1


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("width", [916, 1196])
def test_no_button_is_cut(
    qtbot: QtBot, place: Scrolling, arena: ArenaScreen, count: int, width: int
):
    place.resize(width, 650)
    arena.show_contenders((SMALL, LARGE, OTHER, SMALL)[:count])
    QApplication.sendPostedEvents()
    card = arena.prompt_card
    for button in (card.add_button, card.measure_button, card.ask_button, *card.switch.parts):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width()
    assert card.explanation.shown in (card.explanation.text(), "one after the other", "")
    assert card.width() <= width
