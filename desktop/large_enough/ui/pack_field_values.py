"""A key as what stands in the fields of a form."""

import json
from collections.abc import Callable
from typing import Any

from large_enough.domain.pack import (
    AnswerType,
    ContainsKey,
    JsonKey,
    Key,
    MultiChoiceKey,
    NumberKey,
    TextKey,
    answer_type,
)
from large_enough.ui.written_numbers import number_in_field

Values = dict[str, str | bool]
"""What stands in the fields, by name: texts and switches."""
FORMS_APART = " | "
"""Stands between accepted forms of one entry."""


def values_of(key: Key) -> Values:
    """Return what stands in the fields for a key."""
    return _WRITERS[answer_type(key)](key)


def _number_values(key: NumberKey) -> Values:
    factors = (f"{unit} = {number_in_field(factor)}" for unit, factor in key.unit_factors.items())
    return {
        "answer": number_in_field(key.answer),
        "unit": key.unit,
        "tolerance_abs": number_in_field(key.tolerance_abs),
        "tolerance_rel": number_in_field(key.tolerance_rel * 100),
        "rounding": "" if key.rounding is None else str(key.rounding),
        "is_unit_required": key.is_unit_required,
        "may_be_share": key.may_be_share,
        "unit_factors": "\n".join(factors),
    }


def _text_values(key: TextKey) -> Values:
    return {
        "answers": "\n".join(key.answers),
        "keeps_case": key.keeps_case,
        "keeps_punctuation": key.keeps_punctuation,
        "keeps_articles": key.keeps_articles,
    }


def _multi_choice_values(key: MultiChoiceKey) -> Values:
    choices, answers = "\n".join(key.choices), "\n".join(key.answers)
    return {"choices": choices, "answers": answers, "shuffle": key.shuffle}


def _contains_values(key: ContainsKey) -> Values:
    return {name: "\n".join(getattr(key, name)) for name in ("all_of", "any_of", "none_of")}


def _json_values(key: JsonKey) -> Values:
    return {
        "answer": _json_text(key.answer),
        "json_schema": _json_text(key.json_schema) if key.json_schema else "",
        "is_exact": key.is_exact,
        "tolerance_abs": number_in_field(key.tolerance_abs),
    }


def _json_text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


_WRITERS: dict[AnswerType, Callable[[Any], Values]] = {
    AnswerType.CHOICE: lambda key: {
        "choices": "\n".join(key.choices),
        "answer": key.answer,
        "shuffle": key.shuffle,
    },
    AnswerType.MULTI_CHOICE: _multi_choice_values,
    AnswerType.LABEL: lambda key: {"choices": "\n".join(key.labels), "answer": key.answer},
    AnswerType.NUMBER: _number_values,
    AnswerType.TEXT: _text_values,
    AnswerType.CONTAINS: _contains_values,
    AnswerType.REGEX: lambda key: {
        "pattern": key.pattern,
        "is_whole": key.is_whole,
        "keeps_case": key.keeps_case,
    },
    AnswerType.LIST: lambda key: {
        "entries": "\n".join(FORMS_APART.join(forms) for forms in key.entries),
        "is_ordered": key.is_ordered,
    },
    AnswerType.DATE: lambda key: {"answer": key.answer, "is_day_first": key.is_day_first},
    AnswerType.JSON: _json_values,
    AnswerType.UNANSWERABLE: lambda key: {
        "phrases": "\n".join(key.phrases),
        "asked_as": key.asked_as or "",
        "unit": key.unit,
    },
    AnswerType.FREE: lambda key: {
        "reference": key.reference,
        "keywords": "\n".join(key.keywords),
    },
}
