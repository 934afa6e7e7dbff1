"""Reads a key from what somebody has written into the fields of a form."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

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
from large_enough.ui.written_numbers import read_written_number
from large_enough.wording.translate import _

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNIT_PARTS = 2


class Mistake(NamedTuple):
    """Why what stands in the fields is no key."""

    field: str
    problem: str
    """A sentence for the user."""


class _MistakeError(Exception):
    def __init__(self, field: str, problem: str) -> None:
        self.mistake = Mistake(field, problem)
        super().__init__(problem)


def key_of(kind: AnswerType, values: Mapping[str, str | bool]) -> Key | Mistake:
    """Return the key that somebody has written, or what is wrong with it."""
    try:
        return _READERS[kind](values)
    except _MistakeError as error:
        return error.mistake


def _choice_key(values: Mapping[str, str | bool]) -> ChoiceKey:
    choices = _options(values)
    answer = _option_meant("answer", _line(values, "answer"), choices)
    return ChoiceKey(choices=choices, answer=answer, shuffle=_switch(values, "shuffle"))


def _multi_choice_key(values: Mapping[str, str | bool]) -> MultiChoiceKey:
    choices = _options(values)
    meant = [_option_meant("answers", line, choices) for line in _lines(values, "answers")]
    if not meant:
        raise _MistakeError(field="answers", problem=_("Name at least one right option."))
    answers = tuple(choice for choice in choices if choice in meant)
    return MultiChoiceKey(choices=choices, answers=answers, shuffle=_switch(values, "shuffle"))


def _label_key(values: Mapping[str, str | bool]) -> LabelKey:
    labels = _options(values)
    return LabelKey(labels=labels, answer=_option_meant("answer", _line(values, "answer"), labels))


def _options(values: Mapping[str, str | bool]) -> tuple[str, ...]:
    options = _lines(values, "choices")
    if not 2 <= len(options) <= len(LETTERS):
        words = _("Write 2 to {count} options, one a line.")
        raise _MistakeError(field="choices", problem=words.format(count=len(LETTERS)))
    folded = [option.casefold() for option in options]
    for option in options:
        if folded.count(option.casefold()) > 1:
            words = _("“{option}” stands there twice.")
            raise _MistakeError(field="choices", problem=words.format(option=option))
    return options


def _option_meant(field: str, written: str, options: tuple[str, ...]) -> str:
    """Return the option with that text, or else with that letter."""
    for option in options:
        if option.casefold() == written.casefold():
            return option
    letter = written.strip("().").upper()
    if len(letter) == 1 and letter in LETTERS[: len(options)]:
        return options[LETTERS.index(letter)]
    if not written:
        raise _MistakeError(field, _("Say which option is right."))
    words = _("“{option}” is none of the options.")
    raise _MistakeError(field, words.format(option=written))


def _number_key(values: Mapping[str, str | bool]) -> NumberKey:
    rounding = _line(values, "rounding")
    if rounding and not (rounding.isascii() and rounding.isdecimal() and len(rounding) < 3):
        raise _MistakeError(
            field="rounding", problem=_("Write a whole number of decimals, or nothing.")
        )
    answer = _number(values, "answer")
    if answer is None:
        raise _MistakeError(field="answer", problem=_("Write the right number."))
    return NumberKey(
        answer=answer,
        unit=_line(values, "unit"),
        is_unit_required=_switch(values, "is_unit_required"),
        unit_factors=_unit_factors(values),
        tolerance_abs=_tolerance(values, "tolerance_abs"),
        tolerance_rel=_tolerance(values, "tolerance_rel") / 100,
        rounding=int(rounding) if rounding else None,
        may_be_share=_switch(values, "may_be_share"),
    )


def _unit_factors(values: Mapping[str, str | bool]) -> dict[str, float]:
    factors = {}
    for line in _lines(values, "unit_factors"):
        parts = [part.strip() for part in line.split("=")]
        factor = read_written_number(parts[1]) if len(parts) == _UNIT_PARTS else None
        if factor is None or factor <= 0 or not parts[0]:
            words = _("“{line}” is no unit with a number, such as: cent = 0.01")
            raise _MistakeError(field="unit_factors", problem=words.format(line=line))
        factors[parts[0]] = factor
    return factors


def _text_key(values: Mapping[str, str | bool]) -> TextKey:
    answers = _lines(values, "answers")
    if not answers:
        raise _MistakeError(field="answers", problem=_("Write at least one accepted answer."))
    return TextKey(
        answers=answers,
        keeps_case=_switch(values, "keeps_case"),
        keeps_punctuation=_switch(values, "keeps_punctuation"),
        keeps_articles=_switch(values, "keeps_articles"),
    )


def _contains_key(values: Mapping[str, str | bool]) -> ContainsKey:
    key = ContainsKey(
        all_of=_lines(values, "all_of"),
        any_of=_lines(values, "any_of"),
        none_of=_lines(values, "none_of"),
    )
    if not (key.all_of or key.any_of or key.none_of):
        raise _MistakeError(field="all_of", problem=_("Write at least one text."))
    return key


def _regex_key(values: Mapping[str, str | bool]) -> RegexKey:
    pattern = str(values.get("pattern", "")).strip("\r\n")
    if not pattern:
        raise _MistakeError(field="pattern", problem=_("Write a regular expression."))
    return RegexKey(
        pattern=pattern,
        keeps_case=_switch(values, "keeps_case"),
        is_whole=_switch(values, "is_whole"),
    )


def _list_key(values: Mapping[str, str | bool]) -> ListKey:
    entries = []
    for line in _lines(values, "entries"):
        forms = tuple(form.strip() for form in line.split("|") if form.strip())
        if forms:
            entries.append(forms)
    if not entries:
        raise _MistakeError(field="entries", problem=_("Write at least one entry."))
    return ListKey(entries=tuple(entries), is_ordered=_switch(values, "is_ordered"))


def _date_key(values: Mapping[str, str | bool]) -> DateKey:
    try:
        day = date.fromisoformat(_line(values, "answer"))
    except ValueError:
        raise _MistakeError(
            field="answer", problem=_("Write year, month and day with hyphens, such as 2026-03-01.")
        ) from None
    return DateKey(answer=day.isoformat(), is_day_first=_switch(values, "is_day_first"))


def _json_key(values: Mapping[str, str | bool]) -> JsonKey:
    answer = _json_object(values, "answer")
    if not answer:
        raise _MistakeError(field="answer", problem=_("Write an object with at least one field."))
    return JsonKey(
        answer=answer,
        json_schema=_json_object(values, "json_schema"),
        is_exact=_switch(values, "is_exact"),
        tolerance_abs=_tolerance(values, "tolerance_abs"),
    )


def _unanswerable_key(values: Mapping[str, str | bool]) -> UnanswerableKey:
    word, unit = _line(values, "asked_as").casefold(), _line(values, "unit")
    if word not in ("", *ASKED_AS):
        known = ", ".join(ASKED_AS)
        raise _MistakeError(
            field="asked_as", problem=_("Write one of these: {words}.").format(words=known)
        )
    if unit and word != AnswerType.NUMBER:
        raise _MistakeError(field="unit", problem=_("Only a number has a unit."))
    return UnanswerableKey(
        phrases=_lines(values, "phrases"),
        asked_as=AnswerType(word) if word else None,
        unit=unit,
    )


def _json_object(values: Mapping[str, str | bool], field: str) -> dict[str, Any]:
    text = _line(values, field)
    if not text:
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise _MistakeError(field, _("This is no JSON.")) from None
    if not isinstance(value, dict):
        raise _MistakeError(field, _("This is no JSON object: it must begin with {."))
    return value


_READERS: dict[AnswerType, Callable[[Mapping[str, str | bool]], Key]] = {
    AnswerType.CHOICE: _choice_key,
    AnswerType.MULTI_CHOICE: _multi_choice_key,
    AnswerType.LABEL: _label_key,
    AnswerType.NUMBER: _number_key,
    AnswerType.TEXT: _text_key,
    AnswerType.CONTAINS: _contains_key,
    AnswerType.REGEX: _regex_key,
    AnswerType.LIST: _list_key,
    AnswerType.DATE: _date_key,
    AnswerType.JSON: _json_key,
    AnswerType.UNANSWERABLE: _unanswerable_key,
    AnswerType.FREE: lambda values: FreeKey(
        reference=_line(values, "reference"), keywords=_lines(values, "keywords")
    ),
}


def _line(values: Mapping[str, str | bool], field: str) -> str:
    return str(values.get(field, "")).strip()


def _lines(values: Mapping[str, str | bool], field: str) -> tuple[str, ...]:
    lines = (line.strip() for line in str(values.get(field, "")).splitlines())
    return tuple(line for line in lines if line)


def _switch(values: Mapping[str, str | bool], field: str) -> bool:
    return bool(values.get(field, False))


def _number(values: Mapping[str, str | bool], field: str) -> float | None:
    written = _line(values, field)
    number = read_written_number(written) if written else None
    if written and number is None:
        words = _("“{text}” is no number; write it like 1234.5, without thousands.")
        raise _MistakeError(field, words.format(text=written))
    return number


def _tolerance(values: Mapping[str, str | bool], field: str) -> float:
    number = _number(values, field) or 0.0
    if number < 0:
        raise _MistakeError(field, _("A tolerance is 0 or more."))
    return number
