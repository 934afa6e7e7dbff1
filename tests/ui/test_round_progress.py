"""Figures of a round while it runs."""

import pytest
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_card,
    make_done,
    make_failed,
    make_plan,
    make_timing,
)
from tests.ui.builders import memory_event, state_event, text_event

from large_enough.comparison.events import AnswerFinished, ContenderState
from large_enough.domain.power import Scope
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import Mode
from large_enough.ui.live_words import figure_values, live_sentence, spoken_result
from large_enough.ui.round_progress import Figures, RoundProgress
from large_enough.wording.numbers import NOT_AVAILABLE


@pytest.fixture
def progress() -> RoundProgress:
    return RoundProgress(make_plan())


def test_nothing_is_known_before_the_first_text(progress: RoundProgress):
    figures = progress.contenders["A"].figures()
    for quantity in (figures.tokens_per_s, figures.first_token_s, figures.needed_bytes):
        assert isinstance(quantity, Unavailable)


def test_speeds_count_from_the_first_text_on(progress: RoundProgress):
    progress.take(text_event("A", "ab", token_count=1, t_s=0.5))
    progress.take(text_event("A", "cdefgh", token_count=11, t_s=1.5))
    figures = progress.contenders["A"].figures()
    assert figures.tokens_per_s == pytest.approx(10)
    assert figures.characters_per_s == pytest.approx(6)
    assert figures.first_token_s == 0.5
    assert figures.total_s == 1.5
    assert isinstance(progress.contenders["B"].figures().tokens_per_s, Unavailable)


def test_one_text_alone_has_no_speed(progress: RoundProgress):
    progress.take(text_event("A", "ab", t_s=0.5))
    assert isinstance(progress.contenders["A"].figures().tokens_per_s, Unavailable)


def test_memory_is_the_highest_reading(progress: RoundProgress):
    for working_bytes in (50, 90, 70):
        progress.take(memory_event("A", 100, working_bytes))
    assert progress.contenders["A"].figures().needed_bytes == 190


def test_a_result_replaces_what_was_seen(progress: RoundProgress):
    progress.take(text_event("A", "ab", t_s=9.0))
    done = make_done("A", make_answer(make_timing(total_s=2.5)))
    progress.take(AnswerFinished(result=done))
    figures = progress.contenders["A"].figures()
    assert figures.total_s == 2.5
    assert figures.needed_bytes == done.resources.memory.needed_bytes


def test_a_failure_leaves_no_figures(progress: RoundProgress):
    progress.take(text_event("B", "ab", t_s=9.0))
    progress.take(AnswerFinished(result=make_failed("B")))
    assert progress.contenders["B"].figures().total_s == Unavailable(reason="failed")


def test_a_stopped_answer_has_no_total_time(progress: RoundProgress):
    progress.take(text_event("B", "ab", t_s=9.0))
    progress.take(AnswerFinished(result=make_cancelled("B")))
    figures = progress.contenders["B"].figures()
    assert figures.total_s == Unavailable(reason="stopped")
    assert figures.first_token_s == 9.0


def test_together_is_contended_alone_is_not():
    assert RoundProgress(make_plan(mode=Mode.TOGETHER)).is_contended
    assert not RoundProgress(make_plan()).is_contended
    assert not RoundProgress(make_plan(make_card(), mode=Mode.TOGETHER)).is_contended


def test_the_sentence_says_how_it_stands(progress: RoundProgress):
    assert live_sentence(progress) == "Getting ready."
    progress.take(state_event("A", ContenderState.LOADING, 0.4))
    assert live_sentence(progress) == "A is loading, 40 %."
    progress.take(state_event("A", ContenderState.ANSWERING))
    progress.take(text_event("A", "x", token_count=1))
    assert live_sentence(progress) == "A is answering: 1 token so far."
    progress.take(AnswerFinished(result=make_done("A")))
    progress.take(state_event("B", ContenderState.ANSWERING))
    progress.take(text_event("B", "x", token_count=1_041))
    assert live_sentence(progress) == "A is done. B is answering: 1,041 tokens so far."
    progress.take(AnswerFinished(result=make_failed("B")))
    assert live_sentence(progress) == "A is done. B failed."
    progress.take(AnswerFinished(result=make_cancelled("A")))
    assert live_sentence(progress) == "A was stopped. B failed."


def test_missing_figures_show_a_dash_with_the_reason():
    speed, _first, _memory, power = figure_values(Figures(), is_contended=False)
    assert speed.text == power.text == NOT_AVAILABLE
    assert power.note == "Not available: not yet."


def test_contended_speed_is_called_so():
    assert figure_values(Figures(), is_contended=True)[0].label == "Speed, contended"


def test_figures_are_written_with_their_units():
    watts = PowerNow(power_w=11.38, quality=NumberQuality.MEASURED, scopes=(Scope.SOC,))
    figures = Figures(tokens_per_s=141.2, first_token_s=0.0631, needed_bytes=211e6, power=watts)
    shown = figure_values(figures, is_contended=False)
    assert [f"{value.text} {value.unit}" for value in shown] == [
        "141 tok/s",
        "0.06 s",
        "0.21 GB",
        "11 W",
    ]


def test_what_a_screen_reader_says():
    assert spoken_result(make_done("A")) == "Model A: done in 1.00 s. 41 tokens, 50.0 per second."
    assert spoken_result(make_failed("B")) == "Model B: failed."
