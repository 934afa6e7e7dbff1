"""Writes JSON objects that are nearly right, and wrong."""

import copy
import json
from collections.abc import Iterator
from typing import Any

_MOST_FIELDS = 5


def json_misses(answer: dict[str, Any], tolerance_abs: float) -> Iterator[str]:
    """Yield objects with one field changed or left out, and one that breaks off."""
    for name, value in list(answer.items())[:_MOST_FIELDS]:
        changed = copy.deepcopy(answer)
        changed[name] = _other_value(value, tolerance_abs)
        yield json.dumps(changed, ensure_ascii=False)
        del changed[name]
        yield json.dumps(changed, ensure_ascii=False)
    yield json.dumps(answer, ensure_ascii=False)[:-1]


def _other_value(value: object, tolerance_abs: float) -> object:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int | float):
        return value + 2 * tolerance_abs + 1
    return f"{value} Zanzibar" if isinstance(value, str) else "Zanzibar"
