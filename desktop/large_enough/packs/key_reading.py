"""Reads what a right answer looks like from the fields of an item."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from large_enough.domain.pack import (
    ASKED_AS,
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
)
from large_enough.packs.fields import Fields
from large_enough.packs.limits import MOST_ANSWER_CHARACTERS, MOST_ENTRIES, MOST_PATTERN_CHARACTERS
from large_enough.wording.translate import _

UNITS_LIMIT = 100
MOST_DECIMALS = 12
JSON_COMPARISONS = ("fields", "exact")


def read_key(answer_type: AnswerType, fields: Fields, unknown: dict[str, Any]) -> Key:
    """Return the key of an item; faults are noted with the fields.

    Args:
        answer_type: How the item is answered.
        fields: Of the item.
        unknown: Where to keep fields, inside others, that nobody asks for.
    """
    return _READERS[answer_type](fields, unknown)


def _choice(fields: Fields, _unknown: dict[str, Any]) -> Key:
    _require(fields, "choices", "answer")
    return ChoiceKey(
        choices=fields.texts("choices"),
        answer=fields.text("answer", MOST_ANSWER_CHARACTERS),
        shuffle=fields.flag("shuffle", default=True),
    )


def _multi_choice(fields: Fields, _unknown: dict[str, Any]) -> Key:
    _require(fields, "choices", "answer")
    return MultiChoiceKey(
        choices=fields.texts("choices"),
        answers=fields.text_or_texts("answer"),
        shuffle=fields.flag("shuffle", default=True),
    )


def _label(fields: Fields, _unknown: dict[str, Any]) -> Key:
    _require(fields, "labels", "answer")
    return LabelKey(
        labels=fields.texts("labels"), answer=fields.text("answer", MOST_ANSWER_CHARACTERS)
    )


def _number(fields: Fields, unknown: dict[str, Any]) -> Key:
    _require(fields, "answer")
    tolerance = fields.object("tolerance")
    absolute = tolerance.number("abs", least=0)
    relative = tolerance.number("rel", least=0, most=1)
    _keep(unknown, "tolerance", tolerance)
    return NumberKey(
        answer=fields.number("answer"),
        unit=fields.text("unit"),
        is_unit_required=fields.flag("unit_required"),
        unit_factors=_factors(fields.object("units")),
        tolerance_abs=absolute,
        tolerance_rel=relative,
        rounding=fields.whole("rounding", None, least=-MOST_DECIMALS, most=MOST_DECIMALS),
        may_be_share=fields.flag("may_be_share"),
    )


def _factors(units: Fields) -> dict[str, float]:
    factors = {}
    for name in units.rest():
        factors[name] = units.number(name, 1.0)
        if factors[name] <= 0 or not name.strip():
            units.blame(name, _("a unit needs a name, and a number above 0"))
    if len(factors) > UNITS_LIMIT:
        units.blame("", _("there are too many of them"))
    return factors


def _text(fields: Fields, unknown: dict[str, Any]) -> Key:
    _require(fields, "answer")
    answers = fields.text_or_texts("answer")
    normalise = fields.object("normalise")
    key = TextKey(
        answers=answers,
        keeps_case=not normalise.flag("case", default=True),
        keeps_punctuation=not normalise.flag("punctuation", default=True),
        keeps_articles=not normalise.flag("articles", default=True),
    )
    _keep(unknown, "normalise", normalise)
    return key


def _contains(fields: Fields, unknown: dict[str, Any]) -> Key:
    answer = fields.object("answer")
    key = ContainsKey(
        all_of=answer.texts("all"), any_of=answer.texts("any"), none_of=answer.texts("none")
    )
    _keep(unknown, "answer", answer)
    return key


def _regex(fields: Fields, _unknown: dict[str, Any]) -> Key:
    _require(fields, "answer")
    return RegexKey(
        pattern=fields.text("answer", MOST_PATTERN_CHARACTERS),
        keeps_case=fields.flag("case_sensitive"),
        is_whole=fields.flag("whole"),
    )


def _list(fields: Fields, _unknown: dict[str, Any]) -> Key:
    _require(fields, "answer")
    entries = enumerate(fields.listed("answer"), 1)
    return ListKey(
        entries=tuple(_entry(fields, f"answer[{place}]", entry) for place, entry in entries),
        is_ordered=fields.flag("ordered"),
    )


def _entry(fields: Fields, name: str, entry: object) -> tuple[str, ...]:
    """Return an entry's accepted forms: one text, or a list of them."""
    forms = entry if isinstance(entry, list) else [entry]
    texts = tuple(fields.as_text(name, form, MOST_ANSWER_CHARACTERS) for form in forms)
    if not forms or len(forms) > MOST_ENTRIES or any(not text.strip() for text in texts):
        fields.blame(name, _("it is empty"))
    return texts


def _date(fields: Fields, _unknown: dict[str, Any]) -> Key:
    _require(fields, "answer")
    answer = fields.text("answer")
    if answer and not is_iso_date(answer):
        fields.blame("answer", _("it is no day as 2026-03-01"))
    return DateKey(answer=answer, is_day_first=fields.flag("day_first", default=True))


def is_iso_date(text: str) -> bool:
    """Return whether a text is a day of the calendar as ISO 8601 has it, with hyphens."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _json(fields: Fields, unknown: dict[str, Any]) -> Key:
    answer = fields.free_object("answer")
    schema = fields.free_object("json_schema")
    if not answer and not schema:
        fields.blame("answer", _("it is missing"))
    tolerance = fields.object("tolerance")
    absolute = tolerance.number("abs", least=0)
    _keep(unknown, "tolerance", tolerance)
    return JsonKey(
        answer=answer,
        json_schema=schema,
        is_exact=fields.one_of("compare", JSON_COMPARISONS, "fields") == "exact",
        tolerance_abs=absolute,
    )


def _unanswerable(fields: Fields, _unknown: dict[str, Any]) -> Key:
    kind = fields.one_of("asked_as", tuple(kind.value for kind in ASKED_AS), "")
    unit = fields.text("unit")
    if unit and kind != AnswerType.NUMBER:
        fields.blame("unit", _("only a number has a unit: say that it is asked as a number"))
    return UnanswerableKey(
        phrases=fields.text_or_texts("answer"),
        asked_as=AnswerType(kind) if kind else None,
        unit=unit,
    )


def _free(fields: Fields, _unknown: dict[str, Any]) -> Key:
    return FreeKey(
        reference=fields.text("answer", MOST_ANSWER_CHARACTERS), keywords=fields.texts("keywords")
    )


def _require(fields: Fields, *names: str) -> None:
    for name in names:
        fields.require(name)


def _keep(unknown: dict[str, Any], name: str, fields: Fields) -> None:
    rest = fields.rest()
    if rest:
        unknown[name] = rest


_READERS: Mapping[AnswerType, Callable[[Fields, dict[str, Any]], Key]] = {
    AnswerType.CHOICE: _choice,
    AnswerType.MULTI_CHOICE: _multi_choice,
    AnswerType.LABEL: _label,
    AnswerType.NUMBER: _number,
    AnswerType.TEXT: _text,
    AnswerType.CONTAINS: _contains,
    AnswerType.REGEX: _regex,
    AnswerType.LIST: _list,
    AnswerType.DATE: _date,
    AnswerType.JSON: _json,
    AnswerType.UNANSWERABLE: _unanswerable,
    AnswerType.FREE: _free,
}
