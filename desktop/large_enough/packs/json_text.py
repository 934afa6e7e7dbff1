"""Reads JSON from strangers: no hidden duplicates, no infinities, no bottomless nesting."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from large_enough.domain.pack_fault import Fault
from large_enough.packs.limits import DEEPEST_NESTING, MOST_FILE_BYTES
from large_enough.wording.numbers import bytes_text, count_text
from large_enough.wording.translate import _

_MOST_DIGITS = 19
_WHOLE_LIMIT = 1 << 63  # records are kept with whole numbers of 64 bits
_ITEMS = "items"

Path = tuple[str | int, ...]


class _Refused:
    """Stands in the tree where a value cannot be accepted."""

    def __init__(self, problem: str) -> None:
        self.problem = problem


class _Object(dict[str, Any]):
    """An object that remembers which of its keys occurred more than once."""

    repeated: tuple[str, ...] = ()


class JsonReading:
    """A JSON value and what was wrong with its text."""

    def __init__(self, value: object, faults: tuple[Fault, ...]) -> None:
        self.value = value
        """Made of plain dicts, lists, texts, numbers that are finite, booleans and None; None where
        something was refused."""
        self.faults = faults


def read_json(text: str) -> JsonReading:
    """Read a text; never raises, whatever it holds.

    Args:
        text: JSON, without a byte order mark.
    """
    if len(text) > MOST_FILE_BYTES:
        limit = bytes_text(MOST_FILE_BYTES)
        return _nothing(_("it is larger than {limit}").format(limit=limit))
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        problem = _("it is not JSON (line {line}, column {column}: {reason})").format(
            line=count_text(error.lineno), column=count_text(error.colno), reason=error.msg
        )
        return _nothing(problem)
    except RecursionError:
        return _nothing(_too_deep())
    faults: list[Fault] = []
    value = _cleaned(tree, (), faults)
    return JsonReading(value, tuple(faults))


def path_text(path: Path) -> str:
    """Return a path as `a.b[3]`; places count from 1, as people do."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def strings_in(value: object) -> Iterator[str]:
    """Yield all texts of a tree, names of fields as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from strings_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings_in(part)


def _nothing(problem: str) -> JsonReading:
    return JsonReading(None, (Fault(problem=problem),))


def _too_deep() -> str:
    return _("objects and lists lie deeper in each other than {limit} times").format(
        limit=count_text(DEEPEST_NESTING)
    )


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _value in pairs)
        made.repeated = tuple(sorted(name for name, count in counts.items() if count > 1))
    return made


def _whole(digits: str) -> int | _Refused:
    if len(digits.lstrip("-")) > _MOST_DIGITS or not -_WHOLE_LIMIT <= int(digits) < _WHOLE_LIMIT:
        return _Refused(_("the number has too many digits"))
    return int(digits)


def _decimal(digits: str) -> float | _Refused:
    value = float(digits)
    return value if math.isfinite(value) else _Refused(_("the number is too large"))


def _constant(name: str) -> _Refused:
    return _Refused(_("{name} is not a number that can be used").format(name=name))


def _cleaned(value: object, path: Path, faults: list[Fault]) -> object:
    if len(path) > DEEPEST_NESTING:
        faults.append(_fault(path, _too_deep()))
        return None
    if isinstance(value, _Refused):
        faults.append(_fault(path, value.problem))
        return None
    if isinstance(value, str):
        return _cleaned_text(value, path, faults)
    if isinstance(value, _Object):
        return _cleaned_object(value, path, faults)
    if isinstance(value, list):
        return [_cleaned(part, (*path, place), faults) for place, part in enumerate(value)]
    return value


def _cleaned_object(value: _Object, path: Path, faults: list[Fault]) -> dict[str, object]:
    faults.extend(
        _fault((*path, name), _("it stands twice in the same object")) for name in value.repeated
    )
    return {
        _cleaned_text(name, path, faults): _cleaned(part, (*path, name), faults)
        for name, part in value.items()
    }


def _cleaned_text(text: str, path: Path, faults: list[Fault]) -> str:
    problem = text_problem(text)
    if problem:
        faults.append(_fault(path, problem))
        return ""
    return text


def text_problem(text: str) -> str:
    """Return why a text cannot be kept as UTF-8, or shown; empty if it can."""
    if "\0" in text:
        return _("it holds a zero character")
    try:
        text.encode()
    except UnicodeEncodeError:
        return _("it holds half of a character")
    return ""


def _fault(path: Path, problem: str) -> Fault:
    """Return a fault with the row of the item that the path leads into, if it does."""
    if len(path) > 1 and path[0] == _ITEMS and isinstance(path[1], int):
        return Fault(row=path[1] + 1, field=path_text(path[2:]), problem=problem)
    return Fault(field=path_text(path), problem=problem)
