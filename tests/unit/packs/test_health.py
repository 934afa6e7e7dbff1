"""What can be said about a pack before anybody was asked."""

import pytest
from tests.helpers.packs import make_item, make_pack

from large_enough.domain.pack import AnswerType
from large_enough.domain.quantity import Unavailable
from large_enough.packs.health import health, is_skewed
from large_enough.wording.pack_health_words import health_facts, health_warnings


def test_counts_leave_out_what_is_only_to_look_at() -> None:
    pack = make_pack(
        make_item("number", level=2, family="sums", group="g"),
        make_item("text", demo=True),
        make_item("date", group="g"),
    )
    found = health(pack)
    assert (found.item_count, found.graded_count, found.group_count) == (3, 2, 1)
    assert found.by_type == {AnswerType.NUMBER: 1, AnswerType.DATE: 1}
    assert found.by_level == {2: 1}
    assert found.by_family == {"sums": 1}
    assert (found.largest_group, found.largest_group_count) == ("g", 2)


def test_the_chance_level() -> None:
    pack = make_pack(
        make_item("choice"),  # 1/3
        make_item("multi_choice"),  # 1/7
        make_item("label"),  # 1/2
        make_item("number"),  # 0
        make_item("free"),  # not graded by rule
        make_item("choice", id="shown", demo=True),
    )
    assert health(pack).chance == pytest.approx((1 / 3 + 1 / 7 + 1 / 2) / 4)


def test_no_chance_level_without_keys() -> None:
    assert isinstance(health(make_pack(make_item("free"))).chance, Unavailable)


def test_doubles_and_near_doubles() -> None:
    fee = "What is the monthly fee of the Basic plan in euros"
    pack = make_pack(
        make_item("text", id="a", question=f"{fee}?"),
        make_item("text", id="b", question=f"{fee.upper()} ?"),
        make_item("text", id="c", question=f"So {fee}?"),
        make_item("text", id="d", question=f"{fee} for 12 cards?"),
        make_item("text", id="e", question=f"{fee} for 13 cards?"),
        make_item("text", id="f", question="Who?"),
        make_item("text", id="g", question="Why?"),
    )
    found = health(pack)
    assert found.duplicates == (("a", "b"),)
    assert {(pair.first, pair.second) for pair in found.near_duplicates} == {("a", "c"), ("b", "c")}


def test_the_same_question_about_other_documents_or_options_is_another() -> None:
    pack = make_pack(
        make_item("text", id="a", context="The fee is small."),
        make_item("text", id="b", context="No card was lost here."),
        make_item("choice", id="c"),
        make_item("choice", id="d", choices=["Fraud", "Loans"]),
    )
    found = health(pack)
    assert found.duplicates == ()
    assert found.near_duplicates == ()


def test_items_of_one_group_are_meant_to_be_alike() -> None:
    text = "How many days does a customer have to object to the change"
    pack = make_pack(
        make_item("text", id="a", question=f"{text}?", group="g"),
        make_item("text", id="b", question=f"And {text}?", group="g"),
    )
    assert health(pack).near_duplicates == ()


def test_balance_of_fixed_options_and_labels() -> None:
    fixed = [make_item("choice", id=f"c{n}", shuffle=False, answer="Billing") for n in range(9)]
    mixed = [make_item("choice", id=f"m{n}", answer="Billing") for n in range(9)]
    labels = [make_item("label", id=f"l{n}", answer=("fee", "card")[n % 2]) for n in range(9)]
    first, second = health(make_pack(*fixed, *mixed, *labels)).balances
    assert (first.name, first.count, first.total, first.is_skewed) == ("A", 9, 9, True)
    assert (second.name, second.count, second.is_skewed) == ("fee", 5, False)


@pytest.mark.parametrize(
    ("count", "total", "options", "verdict"),
    [(5, 5, 4, True), (3, 3, 4, False), (10, 40, 4, False), (20, 40, 4, True), (8, 8, 2, False)],
)
def test_what_counts_as_skewed(count: int, total: int, options: int, verdict: bool) -> None:
    assert is_skewed(count, total, options) is verdict


def test_lengths() -> None:
    pack = make_pack(
        make_item("text", id="a", question="one two three"),
        make_item("text", id="b", question="one", context="word " * 800),
    )
    lengths = health(pack).lengths
    assert (lengths.longest_words, lengths.longest_item, lengths.over_limit) == (801, "b", ("b",))


def test_sentences() -> None:
    items = [make_item("label", id=f"l{n}", group="g", answer="fee") for n in range(14)]
    found = health(make_pack(*items))
    facts, warnings = " ".join(health_facts(found)), " ".join(health_warnings(found))
    assert "14 graded questions of 1 kind." in facts
    assert "Guessing gives 50 % of the points." in facts
    assert "“fee” is right in 14 of 14 questions" in warnings
    assert "can only reveal large differences" in warnings
    assert "of one kind: g" in warnings
    assert "These ask the same: l0, l1, l2, l3, l4 and 9 more." in warnings


def test_many_items_are_looked_at_in_bearable_time() -> None:
    items = [make_item("number", id=str(n), question=f"How much is plan {n}?") for n in range(3000)]
    found = health(make_pack(*items))
    assert found.is_searched is False
    assert found.graded_count == 3000
