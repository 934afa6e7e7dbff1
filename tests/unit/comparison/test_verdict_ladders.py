"""Ladders: who stands on which, in which order, and how far the walk goes."""

from tests.helpers.verdicts import example_verdict, patterns, sized_card

from large_enough.domain.model_card import Adapter, ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Ladder, LadderKind, RunVerdict

GOOD = "+" * 95 + "-" * 5
BAD = "+" * 50 + "-" * 50
B = 10**9
ADAPTER = Adapter(path="/a.gguf", name="Fees", size_bytes=10**6)


def ladder_of(found: RunVerdict, kind: LadderKind = LadderKind.SIZE) -> Ladder:
    (ladder,) = [each for each in found.ladders if each.kind is kind]
    return ladder


def verdict_of(cards: list[ModelCard], *signs: str) -> RunVerdict:
    return example_verdict(*(signs or [GOOD] * len(cards)), cards=cards)


def rungs(ladder: Ladder) -> str:
    return "".join(rung.letter for rung in ladder.rungs)


def test_the_walk_goes_down_from_the_largest_to_the_first_that_fails() -> None:
    ladder = ladder_of(example_verdict(GOOD, BAD, GOOD, GOOD))
    assert rungs(ladder) == "DCBA"
    assert [rung.holds for rung in ladder.rungs] == [True, True, False, False]
    assert [rung.is_tested for rung in ladder.rungs] == [True, True, True, False]
    assert (ladder.reference, ladder.knee) == ("D", "C")


def test_every_rung_is_compared_with_the_largest() -> None:
    ladder = ladder_of(example_verdict(GOOD, GOOD, GOOD))
    assert ladder.rungs[0].pair is None
    assert [(rung.pair.small, rung.pair.large) for rung in ladder.rungs[1:]] == [
        ("B", "C"),
        ("A", "C"),
    ]
    assert ladder.knee == "A"


def test_if_none_holds_the_knee_is_the_largest() -> None:
    assert ladder_of(example_verdict(BAD, BAD, GOOD)).knee == "C"


def test_what_is_not_settled_does_not_hold() -> None:
    small, large = patterns(both=73, only_small=8, only_large=11, neither=8)
    assert not ladder_of(example_verdict(small, large)).rungs[1].holds


def test_models_without_common_questions_do_not_hold() -> None:
    assert ladder_of(example_verdict("++..", "..++")).knee == "B"


def test_one_model_stands_for_a_size_in_the_usual_quantisation() -> None:
    cards = [
        sized_card("Ant 1B", B),
        sized_card("Cat 3B", 3 * B, 4 * B, quantisation="Q8_0"),
        sized_card("Cat 3B", 3 * B, 2 * B),
        sized_card("Elk 7B", 7 * B),
    ]
    assert rungs(ladder_of(verdict_of(cards))) == "DCA"


def test_of_equally_usual_ones_the_one_with_most_bytes_stands_for_a_size() -> None:
    cards = [
        sized_card("Ant 1B", B, 10**9, quantisation="Q8_0"),
        sized_card("Ant 1B", B, 5 * 10**8, quantisation="Q4_K_M"),
        sized_card("Elk 7B", 7 * B, quantisation="Q5_K_M"),
    ]
    assert rungs(ladder_of(verdict_of(cards))) == "CA"


def test_adapters_stand_on_no_ladder() -> None:
    cards = [
        sized_card("Ant 1B", B),
        sized_card("Ant 1B", B).with_adapter(ADAPTER),
        sized_card("Elk 7B", 7 * B),
    ]
    assert rungs(ladder_of(verdict_of(cards))) == "CA"
    assert verdict_of(cards[:2]).ladders == ()


def test_the_order_in_which_models_joined_does_not_matter() -> None:
    cards = [sized_card("Elk 7B", 7 * B), sized_card("Ant 1B", B), sized_card("Cat 3B", 3 * B)]
    assert rungs(ladder_of(verdict_of(cards))) == "ACB"


def test_quantisations_of_one_model_are_a_ladder_of_their_own() -> None:
    cards = [
        sized_card("Ant 1B Instruct", B, 4 * 10**8, quantisation="Q2_K"),
        sized_card("Ant 1B Instruct", B, 7 * 10**8, quantisation="Q4_K_M"),
        sized_card("Ant 1B Instruct", B, 11 * 10**8, quantisation="Q8_0"),
        sized_card("Elk 7B", 7 * B),
    ]
    found = verdict_of(cards, BAD, GOOD, GOOD, GOOD)
    ladder = ladder_of(found, LadderKind.QUANTISATION)
    assert (rungs(ladder), ladder.knee, ladder.name) == ("CBA", "B", "Ant 1B Instruct")
    assert [each.kind for each in found.ladders] == [LadderKind.SIZE, LadderKind.QUANTISATION]


def test_two_models_of_one_size_are_no_quantisations_of_each_other() -> None:
    cards = [
        sized_card("Ant 1B", B, quantisation="Q4_K_M"),
        sized_card("Ant Coder 1B", B, quantisation="Q8_0"),
        sized_card("Ant 1B", B, quantisation="Q5_K_M", architecture="qwen2"),
    ]
    assert verdict_of(cards).ladders == ()


def test_what_is_not_known_to_be_one_model_is_none() -> None:
    unknown = Unavailable(reason="the file does not say")
    cards = [
        sized_card("Ant", unknown, 4 * 10**8, quantisation="Q4_K_M"),
        sized_card("Ant", unknown, 8 * 10**8, quantisation="Q8_0"),
    ]
    assert [each.kind for each in verdict_of(cards).ladders] == [LadderKind.SIZE]


def test_one_model_alone_is_no_ladder() -> None:
    assert example_verdict(GOOD).ladders == ()


def test_twelve_models_make_a_long_ladder() -> None:
    cards = [sized_card(f"Model {number}B", number * B) for number in range(1, 13)]
    assert rungs(ladder_of(verdict_of(cards))) == "LKJIHGFEDCBA"
