"""Writes the answer that a perfect model would give."""

import json
from collections.abc import Sequence
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
from large_enough.scoring.options import LETTERS
from large_enough.scoring.pattern_example import example_of

_NOT_STATED = "not stated"


def ideal_text(key: Key, shown_choices: Sequence[str] = ()) -> str:
    """Return a reply that is right, in the form that questions ask for.

    Args:
        key: What is right.
        shown_choices: The options in the order shown, for keys that have some.

    Returns:
        For example "ANSWER: B"; empty where no right answer can be written: free questions
        without a reference, patterns that are too intricate.
    """
    if isinstance(key, FreeKey):
        return key.reference
    if isinstance(key, JsonKey):
        return json.dumps(key.answer, ensure_ascii=False)
    value = ideal_value(key, shown_choices)
    return f"ANSWER: {value}" if value else ""


def ideal_value(  # noqa: C901 - one branch for each kind of key
    key: Key, shown_choices: Sequence[str] = ()
) -> str:
    """Return what stands behind "ANSWER:" in a right reply."""
    match key:
        case ChoiceKey():
            return letter_of(key.answer, shown_choices or key.choices)
        case MultiChoiceKey():
            shown = shown_choices or key.choices
            return ", ".join(sorted(letter_of(answer, shown) for answer in key.answers))
        case LabelKey() | DateKey():
            return key.answer
        case NumberKey():
            return f"{key.answer:.15g} {key.unit}".strip()
        case TextKey():
            return key.answers[0] if key.answers else ""
        case ContainsKey():
            return " ".join((*key.all_of, *key.any_of[:1]))
        case RegexKey():
            return example_of(key.pattern, keeps_case=key.keeps_case)
        case ListKey():
            return ", ".join(forms[0] for forms in key.entries if forms)
        case UnanswerableKey():
            return _NOT_STATED
        case JsonKey() | FreeKey():
            return ""
        case _:
            assert_never(key)


def letter_of(option: str, shown: Sequence[str]) -> str:
    """Return the letter under which an option is shown; its text if it is not shown."""
    place = shown.index(option) if option in shown else len(LETTERS)
    return LETTERS[place] if place < len(LETTERS) else option
