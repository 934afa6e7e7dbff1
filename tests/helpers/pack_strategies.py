"""Packs of all kinds for property tests, small and valid."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from large_enough.domain.pack import (
    NO_CHANCE,
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
    Pack,
    PackDefaults,
    PackItem,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.packs.alike import option_form

SPICE = ("=1+1", "-5", "+a", "@x", "'=x", "''", "\t=1", "a|b", "[1]", '["x"]', '"q"', "a;b,c", "ü€")
"""What tables, lists and formulas could stumble over."""
EVIL = ("\r\n", "\u202e", "\x1b[31m", "\ufeff", "{{7*7}}", "\u2028", "😀", "'", '"', " x ")

_characters = st.characters(codec="utf-8", exclude_characters="\0")
texts = st.one_of(
    st.text(_characters, min_size=1, max_size=12), st.sampled_from(SPICE), st.sampled_from(EVIL)
).filter(lambda text: bool(text.strip()))
maybe_texts = st.one_of(st.just(""), texts)
numbers = st.one_of(
    st.integers(-(10**6), 10**6).map(float),
    st.floats(-1e9, 1e9, allow_nan=False).filter(lambda number: number == 0 or abs(number) > 1e-9),
)
sizes = st.floats(0, 1, allow_nan=False).filter(lambda number: number == 0 or number > 1e-9)
flags = st.booleans()


def several(least: int = 1, most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, min_size=least, max_size=most).map(tuple)


def options(most: int = 5) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, min_size=2, max_size=most, unique_by=option_form).map(tuple)


json_values = st.recursive(
    st.one_of(st.none(), flags, st.integers(-(2**53), 2**53), texts, maybe_texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abcz", min_size=1), inner, max_size=3)
    ),
    max_leaves=5,
)
objects = st.dictionaries(st.text("abcz", min_size=1, max_size=3), json_values, max_size=3)
unknowns = st.dictionaries(st.text("xyz", min_size=4, max_size=6), json_values, max_size=2)


def keys() -> st.SearchStrategy[Key]:
    return st.one_of([make() for make in _KEYS])


def _choice() -> st.SearchStrategy[Key]:
    return options().flatmap(
        lambda all_of: st.builds(
            ChoiceKey, choices=st.just(all_of), answer=st.sampled_from(all_of), shuffle=flags
        )
    )


def _multi_choice() -> st.SearchStrategy[Key]:
    return options().flatmap(
        lambda all_of: st.builds(
            MultiChoiceKey,
            choices=st.just(all_of),
            answers=st.lists(st.sampled_from(all_of), min_size=1, unique=True).map(tuple),
            shuffle=flags,
        )
    )


def _label() -> st.SearchStrategy[Key]:
    return options(8).flatmap(
        lambda all_of: st.builds(LabelKey, labels=st.just(all_of), answer=st.sampled_from(all_of))
    )


def _number() -> st.SearchStrategy[Key]:
    return st.builds(
        NumberKey,
        answer=numbers,
        unit=maybe_texts,
        is_unit_required=flags,
        unit_factors=st.dictionaries(texts, st.floats(1e-3, 1e6), max_size=2),
        tolerance_abs=sizes,
        tolerance_rel=sizes,
        rounding=st.one_of(st.none(), st.integers(0, 6)),
        may_be_share=flags,
    )


def _text() -> st.SearchStrategy[Key]:
    return st.builds(
        TextKey, answers=several(), keeps_case=flags, keeps_punctuation=flags, keeps_articles=flags
    )


def _contains() -> st.SearchStrategy[Key]:
    return st.builds(ContainsKey, all_of=several(0), any_of=several(0), none_of=several(0)).filter(
        lambda key: bool(key.all_of or key.any_of or key.none_of)
    )


def _json() -> st.SearchStrategy[Key]:
    schemas = st.sampled_from([{}, {"type": "object"}, {"properties": {"a": {"type": "number"}}}])
    return st.builds(
        JsonKey, answer=objects, json_schema=schemas, is_exact=flags, tolerance_abs=sizes
    ).filter(lambda key: bool(key.answer or key.json_schema))


_KEYS: list[Callable[[], st.SearchStrategy[Key]]] = [
    _choice,
    _multi_choice,
    _label,
    _number,
    _text,
    _contains,
    _json,
    lambda: st.builds(
        RegexKey, pattern=st.sampled_from([r"\d+", "=a|b", "^x$"]), keeps_case=flags, is_whole=flags
    ),
    lambda: st.builds(
        ListKey, entries=st.lists(several(), min_size=1).map(tuple), is_ordered=flags
    ),
    lambda: st.builds(DateKey, answer=st.dates().map(str), is_day_first=flags),
    lambda: st.builds(UnanswerableKey, phrases=several(0)),
    lambda: st.builds(FreeKey, reference=maybe_texts, keywords=several(0)),
]


def items(**fixed: Any) -> st.SearchStrategy[PackItem]:
    fields: dict[str, Any] = {
        "id": texts,
        "question": texts,
        "context": maybe_texts,
        "key": keys(),
        "group": maybe_texts,
        "family": maybe_texts,
        "level": st.one_of(st.none(), st.integers(1, 3)),
        "tags": several(0, 2),
        "explain": maybe_texts,
        "source": maybe_texts,
        "demo": flags,
        "max_tokens": st.one_of(st.none(), st.integers(1, 4096)),
        "extract": st.sampled_from(["", "(x)", "=(.*)"]),
        "extra": objects,
        "unknown": unknowns,
    }
    return st.builds(PackItem, **(fields | fixed))


def packs(most: int = 4) -> st.SearchStrategy[Pack]:
    return st.builds(
        Pack,
        id=texts,
        version=texts,
        title=texts,
        language=st.sampled_from(["en", "de", "es", "de-AT", "fr"]),
        domain=maybe_texts,
        licence=maybe_texts,
        authors=several(0, 2),
        canary=maybe_texts,
        description=maybe_texts,
        about=maybe_texts,
        system_prompt=maybe_texts,
        instructions=st.dictionaries(st.sampled_from(AnswerType), maybe_texts, max_size=2),
        reasons_first=st.booleans(),
        defaults=st.builds(
            PackDefaults,
            max_tokens=st.integers(1, 9999),
            temperature=st.sampled_from([0.0, 0.7]),
            seed=st.integers(0, 99),
            repeats=st.integers(1, 5),
        ),
        chance=st.one_of(st.just(NO_CHANCE), st.floats(0, 1)),
        margin=st.sampled_from([0.1, 0.05, 0.0]),
        items=st.lists(items(), min_size=1, max_size=most, unique_by=lambda item: item.id).map(
            tuple
        ),
        extra=objects,
        unknown=unknowns,
    )
