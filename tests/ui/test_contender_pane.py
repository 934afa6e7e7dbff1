"""One contender's pane, fed with events."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_timing,
)
from tests.ui.builders import state_event, text_event
from tests.ui.fakes import LARGE, SMALL

from large_enough.comparison.events import ContenderState
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import FinishReason
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import NumberQuality
from large_enough.domain.round import Failed
from large_enough.ui.round_progress import Figures
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.contender_pane import ContenderPane

WATTS = PowerNow(power_w=11.4, quality=NumberQuality.MEASURED)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, clock: FakeClock) -> ContenderPane:
    made = ContenderPane(theme, clock, "A")
    qtbot.addWidget(made)
    made.show_model(SMALL)
    made.resize(570, 460)
    made.show()
    return made


def test_it_says_who_it_is(pane: ContenderPane):
    picker = pane.head.picker
    assert picker.accessibleName() == "Model of contender A: Small One"
    assert picker.accessibleDescription() == "0.13 billion parameters · Q4_1 · 98 MB"
    assert pane.head.badge.text() == "A"


def test_states_and_progress_are_shown(pane: ContenderPane):
    pane.begin()
    assert pane.head.state.text() == "waiting for its turn"
    pane.show_state(state_event("A", ContenderState.LOADING, 0.4))
    assert pane.head.state.text() == "loading, 40 %"
    assert pane.progress.fraction == 0.4
    pane.show_state(state_event("A", ContenderState.ANSWERING))
    assert pane.progress.fraction is None
    pane.finish(make_done("A", make_answer(make_timing(total_s=0.52))))
    assert pane.head.state.text() == "done in 0.52 s"
    assert pane.foot.words == "41 tokens"


def test_a_cut_answer_says_so(pane: ContenderPane):
    pane.begin()
    pane.finish(make_done("A", make_answer(finish=FinishReason.LENGTH)))
    assert pane.foot.words == "41 tokens · cut at the token limit"


def test_the_answer_appears_as_it_comes(qtbot: QtBot, pane: ContenderPane):
    pane.begin()
    pane.add_text(text_event("A", "The fee is "))
    pane.add_text(text_event("A", "**1.00 EUR**."))
    qtbot.waitUntil(lambda: "The fee is 1.00 EUR." in pane.answer.toPlainText())


def test_the_answer_of_the_record_counts(qtbot: QtBot, pane: ContenderPane):
    pane.begin()
    pane.add_text(text_event("A", "a part that was"))
    pane.finish(make_done("A", make_answer(text="the whole answer")))
    qtbot.waitUntil(lambda: pane.answer.toPlainText() == "the whole answer")


def test_thoughts_are_folded_apart(qtbot: QtBot, pane: ContenderPane):
    pane.begin()
    assert not pane.thoughts.isVisible()
    pane.add_text(text_event("A", "two <b>thoughts</b>", is_thought=True))
    assert pane.thoughts.isVisible()
    assert pane.thoughts.toggle.text() == "Thoughts, 2 words"
    assert not pane.thoughts.pane.isVisible()
    pane.thoughts.toggle.click()
    assert pane.thoughts.pane.isVisible()
    qtbot.waitUntil(lambda: "<b>thoughts</b>" in pane.thoughts.pane.toPlainText())
    assert pane.answer.raw == ""
    pane.begin()
    assert not pane.thoughts.isVisible()


def test_figures_never_move(pane: ContenderPane):
    pane.begin()
    places = [figure.geometry() for figure in pane.strip.figures]
    for figures in (
        Figures(tokens_per_s=9.99, first_token_s=123.0, needed_bytes=1e9),
        Figures(tokens_per_s=1234.0, first_token_s=0.01, needed_bytes=1e12, power=WATTS),
    ):
        pane.show_figures(figures, is_contended=True)
        assert [figure.geometry() for figure in pane.strip.figures] == places
    assert len({place.width() for place in places}) <= 2  # equal but for a pixel
    assert pane.strip.figures[0].shown.text == "1,234"


def test_missing_power_says_why_to_eyes_and_ears(pane: ContenderPane):
    power = pane.strip.figures[3]
    assert power.accessibleName() == "Power: not available"
    assert power.accessibleDescription() == "Not available: not yet."
    assert "not yet" in power.toolTip()


def test_a_failure_is_told_in_words_with_a_next_step(pane: ContenderPane):
    pane.begin()
    error = ErrorInfo(kind=FailureKind.NOT_GGUF, subject="/a/<b>model.gguf", detail="trace")
    pane.finish(Failed(letter="A", error=error))
    assert pane.notice.isVisible()
    assert "<b>model.gguf" in pane.notice.words
    assert pane.head.state.text() == "failed"
    assert not pane.answer.isVisible()
    retry, safer = pane.notice.retry_buttons
    assert retry.isVisible()
    assert not safer.isVisible()


def test_what_was_said_before_a_failure_stays(qtbot: QtBot, pane: ContenderPane):
    pane.begin()
    pane.add_text(text_event("A", "It had said this"))
    pane.finish(make_failed("A", FailureKind.CRASHED))
    assert pane.answer.isVisible()
    qtbot.waitUntil(lambda: pane.answer.toPlainText() == "It had said this")


@pytest.mark.parametrize("is_safer", [False, True])
def test_asking_again(qtbot: QtBot, pane: ContenderPane, is_safer: bool):
    pane.begin()
    pane.finish(make_failed("A", FailureKind.OUT_OF_MEMORY))
    button = pane.notice.retry_buttons[is_safer]
    assert button.isVisible()
    with qtbot.waitSignal(pane.retry_wanted) as told:
        button.click()
    assert told.args == ["A", is_safer]


def test_a_new_round_takes_the_failure_away(pane: ContenderPane):
    pane.begin()
    pane.finish(make_failed("A"))
    pane.begin()
    assert not pane.notice.isVisible()
    assert pane.answer.isVisible()


def test_a_stopped_answer_stays(qtbot: QtBot, pane: ContenderPane):
    pane.begin()
    pane.add_text(text_event("A", "so far"))
    pane.finish(make_cancelled("A"))
    assert pane.head.state.text() == "stopped"
    qtbot.waitUntil(lambda: pane.answer.toPlainText() == "so far")


def test_the_answer_is_copied_as_the_model_gave_it(pane: ContenderPane):
    pane.begin()
    pane.add_text(text_event("A", "**raw**"))
    pane.foot.copy.click()
    assert QGuiApplication.clipboard().text() == "**raw**"


def test_plain_text_can_be_switched_on(qtbot: QtBot, pane: ContenderPane):
    pane.begin()
    pane.add_text(text_event("A", "**raw**"))
    pane.finish(make_done("A", make_answer(text="**raw**")))
    pane.foot.plain.click()
    qtbot.waitUntil(lambda: pane.answer.toPlainText() == "**raw**")
    pane.foot.plain.click()
    qtbot.waitUntil(lambda: pane.answer.toPlainText() == "raw")


def test_the_rest_of_an_enormous_answer_is_one_click_away(qtbot: QtBot, pane: ContenderPane):
    text = "many words\n\n" * 6_000
    pane.begin()
    pane.add_text(text_event("A", text))
    pane.finish(make_done("A", make_answer(text=text)))
    qtbot.waitUntil(pane.foot.whole.isVisible)
    pane.foot.whole.click()
    assert pane.foot.plain.isChecked()
    assert not pane.foot.whole.isVisible()


def test_a_model_is_chosen_from_the_menu(qtbot: QtBot, pane: ContenderPane):
    menu = pane.head.picker.menu_of_models
    menu.offer((SMALL, LARGE), SMALL, can_remove=True)
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert texts == ["Small One", "Large One", "", "Open a model file…", "Take this model out"]
    assert menu.actions()[0].isChecked()
    with qtbot.waitSignal(pane.model_chosen) as told:
        menu.actions()[1].trigger()
    assert told.args == ["A", LARGE]
    with qtbot.waitSignal(pane.file_wanted) as told:
        menu.actions()[3].trigger()
    assert told.args == ["A"]
    with qtbot.waitSignal(pane.removal_wanted):
        menu.actions()[4].trigger()


def test_a_narrow_pane_has_its_state_at_the_foot(qtbot: QtBot, pane: ContenderPane):
    pane.set_narrow(is_narrow=True)
    pane.begin()
    assert not pane.head.state.isVisible()
    assert pane.foot.words == "waiting for its turn"
    pane.finish(make_done("A"))
    assert pane.foot.words == "done in 1.00 s · 41 tokens"
    qtbot.waitUntil(lambda: len({figure.y() for figure in pane.strip.figures}) == 2)
