"""Finds a JSON object in a text; nothing is repaired."""

import json
import math
import re

import msgspec

MOST_TRIES = 40
"""So many opening braces are tried: prose may have some, too."""
LONGEST_CHARACTERS = 200_000
DEEPEST = 60
"""Objects within objects; deeper ones are no answer."""
_MOST_DIGITS = 100
_BRACE = re.compile(r"[{}]")

_FENCE = re.compile(
    r"^[ \t]*(?:```|~~~)[ \t]*(?:json5?|jsonc?)?[ \t]*$", re.IGNORECASE | re.MULTILINE
)


class _NotJsonError(ValueError):
    """A word such as NaN that JSON has not, or a number beyond all use."""


def _refuse(word: str) -> object:
    raise _NotJsonError(word)


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise _NotJsonError(digits)
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _NotJsonError(digits)
    return value


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=_whole, parse_float=_decimal)


class FoundObject(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of JSON in a text."""

    value: dict[str, object] | None
    """The object; None if there is none, or it is broken."""
    text: str = ""
    """The object as it was written."""
    problem: str = ""
    """Where it breaks off, as the reader has it; empty if there is no brace at all."""


def find_object(text: str) -> FoundObject:
    """Return the object in a fenced block, or else the first one in the text."""
    fences = list(_FENCE.finditer(text))
    for opening in fences:
        fenced = _first_object(text[opening.end() :], only_first=True)
        if fenced.value is not None:
            return fenced
    return _first_object(text)


def _first_object(text: str, *, only_first: bool = False) -> FoundObject:
    place = text.find("{")
    problem = ""
    for _ in range(1 if only_first else MOST_TRIES):
        if place < 0:
            break
        found = _object_at(text, place)
        if found.value is not None:
            return found
        problem = problem or found.problem
        place = text.find("{", _end_of_broken(text, place))
    return FoundObject(value=None, problem=problem)


def _object_at(text: str, place: int) -> FoundObject:
    try:
        value, end = _DECODER.raw_decode(text[: place + LONGEST_CHARACTERS], place)
    except json.JSONDecodeError as error:
        return FoundObject(value=None, problem=error.msg)
    except (ValueError, RecursionError) as error:
        return FoundObject(value=None, problem=type(error).__name__)
    if not isinstance(value, dict) or _depth(value) > DEEPEST:
        return FoundObject(value=None, problem="too deep")
    return FoundObject(value=value, text=text[place:end])


def _end_of_broken(text: str, place: int) -> int:
    """Return where to look on: an object within a broken one is not the answer."""
    if not text[place + 1 : place + 20].lstrip().startswith(('"', "'")):
        return place + 1  # a brace in prose
    depth = 0
    for brace in _BRACE.finditer(text, place):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(text)


def _depth(value: object) -> int:
    """Return how many objects and lists are within each other, without recursion."""
    depth, level = 0, [value]
    while level:
        depth += 1
        inner = [part for each in level for part in _parts(each)]
        level = [each for each in inner if isinstance(each, dict | list)]
    return depth


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
