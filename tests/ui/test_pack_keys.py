"""Keys in the fields of a form, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    RegexKey,
    TextKey,
    UnanswerableKey,
    answer_type,
)
from large_enough.ui.pack_field_values import Values, values_of
from large_enough.ui.pack_fields import fields_of
from large_enough.ui.pack_keys import Mistake, key_of
from large_enough.ui.written_numbers import number_in_field, read_written_number

KEYS: tuple[Key, ...] = (
    ChoiceKey(choices=("Basic", "Comfort"), answer="Comfort", shuffle=False),
    MultiChoiceKey(choices=("a", "b", "c"), answers=("a", "c")),
    LabelKey(labels=("Cards", "Fraud"), answer="Fraud"),
    NumberKey(
        answer=-27.5,
        unit="EUR",
        is_unit_required=True,
        unit_factors={"cent": 0.01},
        tolerance_abs=0.005,
        tolerance_rel=0.02,
        may_be_share=True,
    ),
    NumberKey(answer=3.14, rounding=2),
    TextKey(answers=("Bern", "Berne"), keeps_case=True, keeps_articles=True),
    ContainsKey(all_of=("a",), any_of=("b", "c"), none_of=("d",)),
    RegexKey(pattern=r"^\d+ $", is_whole=True),
    ListKey(entries=(("one", "1"), ("two",)), is_ordered=True),
    DateKey(answer="2026-03-01", is_day_first=False),
    JsonKey(answer={"iban": "3421"}, json_schema={"type": "object"}, is_exact=True),
    UnanswerableKey(phrases=("no idea",), asked_as=AnswerType.NUMBER, unit="EUR"),
    FreeKey(reference="A poem\nof two lines", keywords=("rhyme",)),
)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: type(key).__name__)
def test_a_key_survives_the_form(key: Key):
    kind = answer_type(key)
    values = values_of(key)
    assert set(values) == {spec.name for spec in fields_of(kind)}
    assert key_of(kind, values) == key


@pytest.mark.parametrize("kind", AnswerType)
def test_an_empty_form_is_a_key_or_says_what_is_missing(kind: AnswerType):
    outcome = key_of(kind, {})
    if kind in {AnswerType.UNANSWERABLE, AnswerType.FREE}:
        assert not isinstance(outcome, Mistake)
    else:
        assert isinstance(outcome, Mistake)
        assert outcome.field in {spec.name for spec in fields_of(kind)}
        assert outcome.problem


@pytest.mark.parametrize("written", ["b", "B", "(B)", "b.", "comfort", "Comfort"])
def test_a_right_option_may_be_given_by_its_letter_or_its_text(written: str):
    key = key_of(AnswerType.CHOICE, {"choices": "Basic\n\nComfort\n", "answer": written})
    assert isinstance(key, ChoiceKey)
    assert key.answer == "Comfort"


def test_an_option_that_looks_like_a_letter_is_meant_as_it_stands():
    key = key_of(AnswerType.CHOICE, {"choices": "B\nA", "answer": "A"})
    assert isinstance(key, ChoiceKey)
    assert key.answer == "A"


@pytest.mark.parametrize(
    ("kind", "values", "field", "words"),
    [
        (AnswerType.CHOICE, {"choices": "a\nb", "answer": "Gold"}, "answer", "“Gold” is none of"),
        (AnswerType.CHOICE, {"choices": "a\nb", "answer": ""}, "answer", "which option"),
        (AnswerType.CHOICE, {"choices": "a", "answer": "a"}, "choices", "2 to 26"),
        (AnswerType.CHOICE, {"choices": "a\nA", "answer": "a"}, "choices", "twice"),
        (AnswerType.MULTI_CHOICE, {"choices": "a\nb", "answers": ""}, "answers", "at least one"),
        (AnswerType.NUMBER, {"answer": "1,234"}, "answer", "without thousands"),
        (AnswerType.NUMBER, {"answer": "nan"}, "answer", "is no number"),
        (AnswerType.NUMBER, {"answer": "1", "tolerance_abs": "-1"}, "tolerance_abs", "0 or more"),
        (AnswerType.NUMBER, {"answer": "1", "rounding": "many"}, "rounding", "whole number"),
        (AnswerType.NUMBER, {"answer": "1", "unit_factors": "cent"}, "unit_factors", "cent"),
        (AnswerType.NUMBER, {"answer": "1", "unit_factors": "c = 0"}, "unit_factors", "c = 0"),
        (AnswerType.DATE, {"answer": "1 March"}, "answer", "2026-03-01"),
        (AnswerType.JSON, {"answer": "{"}, "answer", "no JSON"),
        (AnswerType.JSON, {"answer": "[1]"}, "answer", "no JSON object"),
        (AnswerType.JSON, {"answer": "{}"}, "answer", "at least one field"),
        (AnswerType.JSON, {"answer": '{"a": 1}', "json_schema": "x"}, "json_schema", "no JSON"),
        (AnswerType.LIST, {"entries": " | "}, "entries", "at least one"),
        (AnswerType.REGEX, {"pattern": "\n"}, "pattern", "regular expression"),
        (AnswerType.UNANSWERABLE, {"asked_as": "json"}, "asked_as", "number, text"),
        (AnswerType.UNANSWERABLE, {"asked_as": "text", "unit": "EUR"}, "unit", "a unit"),
    ],
)
def test_a_mistake_names_its_field(kind: AnswerType, values: Values, field: str, words: str):
    mistake = key_of(kind, values)
    assert isinstance(mistake, Mistake)
    assert mistake.field == field
    assert words in mistake.problem


@given(st.sampled_from(AnswerType), st.dictionaries(st.text(max_size=12), st.text(max_size=40)))
def test_nothing_that_is_written_breaks_the_form(kind: AnswerType, written: dict[str, str]):
    names = [spec.name for spec in fields_of(kind)]
    values: Values = dict(zip(names, written.values(), strict=False))
    outcome = key_of(kind, values)
    if not isinstance(outcome, Mistake):
        assert key_of(kind, values_of(outcome)) == outcome


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("27.5", 27.5),
        ("27,5", 27.5),
        ("-3", -3.0),
        ("\u22123", -3.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("0,1234", 0.1234),
        ("1,234", None),
        ("1.234.567", None),
        ("12 EUR", None),
        ("inf", None),
        ("1e999", None),
        ("", None),
        ("٣", None),
        ("1" * 50, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float | None):
    assert read_written_number(text) == number


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_in_a_field_is_read_again(value: float):
    assert read_written_number(number_in_field(value)) == pytest.approx(value, rel=1e-14)
