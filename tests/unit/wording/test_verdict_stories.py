"""Costs, ladders, cascades and evidence, in sentences."""

import msgspec
import pytest
from tests.helpers.verdict_parts import (
    make_cascade,
    make_decision,
    make_ladder,
    make_pair,
    make_ratio,
    make_standing,
    make_track,
    make_verdict,
)

from large_enough.domain.interval import RatioInterval
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.verdict import CostMeasure, LadderKind, SignalKind
from large_enough.wording.evidence_words import evidence_text
from large_enough.wording.ladder_words import ladder_title, rung_state
from large_enough.wording.verdict_words import (
    amount_text,
    cascade_sentence,
    cost_sentence,
    evidence_sentence,
    ladder_sentence,
    measure_name,
    rung_names,
    signal_name,
)

WHY = Unavailable(reason="the engine was another build")
FOUR = ("Ant 1B", "Bee 2B", "Cat 3B", "Dinosaur 8B")


def cost(time: RatioInterval | Unavailable = WHY, energy: RatioInterval | Unavailable = WHY) -> str:
    pair = make_pair(time_ratio=time, energy_ratio=energy)
    return cost_sentence(make_verdict(headline=pair), pair)


def test_faster_and_thriftier() -> None:
    assert cost(make_ratio(), make_ratio(3.16, 2.9, 3.4)) == (
        "Ant 0.5B is 3.0 times faster than Dinosaur 1.5B (2.7 to 3.4). Dinosaur 1.5B takes 3.2 "
        "times the energy of Ant 0.5B (2.9 to 3.4). Each right answer took 2.96 s and 32 J with "
        "the one, 8.81 s and 100 J with the other."
    )


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (make_ratio(0.5, 0.4, 0.8), "Ant 0.5B takes 2.00 times as long as Dinosaur 1.5B (1.25 to"),
        (make_ratio(1.2, 0.9, 1.5), "Neither is clearly faster: Dinosaur 1.5B takes 1.20 times"),
        (make_ratio(1.03, 1.01, 1.05), "Ant 0.5B and Dinosaur 1.5B are about equally fast."),
        (make_ratio(14.2, 12.0, 17.0), "Ant 0.5B is 14 times faster than Dinosaur 1.5B (12 to 17)"),
        (WHY, "Their times are not compared: the engine was another build."),
    ],
)
def test_times(ratio: RatioInterval | Unavailable, words: str) -> None:
    assert cost(time=ratio, energy=make_ratio()).startswith(words)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (make_ratio(0.5, 0.4, 0.8), "Ant 0.5B takes 2.00 times the energy of Dinosaur 1.5B"),
        (make_ratio(1.2, 0.9, 1.5), "Neither clearly needs less energy"),
        (make_ratio(1.03, 1.01, 1.05), "need about the same energy."),
        (WHY, "Their energies are not compared: the engine was another build."),
    ],
)
def test_energies(ratio: RatioInterval | Unavailable, words: str) -> None:
    assert words in cost(time=make_ratio(), energy=ratio)


def test_what_may_not_be_compared_is_not_quoted_either() -> None:
    assert cost() == "Neither time nor energy is compared: the engine was another build."
    assert "J" not in cost(time=make_ratio()).partition("Each right answer")[2]


def test_nothing_right_costs_nothing_sayable() -> None:
    pair = make_pair()
    standings = {"A": make_standing("A", 0), "B": make_standing("B", 84)}
    assert "Each right" not in cost_sentence(make_verdict(standings=standings), pair)


def test_amounts_have_their_units() -> None:
    texts = {amount_text(measure, 1234.5) for measure in CostMeasure}
    assert {"20 min 34 s", "1,200 J", "1 kB", "1,200", "1,200 g"} == texts
    assert amount_text(CostMeasure.ENERGY, 12.34, NumberQuality.ESTIMATED) == "~ 10 J"
    assert len({measure_name(measure) for measure in CostMeasure}) == len(CostMeasure)


def test_a_ladder_ends_where_the_floor_gives_way() -> None:
    ladder = make_ladder("DCBA", holding=2)
    assert ladder_sentence(make_verdict(names=FOUR), ladder) == (
        "Cat 3B is the smallest model shown to be large enough, beside Dinosaur 8B. Bee 2B: the "
        "large one is worth it. 1 smaller one was not tested: the walk ends where the floor gives "
        "way."
    )
    states = [rung_state(ladder, rung) for rung in ladder.rungs]
    assert states == [
        "the reference",
        "large enough: the knee",
        "the large one is worth it",
        "not tested",
    ]


def test_ladders_on_which_none_or_all_hold() -> None:
    verdict = make_verdict(names=FOUR)
    assert ladder_sentence(verdict, make_ladder("DCBA", holding=1)).startswith(
        "No smaller one is shown to be large enough beside Dinosaur 8B."
    )
    assert ladder_sentence(verdict, make_ladder("DCBA", holding=4)) == (
        "Ant 1B is the smallest model shown to be large enough, beside Dinosaur 8B."
    )


def test_a_rung_that_cannot_be_judged_says_why() -> None:
    ladder = make_ladder("BA", holding=1)
    pair = make_pair(decision=WHY)
    rung = msgspec.structs.replace(ladder.rungs[1], pair=pair)
    ladder = msgspec.structs.replace(ladder, rungs=(ladder.rungs[0], rung))
    assert "Ant 0.5B cannot be judged: the engine was another" in ladder_sentence(
        make_verdict(), ladder
    )
    assert rung_state(ladder, rung) == "the engine was another build"


def test_quantisations_are_called_by_themselves() -> None:
    ladder = make_ladder("BA", holding=2, kind=LadderKind.QUANTISATION, name="Qwen")
    verdict = make_verdict()
    assert rung_names(verdict, ladder) == {"A": "Q4_1 (A)", "B": "Q4_1 (B)"}
    assert ladder_sentence(verdict, ladder) == (
        "Q4_1 (A) is the smallest quantisation shown to be enough, beside Q4_1 (B)."
    )
    assert ladder_title(ladder) != ladder_title(make_ladder())


def test_a_cascade_says_what_it_keeps_at_which_cost() -> None:
    assert cascade_sentence(make_verdict(cascade=make_cascade())) == (
        "Sending the least sure 24 % of the questions on to the large one would get 83 of 100 "
        "right at 55 % of its energy; the large one alone gets 84. Sending as many at random would "
        "get about 81.7 right."
    )


def test_a_cascade_without_energy_takes_the_time() -> None:
    cascade = make_cascade()
    bare = msgspec.structs.replace(cascade.only_large, costs={CostMeasure.TIME: 7.4})
    timed = msgspec.structs.replace(cascade, only_large=bare)
    assert "83 of 100 right in 56 % of its time;" in cascade_sentence(make_verdict(cascade=timed))
    none = msgspec.structs.replace(cascade, only_large=msgspec.structs.replace(bare, costs={}))
    assert "83 of 100 right; the large" in cascade_sentence(make_verdict(cascade=none))


def test_a_cascade_of_parts_speaks_of_points() -> None:
    cascade = make_cascade()
    part = msgspec.structs.replace(cascade.only_large, accuracy=0.8413)
    words = cascade_sentence(
        make_verdict(cascade=msgspec.structs.replace(cascade, only_large=part))
    )
    assert "would get 83.0 % of the points at 55 % of its energy" in words
    assert "at random would get about 81.7 % of the points." in words


def test_no_cascade_says_why() -> None:
    assert cascade_sentence(make_verdict(cascade=WHY)).endswith("the engine was another build.")
    words = cascade_sentence(make_verdict(cascade=make_cascade(with_advice=False)))
    assert words == "No share to send on is advised: too few questions."


def test_every_signal_has_a_name() -> None:
    assert len({signal_name(kind) for kind in SignalKind}) == len(SignalKind)


def test_evidence_before_a_claim() -> None:
    assert evidence_sentence(make_track()) == (
        "Evidence after 5 questions. That the small one is large enough: 4.20 of the 20 that the "
        "claim takes. That the two differ: 0.60 of 20."
    )


def test_evidence_that_allows_a_claim_is_kept_though_it_falls_again() -> None:
    track = make_track((1.0, 25.0, 3.0), (1.0, 22.0, 3.0), first_enough=2, first_different=2)
    words = (
        "Evidence after 3 questions. Since question 2 it may be said that the small one is large "
        "enough, with a margin of 10 points. Since question 2 it may be said that the two differ."
    )
    assert evidence_sentence(track) == words
    pair = make_pair(decision=make_decision(-0.04, 0.02))
    assert evidence_sentence(make_verdict(headline=pair, evidence=track)) == words
    at_odds = evidence_sentence(make_verdict(evidence=track))
    assert at_odds.startswith(words)
    assert at_odds.endswith("the interval at the end, which is the verdict.")


def test_no_evidence() -> None:
    assert evidence_sentence(make_track((), ())) == "No question has been answered by both yet."
    assert evidence_sentence(WHY).endswith("the engine was another build.")
    assert evidence_sentence(make_verdict(evidence=WHY)) == evidence_sentence(WHY)
    assert evidence_sentence(make_track((1.0,), ())).endswith("has not been followed.")
    assert evidence_text(3e9) == "more than 1,000,000"
