"""What is drawn as bars."""

from tests.helpers.records import make_done, make_failed, make_plan, make_record
from tests.ui.builders import text_event

from large_enough.domain.quantity import Unavailable
from large_enough.ui.bar_values import bar_measures, empty_bars, final_bars, live_bars
from large_enough.ui.round_progress import RoundProgress
from large_enough.wording.numbers import NOT_AVAILABLE

KEYS = {measure.key for measure in bar_measures()}


def test_a_finished_round_has_every_bar():
    bars = final_bars(make_record([make_done("A"), make_failed("B")]))
    assert bars.keys() == KEYS
    first, second = bars["total_s"]
    assert (first.letter, first.value, first.text) == ("A", 1.0, "1.00 s")
    assert second.text == NOT_AVAILABLE
    assert second.note == "failed"


def test_energy_says_why_it_is_missing():
    energy = final_bars(make_record([make_done("A"), make_done("B")]))["energy_j"]
    assert {bar.text for bar in energy} == {NOT_AVAILABLE}
    assert {bar.note for bar in energy} == {"no instrument was read"}


def test_a_running_round_has_the_same_bars():
    progress = RoundProgress(make_plan())
    progress.take(text_event("A", "ab", t_s=0.25))
    bars = live_bars(progress)
    assert bars.keys() == KEYS
    assert bars["first_token_s"][0].text == "0.25 s"
    assert bars["first_token_s"][1].value == Unavailable(reason="not yet")


def test_empty_bars_have_the_right_letters():
    assert [bar.letter for bar in empty_bars("ABC")["total_s"]] == ["A", "B", "C"]
