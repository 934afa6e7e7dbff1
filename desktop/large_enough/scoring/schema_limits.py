"""Says which JSON Schemas are plain enough to be used."""

import re
from typing import Any

MOST_NODES = 3_000
"""Objects, lists and values of a schema together."""
DEEPEST = 40
_REFUSED = frozenset({"$dynamicRef", "$recursiveRef", "$dynamicAnchor", "$id", "$schema"})
"""They lead to other schemas, or change how this one is read."""
_UNSUPPORTED = frozenset({"unevaluatedItems", "unevaluatedProperties"})
"""They look up patterns without a time limit."""
_OWN_PLACE = re.compile(r"#(?:/(?:\$defs|definitions)/[^/]+)?")


def without_names(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without what it calls itself, and its kind."""
    return {name: value for name, value in schema.items() if name not in {"$id", "$schema"}}


def is_within_limits(schema: dict[str, Any]) -> bool:
    """Return whether a schema refers to itself only, and is neither deep nor large."""
    level: list[object] = [without_names(schema)]
    node_count = 0
    for _ in range(DEEPEST):
        node_count += len(level)
        if node_count > MOST_NODES:
            return False
        if not all(map(_is_plain, level)):
            return False
        level = [inner for each in level for inner in _inner(each)]
        if not level:
            return True
    return False


def _is_plain(part: object) -> bool:
    if not isinstance(part, dict):
        return True
    reference = part.get("$ref", "#")
    if isinstance(reference, str) and _OWN_PLACE.fullmatch(reference) is None:
        return False
    return not (part.keys() & _REFUSED or part.keys() & _UNSUPPORTED)


def _inner(part: object) -> list[object]:
    if isinstance(part, dict):
        return list(part.values())
    return list(part) if isinstance(part, list) else []
