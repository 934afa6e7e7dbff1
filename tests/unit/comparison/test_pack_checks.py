"""Keys of packs are tried: right answers must pass, nearly right ones must fail."""

from pathlib import Path

import pytest

from large_enough.comparison.pack_checks import check_item, check_pack
from large_enough.domain.pack import (
    ChoiceKey,
    ContainsKey,
    JsonKey,
    Key,
    LabelKey,
    NumberKey,
    Pack,
    PackItem,
    RegexKey,
    TextKey,
)
from large_enough.packs.loading import load_pack
from large_enough.resources.locate import asset_path

SHIPPED = sorted(asset_path("packs").glob("*.pack.json"))


def item_of(key: Key, **fields: str) -> PackItem:
    return PackItem(id="one", question="What?", key=key, **fields)


def problems(key: Key, **fields: str) -> list[str]:
    return [fault.problem for fault in check_item(item_of(key, **fields), "en")]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_keys_of_the_packs_that_ship_are_without_fault(path: Path) -> None:
    assert check_pack(load_pack(path).pack) == ()


def test_a_tolerance_that_lets_wrong_answers_pass_is_noticed() -> None:
    found = problems(NumberKey(answer=10, tolerance_abs=100))
    assert any("a wrong answer passes" in problem and "-10" in problem for problem in found)


def test_a_pattern_that_finds_anything_is_noticed() -> None:
    assert problems(RegexKey(pattern=".*")) == [
        "a wrong answer passes: “Zanzibar 77”",
        "a wrong answer passes: “not stated”",
    ]


def test_a_pattern_that_takes_too_long_is_noticed() -> None:
    assert "the pattern takes too long on some answers" in problems(RegexKey(pattern="(a|aa)+$"))


def test_options_that_are_letters_are_noticed() -> None:
    blood = ChoiceKey(choices=("A", "B", "AB", "0"), answer="B")
    assert "an option that is a single letter is mistaken for the letter of another" in (
        problems(blood)
    )
    assert problems(ChoiceKey(choices=("X", "Y"), answer="X")) == []


def test_a_right_answer_that_its_own_rules_refuse_is_noticed() -> None:
    assert problems(ContainsKey(all_of=("no fee",), none_of=("fee",)))[0] == (
        "the right answer does not pass: “ANSWER: no fee”"
    )
    schema = JsonKey(answer={"a": "1"}, json_schema={"properties": {"a": {"type": "number"}}})
    assert problems(schema)[0] == 'the right answer does not pass: “{"a": "1"}”'
    assert problems(LabelKey(labels=("x", "y"), answer="z"))


def test_an_items_own_pattern_takes_part() -> None:
    assert problems(NumberKey(answer=7), extract=r"ANSWER: (\d+)$") == []
    assert "does not pass" in problems(NumberKey(answer=7), extract=r"result=(\d+)")[0]


def test_every_accepted_form_of_a_text_is_tried() -> None:
    assert problems(TextKey(answers=("Paris", "ANSWER: x ANSWER: y"))) != []


def test_faults_name_row_and_item_and_demos_are_left_out() -> None:
    bad = RegexKey(pattern=".*")
    items = (
        item_of(NumberKey(answer=1)),
        item_of(bad),
        PackItem(id="d", question="?", key=bad, demo=True),
    )
    faults = check_pack(Pack(id="p", version="1", title="P", items=items))
    assert {(fault.row, fault.item, fault.field) for fault in faults} == {(2, "one", "answer")}
