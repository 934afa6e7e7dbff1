import pytest
from tests.helpers.records import make_answer, make_cancelled, make_done, make_failed, make_timing

from large_enough.comparison.events import ContenderState
from large_enough.domain.generation import FinishReason
from large_enough.domain.round import Mode
from large_enough.wording import states


def test_every_state_has_its_own_words() -> None:
    words = {states.state_text(state) for state in ContenderState}
    assert len(words) == len(ContenderState)


def test_a_fraction_is_kept_within_its_bounds() -> None:
    assert states.state_text(ContenderState.LOADING, 0.424) == "loading, 42 %"
    assert states.state_text("loading", 1.7) == "loading, 100 %"
    assert states.state_text("loading", -1) == "loading, 0 %"


def test_an_unknown_state_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        states.state_text("flying")


def test_every_end_has_its_own_words() -> None:
    assert len({states.finish_text(reason) for reason in FinishReason}) == len(FinishReason)


@pytest.mark.parametrize("reason", FinishReason)
def test_cut_answers(reason: FinishReason) -> None:
    finished = reason in {FinishReason.END_OF_TEXT, FinishReason.STOP_TEXT}
    assert states.is_cut(reason) is not finished


def test_results() -> None:
    cut = make_answer(make_timing(total_s=2.9), finish=FinishReason.LENGTH)
    assert states.result_text(make_done()) == "done in 1.00 s"
    assert states.result_text(make_done(answer=cut)) == "cut after 2.90 s"
    assert states.result_text(make_cancelled()) == "stopped"
    assert states.result_text(make_failed()) == "failed"


@pytest.mark.parametrize("mode", Mode)
def test_modes(mode: Mode) -> None:
    assert states.mode_title(mode)
    assert states.mode_explanation(mode)
