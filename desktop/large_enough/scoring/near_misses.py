"""Writes answers that are nearly right, and wrong."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

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
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.scoring.ideal import ideal_text, letter_of
from large_enough.scoring.near_json import json_misses
from large_enough.scoring.near_numbers import number_misses

_MOST = 12
_SILENCE = "not stated"
_INVENTED = "Zanzibar 77"
"""Hardly anybody's right answer."""


def near_misses(key: Key) -> tuple[str, ...]:
    """Return replies that are plausible and wrong: a neighbour option, another unit, a day off.

    Letters are those of the options in the key's own order. A grader that takes one of them for
    right, or a key that makes it right, is at fault.
    """
    if isinstance(key, FreeKey):
        return ()
    values = list(dict.fromkeys(_misses(key)))[:_MOST]
    if not isinstance(key, UnanswerableKey):
        values.append(_SILENCE)
    texts = [value if isinstance(key, JsonKey) else f"ANSWER: {value}" for value in values]
    return tuple(text for text in texts if text != ideal_text(key))


def _misses(key: Key) -> Iterator[str]:  # noqa: C901 - one branch for each kind of key
    match key:
        case ChoiceKey():
            yield from _other_options(key)
        case MultiChoiceKey():
            yield from _other_sets(key)
        case LabelKey():
            yield from (label for label in key.labels if label != key.answer)
        case NumberKey():
            yield from number_misses(key)
        case TextKey():
            yield from (_INVENTED, f"{key.answers[0]} {_INVENTED}" if key.answers else "")
        case ContainsKey():
            yield from _other_words(key)
        case RegexKey():
            yield _INVENTED
        case ListKey():
            yield from _other_lists(key)
        case DateKey():
            yield from _other_days(key)
        case JsonKey():
            yield from json_misses(key.answer, key.tolerance_abs)
        case UnanswerableKey():
            yield from (_INVENTED, "77", "yes")
        case FreeKey():
            return
        case _:
            assert_never(key)


def _other_options(key: ChoiceKey) -> Iterator[str]:
    for option in key.choices:
        if option != key.answer:
            yield letter_of(option, key.choices)
            yield option


def _other_sets(key: MultiChoiceKey) -> Iterator[str]:
    letters = [letter_of(option, key.choices) for option in key.choices]
    right = [letter_of(answer, key.choices) for answer in key.answers]
    for letter in letters:
        changed = set(right) ^ {letter}
        if changed:
            yield ", ".join(sorted(changed))


def _other_words(key: ContainsKey) -> Iterator[str]:
    whole = ideal_text(key)
    for words in key.none_of:
        yield f"{whole} {words}"
    needed = (*key.all_of, *key.any_of[:1])
    if needed:
        yield _INVENTED
    if len(key.all_of) > 1:
        yield key.all_of[0]


def _other_lists(key: ListKey) -> Iterator[str]:
    entries = [forms[0] for forms in key.entries if forms]
    yield ", ".join((*entries, _INVENTED))
    if len(entries) > 1:
        yield ", ".join(entries[1:])
        yield ", ".join(entries[:-1])
        if key.is_ordered:
            yield ", ".join(entries[::-1])


def _other_days(key: DateKey) -> Iterator[str]:
    try:
        day = date.fromisoformat(key.answer)
        for days in (1, -1, 7, 365):
            yield (day + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return
