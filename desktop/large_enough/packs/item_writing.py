"""Writes one item in the file form of a pack."""

from typing import Any

from large_enough.domain.pack import (
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

_EXACT_WHOLE = 1 << 53


def item_document(item: PackItem) -> dict[str, Any]:
    """Return an item as plain JSON values; what has its usual value is left out."""
    document: dict[str, Any] = {
        "id": item.id,
        "type": item.type.value,
        "question": item.question,
        "context": item.context or None,
        **_key_document(item.key),
        "group": item.group or None,
        "family": item.family or None,
        "level": item.level,
        "tags": list(item.tags) or None,
        "explain": item.explain or None,
        "source": item.source or None,
        "demo": item.demo or None,
        "max_tokens": item.max_tokens,
        "extract": item.extract or None,
        "extra": item.extra or None,
    }
    return merged(_without_none(document), item.unknown)


def merged(document: dict[str, Any], unknown: dict[str, Any]) -> dict[str, Any]:
    """Return a document with its unknown fields back in their places."""
    result = dict(document)
    for name, value in unknown.items():
        known = result.get(name)
        if isinstance(known, dict) and isinstance(value, dict):
            result[name] = {**value, **known}
        else:
            result.setdefault(name, value)
    return result


def plain_number(value: float) -> float | int:
    """Return a whole number without its ".0"."""
    return int(value) if value.is_integer() and abs(value) < _EXACT_WHOLE else value


def _key_document(key: Key) -> dict[str, Any]:
    match key:
        case ChoiceKey() | MultiChoiceKey() | LabelKey():
            return _options(key)
        case NumberKey():
            return _number(key)
        case TextKey():
            return {"answer": _one_or_list(key.answers), "normalise": _normalise(key)}
        case JsonKey():
            return _json(key)
        case UnanswerableKey():
            kind = None if key.asked_as is None else key.asked_as.value
            return {
                "answer": list(key.phrases) or None,
                "asked_as": kind,
                "unit": key.unit or None,
            }
        case FreeKey():
            return {"answer": key.reference or None, "keywords": list(key.keywords) or None}
        case ContainsKey() | RegexKey() | ListKey() | DateKey():
            return _plain_answer(key)


def _options(key: ChoiceKey | MultiChoiceKey | LabelKey) -> dict[str, Any]:
    if isinstance(key, LabelKey):
        return {"labels": list(key.labels), "answer": key.answer}
    answer = key.answer if isinstance(key, ChoiceKey) else list(key.answers)
    shuffle = None if key.shuffle else False
    return {"choices": list(key.choices), "answer": answer, "shuffle": shuffle}


def _plain_answer(key: ContainsKey | RegexKey | ListKey | DateKey) -> dict[str, Any]:
    match key:
        case ContainsKey():
            wanted = {"all": key.all_of, "any": key.any_of, "none": key.none_of}
            return {"answer": {name: list(texts) for name, texts in wanted.items() if texts}}
        case RegexKey():
            flags = {"case_sensitive": key.keeps_case or None, "whole": key.is_whole or None}
            return {"answer": key.pattern, **flags}
        case ListKey():
            entries = [_one_or_list(forms) for forms in key.entries]
            return {"answer": entries, "ordered": key.is_ordered or None}
        case DateKey():
            return {"answer": key.answer, "day_first": None if key.is_day_first else False}


def _one_or_list(texts: tuple[str, ...]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)


def _number(key: NumberKey) -> dict[str, Any]:
    tolerance = {"abs": key.tolerance_abs, "rel": key.tolerance_rel}
    return {
        "answer": plain_number(key.answer),
        "unit": key.unit or None,
        "unit_required": key.is_unit_required or None,
        "units": {name: plain_number(factor) for name, factor in key.unit_factors.items()} or None,
        "tolerance": {name: plain_number(size) for name, size in tolerance.items() if size} or None,
        "rounding": key.rounding,
        "may_be_share": key.may_be_share or None,
    }


def _normalise(key: TextKey) -> dict[str, bool] | None:
    kept = {
        "case": key.keeps_case,
        "punctuation": key.keeps_punctuation,
        "articles": key.keeps_articles,
    }
    return {name: False for name, is_kept in kept.items() if is_kept} or None


def _json(key: JsonKey) -> dict[str, Any]:
    size = key.tolerance_abs
    return {
        "answer": key.answer or None,
        "json_schema": key.json_schema or None,
        "compare": "exact" if key.is_exact else None,
        "tolerance": {"abs": plain_number(size)} if size else None,
    }


def _without_none(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value is not None}
