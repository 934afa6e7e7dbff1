import msgspec
import pytest
from tests.helpers.energy_uses import done_with, make_part, missing_part
from tests.helpers.power_sources import CONDITIONS
from tests.helpers.records import make_card, make_done, make_failed, make_plan, make_record

from large_enough.domain.energy_use import PartUse
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality
from large_enough.domain.round import AnswerResult
from large_enough.wording.energy_sentence import energy_sentence
from large_enough.wording.summary import display_names, round_sentence

THREE = (make_card("Small"), make_card("Middle"), make_card("Large"))


def sentence(*results: AnswerResult) -> str:
    plan = make_plan(*THREE[: len(results)])
    return energy_sentence(make_record(results, plan), display_names(plan.contenders))


def used(letter: str, net_j: float, **options: object) -> AnswerResult:
    return done_with(letter, make_part(net_j=net_j, **options))  # type: ignore[arg-type]


def test_the_thriftier_one_is_named_with_what_was_measured() -> None:
    expected = "Small used 30 J instead of 90 J (processor chip, above idle)."
    assert sentence(used("A", 30), used("B", 90)) == expected
    assert sentence(used("B", 90), used("A", 30)) == expected


def test_of_three_the_least_is_named() -> None:
    assert sentence(used("A", 90), used("B", 30), used("C", 200)) == (
        "Middle used 30 J instead of 90 J, 200 J (processor chip, above idle)."
    )


def test_what_differs_no_more_than_two_answers_do_has_no_winner() -> None:
    """An instrument may tell 30.0 from 31.4 J; one answer of each cannot."""
    assert "too close to tell apart" in sentence(
        used("A", 30, edge_j=0.01), used("B", 31.4, edge_j=0.01)
    )
    assert "instead of" in sentence(used("A", 30, edge_j=0.01), used("B", 33, edge_j=0.01))


def test_what_is_within_the_uncertainty_has_no_winner() -> None:
    assert sentence(used("A", 30, edge_j=4), used("B", 31, edge_j=4)) == (
        "The energies (30 J, 31 J; processor chip, above idle) are too close to tell apart."
    )


def test_of_three_only_the_close_ones_are_called_close() -> None:
    found = sentence(used("A", 30, edge_j=4), used("B", 31, edge_j=4), used("C", 300, edge_j=4))
    assert found == (
        "The lowest of the energies (30 J, 31 J, 300 J; processor chip, above idle) are too close "
        "to tell apart."
    )


@pytest.mark.parametrize("quality", [NumberQuality.ATTRIBUTED, NumberQuality.ESTIMATED])
def test_no_winner_from_what_is_not_measured(quality: NumberQuality) -> None:
    assert sentence(used("A", 30, quality=quality), used("B", 300, quality=quality)) == ""
    assert sentence(used("A", 30), used("B", 300, quality=quality)) == ""


def on_battery(part: PartUse) -> PartUse:
    conditions = msgspec.structs.replace(CONDITIONS, on_battery=True)
    return msgspec.structs.replace(
        part,
        gross=msgspec.structs.replace(part.gross, conditions=conditions),
        net=msgspec.structs.replace(part.net, conditions=conditions),
    )


def test_no_winner_between_unequal_conditions() -> None:
    other = done_with("B", on_battery(make_part(net_j=300)))
    assert sentence(used("A", 30), other) == ""
    assert sentence(used("A", 30), done_with("B", make_part(Scope.GPU_BOARD, 300))) == ""


def test_no_sentence_where_an_answer_has_no_energy() -> None:
    assert sentence(used("A", 30), done_with("B", missing_part("window too short"))) == ""
    assert sentence(make_done("A"), make_done("B")) == ""
    assert sentence(used("A", 30)) == ""
    assert sentence(used("A", 30), make_failed("B")) == ""


def test_who_failed_does_not_keep_the_others_from_being_compared() -> None:
    assert "Small used 30 J" in sentence(used("A", 30), used("B", 90), make_failed("C"))


def test_it_is_part_of_the_sentence_of_the_round() -> None:
    words = round_sentence(make_record([used("A", 30), used("B", 90)]))
    assert words.endswith(
        "SmolLM2 135M Instruct used 30 J instead of 90 J (processor chip, above idle)."
    )
