"""Makes a key out of what a person types: "the answer is this", as on the command line."""

import json
import math

import msgspec

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack import (
    ChoiceKey,
    DateKey,
    JsonKey,
    Key,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    PackItem,
    RegexKey,
    TextKey,
)
from large_enough.wording.translate import _

BETWEEN = "|"
"""Between several texts: all accepted forms, all right options, all entries."""


def key_with_answer(item: PackItem, text: str) -> Key:
    """Return an item's key with another answer; everything else about it stays.

    Raises:
        RequestError: CANNOT_REGRADE: the text is no answer of this kind, or this kind has none.
    """
    texts = tuple(part.strip() for part in text.split(BETWEEN) if part.strip())
    if not texts:
        raise _refusal(item, _("it is empty"))
    match item.key:
        case ChoiceKey(choices=options) | LabelKey(labels=options):
            return msgspec.structs.replace(item.key, answer=_one_of(item, options, text.strip()))
        case MultiChoiceKey(choices=options):
            answers = tuple(_one_of(item, options, each) for each in texts)
            return msgspec.structs.replace(item.key, answers=answers)
        case NumberKey():
            return msgspec.structs.replace(item.key, answer=_number(item, text))
        case TextKey():
            return msgspec.structs.replace(item.key, answers=texts)
        case DateKey():
            return msgspec.structs.replace(item.key, answer=text.strip())
        case RegexKey():
            return msgspec.structs.replace(item.key, pattern=text)
        case ListKey():
            return msgspec.structs.replace(item.key, entries=tuple((each,) for each in texts))
        case JsonKey():
            return msgspec.structs.replace(item.key, answer=_object(item, text))
        case _:
            raise _refusal(item, _("questions of this kind have no single answer"))


def _one_of(item: PackItem, options: tuple[str, ...], text: str) -> str:
    for option in options:
        if option.casefold() == text.casefold():
            return option
    raise _refusal(item, _("it is none of the options"))


def _number(item: PackItem, text: str) -> float:
    plain = text.strip().replace(",", ".") if text.count(",") == 1 else text.strip()
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _refusal(item, _("it is not a number"))
    return number


def _object(item: PackItem, text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _refusal(item, _("it is not an object in braces"))
    return found


def _refusal(item: PackItem, problem: str) -> RequestError:
    return RequestError(FailureKind.CANNOT_REGRADE, item.id, problem=problem)
