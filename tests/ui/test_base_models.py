"""Models that cannot chat: what their panes say, and the way to have them continue a text."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import make_done, make_failed
from tests.ui.builders import round_events
from tests.ui.fakes import LARGE, SMALL, FakeRunner

from large_enough.domain.errors import FailureKind
from large_enough.domain.generation import PromptStyle
from large_enough.resources.settings import AskingChoices
from large_enough.ui.library import ModelLibrary
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.theme import Theme

BASE = msgspec.structs.replace(SMALL, name="Base", path="/m/base.gguf", has_chat_template=False)


@pytest.fixture
def arena(
    qtbot: QtBot, theme: Theme, clock: FakeClock, library: ModelLibrary, runner: FakeRunner
) -> ArenaScreen:
    made = ArenaScreen(theme, clock, library, runner, (), lambda _round_id: None)
    qtbot.addWidget(made)
    made.resize(1196, 800)
    made.show_contenders((BASE, LARGE))
    made.prompt_card.write("Once upon a time")
    made.show()
    return made


def test_only_its_own_pane_says_that_it_cannot_chat(arena: ArenaScreen):
    panes = arena.pane_row.panes
    assert panes["A"].base_hint.isVisible()
    assert "it cannot answer" in panes["A"].base_hint.words
    assert not panes["B"].base_hint.isVisible()
    arena.put_model("A", SMALL)
    assert not panes["A"].base_hint.isVisible()


def test_the_text_is_continued_instead(qtbot: QtBot, arena: ArenaScreen, runner: FakeRunner):
    hint = arena.pane_row.panes["A"].base_hint
    with qtbot.waitSignal(arena.choices_changed) as told:
        hint.button.click()
    assert told.args == [AskingChoices(is_completion=True)]
    assert runner.plans == []
    assert arena.drawer.completion.isChecked()
    assert arena.prompt_card.settings_button.is_marked
    assert hint.words == "No chat template: it continues your text as it is."
    assert not hint.button.isVisible()
    assert "beginning of a text" in arena.prompt_card.box.placeholderText()
    arena.ask()
    assert runner.plans[0].settings.style is PromptStyle.COMPLETION
    for event in round_events(runner.plans[0], [make_done("A"), make_done("B")]):
        arena.round_view.take(event)
    assert not arena.prompt_card.turn_switch.isVisible()
    arena.drawer.reset_button.click()
    assert hint.button.isVisible()


def test_the_failure_offers_the_same_and_asks_at_once(arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    failed = make_failed("A", FailureKind.NOT_A_CHAT_MODEL)
    for event in round_events(runner.plans[0], [failed, make_done("B")]):
        arena.round_view.take(event)
    pane = arena.pane_row.panes["A"]
    assert not pane.base_hint.isVisible()  # the failure says it already
    assert pane.notice.completion_button.isVisible()
    pane.notice.completion_button.click()
    again = runner.plans[1]
    assert (again.prompt, again.settings.style) == ("Once upon a time", PromptStyle.COMPLETION)
    assert not pane.notice.isVisible()
    assert pane.base_hint.isVisible()


def test_other_failures_do_not_offer_it(arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    for event in round_events(runner.plans[0], [make_failed("A"), make_done("B")]):
        arena.round_view.take(event)
    pane = arena.pane_row.panes["A"]
    assert not pane.notice.completion_button.isVisible()
    assert pane.base_hint.isVisible()


def test_nothing_changes_while_a_round_runs(arena: ArenaScreen, runner: FakeRunner):
    arena.ask()
    button = arena.pane_row.panes["A"].base_hint.button
    assert not button.isEnabled()
    button.click()
    assert not arena.drawer.completion.isChecked()
    for event in round_events(runner.plans[0], [make_done("A"), make_done("B")]):
        arena.round_view.take(event)
    assert button.isEnabled()
