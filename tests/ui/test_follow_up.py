"""Further questions in the conversation of a round."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import make_answer, make_cancelled, make_done, make_failed
from tests.ui.builders import round_events
from tests.ui.fakes import LARGE, OTHER, SMALL, FakeRunner

from large_enough.domain.errors import FailureKind
from large_enough.domain.generation import Message, Role
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import AnswerResult, RoundPlan
from large_enough.ui.library import ModelLibrary
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.earlier_turns import EarlierTurns

PROMPTS = (Prompt(id="1", domain="Banking", text="What is the fee?", system="Be brief."),)


@pytest.fixture
def arena(
    qtbot: QtBot, theme: Theme, clock: FakeClock, library: ModelLibrary, runner: FakeRunner
) -> ArenaScreen:
    made = ArenaScreen(theme, clock, library, runner, PROMPTS, lambda _round_id: None)
    qtbot.addWidget(made)
    made.resize(1196, 800)
    made.show_contenders((SMALL, LARGE))
    made.prompt_card.chips.choose_first()
    made.show()
    return made


def play(arena: ArenaScreen, runner: FakeRunner, *results: AnswerResult) -> RoundPlan:
    """Ask what stands in the box, play these results, return the plan."""
    arena.ask()
    plan = runner.plans[-1]
    for event in round_events(plan, results):
        arena.round_view.take(event)
    return plan


def follow_up(arena: ArenaScreen) -> None:
    arena.prompt_card.turn_switch.parts[1].click()


def contents(messages: Sequence[Message]) -> list[str]:
    return [message.content for message in messages]


def test_it_is_offered_once_there_is_an_answer(arena: ArenaScreen, runner: FakeRunner):
    switch = arena.prompt_card.turn_switch
    assert not switch.isVisible()
    play(arena, runner, make_failed("A"), make_failed("B"))
    assert not switch.isVisible()
    play(arena, runner, make_done("A"), make_failed("B"))
    assert switch.isVisible()
    assert [part.text() for part in switch.parts] == ["New question", "Follow up"]
    assert not arena.prompt_card.is_follow_up
    assert arena.prompt_card.prompt == "What is the fee?"


def test_a_further_question_from_choice_to_answer(arena: ArenaScreen, runner: FakeRunner):
    first = play(arena, runner, make_done("A"), make_done("B", make_answer(text="2 EUR")))
    follow_up(arena)
    card = arena.prompt_card
    assert card.prompt == ""
    assert "about their answers" in card.box.placeholderText()
    assert card.explanation.text() == "each model goes on from its own answers"
    assert not card.measure_button.isEnabled()
    card.box.insertPlainText("Why?")
    assert card.is_follow_up
    plan = play(arena, runner, make_done("A", make_answer(text="So.")), make_done("B"))
    assert plan.session_id == first.session_id
    assert (plan.prompt, plan.system) == ("Why?", "Be brief.")
    assert contents(plan.history["B"]) == ["What is the fee?", "2 EUR"]
    pane = arena.pane_row.panes["B"]
    assert pane.earlier.isVisible()
    assert pane.earlier.words == "You: What is the fee?\nB: 2 EUR\nYou: Why?"
    assert pane.answer.raw == "The fee is 1.00 EUR."
    assert (card.prompt, card.is_follow_up) == ("", True)


def test_a_new_question_begins_afresh(arena: ArenaScreen, runner: FakeRunner):
    first = play(arena, runner, make_done("A"), make_done("B"))
    follow_up(arena)
    arena.prompt_card.turn_switch.parts[0].click()
    assert arena.prompt_card.prompt == "What is the fee?"
    second = play(arena, runner, make_done("A"), make_done("B"))
    assert second.history == {}
    assert second.session_id != first.session_id
    assert not arena.pane_row.panes["A"].earlier.isVisible()


def test_a_choice_that_is_made_already_changes_nothing(arena: ArenaScreen, runner: FakeRunner):
    play(arena, runner, make_done("A"), make_done("B"))
    card = arena.prompt_card
    card.turn_switch.parts[0].click()
    assert (card.prompt, card.system) == ("What is the fee?", "Be brief.")
    follow_up(arena)
    card.box.insertPlainText("Why?")
    follow_up(arena)
    assert card.prompt == "Why?"


def test_what_was_begun_as_a_follow_up_can_be_a_question_of_its_own(
    arena: ArenaScreen, runner: FakeRunner
):
    play(arena, runner, make_done("A"), make_done("B"))
    follow_up(arena)
    card = arena.prompt_card
    card.box.insertPlainText("Why?")
    card.turn_switch.parts[0].click()
    assert (card.prompt, card.system) == ("Why?", "")
    assert card.chips.chips[-1].isChecked()
    assert play(arena, runner, make_done("A"), make_done("B")).system == ""


def test_a_ready_question_is_a_new_one(arena: ArenaScreen, runner: FakeRunner):
    play(arena, runner, make_done("A"), make_done("B"))
    follow_up(arena)
    arena.prompt_card.chips.chips[0].click()
    assert not arena.prompt_card.is_follow_up
    assert arena.prompt_card.system == "Be brief."


def test_who_never_answered_is_left_out_and_says_so(arena: ArenaScreen, runner: FakeRunner):
    play(arena, runner, make_done("A"), make_cancelled("B"))
    follow_up(arena)
    arena.prompt_card.box.insertPlainText("Why?")
    plan = play(arena, runner, make_done("A"))
    assert [contender.letter for contender in plan.contenders] == ["A"]
    pane = arena.pane_row.panes["B"]
    assert pane.head.state.text() == "left out"
    assert pane.foot.words == "It gave no answer that could be followed up."
    assert not pane.head.stop.isVisible()


def test_other_models_begin_a_new_conversation_and_it_is_said(
    arena: ArenaScreen, runner: FakeRunner
):
    play(arena, runner, make_done("A"), make_done("B"))
    follow_up(arena)
    arena.put_model("B", OTHER)
    card = arena.prompt_card
    assert not card.turn_switch.isVisible()
    assert card.explanation.text() == "other models take part: a new conversation"
    assert card.prompt == "What is the fee?"
    assert play(arena, runner, make_done("A"), make_done("B")).history == {}
    assert card.explanation.text() != "other models take part: a new conversation"


def test_the_same_models_shown_again_change_nothing(arena: ArenaScreen, runner: FakeRunner):
    play(arena, runner, make_done("A"), make_done("B"))
    arena.show_contenders((SMALL, LARGE))
    assert arena.prompt_card.turn_switch.isVisible()


def test_without_a_conversation_other_models_are_nothing_to_tell(arena: ArenaScreen):
    arena.put_model("B", OTHER)
    assert "conversation" not in arena.prompt_card.explanation.text()


def test_a_failed_follow_up_is_asked_again_in_its_conversation(
    arena: ArenaScreen, runner: FakeRunner
):
    play(arena, runner, make_done("A"), make_done("B"))
    follow_up(arena)
    arena.prompt_card.box.insertPlainText("Why?")
    before = play(arena, runner, make_failed("A"), make_failed("B", FailureKind.OUT_OF_MEMORY))
    assert arena.prompt_card.prompt == "Why?"
    arena.pane_row.panes["B"].notice.retry_buttons[0].click()
    again = runner.plans[-1]
    assert (again.prompt, again.history) == ("Why?", before.history)
    assert again.round_id != before.round_id


def test_a_measurement_ends_the_conversation(arena: ArenaScreen, runner: FakeRunner):
    play(arena, runner, make_done("A"), make_done("B"))
    arena.measure()
    assert len(runner.thorough_plans) == 1
    assert not arena.prompt_card.turn_switch.isVisible()


def test_turns_are_shown_as_they_are_and_never_take_the_pane(qtbot: QtBot, theme: Theme):
    turns = EarlierTurns(theme, "A")
    qtbot.addWidget(turns)
    turns.resize(300, 400)
    turns.show_turns([Message(role=Role.USER, content="<b>bold</b>\u202e")])
    low = turns.box.sizeHint().height()
    assert turns.words == "You: <b>bold</b>\ufffd"
    turns.show_turns([Message(role=Role.ASSISTANT, content="line\n" * 10_000)])
    assert len(turns.words) < 10_000
    assert low < turns.box.sizeHint().height() < 200
    assert turns.box.accessibleName() == "Earlier in the conversation with A"
    turns.show_turns([])
    assert turns.isHidden()
