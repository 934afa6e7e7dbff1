"""Words for the questions of a pack."""

import pytest

from large_enough.domain.pack import (
    AnswerType,
    ChoiceKey,
    ContainsKey,
    DateKey,
    FreeKey,
    JsonKey,
    Key,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    PackItem,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.wording.item_words import item_title, key_line, options_of, type_meaning
from large_enough.wording.power_words import power_explanation, power_sentence


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (ChoiceKey(choices=("a", "b"), answer="b"), "b"),
        (MultiChoiceKey(choices=("a", "b", "c"), answers=("a", "c")), "a; c"),
        (LabelKey(labels=("x", "y"), answer="y"), "y"),
        (NumberKey(answer=27.5, unit="EUR", tolerance_abs=0.005), "27.5 EUR ± 0.005"),
        (NumberKey(answer=1e6, tolerance_rel=0.02), "1000000 ± 2 %"),
        (NumberKey(answer=1234567.25), "1234567.25"),
        (TextKey(answers=("Bern", "Berne")), "Bern or Berne"),
        (ContainsKey(all_of=("a", "b"), none_of=("c",)), "all of: a, b; none of: c"),
        (ContainsKey(any_of=("a",)), "one of: a"),
        (RegexKey(pattern="^a+$"), "/^a+$/"),
        (ListKey(entries=(("one", "1"), ("two",))), "one; two"),
        (DateKey(answer="2026-03-01"), "2026-03-01"),
        (JsonKey(answer={"a": 1, "b": "x"}), "a: 1, b: x"),
        (UnanswerableKey(), "the text does not tell"),
        (FreeKey(), "people judge"),
        (FreeKey(reference="A poem"), "A poem"),
    ],
)
def test_a_key_is_told_in_a_line(key: Key, line: str):
    assert key_line(key) == line


def test_hostile_keys_are_harmless():
    assert key_line(TextKey(answers=("a\u202eb\x1b[31m\nc",))) == "ab[31m c"


def test_only_some_types_have_options():
    assert options_of(ChoiceKey(choices=("a", "b"), answer="a")) == ("a", "b")
    assert options_of(LabelKey(labels=("x",), answer="x")) == ("x",)
    assert options_of(NumberKey(answer=1)) == ()


def test_an_empty_question_has_a_title():
    item = PackItem(id="1", question=" \n", key=FreeKey())
    assert item_title(item) == "(an empty question)"


def test_every_type_is_explained():
    assert len({type_meaning(kind) for kind in AnswerType}) == len(AnswerType)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 question can show next to nothing."),
        (19, "19 questions can show next to nothing."),
        (20, "20 questions can only show large differences."),
        (100, "100 questions can show middling differences."),
        (200, "200 questions can show small differences."),
        (500, "500 questions can show even small differences."),
    ],
)
def test_what_questions_can_show_is_said_plainly(count: int, words: str):
    assert power_sentence(count) == words


def test_the_chance_and_what_would_help_are_told():
    words = power_explanation(0.18, 200)
    assert "a chance of 18 %" in words
    assert "a margin of 10 points" in words
    assert words.endswith("With 200 questions it probably would.")
    assert "With" not in power_explanation(0.82, None)
