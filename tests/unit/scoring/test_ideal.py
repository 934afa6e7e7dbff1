"""Right answers pass, nearly right ones do not: for every kind of key, in every order."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.keys import CITY, CODE, COLOURS, KEY_OF_EACH_TYPE, OPEN, ORDER

from large_enough.domain.grade import GradeStatus, Reply
from large_enough.domain.pack import (
    AnswerType,
    ChoiceKey,
    DateKey,
    JsonKey,
    Key,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    RegexKey,
    TextKey,
)
from large_enough.scoring.grading import grade
from large_enough.scoring.ideal import ideal_text
from large_enough.scoring.near_misses import near_misses
from large_enough.scoring.pattern_example import example_of

GRADED = [answer_type for answer_type in AnswerType if answer_type is not AnswerType.FREE]
WORDS = st.text(st.characters(categories=("Lu", "Ll")), min_size=2, max_size=8)
LANGUAGES = st.sampled_from(["en", "de", "es"])


def status(key: Key, text: str, shown: tuple[str, ...] = (), language: str = "en") -> GradeStatus:
    return grade(key, Reply(text=text, shown_choices=shown, language=language)).status


@pytest.mark.parametrize("answer_type", GRADED)
def test_the_ideal_answer_passes_and_nearly_right_ones_fail(answer_type: AnswerType) -> None:
    key = KEY_OF_EACH_TYPE[answer_type]
    assert status(key, ideal_text(key)) is GradeStatus.CORRECT
    misses = near_misses(key)
    assert len(misses) >= 2
    passing = [text for text in misses if status(key, text) is GradeStatus.CORRECT]
    assert passing == []


def test_near_misses_are_of_the_kinds_that_happen() -> None:
    fee = NumberKey(answer=27.456, unit="EUR", rounding=2)
    assert {"ANSWER: 27.456 USD", "ANSWER: -27.456 EUR"} <= set(near_misses(fee))
    assert "ANSWER: 2026-03-02" in near_misses(DateKey(answer="2026-03-01"))
    assert "ANSWER: Rome" in near_misses(CITY)
    assert "ANSWER: A, B, C" in near_misses(COLOURS)
    entries = ListKey(entries=(("a",), ("b",)))
    assert {"ANSWER: b", "ANSWER: a"} <= set(near_misses(entries))
    assert any('"amount": 121.5' in text for text in near_misses(ORDER))


def test_free_items_have_a_reference_and_no_near_misses() -> None:
    assert ideal_text(OPEN) == "A short and friendly letter."
    assert near_misses(OPEN) == ()


@pytest.mark.parametrize("shown", list(itertools.permutations(CITY.choices)))
def test_every_order_of_options(shown: tuple[str, ...]) -> None:
    assert status(CITY, ideal_text(CITY, shown), shown) is GradeStatus.CORRECT
    assert status(COLOURS, ideal_text(COLOURS, shown), shown) is not GradeStatus.CORRECT
    wrong = {"ANSWER: " + letter for letter in "ABCD"} - {ideal_text(CITY, shown)}
    assert {status(CITY, text, shown) for text in wrong} == {GradeStatus.WRONG}


@pytest.mark.parametrize("shown", list(itertools.permutations(COLOURS.choices)))
def test_every_order_of_options_of_which_several_are_right(shown: tuple[str, ...]) -> None:
    assert status(COLOURS, ideal_text(COLOURS, shown), shown) is GradeStatus.CORRECT


def test_letters_mean_what_was_shown_even_if_the_key_was_mended_later() -> None:
    mended = ChoiceKey(choices=("Rome", "Oslo"), answer="Oslo")
    assert status(mended, "ANSWER: D", CITY.choices) is GradeStatus.CORRECT


@settings(max_examples=80, deadline=None)
@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3),
    st.sampled_from(["", "EUR", "kg", "%", "points", "working days"]),
    st.sampled_from([None, 0, 1, 2]),
    LANGUAGES,
)
def test_any_number(value: object, unit: str, rounding: int | None, language: str) -> None:
    key = NumberKey(answer=float(str(value)), unit=unit, rounding=rounding)
    assert status(key, ideal_text(key), language=language) is GradeStatus.CORRECT
    for miss in near_misses(key):
        assert status(key, miss, language="en") is not GradeStatus.CORRECT, miss


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=8, unique_by=str.casefold), st.data())
def test_any_options(choices: list[str], data: st.DataObject) -> None:
    answer = data.draw(st.sampled_from(choices))
    shown = tuple(data.draw(st.permutations(choices)))
    one = ChoiceKey(choices=tuple(choices), answer=answer)
    some = MultiChoiceKey(choices=tuple(choices), answers=(choices[0], choices[-1]))
    for key in (one, some):
        assert status(key, ideal_text(key, shown), shown) is GradeStatus.CORRECT


@settings(max_examples=60, deadline=None)
@given(st.dates())
def test_any_date(day: object) -> None:
    key = DateKey(answer=str(day))
    assert status(key, ideal_text(key)) is GradeStatus.CORRECT
    assert all(status(key, miss) is not GradeStatus.CORRECT for miss in near_misses(key))


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text(max_size=6),
        st.one_of(st.none(), st.booleans(), st.integers(-999, 999), WORDS, st.lists(WORDS)),
        min_size=1,
        max_size=5,
    )
)
def test_any_object(answer: dict[str, object]) -> None:
    key = JsonKey(answer=answer, is_exact=True)
    assert status(key, ideal_text(key)) is GradeStatus.CORRECT


@pytest.mark.parametrize(
    ("pattern", "example"),
    [
        (r"[A-Z]{2}-\d{4}", "AA-1111"),
        (r"^(?:Mr|Mrs) \w+$", "Mr a"),
        (r"colou?r", "color"),
        (r"(?P<year>\d{4})-W\d{2}", "1111-W11"),
        (r"\$\d+\.\d{2}", "$1.11"),
        (r"(?i)yes|no", "yes"),
        (r"(a)\1", ""),
        (r"(?=x)x", ""),
        (r"[^a]", ""),
        ("(", ""),
        (r"\n", ""),
        ("", ""),
    ],
)
def test_examples_of_patterns(pattern: str, example: str) -> None:
    assert example_of(pattern, keeps_case=True) == example
    if example:
        key = RegexKey(pattern=pattern, keeps_case=True)
        assert status(key, ideal_text(key)) is GradeStatus.CORRECT


def test_a_pattern_that_cannot_be_exemplified_has_no_ideal() -> None:
    assert ideal_text(RegexKey(pattern=r"(?=x)x")) == ""
    assert ideal_text(CODE) == "ANSWER: AA-1111"


def test_a_text_without_forms_has_no_ideal() -> None:
    assert ideal_text(TextKey(answers=())) == ""
